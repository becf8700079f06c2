// Owns the staff's room: the segments behind the studio's chat tab, each loaded when it is opened. What is in them is their own.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { Localize } from '../../i18n/index.ts';
import { studioMessages } from '../../i18n/studio.ts';
import { tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { WaitingQuestions } from './waiting-questions.ts';
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
      /* Names of different lengths share the row, so that none is broken. */
      .segments {
        display: flex;
        gap: 6px;
        padding: 8px 10px;
        border-block-end: 1px solid var(--fc-line);
        background: var(--fc-surface);
        flex: none;
      }
      .segments .act {
        position: relative;
        flex: 1 1 auto;
        min-block-size: 52px;
        min-inline-size: 0;
        padding: 4px;
        font-size: 17px;
      }
      @media (max-width: 420px) {
        .segments .act:lang(en) {
          font-size: 15px;
        }
      }
      @container (max-width: 300px) {
        .segments {
          overflow-x: auto;
          scrollbar-width: none;
        }
        .segments .act {
          flex-shrink: 0;
          white-space: nowrap;
        }
      }
      .segments .new {
        position: absolute;
        inset-block-start: -5px;
        inset-inline-end: -3px;
        min-inline-size: 26px;
        padding-inline: 6px;
        border-radius: 999px;
        background: var(--fc-price);
        color: #fff;
        font-size: 15px;
        line-height: 26px;
      }
      .segment {
        display: flex;
        flex-direction: column;
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
      }
      .segment > * {
        flex: none;
      }
      .segment > fieldcast-chat {
        flex: 1;
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

  #questions: WaitingQuestions | null = null;

  #countQuestions(): void {
    this.#questions?.stop();
    this.#questions = this.room && this.#segments.some(({ name }) => name === 'questions') ? new WaitingQuestions(this.room) : null;
    this.#questions?.subscribe(() => this.requestUpdate());
  }

  get #segments(): readonly Segment[] {
    return segmentsFor(this.room?.session.rights ?? []);
  }

  get #current(): Segment | undefined {
    return this.#segments.find(({ name }) => name === this.picked) ?? this.#segments[0];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#countQuestions();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#questions?.stop();
    this.#questions = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('room') && this.hasUpdated) this.#countQuestions();
  }

  protected override updated(changed: PropertyValues): void {
    if (this.#current && (changed.has('room') || changed.has('picked' as keyof this))) void this.loadLate(this.#current.group);
  }

  protected override render(): TemplateResult | typeof nothing {
    const current = this.#current;
    if (!this.room || !current) return nothing;
    const { tabs, room: words } = this.#words.text;
    const waiting = this.#questions?.count ?? 0;
    return html`${this.#segments.length > 1
        ? html`<div class="segments" role="group" aria-label=${tabs.chat}>
            ${this.#segments.map(
              ({ name }) =>
                html`<button class="act ${name === current.name ? 'on' : ''}" type="button" aria-pressed=${name === current.name ? 'true' : 'false'} @click=${() => (this.picked = name)}>
                  ${words[name]}${name === 'questions' && waiting > 0
                    ? html`<span class="new" role="img" aria-label=${words.waiting(waiting)}>${Math.min(waiting, 99)}</span>`
                    : nothing}
                </button>`,
            )}
          </div>`
        : nothing}
      <div class="segment">${current.view(this.room)}</div>`;
  }
}
