// Owns the staff's room: the segments behind the studio's chat tab, each loaded when it is opened. What is in them is their own.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { studioMessages } from '../../i18n/studio.ts';
import { tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { type LateGroup, type Segment, type SegmentName, segmentsFor, type StaffRoom } from './segments.ts';

/** It fills its box; the segment below the row of names scrolls by itself. */
export class FieldcastStudioRoom extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        block-size: 100%;
      }
      .segments {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 1fr);
        gap: 6px;
        padding: 8px 10px;
        border-block-end: 1px solid var(--fc-line);
        background: var(--fc-surface);
        flex: none;
      }
      .segments .act {
        min-block-size: 52px;
        min-inline-size: 0;
        padding: 4px;
        font-size: 17px;
      }
      .segment {
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
      }
      /* Read from where the phone stands, not from the hand. */
      fieldcast-chat {
        --fieldcast-chat-size: 20px;
      }
    `,
  ];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @property({ attribute: false }) loadLate: (group: LateGroup) => Promise<void> = () => Promise.resolve();
  @state() private picked: SegmentName = 'chat';
  readonly #words = new Localize(this, studioMessages);

  get #segments(): readonly Segment[] {
    return segmentsFor(this.room?.session.rights ?? []);
  }

  get #current(): Segment | undefined {
    return this.#segments.find(({ name }) => name === this.picked) ?? this.#segments[0];
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#current && (changed.has('room') || changed.has('picked' as keyof this))) void this.loadLate(this.#current.group);
  }

  protected override render(): TemplateResult | typeof nothing {
    const current = this.#current;
    if (!this.room || !current) return nothing;
    const { tabs, room: words } = this.#words.text;
    return html`${this.#segments.length > 1
        ? html`<div class="segments" role="group" aria-label=${tabs.chat}>
            ${this.#segments.map(
              ({ name }) =>
                html`<button class="act ${name === current.name ? 'on' : ''}" type="button" aria-pressed=${name === current.name ? 'true' : 'false'} @click=${() => (this.picked = name)}>
                  ${words[name]}
                </button>`,
            )}
          </div>`
        : nothing}
      <div class="segment">${current.view(this.room)}</div>`;
  }
}
