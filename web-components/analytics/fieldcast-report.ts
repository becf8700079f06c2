// Owns the report after a show: what happened in plain words on one page that can be printed, handed on as a picture, and acted on.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ShowReport, Trend } from '../../server/protocol/analytics.ts';
import { readShowReport, readTrend } from './endpoints.ts';
import { type FigureName, figures as table } from '../../server/protocol/figures.ts';
import { analyticsMessages, type AnalyticsMessages } from '../i18n/analytics.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { AnalyticsPart, type Caller } from './analytics-part.ts';
import { compared, groupName, nameOf } from './figure-lists.ts';
import { reportStyles } from './report.styles.ts';
import { DASH, type Writer, writerFor } from './say.ts';
import { redrawOnResize, stepsOf, trendDrawing, trendStyles } from './trend-drawing.ts';

/** Of what went wrong. */
const ROWS_WRONG = 6;

/**
 * What came of a show: numbers in words, what to do next time, the minutes with their marks, funnel, goods, drops beside sales, and the
 * last shows beside this one.
 *
 * @tag fieldcast-report
 * @attr {string} show - Show id.
 * @prop {StaffRoom | null} room - A connection of staff, where the page has one to give.
 */
export class FieldcastReport extends AnalyticsPart<AnalyticsMessages> {
  static override styles = [tokens, buttonStyles, trendStyles, reportStyles];

  @state() private report: ShowReport | null = null;
  @state() private trend: Trend | null = null;
  @state() private isShared = false;
  @state() private isDrawing = false;

  constructor() {
    super(analyticsMessages);
    redrawOnResize(this);
  }

  protected override key(): string {
    return this.showId && `${this.showId} ${this.isShared}`;
  }

  protected override async read(client: Caller) {
    const params = { showId: this.showId };
    const [report, trend] = await Promise.all([client.call(readShowReport, { params, query: { share: this.isShared ? 'true' : 'false' } }), client.call(readTrend, { params })]);
    if (report.ok) this.report = report.value;
    if (trend.ok) this.trend = trend.value;
    return report;
  }

  protected override render(): TemplateResult {
    const { report, text } = this;
    if (!report) return this.waiting();
    const words = text.report;
    const say = writerFor(this.localize, report.currency);
    const { total } = report.figures;
    const length = say.time(((report.endedAt ?? report.asOf) - (report.startedAt ?? report.asOf)) / 1000);
    const people = (value: number | null): string => (value === null ? words.hidden : say.number(value));
    return html`<article>
      <header>
        <div>
          <p class="kicker">${words.title}</p>
          <h1>${report.title}</h1>
          <p class="muted">${words.of(report.sellerName, report.startedAt === null ? DASH : this.#moment(report.startedAt, say), length)}</p>
        </div>
        <div class="tools">
          <button class="button primary" type="button" @click=${() => print()}>${words.print}</button>
          <button class="button" type="button" ?disabled=${this.isDrawing} @click=${() => void this.#savePicture(report)}>${icon('picture')}${words.picture}</button>
          <label class="switch"><input type="checkbox" .checked=${this.isShared} @change=${(event: Event) => (this.isShared = (event.target as HTMLInputElement).checked)} /><span>${words.share}<small>${words.shareHint}</small></span></label>
        </div>
      </header>
      ${report.status === 'live' || report.status === 'paused' ? html`<p class="note">${words.running}</p>` : nothing}
      <section class="lead">
        ${total.viewers === 0
          ? html`<p>${words.leadNone}</p>`
          : html`<p class="large">${words.lead(people(total.viewers), people(total.orders), say.figure(total.placedMinor, 'minor'))}</p>
              <p>${words.leadStay(say.figure(total.averageWatchSeconds, 'seconds'), people(report.figures.live.peakOnline))}</p>
              <p>${words.leadMoney(say.figure(total.paidMinor, 'minor'), say.figure(total.keptMinor, 'minor'))}</p>`}
      </section>
      <section class="advice">
        <h2>${words.suggestions}</h2>
        ${report.suggestions.length === 0 ? html`<p>${words.noSuggestions}</p>` : html`<ol>${report.suggestions.map(({ kind, productName, numbers }) => {
              const { what, why } = text.advice[kind](productName, numbers, say);
              return html`<li><strong>${what}</strong><span>${why}</span></li>`;
            })}</ol>`}
      </section>
      ${this.#trend(say)}
      <div class="two">
        ${this.#funnel(report, say, people)}
        ${this.#quality(report, say)}
      </div>
      ${this.#products(report, say)}
      ${this.#fulfilment(report, say)}
      <div class="two">${this.#comparison(report, say)}<div class="both">${this.#phases(report, say)}${this.#promotions(report, say)}</div></div>
      <footer class="muted">
        ${report.apart.length === 0 ? nothing : html`<p>${words.apartTitle}: ${report.apart.map(({ reason, devices }) => text.apart[reason](say.number(devices))).join(', ')}</p>`}
        ${report.isWhole ? nothing : html`<p>${words.notWhole}</p>`}
        <p>${words.made(this.#moment(report.asOf, say))}</p>
      </footer>
    </article>`;
  }

