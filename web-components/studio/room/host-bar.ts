// Owns the bar over the host's chat: reading aloud, large letters, answers by one tap.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { errorMessages } from '../../i18n/errors.ts';
import { hostBarMessages } from '../../i18n/host-bar.ts';
import { Localize } from '../../i18n/index.ts';
import { icon, tokens } from '../../ui/index.ts';
import { type ReadAloud, readerOf } from '../../voice/index.ts';
import { chooseLargeType, readLargeType } from '../large-type.ts';
import { tell } from '../notice.ts';
import { studioStyles } from '../studio.styles.ts';
import { keepReplies, readReplies, REPLIES_LIMIT, REPLY_LIMIT, sendReply } from './quick-replies.ts';
import type { StaffRoom } from './segments.ts';

const SENT_MS = 1_500;

export class FieldcastHostBar extends LitElement {
  static override styles = [
    tokens,
    studioStyles,
    css`
      .bar {
        display: flex;
        gap: 8px;
        padding: 8px 10px;
        overflow-x: auto;
        overscroll-behavior-x: contain;
        scrollbar-width: none;
        background: var(--fc-surface);
        border-block-end: 1px solid var(--fc-line);
      }
      .bar .act {
        flex: none;
        min-block-size: 50px;
        padding: 4px 14px;
        border-radius: 999px;
        font-size: 17px;
        white-space: nowrap;
      }
      .bar .icon {
        inline-size: 24px;
        block-size: 24px;
      }
      .bar .held {
        border-color: var(--fc-danger);
        color: var(--fc-danger);
      }
      .gap {
        flex: none;
        inline-size: 1px;
        background: var(--fc-line);
      }
      form {
        display: grid;
        gap: 10px;
      }
      input {
        min-block-size: 52px;
        inline-size: 100%;
        box-sizing: border-box;
        padding: 8px 14px;
        border: 2px solid var(--fc-field-line);
        border-radius: 14px;
        background: var(--fc-surface);
        color: var(--fc-text);
        font-size: 19px;
      }
    `,
  ];

  @property({ attribute: false }) room: StaffRoom | null = null;
  @state() private isLarge = readLargeType();
  @state() private sheet: 'none' | 'aloud' | 'replies' = 'none';
  @state() private sent = '';

  #words = new Localize(this, hostBarMessages);
  #errors = new Localize(this, errorMessages);
  #reader: ReadAloud | null = null;
  #stop: (() => void) | null = null;
  #hush: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
    this.#reader = null;
    clearTimeout(this.#hush);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected || !this.room || (this.#reader && !changed.has('room'))) return;
    this.#stop?.();
    this.#reader = readerOf(this.room, this.#words.locale);
    this.#stop = this.#reader.subscribe(() => this.requestUpdate());
  }

  protected override render(): TemplateResult | typeof nothing {
    const reader = this.#reader;
    if (!reader) return nothing;
    const { text, locale } = this.#words;
    const { state: aloud } = reader;
    return html`<div class="bar" role="group" aria-label=${text.label}>
        <button class="act ${aloud === 'off' ? '' : aloud === 'no-earpiece' ? 'held' : 'on'}" type="button" aria-haspopup="dialog" @click=${() => (this.sheet = 'aloud')}>
          ${icon(aloud === 'off' ? 'muted' : 'sound')}${text.aloud}<span class="visually-hidden">: ${text.states[aloud]}</span>
        </button>
        <button class="act ${this.isLarge ? 'on' : ''}" type="button" aria-pressed=${this.isLarge ? 'true' : 'false'} @click=${this.#toggleLarge}>${text.large}</button>
        <span class="gap"></span>
        ${readReplies(locale).map(
          (reply) => html`<button class="act" type="button" ?disabled=${this.sent === reply} @click=${() => void this.#reply(reply)}>${this.sent === reply ? icon('check') : nothing}${reply}</button>`,
        )}
        <button class="act" type="button" aria-haspopup="dialog" aria-label=${text.editReplies} @click=${() => (this.sheet = 'replies')}>${icon('edit')}</button>
      </div>
      ${this.sheet === 'aloud' ? html`<fieldcast-aloud-sheet .reader=${reader} @sheet-close=${this.#closeSheet}></fieldcast-aloud-sheet>` : nothing}
      ${this.sheet === 'replies' ? this.#repliesSheet() : nothing}`;
  }

  #repliesSheet(): TemplateResult {
    const { text, locale } = this.#words;
    const replies = readReplies(locale);
    return html`<fieldcast-studio-sheet .heading=${text.editReplies} .closeLabel=${text.close} @sheet-close=${this.#closeSheet}>
      <form @submit=${this.#saveReplies}>
        ${Array.from({ length: REPLIES_LIMIT }, (_, index) => html`<input maxlength=${REPLY_LIMIT} autocomplete="off" aria-label=${text.reply(index + 1)} .value=${replies[index] ?? ''} />`)}
        <button class="act main wide" type="submit">${icon('check')}${text.save}</button>
      </form>
    </fieldcast-studio-sheet>`;
  }

  #toggleLarge(): void {
    this.isLarge = !this.isLarge;
    chooseLargeType(this, this.isLarge);
  }

  #closeSheet(): void {
    this.sheet = 'none';
  }

  #saveReplies(event: Event): void {
    event.preventDefault();
    const inputs = (event.target as HTMLFormElement).querySelectorAll('input');
    keepReplies(this.#words.locale, [...inputs].map(({ value }) => value));
    this.sheet = 'none';
  }

  async #reply(text: string): Promise<void> {
    if (!this.room) return;
    this.sent = text;
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => (this.sent = ''), SENT_MS);
    const outcome = await sendReply(this.room, text);
    if (outcome.ok) return;
    this.sent = '';
    tell(this, { text: this.#errors.text[outcome.error.code], isFault: true });
  }
}
