// Owns the explorer of figures: which view, seller, show, time and figure are chosen, what is asked of the server for them, and taking it along.
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ExportTable, SellerFigures, ShowReport, Trend } from '../../server/protocol/analytics.ts';
import { exportFiguresCsv, exportFiguresJson, listShows, readSellerFigures, readShowReport, readTrend } from './endpoints.ts';
import { type FigureName, type FigurePhase, type FulfilmentGroup, fulfilmentGroups } from '../../server/protocol/figures.ts';
import type { Show } from '../../server/protocol/show.ts';
import { exploreMessages, type ExploreMessages } from '../i18n/explore.ts';
import { success } from '../show/index.ts';
import { buttonStyles, fieldStyles, tokens } from '../ui/index.ts';
import { AnalyticsPart, type Caller } from './analytics-part.ts';
import { analyticsStyles } from './analytics.styles.ts';
import { csvOf, dayView, type Drawn, figureSheet, fulfilmentView, jsonLinesOf, minuteName, minuteView, type OfMinutes, ofMinutes, type OfProducts, ofProducts, productName, productView, promotionSheet, type Sheet, showsView } from './explore-views.ts';
import { explored, formulaOf, nameOf, type OfFulfilment, ofFulfilment } from './figure-lists.ts';
import { type Writer, writerFor } from './say.ts';

const DAY_MS = 86_400_000;
/** Goods are added up over no more shows than this at once. */
const REPORTS_MOST = 12;
const views = ['seller', 'day', 'show', 'product', 'fulfilment'] as const;
type View = (typeof views)[number];
const tables = ['figures', 'minutes', 'products', 'promotions', 'fulfilment'] as const satisfies readonly ExportTable[];
const phases = ['total', 'live', 'replay', 'after'] as const satisfies readonly FigurePhase[];

/**
 * Figures over shows, goods, days and sellers, with charts, tables and everything to take along. On the server's own origin, for hosts and
 * operators.
 *
 * @tag fieldcast-analytics
 * @attr {string} seller - Seller id; without it the first one whose shows this device may see.
 * @attr {string} show - Show id to begin with, in the view of one show.
 * @attr {string} report-url - Address of a page with the report of a show, with `{showId}` in it.
 * @attr {'seller'|'day'|'show'|'product'|'fulfilment'} view - Reflected: what is shown.
 * @prop {StaffRoom | null} room - A connection of staff, where the page has one to give.
 */
export class FieldcastAnalytics extends AnalyticsPart<ExploreMessages> {
  static override styles = [tokens, buttonStyles, fieldStyles, analyticsStyles];

  @property() seller = '';
  @property({ reflect: true }) view: View = 'seller';
  @property({ attribute: 'report-url' }) reportUrl = '';
  @state() private shows: readonly Show[] | null = null;
  @state() private pickedShow = '';
  @state() private from = dayOf(Date.now() - 30 * DAY_MS);
  @state() private to = dayOf(Date.now());
  @state() private phase: FigurePhase = 'total';
  @state() private figure: FigureName = 'placedMinor';
  @state() private ofMinute: OfMinutes = 'online';
  @state() private ofProduct: OfProducts = 'placedMinor';
  @state() private productId = '';
  @state() private by: FulfilmentGroup = 'product';
  @state() private ofFulfilment: OfFulfilment = 'lateShipRate';
  @state() private exported: (typeof tables)[number] = 'figures';
  @state() private sellerFigures: SellerFigures | null = null;
  @state() private trend: Trend | null = null;
  @state() private reports: readonly ShowReport[] = [];
  @state() private isLoading = false;
  /** Redrawn only when it is another one, or the chart would be made anew with each touch. */
  #drawn: { of: string; drawn: Drawn } | null = null;
  #asked = 0;

  constructor() {
    super(exploreMessages);
  }

  protected override key(): string {
    const { view, from, to } = this;
    return [view, this.#seller, view === 'show' ? this.#showId : '', view === 'show' ? '' : `${from} ${to}`, this.shows === null].join('|');
  }

  get #seller(): string {
    return this.seller || this.#show?.sellerId || this.shows?.[0]?.sellerId || '';
  }

