// Owns reading a table in: choose it, see what it would change, then change it.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { StateImport } from '../../server/protocol/desk.ts';
import { applyOrderImport, previewOrderImport } from '../../server/protocol/endpoints.ts';
import { type Failure, type Outcome, success } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { OrdersPage } from './desk-page.ts';
import type { OrderBook } from './order-book.ts';

/** A table of 100,000 lines goes up a village line slowly. */
const SLOW_MS = 180_000;

export class FieldcastOrdersImport extends OrdersPage {
  @property({ attribute: false }) scope: { showId: string } | { sellerId: string } | null = null;
  @property({ attribute: false }) book: OrderBook | null = null;
  @state() private preview: StateImport | null = null;
  @state() private problem = '';

  protected override read(): Promise<Outcome<unknown>> {
    return Promise.resolve(success(undefined));
  }

  protected override page(): TemplateResult {
    const { import: words } = this.words;
    return html`<div class="stack">
      ${this.preview ? this.#previewed(this.preview) : html`<p class="soft">${words.hint}</p>`}
      ${this.problem ? html`<p class="alert" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.isBusy
        ? html`<p role="status">${words.reading}</p>`
        : html`<label class="button wide file ${this.preview ? '' : 'primary'}"
            >${this.preview ? words.other : words.choose}<input class="visually-hidden" type="file" accept=".csv,.txt,text/csv,text/plain" @change=${(event: Event) => void this.#choose(event.target as HTMLInputElement)}
          /></label>`}
    </div>`;
  }

  #previewed(preview: StateImport): TemplateResult {
    const { import: words, states, number, faults } = this.words;
    const count = (value: number): string => this.localize.number(value);
    return html`
      <p class="summary" role="status">${words.summary(count(preview.changeCount), count(preview.unchanged), count(preview.faultCount))}</p>
      ${preview.changeCount === 0
        ? html`<p>${words.nothing}</p>`
        : html`<button class="button primary wide" type="button" ?disabled=${this.isBusy} @click=${() => void this.#apply(preview)}>${icon('check')}${words.apply(count(preview.changeCount))}</button>
            <section class="card">
              <h3>${words.changes}</h3>
              <ul class="rows">
                ${preview.changes.map(
                  (change) => html`<li><b>${number(change.number)}</b> ${change.name} <span class="soft">${change.to ? `${states[change.from]} → ${states[change.to]}` : ''}${change.tracking ? ` ${change.tracking.courier} ${change.tracking.number}` : ''}</span></li>`,
                )}
              </ul>
              ${preview.changeCount > preview.changes.length ? html`<p class="soft">${words.more(count(preview.changeCount - preview.changes.length))}</p>` : nothing}
            </section>`}
      ${preview.faultCount === 0
        ? nothing
        : html`<section class="card">
            <h3>${words.faults}</h3>
            <ul class="rows">
              ${preview.faults.map((fault) => html`<li><b>${words.line(fault.line)}</b> ${faults[fault.fault]} ${fault.text ? html`<span class="soft">“${fault.text}”</span>` : nothing}</li>`)}
            </ul>
            ${preview.faultCount > preview.faults.length ? html`<p class="soft">${words.more(count(preview.faultCount - preview.faults.length))}</p>` : nothing}
          </section>`}
    `;
  }

  async #choose(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    // The same file can be chosen again after it was changed.
    input.value = '';
    if (!file || !this.desk) return;
    this.isBusy = true;
    this.preview = null;
    this.problem = '';
    // Read here: a spreadsheet that holds the file open would break the upload without a word.
    const bytes = await file.arrayBuffer().catch(() => null);
    const outcome = bytes && (await this.desk.room.client.call(previewOrderImport, { query: this.scope ?? {}, body: bytes, timeoutMs: SLOW_MS }));
    this.isBusy = false;
    if (outcome?.ok) this.preview = outcome.value;
    else this.problem = outcome ? this.#told(outcome.error) : this.words.errors['table.unreadable'];
  }

  #told({ code, params }: Failure): string {
    const { errors, import: words } = this.words;
    const reason = code === 'table.unreadable' ? words.reasons[String(params?.['reason'])] : undefined;
    return reason === undefined ? errors[code] : `${words.at(String(params?.['line'] ?? ''))} ${reason}`;
  }

  async #apply({ importId }: StateImport): Promise<void> {
    const { desk, book } = this;
    if (!desk || this.isBusy) return;
    this.isBusy = true;
    const outcome = await desk.room.client.call(applyOrderImport, { params: { importId }, body: {}, timeoutMs: SLOW_MS });
    this.isBusy = false;
    this.preview = null;
    if (!outcome.ok) {
      this.problem = this.words.errors[outcome.error.code];
      return;
    }
    const { batchId, moved, tracked, refused } = outcome.value;
    const { import: words, notMoved, undone, errors } = this.words;
    const text = words.applied(this.localize.number(moved), this.localize.number(tracked));
    const undo = async (id: string): Promise<void> => {
      const back = await book?.undo(id);
      if (back) desk.tell(back.ok ? { text: undone } : { text: errors[back.error.code], isFault: true });
    };
    desk.tell({ text: refused.length > 0 ? `${text}. ${notMoved(refused.length)}` : text, ...(batchId && moved > 0 ? { undo: () => undo(batchId) } : {}) });
    await book?.refresh();
  }
}
