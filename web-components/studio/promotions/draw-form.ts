// Owns the form of a lucky draw: the prize in words, how many win, how one takes part, how long it is open.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { DRAW_WORD_LIMIT, type DrawRequest } from '../../../server/protocol/draw.ts';
import { openDraw } from '../../../server/protocol/endpoints.ts';
import { icon, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { choiceRow } from './choice-row.ts';
import { formStyles } from './form.styles.ts';
import { StarterForm } from './starter-form.ts';

const PRIZES = [1, 2, 3, 5, 10] as const;
const MINUTES = [1, 3, 5, 10] as const;

export class FieldcastDrawForm extends StarterForm {
  static override styles = [tokens, studioStyles, formStyles];

  @state() private prize: string | null = null;
  @state() private prizes = 1;
  @state() private entry: DrawRequest['entry'] = 'tap';
  @state() private word = '';
  @state() private followersOnly = false;
  @state() private minutes = 3;

  protected override render(): TemplateResult {
    const { draw: text, flashSale } = this.words;
    const prize = this.#prize();
    const isReady = prize.trim() !== '' && (this.entry === 'tap' || this.word.trim() !== '');
    const type = (keep: (value: string) => void) => (event: Event) => keep((event.target as HTMLInputElement).value);
    return html`<div class="form">
      <div class="field">
        <label class="label" for="prize">${text.prize}</label>
        <input id="prize" type="text" maxlength="60" autocomplete="off" placeholder=${text.prizeExample} .value=${prize} @input=${type((value) => (this.prize = value))} />
      </div>
      ${choiceRow(text.prizes, PRIZES.map((value) => ({ value, label: this.localize.number(value) })), this.prizes, (value) => (this.prizes = value))}
      ${choiceRow<DrawRequest['entry']>(text.entry, [{ value: 'tap', label: text.tap }, { value: 'word', label: text.byWord }], this.entry, (value) => (this.entry = value))}
      ${this.entry === 'word'
        ? html`<div class="field">
            <label class="label" for="word">${text.word}</label>
            <input id="word" type="text" maxlength=${DRAW_WORD_LIMIT} autocomplete="off" placeholder=${text.wordExample} .value=${this.word} @input=${type((value) => (this.word = value))} />
          </div>`
        : nothing}
      ${choiceRow(text.who, [{ value: false, label: text.everyone }, { value: true, label: text.followers }], this.followersOnly, (value) => (this.followersOnly = value))}
      ${choiceRow(text.minutes, MINUTES.map((value) => ({ value, label: flashSale.minutesShort(value) })), this.minutes, (value) => (this.minutes = value))}
      <p class="hint">${text.hint}</p>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault.code === 'promotion.already-on' ? text.alreadyOn : this.words.errors[this.fault.code]}</p>` : nothing}
      <div class="foot">
        <button class="act main wide" type="button" ?disabled=${this.isBusy || !isReady} @click=${() => void this.#start(prize.trim())}>${icon('play')}${text.start}</button>
      </div>
    </div>`;
  }

  /** What is shown now is what hosts give away most. */
  #prize(): string {
    return this.prize ?? this.snapshot?.shelf.find(({ id }) => id === this.snapshot?.pins[0])?.name.slice(0, 60) ?? '';
  }

  async #start(title: string): Promise<void> {
    const { prizes, entry, followersOnly, minutes } = this;
    const body: DrawRequest = { title, prizes, entry, followersOnly, seconds: minutes * 60, ...(entry === 'word' ? { word: this.word.trim() } : {}) };
    await this.start(body, ({ client, showId }, options) => client.call(openDraw, { params: { showId }, ...options }), this.words.draw.started);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-draw-form': FieldcastDrawForm;
  }
}
