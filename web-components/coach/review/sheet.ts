// Owns the trainer's score sheet: marks at their moments, kind words, criteria of one's own.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { addMark, changeMark, changeScoreSheet, createRubric, deleteMark, listRubrics, readScoreSheet } from '../../../server/protocol/endpoints.ts';
import { newId } from '../../../server/protocol/new-id.ts';
import type { CriteriaRequest, Criterion, Mark, Rubric, ScoreSheet, SheetPatch } from '../../../server/protocol/scoring.ts';
import { CRITERION_HINT_LIMIT, CRITERION_LIMIT, MARK_NOTE_LIMIT, type MarkGiven, marksGiven, RUBRIC_CRITERIA_LIMIT, SHEET_WORDS_LIMIT } from '../../../server/protocol/scoring-limits.ts';
import { Localize } from '../../i18n/index.ts';
import { scoreMessages } from '../../i18n/scores.ts';
import type { Client, Failure, Outcome } from '../../show/index.ts';
import { buttonStyles, clockOf, icon, tokens } from '../../ui/index.ts';
import { COACH_NOTICE, type CoachNotice } from '../coach-part.ts';
import { reviewStyles } from './review.styles.ts';

/**
 * @tag fieldcast-score-sheet
 * @prop {Client | null} client - Of the coach.
 * @prop {string} showId - The show that is scored.
 * @prop {() => number | null} moment - Where in the recording a mark is for, ms; null: now.
 * @fires {CustomEvent<number>} score-jump - Somebody wants to see this moment of the recording, ms.
 */
export class FieldcastScoreSheet extends LitElement {
  static override styles = [tokens, buttonStyles, reviewStyles];

