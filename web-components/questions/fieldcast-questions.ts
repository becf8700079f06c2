// Owns the questions of a show as its staff work them: by product, said or written back, with one tap for what is always said.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Question } from '../../server/protocol/questions.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { Localize } from '../i18n/index.ts';
import { questionMessages } from '../i18n/questions.ts';
import { buttonStyles, cardStyles, fieldStyles, icon, picture, pictureStyles, tokens } from '../ui/index.ts';
import { answeredRow, questionCard } from './question-card.ts';
import { groupByProduct, type QuestionGroup, QuestionLog } from './question-log.ts';
import { questionStyles } from './questions.styles.ts';
import { ReadyBook } from './ready-book.ts';
import { onJoin, type QuestionRoom } from './room.ts';

/** How long what was done can be undone. Slow readers need the time. */
const NOTICE_MS = 10_000;

interface Notice {
  text: string;
  isFault: boolean;
  undo?: () => Promise<boolean>;
}

/**
 * Questions that viewers ask in the chat, for the staff of a show: what is pinned comes first, each can be ticked off, answered to
 * everybody or to those who asked alone, in own words or with a ready answer, and put back.
 *
 * @tag fieldcast-questions
 * @prop {QuestionRoom | null} room - The open show's connection; its caller needs the right `chat`.
 * @csspart question - One question.
 * @cssprop --fieldcast-question-size - Size of a question's letters, 23px.
 */
export class FieldcastQuestions extends LitElement {
  static override styles = [tokens, buttonStyles, cardStyles, fieldStyles, pictureStyles, questionStyles];

  @property({ attribute: false }) room: QuestionRoom | null = null;

  @state() private openId: string | null = null;
  @state() private isPrivate = false;
  @state() private isBusy = false;
  /** The book of ready answers is open, for this product first. */
  @state() private book: { productId: string | null } | null = null;
  @state() private notice: Notice | null = null;
  readonly #words = new Localize(this, questionMessages);
  #room: QuestionRoom | null = null;
  #log: QuestionLog | null = null;
  #ready: ReadyBook | null = null;
  #stops: (() => void)[] = [];
  #hushing: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#enter(null);
    clearTimeout(this.#hushing);
  }

  protected override willUpdate(): void {
    this.#enter(this.isConnected ? this.room : null);
  }