  /** The hours as on the axis below. */
  #moment(at: number, say: Writer): string {
    return `${this.localize.date(at)} ${say.clock(at)}`;
  }

  #trend(say: Writer): TemplateResult | typeof nothing {
    const { trend, text } = this;
    if (!trend || trend.minutes.length === 0) return nothing;
    const { steps } = stepsOf(trend.minutes);
    return html`<section class="wide">
      <h2>${text.report.trend}</h2>
      ${trendDrawing(trend, { text, say, width: this.clientWidth })}
      <details>
        <summary>${text.table}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${text.report.trend}>
          <table>
            <thead><tr><th>${text.time}</th><th>${text.live.online}</th><th>${text.live.orders}</th><th class="start">${text.report.happened}</th></tr></thead>
            <tbody>
              ${steps.map(({ at, online, orders }, index) => {
                const until = steps[index + 1]?.at ?? Infinity;
                const marks = trend.marks.filter((mark) => mark.at >= at && mark.at < until);
                return html`<tr><th>${say.clock(at)}</th><td>${say.number(online)}</td><td>${say.number(orders)}</td><td class="start">${marks.map(({ kind, name }) => `${text.marks[kind]} ${name}`.trim()).join(', ')}</td></tr>`;
              })}
            </tbody>
          </table>
        </div>
      </details>
    </section>`;
  }

  #funnel({ funnel }: ShowReport, say: Writer, people: (value: number | null) => string): TemplateResult {
    const { text } = this;
    const most = Math.max(1, ...funnel.map(({ count }) => count ?? 0));
    return html`<section>
      <h2>${text.report.funnel}</h2>
      <ol class="funnel">
        ${funnel.map(
          ({ step, count, share }) => html`<li><span>${text.steps[step]}</span><b>${people(count)}</b><i aria-hidden="true">${count ? html`<em .style=${`inline-size:${(count / most) * 100}%`}></em>` : nothing}</i><small>${share === null ? '' : text.report.ofBefore(say.share(share))}</small></li>`,
        )}
      </ol>
    </section>`;
  }

  #quality({ quality, figures }: ShowReport, say: Writer): TemplateResult {
    const { text } = this;
    const words = text.report;
    const { startP50Ms, startP95Ms, stallRatio, averageKbps } = figures.live;
    const ways = quality.paths.filter(({ watchSeconds }) => watchSeconds > 0).map(({ path, share }) => `${text.paths[path as keyof typeof text.paths] ?? path} ${say.figure(share, 'share')}`);
    return html`<section>
      <h2>${words.quality}</h2>
      <ul class="plain">
        ${quality.outages.length === 0
          ? html`<li>${words.noDrops}</li>`
          : html`${quality.lostOrders > 0 ? html`<li><strong>${words.lost(say.number(quality.lostOrders), say.figure(quality.lostMinor, 'minor'))}</strong></li>` : nothing}
              ${quality.outages.slice(0, 5).map(({ from, to, orders, expectedOrders }) => html`<li class="drop">${words.drop(say.clock(from), say.time((to - from) / 1000), say.number(orders), say.number(expectedOrders))}</li>`)}`}
        ${startP50Ms === null ? nothing : html`<li>${words.starts(say.time(startP50Ms / 1000), say.figure(startP95Ms, 'ms'))}</li>`}
        ${stallRatio === null ? nothing : html`<li>${words.stall(say.share(stallRatio))}${averageKbps === null ? '' : ` ${words.bitrate(say.figure(averageKbps, 'kbit/s'))}`}</li>`}
        ${ways.length === 0 ? nothing : html`<li>${ways.join(' · ')}</li>`}
      </ul>
      ${quality.areas.length < 2
        ? nothing
        : html`<details>
            <summary>${words.areas}</summary>
            <ul class="plain">${quality.areas.slice(0, 8).map(({ area, viewers, stallRatio: stood }) => html`<li>${area ? `${area}.x` : words.smallAreas}: ${words.area(viewers === null ? words.hidden : say.number(viewers), say.figure(stood, 'share'))}</li>`)}</ul>
          </details>`}
    </section>`;
  }

  #products({ products }: ShowReport, say: Writer): TemplateResult | typeof nothing {
    const words = this.text.report;
    if (products.length === 0) return nothing;
    const { explore } = this.text;
    const cells: readonly (readonly [head: string, of: (product: ShowReport['products'][number]) => string])[] = [
      [explore.pins, ({ pins }) => explore.times(say.number(pins))],
      [words.explained, ({ explainedSeconds }) => say.time(explainedSeconds)],
      [words.seen, ({ impressions }) => say.number(impressions)],
      [words.opened, ({ clicks }) => say.number(clicks)],
      [explore.carted, ({ cartUnits }) => say.number(cartUnits)],
      [explore.orders, ({ orders }) => say.number(orders)],
      [words.units, ({ units }) => say.figure(units, 'units')],
      [words.money, ({ placedMinor }) => say.figure(placedMinor, 'minor')],
      [words.perMinute, ({ placedMinorPerMinute }) => say.figure(placedMinorPerMinute, 'minor')],
    ];
    return html`<section class="wide">
      <h2>${words.products}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.products}>
        <table class="goods">
          <thead><tr><th class="start">${words.product}</th>${cells.map(([head]) => html`<th>${head}</th>`)}</tr></thead>
          <tbody>${products.map((product) => html`<tr><th class="start">${product.name}</th>${cells.map(([head, of]) => html`<td data-head=${head}>${of(product)}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    </section>`;
  }

  /** Where something went wrong, the worst first: with nothing of it there is nothing to read. */
  #fulfilment({ fulfilment }: ShowReport, say: Writer): TemplateResult | typeof nothing {
    const { text } = this;
    const words = text.report;
    const wrong = (group: ShowReport['fulfilment'][number]): number => (group.lateOrders ?? 0) + (group.codRefused ?? 0) + (group.refundRate ?? 0) * (group.orders ?? 0);
    // What nobody carries yet is late as what nobody has packed, and told there.
    const rows = fulfilment.filter((group) => wrong(group) > 0 && !(group.by === 'courier' && group.id === '')).sort((a, b) => wrong(b) - wrong(a)).slice(0, ROWS_WRONG);
    if (rows.length === 0) return nothing;
    const part = (count: number | null, share: number | null, unit: 'orders' | 'minor'): string => (count === null || count === 0 || share === null ? DASH : words.ofOrders(say.figure(count, unit), say.share(share)));
    const cells: readonly (readonly [head: string, of: (group: ShowReport['fulfilment'][number]) => string])[] = [
      [text.explore.orders, ({ orders }) => say.figure(orders, 'orders')],
      [words.late, ({ lateOrders, lateShipRate }) => part(lateOrders, lateShipRate, 'orders')],
      [words.refused, ({ codRefused, codRefusalRate }) => part(codRefused, codRefusalRate, 'orders')],
      [words.givenBack, ({ refundedMinor, refundRate }) => part(refundedMinor, refundRate, 'minor')],
    ];
    return html`<section class="wide">
      <h2>${words.fulfilment}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.fulfilment}>
        <table class="goods wrong">
          <thead><tr><th class="start">${words.group}</th>${cells.map(([head]) => html`<th>${head}</th>`)}</tr></thead>
          <tbody>${rows.map((group) => html`<tr><th class="start"><small>${text.explore.groups[group.by]}</small> ${groupName(group, text)}</th>${cells.map(([head, of]) => html`<td data-head=${head}>${of(group)}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    </section>`;
  }

  #promotions({ promotions }: ShowReport, say: Writer): TemplateResult | typeof nothing {
    const { text } = this;
    const words = text.report;
    if (promotions.length === 0) return nothing;
    const heads = [words.withIt, words.money, words.takenOff, words.went];
    return html`<section>
      <h2>${words.promotions}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.promotions}>
        <table class="goods offers">
          <thead><tr><th class="start">${words.promotion}</th>${heads.map((head) => html`<th>${head}</th>`)}</tr></thead>
          <tbody>
            ${promotions.map(
              ({ kind, title, orders, placedMinor, takenOffMinor, sellThrough, couponClaims, couponUsers }) => html`<tr><th class="start">${text.marks[kind]}${title ? ` · ${title}` : ''}</th><td data-head=${heads[0]}>${say.figure(orders, 'orders')}</td><td data-head=${heads[1]}>${say.figure(placedMinor, 'minor')}</td><td data-head=${heads[2]}>${say.figure(takenOffMinor, 'minor')}</td><td data-head=${heads[3]}>${couponClaims !== null && couponUsers !== null ? words.couponTaken(say.number(couponUsers), say.number(couponClaims)) : say.figure(sellThrough, 'share')}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #comparison({ comparison }: ShowReport, say: Writer): TemplateResult {
    const { text } = this;
    const words = text.report;
    if (comparison.shows === 0) return html`<section><h2>${words.comparison('')}</h2><p>${words.noComparison}</p></section>`;
    const rows = compared.flatMap((name) => (comparison.figures[name] ? [[name, comparison.figures[name]] as const] : []));
    return html`<section>
      <h2>${words.comparison(say.number(comparison.shows))}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.comparison(say.number(comparison.shows))}><table>
        <thead><tr><th class="start">${text.explore.what}</th><th>${words.now}</th><th>${words.before}</th><th>${words.change}</th></tr></thead>
        <tbody>
          ${rows.map(
            ([name, { now, before, change }]) => html`<tr><th class="start">${nameOf(text, name as FigureName)}</th><td>${say.figure(now, table[name].unit)}</td><td>${say.figure(before, table[name].unit)}</td><td class=${change === null || change === 0 ? '' : change > 0 ? 'up' : 'down'}>${change === null ? DASH : `${change > 0 ? '▲' : change < 0 ? '▼' : ''} ${say.share(Math.abs(change))}`}</td></tr>`,
          )}
        </tbody>
      </table></div>
    </section>`;
  }

  #phases({ figures, attributionDays }: ShowReport, say: Writer): TemplateResult {
    const words = this.text.report;
    const rows = (['live', 'replay', 'after'] as const).map((phase) => [phase === 'after' ? words.phase.after(say.number(attributionDays)) : words.phase[phase], figures[phase]] as const);
    return html`<section>
      <h2>${words.phases}</h2>
      <table>
        <thead><tr><th class="start">${words.when}</th><th>${this.text.live.viewers}</th><th>${this.text.live.orders}</th><th>${words.money}</th></tr></thead>
        <tbody>${rows.map(([name, of]) => html`<tr><th class="start">${name}</th><td>${say.figure(of.viewers, 'people')}</td><td>${say.figure(of.orders, 'orders')}</td><td>${say.figure(of.placedMinor, 'minor')}</td></tr>`)}</tbody>
      </table>
    </section>`;
  }

  async #savePicture(report: ShowReport): Promise<void> {
    this.isDrawing = true;
    const { shareReport } = await import('./report-picture.ts').catch(() => ({ shareReport: null }));
    // A picture leaves the seller's hands, so what it says of fewer than five people is hidden in it.
    const shared = this.isShared ? report : await this.client?.call(readShowReport, { params: { showId: report.showId }, query: { share: 'true' } }).then((answer) => (answer.ok ? answer.value : null));
    if (shareReport && shared) await shareReport({ report: shared, trend: this.trend, text: this.text, say: writerFor(this.localize, report.currency), date: report.startedAt === null ? '' : this.localize.date(report.startedAt) });
    this.isDrawing = false;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-report': FieldcastReport;
  }
}
