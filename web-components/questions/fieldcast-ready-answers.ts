// Owns the small book of ready answers: those there are, one to write or change, and some to start from.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { READY_ANSWER_LIMIT } from '../../server/protocol/question-limits.ts';
import type { ReadyAnswer } from '../../server/protocol/questions.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { errorMessages } from '../i18n/errors.ts';
import { Localize } from '../i18n/index.ts';
import { questionMessages } from '../i18n/questions.ts';
import { buttonStyles, fieldStyles, icon, tokens } from '../ui/index.ts';
import { questionStyles } from './questions.styles.ts';
import type { ReadyBook } from './ready-book.ts';

const NOTICE_MS = 8_000;

interface Notice {
  text: string;
  isFault: boolean;
  undo?: () => Promise<unknown>;
}

/** A part of `<fieldcast-questions>`. */
export class FieldcastReadyAnswers extends LitElement {
  static override styles = [tokens, buttonStyles, fieldStyles, questionStyles];

  @property({ attribute: false }) book: ReadyBook | null = null;
  @property({ attribute: false }) shelf: readonly Product[] = [];
  /** Product that a new answer is for at first. */
  @property({ attribute: false }) productId: string | null = null;
  @property({ attribute: false }) onClose: () => void = () => undefined;

  @state() private edited: ReadyAnswer | null = null;
  @state() private notice: Notice | null = null;
  @state() private isBusy = false;
  @query('textarea') private field!: HTMLTextAreaElement;
  @query('select') private picker!: HTMLSelectElement;
  readonly #words = new Localize(this, questionMessages);
  readonly #errors = new Localize(this, errorMessages);
  #hushing: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.book?.subscribe(() => this.requestUpdate()) ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    clearTimeout(this.#hushing);
  }

  protected override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('.head .button')?.focus();
  }

  protected override render(): TemplateResult {
    const text = this.#words.text;
    const answers = this.book?.answers ?? [];
    const groups = [null, ...this.shelf.map(({ id }) => id)].map((productId) => ({ productId, answers: answers.filter((answer) => answer.productId === productId) }));
    const onShelf = new Set(this.shelf.map(({ id }) => id));
    const others = answers.filter(({ productId }) => productId !== null && !onShelf.has(productId));
    return html`<div class="frame">
      <div class="head"><button class="button quiet" type="button" @click=${this.onClose}>${icon('back')}${text.back}</button></div>
      <div class="list"><div class="editor">
        ${this.#form()}
        <h2 class="visually-hidden">${text.ready}</h2>
        ${answers.length === 0 ? html`<p class="muted">${text.readyEmpty}</p>` : nothing}
        ${groups.map((group) => (group.answers.length > 0 ? this.#kept(this.#nameOf(group.productId), group.answers) : nothing))}
        ${others.length > 0 ? this.#kept(text.general, others) : nothing}
        ${this.edited ? nothing : this.#starters(answers)}
      </div></div>
      <div role="status">
        ${this.notice
          ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}">
              <span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${this.#undo}>${icon('undo')}${text.undo}</button>` : nothing}
            </p>`
          : nothing}
      </div>
    </div>`;
  }

  #form(): TemplateResult {
    const text = this.#words.text;
    const productId = this.edited ? this.edited.productId : this.productId;
    return html`<form class="form" @submit=${this.#save}>
      <h3>${this.edited ? text.change : text.add}</h3>
      <div class="field">
        <label for="text">${text.text}</label>
        <textarea id="text" rows="2" maxlength=${READY_ANSWER_LIMIT} required @keydown=${this.#onKey}></textarea>
      </div>
      <div class="field">
        <label for="product">${text.forWhat}</label>
        <select id="product">
          <option value="" ?selected=${productId === null}>${text.everything}</option>
          ${this.shelf.map(({ id, name }) => html`<option value=${id} ?selected=${id === productId}>${name}</option>`)}
        </select>
      </div>
      <div class="pair">
        <button class="button primary" type="submit" ?disabled=${this.isBusy}>${icon('check')}${text.save}</button>
        ${this.edited ? html`<button class="button" type="button" @click=${() => this.#edit(null)}>${text.cancel}</button>` : nothing}
      </div>
    </form>`;
  }

  #kept(heading: string, answers: readonly ReadyAnswer[]): TemplateResult {
    const text = this.#words.text;
    return html`<section class="group kept">
      <h3>${heading}</h3>
      <ul>
        ${answers.map(
          (answer) => html`<li class="over">
            <div dir="auto">${answer.text}</div>
            <button class="icon-button" type="button" aria-label=${text.edit(answer.text)} @click=${() => this.#edit(answer)}>${icon('edit')}</button>
            <button class="icon-button" type="button" aria-label=${text.remove(answer.text)} @click=${() => void this.#remove(answer)}>${icon('trash')}</button>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #starters(answers: readonly ReadyAnswer[]): TemplateResult {
    const text = this.#words.text;
    const known = new Set(answers.map((answer) => answer.text));
    return html`<section class="group starters">
      <h3>${text.starters}</h3>
      ${text.starterGroups.map(({ topic, texts }) => {
        const fresh = texts.filter((each) => !known.has(each));
        return fresh.length === 0
          ? nothing
          : html`<h4>${topic}</h4>
              <div class="ready">${fresh.map((each) => html`<button class="button" type="button" @click=${() => this.#start(each)}>${icon('plus')}<span>${each}</span></button>`)}</div>`;
      })}
    </section>`;
  }

  #nameOf(productId: string | null): string {
    return this.shelf.find(({ id }) => id === productId)?.name ?? this.#words.text.everything;
  }

  // What others say of delivery is seldom true here, so it is put into the field and not kept as it is.
  #start(words: string): void {
    this.field.value = words;
    this.field.focus();
    this.field.closest('form')?.scrollIntoView({ block: 'start' });
  }

  #edit(answer: ReadyAnswer | null): void {
    this.edited = answer;
    void this.updateComplete.then(() => {
      this.picker.value = answer?.productId ?? '';
      this.#start(answer?.text ?? '');
    });
  }

  #onKey(event: KeyboardEvent): void {
    // It becomes one line of chat.
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.field.form?.requestSubmit();
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.field.value.replace(/\s+/g, ' ').trim();
    if (text === '' || !this.book) return;
    this.isBusy = true;
    const fault = await this.book.save({ id: this.edited?.id ?? null, text, productId: this.picker.value || null });
    this.isBusy = false;
    if (fault) {
      this.#say({ text: this.#errors.text[fault.code], isFault: true });
      return;
    }
    this.edited = null;
    this.field.value = '';
    this.#say({ text: this.#words.text.saved, isFault: false });
  }

  async #remove(answer: ReadyAnswer): Promise<void> {
    const text = this.#words.text;
    if (this.edited?.id === answer.id) this.#edit(null);
    const isRemoved = (await this.book?.remove(answer)) ?? false;
    this.#say(isRemoved ? { text: text.removed, isFault: false, undo: async () => this.book?.save({ ...answer, id: null }) } : { text: text.failed, isFault: true });
  }

  #say(notice: Notice | null): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    if (notice) this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const undo = this.notice?.undo;
    this.#say(null);
    await undo?.();
  }
}