  get #showId(): string {
    return this.pickedShow || this.show || this.#ofSeller(this.seller)[0]?.id || '';
  }

  get #show(): Show | undefined {
    return this.shows?.find(({ id }) => id === (this.pickedShow || this.show));
  }

  #ofSeller(sellerId: string): readonly Show[] {
    return (this.shows ?? []).filter((show) => show.startedAt !== null && (sellerId === '' || show.sellerId === sellerId));
  }

  protected override async read(client: Caller) {
    const asked = (this.#asked += 1);
    if (this.shows === null) {
      const listed = await client.call(listShows, { query: { mine: 'true', limit: '200' } });
      if (!listed.ok) return listed;
      this.shows = listed.value.shows;
      if (this.show) this.view = 'show';
      return listed;
    }
    const sellerId = this.#seller;
    if (sellerId === '') return success(undefined);
    this.isLoading = true;
    const outcome = await this.#load(client, sellerId);
    if (asked === this.#asked) this.isLoading = false;
    return outcome;
  }

  async #load(client: Caller, sellerId: string) {
    if (this.view === 'show') {
      const params = { showId: this.#showId };
      if (!params.showId) return success(undefined);
      const [report, trend] = await Promise.all([client.call(readShowReport, { params, query: {} }), client.call(readTrend, { params })]);
      if (report.ok) this.reports = [report.value];
      if (trend.ok) this.trend = trend.value;
      return report;
    }
    const query = { from: String(startOf(this.from)), to: String(startOf(this.to) + DAY_MS), zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    const figures = await client.call(readSellerFigures, { params: { sellerId }, query });
    if (!figures.ok) return figures;
    this.sellerFigures = figures.value;
    if (this.view !== 'product') return figures;
    const reports: ShowReport[] = [];
    for (const { showId } of figures.value.shows.slice(-REPORTS_MOST)) {
      const report = await client.call(readShowReport, { params: { showId }, query: {} });
      if (!report.ok) return report;
      reports.push(report.value);
    }
    this.reports = reports;
    return figures;
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const words = text.explore;
    if (this.shows === null) return this.waiting();
    const sellers = [...new Map(this.shows.map(({ sellerId, sellerName }) => [sellerId, sellerName]))];
    const currency = this.#ofSeller(this.#seller)[0]?.currency ?? 'CNY';
    const say = writerFor(this.localize, currency);
    return html`<div class="frame">
      <div class="views" role="group" aria-label=${words.view}>
        ${views.map((name) => html`<button class="button" type="button" aria-pressed=${name === this.view ? 'true' : 'false'} @click=${() => (this.view = name)}>${words.views[name]}</button>`)}
      </div>
      <form class="filters" @submit=${(event: Event) => event.preventDefault()}>
        ${sellers.length > 1 ? choice('seller', words.seller, sellers, this.#seller, (id) => this.#pickSeller(id)) : nothing}
        ${this.view === 'show'
          ? html`${choice('show', words.show, this.#ofSeller(this.#seller).map(({ id, title, startedAt }) => [id, `${title} · ${this.localize.date(startedAt ?? 0)}`] as const), this.#showId, (id) => (this.pickedShow = id))}
              ${choice('minute', words.figure, ofMinutes.map((name) => [name, minuteName({ text }, name)] as const), this.ofMinute, (name) => (this.ofMinute = name as OfMinutes))}
              ${choice('phase', words.phase, phases.map((name) => [name, words.phases[name]] as const), this.phase, (name) => (this.phase = name as FigurePhase))}`
          : html`<span class="field"><label for="from">${words.from}</label><input id="from" type="date" required .value=${this.from} max=${this.to} @change=${(event: Event) => (this.from = valueOf(event) || this.from)} /></span>
              <span class="field"><label for="to">${words.to}</label><input id="to" type="date" required .value=${this.to} min=${this.from} @change=${(event: Event) => (this.to = valueOf(event) || this.to)} /></span>`}
        ${this.view === 'product'
          ? html`${choice('good', words.product, [['', words.allProducts] as const, ...new Map(this.reports.flatMap(({ products }) => products.map(({ productId, name }) => [productId, name] as const)))], this.productId, (id) => (this.productId = id))}
              ${choice('of', words.figure, ofProducts.map((name) => [name, productName({ text }, name)] as const), this.ofProduct, (name) => (this.ofProduct = name as OfProducts))}`
          : nothing}
        ${this.view === 'fulfilment'
          ? html`${choice('by', words.by, fulfilmentGroups.map((name) => [name, words.groups[name]] as const), this.by, (name) => (this.by = name as FulfilmentGroup))}
              ${choice('rate', words.figure, ofFulfilment.map((name) => [name, nameOf(text, name)] as const), this.ofFulfilment, (name) => (this.ofFulfilment = name as OfFulfilment))}`
          : nothing}
        ${this.view === 'day' || this.view === 'seller' ? choice('figure', words.figure, explored.map((name) => [name, nameOf(text, name)] as const), this.figure, (name) => (this.figure = name as FigureName)) : nothing}
      </form>
      ${this.fault ? html`<p class="note" role="alert">${this.words(this.fault)} <button class="button" type="button" @click=${() => void this.ask()}>${text.retry}</button></p>` : nothing}
      ${this.#body(say)}
    </div>`;
  }

  #body(say: Writer): TemplateResult {
    const { text } = this;
    const drawn = this.#draw(say);
    if (!drawn) return html`<p class="empty" role="status">${this.isLoading ? text.loading : text.explore.noShows}</p>`;
    const report = this.view === 'show' ? this.reports[0] : undefined;
    const figure = this.view === 'day' || this.view === 'seller' ? this.figure : this.view === 'fulfilment' ? this.ofFulfilment : null;
    return html`<div aria-busy=${this.isLoading ? 'true' : 'false'}>
      ${drawn.chart ? html`<fieldcast-chart .data=${drawn.chart}></fieldcast-chart>` : html`<p class="empty" role="status">${this.view === 'fulfilment' ? text.explore.noOrders : text.explore.noShows}</p>`}
      ${figure ? html`<p class="formula"><b>${text.explore.formula}:</b> ${formulaOf(text, figure)}</p>` : nothing}
      ${report ? html`${this.#sheet(figureSheet(report, this.phase, { text, say }), text.explore.title, true)}` : nothing}
      ${report && report.promotions.length > 0 ? html`<details><summary>${text.table}: ${text.explore.offers}</summary>${this.#sheet(promotionSheet(report, { text, say }), text.explore.offers)}</details>` : nothing}
      ${report ? html`<details><summary>${text.table}: ${text.explore.trend}</summary>${this.#sheet(drawn.sheet, text.explore.trend)}</details>` : this.#sheet(drawn.sheet, text.table)}
      ${this.view === 'seller' && this.sellerFigures?.people.known != null && this.sellerFigures.people.perShow !== null ? html`<p class="muted">${text.explore.people(say.number(this.sellerFigures.people.known), say.number(this.sellerFigures.people.perShow))}</p>` : nothing}
      ${this.#take(drawn.sheet)}
    </div>`;
  }

  #draw(say: Writer): Drawn | null {
    const { text, trend, reports, sellerFigures } = this;
    const words = { text, say };
    const of = [this.view, this.localize.locale, this.ofMinute, this.ofProduct, this.productId, this.figure, this.by, this.ofFulfilment].join('|');
    const source = this.view === 'show' ? trend : this.view === 'product' ? reports : sellerFigures;
    if (!source) return null;
    if (this.#drawn?.of === of && this.#source === source) return this.#drawn.drawn;
    this.#source = source;
    const drawn =
      this.view === 'show' ? minuteView(trend!, this.ofMinute, words)
      : this.view === 'product' ? productView(reports, this.ofProduct, this.productId, words)
      : this.view === 'fulfilment' ? fulfilmentView(sellerFigures!.fulfilment, this.by, this.ofFulfilment, words)
      : this.view === 'day' ? dayView(sellerFigures!, this.figure, words)
      : showsView(sellerFigures!, this.figure, (at) => this.localize.date(at), words);
    this.#drawn = { of, drawn };
    return drawn;
  }
  #source: unknown = null;

  /** @param isWorded its last column is a sentence */
  #sheet({ heads, rows }: Sheet, label: string, isWorded = false): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
      <table class=${isWorded ? 'worded' : ''}>
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows.map(([name, ...cells], at) => html`<tr><th scope="row">${this.#linked(name ?? '', at, heads)}</th>${cells.map((cell, column) => html`<td class=${isWorded && column === cells.length - 1 ? 'words' : ''}>${cell}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
  }

  /** In the view of a seller a show leads to its report. */
  #linked(name: string, at: number, heads: readonly string[]): unknown {
    const showId = this.view === 'seller' && heads[0] === this.text.explore.show ? this.sellerFigures?.shows[at]?.showId : undefined;
    return showId && this.reportUrl ? html`<a href=${this.reportUrl.replace('{showId}', encodeURIComponent(showId))}>${name}</a>` : name;
  }

  #take(sheet: Sheet): TemplateResult {
    const words = this.text.explore;
    const isShow = this.view === 'show';
    const button = (label: string, work: () => void): TemplateResult => html`<button class="button" type="button" @click=${work}>${label}</button>`;
    return html`<section class="take">
      <h2>${words.export}</h2>
      ${isShow ? choice('table', words.of, tables.map((name) => [name, words.tables[name]] as const), this.exported, (name) => (this.exported = name as (typeof tables)[number])) : nothing}
      <div class="row">
        ${button(words.csv, () => (isShow ? void this.#export('csv') : save(new Blob([csvOf(sheet)], { type: 'text/csv' }), `${this.view}.csv`)))}
        ${button(words.jsonl, () => (isShow ? void this.#export('jsonl') : save(new Blob([jsonLinesOf(sheet)], { type: 'application/jsonl' }), `${this.view}.jsonl`)))}
        ${isShow ? html`${button(`${words.raw} (CSV)`, () => void this.#raw('csv'))}${button(`${words.raw} (JSON)`, () => void this.#raw('jsonl'))}` : nothing}
        ${isShow && this.reportUrl ? html`<a class="button primary" href=${this.reportUrl.replace('{showId}', encodeURIComponent(this.#showId))}>${words.report}</a>` : nothing}
      </div>
    </section>`;
  }

  async #export(form: 'csv' | 'jsonl'): Promise<void> {
    const showId = this.#showId;
    const file = await this.client?.call(form === 'csv' ? exportFiguresCsv : exportFiguresJson, { params: { showId }, query: { of: this.exported } });
    if (file?.ok) save(file.value as Blob, `${this.exported}-${showId}.${form}`);
    else this.fault = file?.error ?? null;
  }

  async #raw(form: 'csv' | 'jsonl'): Promise<void> {
    const showId = this.#showId;
    // A stream of the server's, which the table of endpoints does not name.
    const raw = { ...exportFiguresCsv, path: `/api/v1/analytics/shows/{showId}/raw.${form}` } as const;
    const file = await this.client?.call(raw, { params: { showId }, query: {}, timeoutMs: 300_000 });
    if (file?.ok) save(file.value as Blob, `raw-${showId}.${form}`);
    else this.fault = file?.error ?? null;
  }

  #pickSeller(id: string): void {
    this.seller = id;
    this.pickedShow = '';
    this.productId = '';
  }
}

function choice(id: string, label: string, options: readonly (readonly [value: string, words: string])[], picked: string, onPick: (value: string) => void): TemplateResult {
  return html`<span class="field"><label for=${id}>${label}</label><select id=${id} @change=${(event: Event) => onPick(valueOf(event))}>${options.map(([value, words]) => html`<option value=${value} ?selected=${value === picked}>${words}</option>`)}</select></span>`;
}

const valueOf = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;

/** A day of this device, as a field of dates has it. */
function dayOf(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** When a day begins on this device. */
const startOf = (day: string): number => new Date(`${day}T00:00`).getTime();

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-analytics': FieldcastAnalytics;
  }
}
