// Owns writing a cue card on a phone: what is said, what must be said, what is answered.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CueCard, CueCardRequest } from '../../../server/protocol/cue-cards.ts';
import { CARD_FACT_LIMIT, CARD_FACTS_LIMIT, CARD_LINE_LIMIT, CARD_LINES_LIMIT, CARD_OBJECTIONS_LIMIT, OBJECTION_ANSWER_LIMIT, OBJECTION_LIMIT } from '../../../server/protocol/cue-limits.ts';
import { Localize } from '../../i18n/index.ts';
import { prompterMessages } from '../../i18n/prompter.ts';
import { icon, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { cueWordKeys, type LineField, putInto, readsAs } from './cue-keys.ts';
import { prompterFormStyles } from './prompter-form.styles.ts';

/** Fires `card-save` with a {@link CueCardRequest}, and `card-restore` for the suggested card. */
export class FieldcastStudioCardForm extends LitElement {
  static override styles = [tokens, studioStyles, prompterFormStyles];

  @property({ attribute: false }) card!: CueCard;
  @property({ type: Boolean }) busy = false;
  /** A line as it would be read now. */
  @property({ attribute: false }) fill: (line: string) => string = (line) => line;
  @state() private rows = { lines: 3, facts: 1, objections: 1 };
  @state() private isEmpty = false;
  @state() private isFull = false;
  /** As they stand in the fields. */
  @state() private written: Record<'line' | 'fact' | 'answer', string[]> = { line: [], fact: [], answer: [] };
  readonly #words = new Localize(this, prompterMessages);
  /** Where something was written last. */
  #field: LineField | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const { lines, mustSay, objections } = this.card;
    this.written = { line: [...lines], fact: [...mustSay], answer: objections.map(({ answer }) => answer) };
    this.rows = { lines: Math.max(3, lines.length), facts: Math.max(1, mustSay.length), objections: Math.max(1, objections.length) };
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    const { lines, mustSay, objections } = this.card;
    const { rows } = this;
    const reads = (name: keyof typeof this.written, index: number) => readsAs(words, this.written[name][index] ?? '', this.fill);
    const many = (count: number, row: (index: number) => TemplateResult): TemplateResult[] => Array.from({ length: count }, (_, index) => row(index));
    const more = (of: keyof typeof rows, limit: number, label: string): TemplateResult | typeof nothing =>
      rows[of] < limit ? html`<button class="act plain" type="button" @click=${() => (this.rows = { ...rows, [of]: rows[of] + 1 })}>${icon('plus')}${label}</button>` : nothing;
    return html`<form novalidate @submit=${(event: Event) => this.#save(event)} @focusin=${(event: Event) => this.#entered(event)} @input=${(event: Event) => this.#typed(event)}>
      ${cueWordKeys(words, this.fill, (sign) => this.#put(sign))} ${this.isFull ? html`<p class="fault" role="alert">${words.noRoom}</p>` : nothing}
      <fieldset>
        <legend>${words.lines}</legend>
        <p class="hint">${words.linesHint}</p>
        ${many(rows.lines, (index) => html`<textarea name="line" rows="2" maxlength=${CARD_LINE_LIMIT} aria-label=${words.line(index + 1)} .value=${lines[index] ?? ''}></textarea>${reads('line', index)}`)}
        ${more('lines', CARD_LINES_LIMIT, words.addLine)} ${this.isEmpty ? html`<p class="fault" role="alert">${words.needsLine}</p>` : nothing}
      </fieldset>
      <fieldset>
        <legend>${words.facts}</legend>
        <p class="hint">${words.factsHint}</p>
        ${many(rows.facts, (index) => html`<input name="fact" maxlength=${CARD_FACT_LIMIT} autocomplete="off" aria-label=${words.fact(index + 1)} .value=${mustSay[index] ?? ''} />${reads('fact', index)}`)} ${more('facts', CARD_FACTS_LIMIT, words.addFact)}
      </fieldset>
      <fieldset>
        <legend>${words.objections}</legend>
        ${many(
          rows.objections,
          (index) => html`<label>${words.objectionAsked}<input name="asked" maxlength=${OBJECTION_LIMIT} autocomplete="off" .value=${objections[index]?.asked ?? ''} /></label>
            <label>${words.objectionAnswer}<textarea name="answer" rows="3" maxlength=${OBJECTION_ANSWER_LIMIT} .value=${objections[index]?.answer ?? ''}></textarea></label>${reads('answer', index)}`,
        )}
        ${more('objections', CARD_OBJECTIONS_LIMIT, words.addObjection)}
      </fieldset>
      <button class="act main wide" type="submit" ?disabled=${this.busy}>${icon('check')}${words.save}</button>
      ${this.card.isDraft ? nothing : html`<button class="act wide" type="button" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new CustomEvent('card-restore'))}>${icon('undo')}${words.restoreDraft}</button>`}
    </form>`;
  }

  #entered({ target }: Event): void {
    if (fieldOf(target, this.written)) this.#field = target as LineField;
  }

  #typed({ target }: Event): void {
    const name = fieldOf(target, this.written);
    if (!name) return;
    this.isFull = false;
    this.written = { ...this.written, [name]: this.#fields(name).map(({ value }) => value) };
  }

  #put(sign: string): void {
    const field = this.#field ?? this.#fields('line').findLast(({ value }, index) => value !== '' || index === 0);
    this.isFull = field !== undefined && !putInto(field, sign);
  }

  #fields(name: string): LineField[] {
    return [...this.renderRoot.querySelectorAll<LineField>(`[name=${name}]`)];
  }

  #save(event: Event): void {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    // A card's line is one line, however it was broken while typing.
    const all = (name: string): string[] => data.getAll(name).map((value) => String(value).replace(/\s+/g, ' ').trim());
    const written = (name: string): string[] => all(name).filter((value) => value !== '');
    const answers = all('answer');
    const detail: CueCardRequest = {
      lines: written('line'),
      mustSay: written('fact'),
      objections: all('asked').flatMap((asked, index) => (asked !== '' && answers[index] ? [{ asked, answer: answers[index] }] : [])),
    };
    this.isEmpty = detail.lines.length === 0;
    if (!this.isEmpty) this.dispatchEvent(new CustomEvent('card-save', { detail }));
  }
}

function fieldOf<T extends string>(target: EventTarget | null, names: Record<T, unknown>): T | null {
  const { name } = target as LineField;
  return Object.hasOwn(names, name) ? (name as T) : null;
}
