// Owns the desk where captions are written: a large field, ready phrases, the last lines to correct, and the browser's own listening.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CAPTION_LIMIT } from '../../../server/protocol/caption-limits.ts';
import type { CaptionLine } from '../../../server/protocol/captions.ts';
import { captionDeskMessages } from '../../i18n/caption-desk.ts';
import { errorMessages } from '../../i18n/errors.ts';
import { Localize } from '../../i18n/index.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../../ui/index.ts';
import { captionLangs, type CaptionLang, type CaptionWriter } from './caption-writer.ts';
import { deskStyles } from './desk.styles.ts';
import { type Desk, deskOf, type DeskRoom } from './desk-of-room.ts';
import { hasSpeech } from '../../voice/speech.ts';

const SHOWN = 12;
/** A writer who has not been heard of for so long has stopped. */
const WRITING_MS = 6_000;

/** Inside the room of the studio. */
export class FieldcastCaptionDesk extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, deskStyles];

  @property({ attribute: false }) room: DeskRoom | null = null;
  @state() private editing: string | null = null;
  @state() private isAsking = false;
  @state() private fault = '';
  @state() private writer = '';
  @query('#words') private words!: HTMLTextAreaElement;

  #localize = new Localize(this, captionDeskMessages);
  #errors = new Localize(this, errorMessages);
  #desk: Desk | null = null;
  #room: DeskRoom | null = null;
  #stops: (() => void)[] = [];
  #writing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#enter(null);
    clearTimeout(this.#writing);
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.isConnected) this.#enter(this.room);
  }

  override render() {
    if (!this.#desk) return nothing;
    const { text } = this.#localize;
    const { writer, log } = this.#desk;
    return html`<div class="desk">
      <form class="write" @submit=${this.#onSubmit}>
        <label for="words">${text.write}</label>
        <div class="row">
          <textarea id="words" rows="2" maxlength=${CAPTION_LIMIT} enterkeyhint="send" autocomplete="off" lang=${writer.lang} placeholder=${text.placeholder} @input=${this.#onInput} @keydown=${this.#onKey}></textarea>
          <button class="icon-button primary" type="submit" aria-label=${text.send}>${icon('send')}</button>
        </div>
        <p class="muted" role="status">${this.writer ? text.writing(this.writer) : nothing}</p>
      </form>
      <div class="phrases" role="group" aria-label=${text.phrases}>
        ${text.phraseList[writer.lang.startsWith('zh') ? 'zh-CN' : 'en'].map((phrase) => html`<button class="button" type="button" lang=${writer.lang} @click=${() => this.#say(phrase)}>${phrase}</button>`)}
      </div>
      ${this.#listening(writer)}
      <h3>${text.last}</h3>
      ${this.fault ? html`<p class="fault" role="alert">${this.fault}</p>` : nothing}
      <ul>
        ${writer.waiting.map(
          ({ key, text: words }) => html`<li class="waiting">
            <span class="said" dir="auto">${words}<small>${writer.fault ? this.#errors.text[writer.fault.code] : text.sending}</small></span>
            ${writer.fault
              ? html`<button class="button" type="button" @click=${() => writer.retry()}>${text.tryAgain}</button>
                  <button class="icon-button" type="button" aria-label=${text.takeAway} @click=${() => writer.discard(key)}>${icon('close')}</button>`
              : nothing}
          </li>`,
        )}
        ${repeat(
          this.#recent,
          ({ id }) => id,
          (line) => this.#row(line),
        )}
      </ul>
      ${this.#recent.length + writer.waiting.length === 0 ? html`<p class="muted">${log.isOffline ? text.offline : log.isLoaded ? text.none : text.loading}</p>` : nothing}
    </div>`;
  }

  /** Newest first; what this page has taken away stays for its undo. */
  get #recent(): readonly CaptionLine[] {
    const taken = this.#taken;
    const lines: CaptionLine[] = [...(this.#desk?.log.lines ?? [])];
    if (taken && !lines.some(({ id }) => id === taken.id)) lines.push(taken);
    return lines.sort((a, b) => b.position - a.position).slice(0, SHOWN);
  }

  #taken: CaptionLine | null = null;

  #row(line: CaptionLine): TemplateResult {
    const { text } = this.#localize;
    if (line === this.#taken) {
      return html`<li class="taken">
        <span class="said">${text.taken}</span>
        <button class="button" type="button" @click=${() => void this.#change(line.id, { isRemoved: false })}>${icon('undo')}${text.undo}</button>
      </li>`;
    }
    if (this.editing === line.id) {
      return html`<li class="editing">
        <form @submit=${(event: Event) => this.#saveEdit(event, line)}>
          <input id="edit" maxlength=${CAPTION_LIMIT} lang=${line.lang} .value=${line.text} aria-label=${text.correct(line.text)} autocomplete="off" />
          <button class="button primary" type="submit">${text.save}</button>
          <button class="icon-button" type="button" aria-label=${text.cancel} @click=${() => (this.editing = null)}>${icon('close')}</button>
        </form>
      </li>`;
    }
    return html`<li>
      <span class="said" dir="auto" lang=${line.lang}>${line.text}${line.byName ? html`<small>${line.source === 'speech' ? text.heard : line.byName}</small>` : nothing}</span>
      <button class="icon-button" type="button" aria-label=${text.correct(line.text)} @click=${() => this.#edit(line.id)}>${icon('edit')}</button>
      <button class="icon-button" type="button" aria-label=${text.takeAwayLine(line.text)} @click=${() => void this.#change(line.id, { isRemoved: true })}>${icon('trash')}</button>
    </li>`;
  }

  #listening(writer: CaptionWriter): TemplateResult {
    const { text } = this.#localize;
    const { speechState, speechFault } = writer;
    const isOn = speechState !== 'off';
    const langs = html`<label class="lang">${text.lang}
      <select @change=${(event: Event) => (writer.lang = (event.target as HTMLSelectElement).value as CaptionLang)}>
        ${captionLangs.map((lang) => html`<option value=${lang} ?selected=${lang === writer.lang}>${text.langs[lang]}</option>`)}
      </select></label>`;
    if (!hasSpeech()) return html`<section class="box"><p>${text.noSpeech}</p>${langs}</section>`;
    if (this.isAsking) {
      return html`<section class="box" role="alertdialog" aria-labelledby="ask">
        <h3 id="ask">${text.askTitle}</h3>
        <p>${text.askService}</p>
        <p>${text.askMicrophone}</p>
        <div class="choices">
          <button class="button primary" type="button" @click=${() => this.#listen(writer)}>${text.askYes}</button>
          <button class="button" type="button" @click=${() => (this.isAsking = false)}>${text.askNo}</button>
        </div>
      </section>`;
    }
    return html`<section class="box">
      <button class="switch" type="button" role="switch" aria-checked=${isOn ? 'true' : 'false'} @click=${() => (isOn ? writer.stopListening() : this.#ask())}>
        ${icon(isOn ? 'mic' : 'micOff')}<span>${text.listen}<small role="status">${speechFault ? text.speechFaults[speechFault] : text.speech[speechState]}</small></span><span class="knob" aria-hidden="true"></span>
      </button>
      ${langs}
    </section>`;
  }

  #enter(room: DeskRoom | null): void {
    if (room === this.#room) return;
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#room = room;
    this.#desk = null;
    this.#taken = null;
    this.editing = null;
    if (!room) return;
    const desk = deskOf(room, this.#localize.locale);
    this.#desk = desk;
    const redraw = (): void => this.requestUpdate();
    this.#stops = [
      desk.log.subscribe(redraw),
      desk.writer.subscribe(redraw),
      room.client.on('caption.writing', ({ showId, key, name, source }) => {
        if (showId !== room.showId || key === desk.log.ownKey) return;
        this.writer = source === 'typed' ? name || this.#localize.text.somebody : this.#localize.text.machine(name || this.#localize.text.somebody);
        clearTimeout(this.#writing);
        this.#writing = setTimeout(() => (this.writer = ''), WRITING_MS);
      }),
    ];
  }

  #onInput(): void {
    if (this.words.value.trim() === '') this.#desk?.writer.notTyping();
    else this.#desk?.writer.typing();
  }

  /** Enter sends, also beside an input method that uses it to choose a word. */
  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    this.#onSubmit(event);
  }

  #onSubmit(event: Event): void {
    event.preventDefault();
    const words = this.words.value.trim();
    if (words === '') return;
    this.words.value = '';
    this.#desk?.writer.send(words);
    this.words.focus();
  }

  #say(phrase: string): void {
    this.#desk?.writer.notTyping();
    this.#desk?.writer.send(phrase);
  }

  #ask(): void {
    this.isAsking = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.choices .primary')?.focus());
  }

  #listen(writer: CaptionWriter): void {
    this.isAsking = false;
    writer.listen();
  }

  #edit(id: string): void {
    this.editing = id;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLInputElement>('#edit')?.focus());
  }

  #saveEdit(event: Event, line: CaptionLine): void {
    event.preventDefault();
    const words = this.renderRoot.querySelector<HTMLInputElement>('#edit')?.value.trim() ?? '';
    this.editing = null;
    if (words === line.text) return;
    void this.#change(line.id, words === '' ? { isRemoved: true } : { text: words });
  }

  async #change(id: string, body: { text?: string; isRemoved?: boolean }): Promise<void> {
    const outcome = await this.#desk?.writer.change(id, body);
    this.fault = outcome && !outcome.ok ? this.#errors.text[outcome.error.code] : '';
    if (outcome?.ok) this.#taken = body.isRemoved ? outcome.value : null;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-caption-desk': FieldcastCaptionDesk;
  }
}
