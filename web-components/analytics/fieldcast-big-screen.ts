// Owns the screen on the wall of a service centre: everything that moves while a show is on, readable from across the room.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { LiveFigures, Trend } from '../../server/protocol/analytics.ts';
import { readLiveFigures, readTrend } from './endpoints.ts';
import type { WatchPath } from '../../server/protocol/telemetry.ts';
import { analyticsMessages, type AnalyticsMessages } from '../i18n/analytics.ts';
import { buttonStyles, tokens } from '../ui/index.ts';
import { AnalyticsPart, type Caller } from './analytics-part.ts';
import { bigScreenStyles } from './big-screen.styles.ts';
import { shortMoney, writerFor } from './say.ts';
import { trendDrawing, trendStyles } from './trend-drawing.ts';

/** The trend is of minutes; so often is often enough. */
const TREND_EVERY_MS = 15_000;

/**
 * A show that is on, for a wall: online, entered, left, orders, money, best goods, funnel, network. New every two seconds.
 *
 * @tag fieldcast-big-screen
 * @attr {string} show - Show id.
 * @prop {StaffRoom | null} room - A connection of staff, where the page has one to give.
 */
export class FieldcastBigScreen extends AnalyticsPart<AnalyticsMessages> {
  static override styles = [tokens, buttonStyles, trendStyles, bigScreenStyles];

  @state() private figures: LiveFigures | null = null;
  @state() private trend: Trend | null = null;
  protected override readonly everyMs = 2_000;
  #trendAt = -TREND_EVERY_MS;

  constructor() {
    super(analyticsMessages);
  }

  protected override async read(client: Caller) {
    const params = { showId: this.showId };
    if (performance.now() - this.#trendAt >= TREND_EVERY_MS) {
      this.#trendAt = performance.now();
      void client.call(readTrend, { params }).then((trend) => trend.ok && (this.trend = trend.value));
    }
    const outcome = await client.call(readLiveFigures, { params });
    if (outcome.ok) this.figures = outcome.value;
    return outcome;
  }

  protected override render(): TemplateResult {
    const { figures } = this;
    if (!figures) return this.waiting();
    const { text } = this;
    const words = text.live;
    const say = writerFor(this.localize, figures.currency);
    const widest = Math.max(1, ...figures.funnel.map(({ count }) => count ?? 0));
    const money = (minor: number): string => shortMoney(minor, figures.currency, this.localize.locale);
    const tile = (name: string, value: string, below = ''): TemplateResult => html`<div class="tile"><dt>${name}</dt><dd>${value}</dd>${below ? html`<dd class="below">${below}</dd>` : nothing}</div>`;
    return html`<header>
        <h1>${figures.title}</h1>
        <p class="state ${figures.network.isOnAir ? 'on' : ''}">${figures.status === 'ended' ? words.over : figures.network.isOnAir ? words.onAir : words.offAir}</p>
        ${document.fullscreenEnabled ? html`<button class="button" type="button" @click=${() => void this.requestFullscreen().catch(() => undefined)}>${words.fullScreen}</button>` : nothing}
      </header>
      ${this.fault ? html`<p class="stale" role="alert">${words.stale}</p>` : nothing}
      <dl class="tiles">
        ${tile(words.online, say.number(figures.online), words.peak(say.number(figures.peakOnline)))}
        ${tile(words.entered, `+${say.number(figures.lastMinute.entered)}`, words.came(say.number(figures.viewers)))}
        ${tile(words.left, `−${say.number(figures.lastMinute.left)}`, words.inLastMinute)}
        ${tile(words.orders, say.number(figures.orders), `+${say.number(figures.lastMinute.orders)} ${words.inLastMinute}`)}
        ${tile(words.placed, money(figures.placedMinor), `+${money(figures.lastMinute.placedMinor)} ${words.inLastMinute}`)}
        ${tile(words.kept, money(figures.keptMinor), `${words.paid} ${money(figures.paidMinor)}`)}
      </dl>
      <div class="columns">
        <section class="trend">
          <h2>${text.report.trend}</h2>
          ${this.trend && this.trend.minutes.length > 0 ? trendDrawing(this.trend, { text, say, width: this.clientWidth >= 1_000 ? this.clientWidth * 0.62 : this.clientWidth }) : html`<p class="none">${text.none}</p>`}
        </section>
        <section class="top">
          <h2>${words.top}</h2>
          ${figures.topProducts.length === 0
            ? html`<p class="none">${text.none}</p>`
            : html`<ol class="goods">
                ${figures.topProducts.map((product) => html`<li><span>${product.name}</span><b>${money(product.placedMinor)}</b><small>${words.units(say.number(product.units))}</small></li>`)}
              </ol>`}
        </section>
        <section class="funnel-of">
          <h2>${words.funnel}</h2>
          <ol class="funnel">
            ${figures.funnel.map(
              ({ step, count }) => html`<li><i .style=${`inline-size:${count === null ? 0 : Math.min(100, (count / widest) * 100)}%`}></i><span>${text.steps[step]}</span><b>${count === null ? text.report.hidden : say.number(count)}</b></li>`,
            )}
          </ol>
        </section>
        <section class="network-of">
          <h2>${words.network}</h2>
          <ul class="network">
            ${figures.network.stallRatio === null ? nothing : html`<li>${words.stall(say.share(figures.network.stallRatio))}</li>`}
            <li>${words.outages(say.number(figures.network.outages), say.time(figures.network.outageSeconds))}</li>
            <li>${words.failed(say.number(figures.network.failedStarts))}</li>
            ${Object.entries(figures.network.paths).map(([path, share]) => html`<li>${text.paths[path as WatchPath]} ${say.share(share)}</li>`)}
          </ul>
        </section>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-big-screen': FieldcastBigScreen;
  }
}
