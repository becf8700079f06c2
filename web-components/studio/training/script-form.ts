// Owns writing a script on a phone: its steps in order, each with its product, its seconds and its words.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { SCRIPT_LINE_LIMIT, SCRIPT_LINES_LIMIT, SCRIPT_SECONDS_LEAST, SCRIPT_SECONDS_MOST, SCRIPT_STEPS_LIMIT, SCRIPT_TITLE_LIMIT, type ScriptPart, scriptParts } from '../../../server/protocol/cue-limits.ts';
import type { ScriptDraft, ScriptRequest, ScriptStep } from '../../../server/protocol/scripts.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import { Localize } from '../../i18n/index.ts';
import { prompterMessages } from '../../i18n/prompter.ts';
import { icon, tokens } from '../../ui/index.ts';
import { studioStyles } from '../studio.styles.ts';
import { cueWordKeys, type LineField, putInto, readsAs } from './cue-keys.ts';
import { prompterFormStyles } from './prompter-form.styles.ts';
import { totalSeconds } from './run-of-show.ts';

interface Row extends ScriptStep {
  /** Stays with its fields while rows move. */
  key: number;
}

/** Fires `script-save` with a {@link ScriptRequest}. */
export class FieldcastStudioScriptForm extends LitElement {
  static override styles = [tokens, studioStyles, prompterFormStyles];

  @property({ attribute: false }) script!: ScriptDraft;
  @property({ attribute: false }) shelf: readonly Product[] = [];
  @property({ type: Boolean }) busy = false;
  /** A line as it would be read now, about a product or none. */
  @property({ attribute: false }) fill: (line: string, product: Product | null) => string = (line) => line;
  @state() private rows: readonly Row[] = [];
  @state() private heading = '';
  @state() private isFull = false;
  /** The step in which something was written last, by its key. */
  @state() private entered: number | null = null;
  readonly #words = new Localize(this, prompterMessages);
  #key = 0;
  #field: LineField | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.heading = this.script.title;
    this.rows = this.script.steps.map((step) => this.#row(step));
  }

  protected override render(): TemplateResult {
    const words = this.#words.text;
    return html`<form novalidate @submit=${(event: Event) => this.#save(event)}>
      <label>${words.scriptTitle}<input maxlength=${SCRIPT_TITLE_LIMIT} autocomplete="off" required .value=${this.heading} @input=${(event: Event) => (this.heading = valueOf(event))} /></label>
      ${cueWordKeys(words, (line) => this.fill(line, this.#productOf(this.rows.find(({ key }) => key === this.entered) ?? this.rows.find(({ productId }) => productId !== null))), (sign) => this.#put(sign))}
      ${this.isFull ? html`<p class="fault" role="alert">${words.noRoom}</p>` : nothing}
      <p class="hint">${words.steps(this.rows.length)} · ${words.minutes(Math.round(totalSeconds(this.rows) / 60))}</p>
      ${repeat(
        this.rows,
        ({ key }) => key,
        (row, index) => this.#step(row, index),
      )}
      ${this.rows.length < SCRIPT_STEPS_LIMIT ? html`<button class="act plain" type="button" @click=${() => (this.rows = [...this.rows, this.#row({ part: 'other', productId: null, lines: [], seconds: 60 })])}>${icon('plus')}${words.addStep}</button>` : nothing}
      <button class="act main wide" type="submit" ?disabled=${this.busy || this.rows.length === 0 || this.heading.trim() === ''}>${icon('check')}${words.save}</button>
    </form>`;
  }

  #step(row: Row, index: number): TemplateResult {
    const words = this.#words.text;
    const product = this.#productOf(row);
    return html`<fieldset>
      <legend>${index + 1}. ${words.parts[row.part]}${product ? html` · ${product.name}` : nothing}</legend>
      <label
        >${words.stepLines}<textarea
          rows=${Math.min(8, Math.max(3, row.lines.length + 1))}
          maxlength=${(SCRIPT_LINE_LIMIT + 1) * SCRIPT_LINES_LIMIT}
          placeholder=${words.stepHint}
          @focus=${(event: Event) => this.#enter(row, event)}
          @input=${() => (this.isFull = false)}
          .value=${row.lines.join('\n')}
          @change=${(event: Event) => this.#change(row, { lines: linesIn(valueOf(event)) })}
        ></textarea>
      </label>
      ${row.lines.map((line) => readsAs(words, line, (text) => this.fill(text, product)))}
      <div class="two">
        <label
          >${words.part}<select @change=${(event: Event) => this.#change(row, { part: valueOf(event) as ScriptPart })}>
            ${scriptParts.map((part) => html`<option value=${part} ?selected=${part === row.part}>${words.parts[part]}</option>`)}
          </select></label
        >
        <label>${words.seconds}<input type="number" inputmode="numeric" min=${SCRIPT_SECONDS_LEAST} max=${SCRIPT_SECONDS_MOST} step="5" .value=${String(row.seconds)} @change=${(event: Event) => this.#change(row, { seconds: secondsIn(valueOf(event)) })} /></label>
      </div>
      ${this.shelf.length > 0
        ? html`<label
            >${words.product}<select @change=${(event: Event) => this.#change(row, { productId: valueOf(event) || null })}>
              <option value="" ?selected=${!product}>${words.noProduct}</option>
              ${this.shelf.map(({ id, name }) => html`<option value=${id} ?selected=${id === row.productId}>${name}</option>`)}
            </select></label
          >`
        : nothing}
      <div class="row">
        <button class="act" type="button" ?disabled=${index === 0} @click=${() => this.#earlier(index)}>${words.stepUp}</button>
        <button class="act" type="button" @click=${() => (this.rows = this.rows.filter(({ key }) => key !== row.key))}>${icon('trash')}<span class="visually-hidden">${words.removeStep}</span></button>
      </div>
    </fieldset>`;
  }

  #productOf(row: Row | undefined): Product | null {
    return this.shelf.find(({ id }) => id === row?.productId) ?? null;
  }

  #enter({ key }: Row, { target }: Event): void {
    this.entered = key;
    this.#field = target as LineField;
  }

  #put(sign: string): void {
    const field = this.#field?.isConnected ? this.#field : this.renderRoot.querySelector('textarea');
    if (!field) return;
    this.isFull = !putInto(field, sign);
    field.dispatchEvent(new Event('change'));
  }

  #row(step: ScriptStep): Row {
    this.#key += 1;
    return { ...step, key: this.#key };
  }

  #change({ key }: Row, part: Partial<ScriptStep>): void {
    this.rows = this.rows.map((row) => (row.key === key ? { ...row, ...part } : row));
  }

  #earlier(index: number): void {
    const rows = [...this.rows];
    const [row] = rows.splice(index, 1);
    if (row) rows.splice(index - 1, 0, row);
    this.rows = rows;
  }

  #save(event: Event): void {
    event.preventDefault();
    const detail: ScriptRequest = { title: this.heading.trim(), lang: this.script.lang, steps: this.rows.map(({ part, productId, lines, seconds }) => ({ part, productId, lines, seconds })) };
    this.dispatchEvent(new CustomEvent('script-save', { detail }));
  }
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement).value;

function linesIn(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim().slice(0, SCRIPT_LINE_LIMIT))
    .filter((line) => line !== '')
    .slice(0, SCRIPT_LINES_LIMIT);
}

function secondsIn(text: string): number {
  const seconds = Math.round(Number(text));
  return Number.isFinite(seconds) ? Math.min(SCRIPT_SECONDS_MOST, Math.max(SCRIPT_SECONDS_LEAST, seconds)) : 60;
}