  protected override render(): TemplateResult | typeof nothing {
    const log = this.#log;
    if (!log || !this.#room || !this.#ready) return nothing;
    const text = this.#words.text;
    const shelf = this.#room.store.snapshot?.shelf ?? [];
    if (this.book) {
      return html`<fieldcast-ready-answers .book=${this.#ready} .shelf=${shelf} .productId=${this.book.productId} .onClose=${() => void this.#closeBook()}></fieldcast-ready-answers>`;
    }
    return html`<div class="frame">
      <h2 class="visually-hidden">${text.title}</h2>
      <div class="list">${this.#list(log, shelf)}</div>
      <div role="status">
        ${this.notice
          ? html`<p class="notice ${this.notice.isFault ? 'fault' : ''}">
              <span>${this.notice.text}</span>${this.notice.undo ? html`<button class="button" type="button" @click=${this.#undo}>${icon('undo')}${text.undo}</button>` : nothing}
            </p>`
          : nothing}
      </div>
    </div>`;
  }

  #list(log: QuestionLog, shelf: readonly Product[]): TemplateResult {
    const text = this.#words.text;
    const { open, answered } = log;
    const pins = this.#room?.store.snapshot?.pins ?? [];
    const groups = groupByProduct(this.#withOpened(open), shelf.map(({ id }) => id), pins);
    const hidden = log.openCount - open.length;
    return html`
      ${log.fault ? html`<p class="fault" role="alert">${text.offline}</p>` : nothing}
      ${!log.isLoaded && !log.fault ? html`<p class="empty" role="status">${text.loading}</p>` : nothing}
      ${log.isLoaded && groups.length === 0 ? html`<div class="empty">${icon('chat')}<h3>${text.empty}</h3><p>${text.emptyHint}</p></div>` : nothing}
      ${repeat(
        groups,
        (group) => group.productId,
        (group) => this.#group(group, shelf, pins),
      )}
      ${hidden > 0 ? html`<p class="muted">${text.more(hidden)}</p>` : nothing}
      ${answered.length > 0
        ? html`<details>
            <summary>${icon('check')}${text.done(answered.length)}</summary>
            <ul>
              ${repeat(
                answered,
                ({ id }) => id,
                (question) => answeredRow(question, text, () => void this.#do(() => log.set(question, 'open'), { text: text.reopened })),
              )}
            </ul>
          </details>`
        : nothing}
      ${log.isLoaded ? html`<button class="button to-book" type="button" @click=${() => (this.book = { productId: null })}>${icon('edit')}${text.ready}</button>` : nothing}
    `;
  }

  #group({ productId, questions }: QuestionGroup, shelf: readonly Product[], pins: readonly string[]): TemplateResult {
    const text = this.#words.text;
    const product = shelf.find(({ id }) => id === productId);
    return html`<section class="group">
      <h3>
        ${product ? picture(this.#room?.serverUrl ?? '', product.pictures[0], '', '44px') : nothing}
        <span class="name" dir="auto">${product?.name ?? text.general}</span>
        ${productId !== null && productId === pins[0] ? html`<span class="badge pin">${text.pinned}</span>` : nothing}
      </h3>
      <ul>
        ${repeat(
          questions,
          ({ id }) => id,
          (question) => this.#card(question),
        )}
      </ul>
    </section>`;
  }

  #card(question: Question): TemplateResult {
    const text = this.#words.text;
    const log = this.#log as QuestionLog;
    const set = (state: Question['state']) => () => log.set(question, state);
    return questionCard(question, {
      text,
      isOpen: question.id === this.openId,
      isBusy: this.isBusy,
      isPrivate: question.isPrivate || this.isPrivate,
      ready: this.#ready?.for(question.productId) ?? [],
      onOpen: () => void this.#open(question),
      onSaid: () => void this.#do(set('answered'), { text: text.marked, undo: set('open') }),
      onSkip: () => void this.#do(set('dismissed'), { text: text.skipped, undo: set('open') }),
      onNotOne: () => void this.#do(() => log.unmark(question), { text: text.skipped, undo: () => log.mark(question) }),
      onPrivate: (isPrivate) => (this.isPrivate = isPrivate),
      onAnswer: (words) => void this.#answer(question, words),
      onReady: () => (this.book = { productId: this.#isOnShelf(question.productId) ? question.productId : null }),
    });
  }

  /** What is being answered stays where it is, whoever else has answered it meanwhile. */
  #withOpened(open: readonly Question[]): readonly Question[] {
    const opened = this.openId === null ? undefined : this.#log?.find(this.openId);
    if (!opened || opened.state === 'open' || opened.askers === 0) return open;
    return [...open, opened].sort((a, b) => a.askedAt - b.askedAt);
  }

  #isOnShelf(productId: string | null): boolean {
    return this.#room?.store.snapshot?.shelf.some(({ id }) => id === productId) ?? false;
  }

  async #open({ id }: Question): Promise<void> {
    this.openId = id === this.openId ? null : id;
    this.isPrivate = false;
    await this.updateComplete;
    // With the question on top, so that it can be read while it is answered.
    this.renderRoot.querySelector('.panel')?.closest('.question')?.scrollIntoView({ block: 'start' });
  }

  async #closeBook(): Promise<void> {
    this.book = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.to-book')?.focus();
  }

  async #answer(question: Question, words: string): Promise<void> {
    const log = this.#log;
    const { sent } = this.#words.text;
    let written: string[] | null = null;
    await this.#do(
      async () => {
        written = (await log?.answer(question, words, question.isPrivate || this.isPrivate)) ?? null;
        return written !== null;
      },
      { text: sent, undo: async () => (await log?.takeBack(written ?? [])) ?? false },
    );
  }

  async #do(work: () => Promise<boolean>, done: { text: string; undo?: () => Promise<boolean> }): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    const worked = await work();
    this.isBusy = false;
    if (worked) this.openId = null;
    this.#say(worked ? { ...done, isFault: false } : { text: this.#words.text.failed, isFault: true });
  }

  #say(notice: Notice | null): void {
    clearTimeout(this.#hushing);
    this.notice = notice;
    if (notice) this.#hushing = setTimeout(() => (this.notice = null), NOTICE_MS);
  }

  async #undo(): Promise<void> {
    const undo = this.notice?.undo;
    this.#say(null);
    if (undo) await this.#do(undo, { text: this.#words.text.reopened });
  }

  #enter(room: QuestionRoom | null): void {
    if (room === this.#room) return;
    for (const stop of this.#stops) stop();
    this.#log?.stop();
    this.#room = room;
    this.#stops = [];
    this.#log = this.#ready = null;
    this.openId = this.book = null;
    if (!room) return;
    const log = (this.#log = new QuestionLog(room));
    const ready = (this.#ready = new ReadyBook(room));
    const redraw = (): void => this.requestUpdate();
    this.#stops = [log.subscribe(redraw), ready.subscribe(redraw), room.store.subscribe(redraw), onJoin(room, () => void ready.load())];
    log.start();
    void ready.load();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-questions': FieldcastQuestions;
  }
}