  @property({ attribute: false }) client: Pick<Client, 'call'> | null = null;
  @property() showId = '';
  @property({ attribute: false }) moment: () => number | null = () => null;
  @state() private sheet: ScoreSheet | null = null;
  @state() private fault: Failure | null = null;
  /** The mark whose note is written. */
  @state() private noting: string | null = null;
  @state() private editing: readonly Criterion[] | null = null;
  @state() private rubrics: readonly Rubric[] = [];
  readonly #words = new Localize(this, scoreMessages);
  #sending: Promise<unknown> = Promise.resolve();

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('showId') || changed.has('client')) void this.#read();
  }

  protected override render(): TemplateResult {
    const { sheet } = this;
    const words = this.#words.text;
    if (!sheet) {
      return this.fault
        ? html`<div class="stack" role="alert"><p>${words.errors[this.fault.code]}</p><button class="button" type="button" @click=${() => void this.#read()}>${icon('retry')}${words.retry}</button></div>`
        : html`<p role="status">${words.loading}</p>`;
    }
    return html`<div class="stack">
      <h2 class="printed">${words.printedFor(sheet.hostName, sheet.title)}${sheet.startedAt === null ? nothing : html` · ${this.#words.dateTime(sheet.startedAt)}`}</h2>
      <div class="row"><h2 class="grow">${words.sheet}</h2>${this.#level(sheet.score.mean, words.overall)}</div>
      ${this.#remark('good', words.good, words.goodHint, sheet.good)}
      ${this.editing ? this.#criteria(this.editing) : html`${sheet.criteria.map((criterion) => this.#criterion(sheet, criterion))} <button class="button screen" type="button" @click=${() => void this.#edit(sheet)}>${icon('edit')}${words.editCriteria}</button>`}
      ${this.#remark('next', words.next, words.nextHint, sheet.next)} ${this.#share(sheet)}
      <p class="printed">${words.printedKind}</p>
    </div>`;
  }

  #level(mean: number | null, label: string): TemplateResult {
    const words = this.#words.text;
    if (mean === null) return html`<span class="level none">${words.noMarks}</span>`;
    const level = words.levels[Math.max(0, Math.round(mean) - 1)];
    return html`<span class="level" title=${label}>${level} · ${this.#words.number(mean)}</span>`;
  }

  #criterion(sheet: ScoreSheet, { id, title, hint }: Criterion): TemplateResult {
    const words = this.#words.text;
    const marks = sheet.marks.filter(({ criterionId }) => criterionId === id);
    const last = marks.at(-1)?.mark;
    return html`<section class="card" aria-label=${title}>
      <div class="top"><h3>${title}</h3>${this.#level(sheet.score.criteria.find(({ criterionId }) => criterionId === id)?.mean ?? null, title)}</div>
      ${hint ? html`<p class="soft">${hint}</p>` : nothing}
      <div class="five" role="group" aria-label=${title}>
        ${marksGiven.map((mark) => html`<button class="button ${mark === last ? 'on' : ''}" type="button" aria-label=${words.markAs(title, mark)} title=${words.levels[mark - 1] ?? ''} @click=${() => void this.#mark(id, title, mark)}>${mark}</button>`)}
      </div>
      ${marks.length > 0 ? html`<ul class="marks">${marks.map((mark) => this.#given(sheet, title, mark))}</ul>` : nothing}
    </section>`;
  }

  #given(sheet: ScoreSheet, title: string, mark: Mark): TemplateResult {
    const words = this.#words.text;
    const time = this.#timeOf(sheet, mark);
    const { replayMs } = mark;
    return html`<li>
      <button class="button at" type="button" ?disabled=${replayMs === null} @click=${() => this.dispatchEvent(new CustomEvent('score-jump', { detail: replayMs, bubbles: true, composed: true }))}>
        <strong>${mark.mark}</strong> ${time}${replayMs === null ? nothing : html`<span class="visually-hidden">${words.colon}${words.jump(time)}</span>`}
      </button>
      ${this.noting === mark.id
        ? html`<textarea rows="2" maxlength=${MARK_NOTE_LIMIT} aria-label=${words.noteOf(title)} placeholder=${words.notePlaceholder} .value=${mark.note} @change=${(event: Event) => void this.#note(mark, (event.target as HTMLTextAreaElement).value.trim())}></textarea>`
        : html`<span class="what">${mark.note}</span><button class="icon-button screen" type="button" aria-label=${words.noteOf(title)} @click=${() => (this.noting = mark.id)}>${icon('edit')}</button>`}
      <button class="icon-button screen" type="button" aria-label=${words.removeMark(time)} @click=${() => void this.#remove(mark)}>${icon('trash')}</button>
    </li>`;
  }

  #remark(name: 'good' | 'next', label: string, hint: string, text: string): TemplateResult {
    return html`<div class="card">
      <label class="screen">${label}<span class="soft">${hint}</span><textarea rows="3" maxlength=${SHEET_WORDS_LIMIT} .value=${text} @change=${(event: Event) => void this.#change({ [name]: (event.target as HTMLTextAreaElement).value.trim() })}></textarea></label>
      <div class="printed"><h3>${label}</h3><p>${text || '\u00a0'}</p></div>
    </div>`;
  }

  #share({ sharedAt }: ScoreSheet): TemplateResult {
    const words = this.#words.text;
    return html`<div class="row screen">
      <p class="told ${sharedAt === null ? 'soft' : 'shared'}" role="status">${sharedAt === null ? words.notShared : words.shared}</p>
      <button class="button ${sharedAt === null ? 'primary' : ''}" type="button" @click=${() => void this.#change({ isShared: sharedAt === null })}>${icon(sharedAt === null ? 'eye' : 'eyeOff')}${sharedAt === null ? words.share : words.unshare}</button>
      <button class="button" type="button" @click=${() => print()}>${words.print}</button>
    </div>`;
  }

  #criteria(criteria: readonly Criterion[]): TemplateResult {
    const words = this.#words.text;
    const set = (index: number, part: Partial<Criterion>): void => void (this.editing = criteria.map((each, at) => (at === index ? { ...each, ...part } : each)));
    return html`<form class="card screen" @submit=${(event: Event) => void this.#saveCriteria(event)}>
      ${this.rubrics.length > 0
        ? html`<label
            >${words.takeRubric}<select @change=${(event: Event) => this.#take((event.target as HTMLSelectElement).value)}>
              <option value=""></option>
              ${this.rubrics.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
            </select></label
          >`
        : nothing}
      ${criteria.map(
        ({ title, hint }, index) => html`<div class="row">
          <div class="grow stack">
            <input required maxlength=${CRITERION_LIMIT} autocomplete="off" aria-label=${words.criterion(index + 1)} .value=${title} @input=${(event: Event) => set(index, { title: (event.target as HTMLInputElement).value })} />
            <input maxlength=${CRITERION_HINT_LIMIT} autocomplete="off" aria-label="${words.criterion(index + 1)}: ${words.hint}" placeholder=${words.hint} .value=${hint} @input=${(event: Event) => set(index, { hint: (event.target as HTMLInputElement).value })} />
          </div>
          <button class="icon-button" type="button" aria-label="${words.removeCriterion}: ${title}" title=${words.removesMarks} ?disabled=${criteria.length === 1} @click=${() => (this.editing = criteria.filter((_, at) => at !== index))}>${icon('trash')}</button>
        </div>`,
      )}
      ${criteria.length < RUBRIC_CRITERIA_LIMIT ? html`<button class="button" type="button" @click=${() => (this.editing = [...criteria, { id: '', title: '', hint: '' }])}>${icon('plus')}${words.addCriterion}</button>` : nothing}
      <label>${words.rubricName}<input name="rubric" maxlength=${CRITERION_LIMIT} autocomplete="off" /><span class="soft">${words.keepRubric}</span></label>
      <div class="row"><button class="button primary grow" type="submit">${icon('check')}${words.save}</button><button class="button" type="button" @click=${() => (this.editing = null)}>${words.cancel}</button></div>
    </form>`;
  }

  #timeOf({ startedAt }: ScoreSheet, { at, replayMs }: Mark): string {
    return clockOf(replayMs ?? Math.max(0, at - (startedAt ?? at)));
  }

  // What is done

  async #read(): Promise<void> {
    const { client, showId } = this;
    if (!client || showId === '') return;
    this.sheet = null;
    const read = await client.call(readScoreSheet, { params: { showId }, query: this.#query });
    if (showId !== this.showId) return;
    this.fault = read.ok ? null : read.error;
    if (read.ok) this.sheet = read.value;
  }

  get #query(): { lang: 'zh-CN' | 'en' } {
    return { lang: this.#words.locale };
  }

  async #mark(criterionId: string, title: string, mark: MarkGiven): Promise<void> {
    const replayMs = this.moment();
    const before = new Set(this.sheet?.marks.map(({ id }) => id));
    const marked = await this.#send((client) =>
      client.call(addMark, { params: { showId: this.showId }, query: this.#query, body: { criterionId, mark, ...(replayMs === null ? {} : { replayMs: Math.round(replayMs) }) }, idempotencyKey: newId('key') }),
    );
    if (!marked) return;
    this.noting = marked.marks.find(({ id }) => !before.has(id))?.id ?? null;
    this.#tell({ text: this.#words.text.markedNow(title, mark) });
  }

  async #note({ id }: Mark, note: string): Promise<void> {
    if (await this.#send((client) => client.call(changeMark, { params: { showId: this.showId, markId: id }, body: { note } }))) this.noting = null;
  }

  async #remove(mark: Mark): Promise<void> {
    const { showId } = this;
    if (!(await this.#send((client) => client.call(deleteMark, { params: { showId, markId: mark.id } })))) return;
    const { criterionId, note, replayMs } = mark;
    const restore = async (): Promise<void> => {
      await this.#send((client) => client.call(addMark, { params: { showId }, query: this.#query, body: { criterionId, mark: mark.mark, note, ...(replayMs === null ? {} : { replayMs }) }, idempotencyKey: newId('key') }));
    };
    this.#tell({ text: this.#words.text.removed, undo: { label: this.#words.text.undo, run: restore } });
  }

  async #change(body: SheetPatch): Promise<boolean> {
    return (await this.#send((client) => client.call(changeScoreSheet, { params: { showId: this.showId }, query: this.#query, body }))) !== undefined;
  }

  async #edit({ criteria }: ScoreSheet): Promise<void> {
    this.editing = criteria;
    const listed = await this.client?.call(listRubrics, { query: this.#query });
    if (listed?.ok) this.rubrics = listed.value.rubrics;
  }

  #take(rubricId: string): void {
    const rubric = this.rubrics.find(({ id }) => id === rubricId);
    if (rubric) this.editing = rubric.criteria;
  }

  async #saveCriteria(event: Event): Promise<void> {
    event.preventDefault();
    const criteria: CriteriaRequest = (this.editing ?? []).filter(({ title }) => title.trim() !== '').map(({ id, title, hint }) => ({ ...(id === '' ? {} : { id }), title: title.trim(), hint: hint.trim() }));
    const name = String(new FormData(event.target as HTMLFormElement).get('rubric') ?? '').trim();
    if (criteria.length === 0 || !(await this.#change({ criteria }))) return;
    if (name !== '') {
      const kept = await this.client?.call(createRubric, { body: { title: name, criteria: criteria.map(({ title, hint }) => ({ title, hint })) }, idempotencyKey: newId('key') });
      if (kept) this.#tell(kept.ok ? { text: this.#words.text.rubricKept } : { text: this.#words.text.errors[kept.error.code], isFault: true });
    }
    this.editing = null;
  }

  /** One after the other: words are kept when their field is left, which is often by a tap on the next thing. */
  #send(call: (client: Pick<Client, 'call'>) => Promise<Outcome<ScoreSheet>>): Promise<ScoreSheet | undefined> {
    const sent = this.#sending.then(() => this.#sendNow(call));
    this.#sending = sent;
    return sent;
  }

  async #sendNow(call: (client: Pick<Client, 'call'>) => Promise<Outcome<ScoreSheet>>): Promise<ScoreSheet | undefined> {
    if (!this.client) return undefined;
    const outcome = await call(this.client);
    if (!outcome.ok) {
      this.#tell({ text: this.#words.text.errors[outcome.error.code], isFault: true });
      return undefined;
    }
    this.sheet = outcome.value;
    return outcome.value;
  }

  #tell(notice: CoachNotice): void {
    this.dispatchEvent(new CustomEvent<CoachNotice>(COACH_NOTICE, { detail: notice, bubbles: true, composed: true }));
  }
}
