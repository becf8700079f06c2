// Owns the live screen on the host's phone: four numbers and one thing to do, to be read at arm's length and in the sun.
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { LiveFigures } from '../../server/protocol/analytics.ts';
import { readLiveFigures } from './endpoints.ts';
import { analyticsMessages, type AnalyticsMessages } from '../i18n/analytics.ts';
import { buttonStyles, icon, tokens } from '../ui/index.ts';
import { AnalyticsPart, type Caller } from './analytics-part.ts';
import { shortMoney, writerFor } from './say.ts';

/**
 * Four numbers of a show that is on, and one hint; new every two seconds. On the server's own origin, for whoever sells in the show.
 *
 * @tag fieldcast-live-figures
 * @attr {string} show - Show id, where the page gives no `room`.
 * @prop {StaffRoom | null} room - A connection of staff.
 */
export class FieldcastLiveFigures extends AnalyticsPart<AnalyticsMessages> {
  static override styles = [
    tokens,
    buttonStyles,
    css`
      :host {
        display: block;
        padding: 12px;
        /* Black on white and nothing between: in the sun all else is grey. */
        background: #fff;
        color: #000;
        font-variant-numeric: tabular-nums;
      }
      .four {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
        margin: 0;
      }
      .four > div {
        display: grid;
        align-content: center;
        min-block-size: 116px;
        padding: 10px 12px;
        border: 2px solid #000;
        border-radius: 14px;
        min-inline-size: 0;
      }
      dt {
        font-size: 18px;
        font-weight: 650;
      }
      dd {
        margin: 0;
        font-size: clamp(34px, 13vw, 60px);
        font-weight: 800;
        line-height: 1.1;
        overflow-wrap: anywhere;
      }
      dd.long {
        font-size: clamp(24px, 8.6vw, 44px);
        white-space: nowrap;
      }
      .four .below {
        font-size: 16px;
        font-weight: 600;
        line-height: 1.4;
      }
      :host > * {
        color: #000;
      }
      .moves {
        display: flex;
        gap: 14px;
        align-items: baseline;
        flex-wrap: wrap;
      }
      .moves b {
        font-size: clamp(28px, 9vw, 44px);
        line-height: 1.1;
      }
      .hint {
        display: grid;
        gap: 4px;
        margin-block-start: 12px;
        padding: 14px;
        border-radius: 14px;
        background: #ffd400;
        color: #000;
        font-size: 18px;
      }
      .hint.calm {
        background: #e6f4e6;
      }
      .hint strong {
        font-size: 22px;
      }
      .hint p,
      .stale {
        margin: 0;
      }
      :host > .stale {
        margin-block-start: 10px;
        font-size: 17px;
        font-weight: 700;
        color: #b00020;
      }
      .empty {
        padding: 32px 12px;
        font-size: 19px;
        text-align: center;
      }
    `,
  ];

  @state() private figures: LiveFigures | null = null;
  protected override readonly everyMs = 2_000;

  constructor() {
    super(analyticsMessages);
  }

  protected override async read(client: Caller) {
    const outcome = await client.call(readLiveFigures, { params: { showId: this.showId } });
    if (outcome.ok) this.figures = outcome.value;
    return outcome;
  }

  protected override render(): TemplateResult {
    const { figures, text } = this;
    if (!figures) return this.waiting();
    const words = text.live;
    const say = writerFor(this.localize, figures.currency);
    if (figures.startedAt === null) return html`<p class="empty">${words.waiting}</p>`;
    const money = shortMoney(figures.placedMinor, figures.currency, this.localize.locale);
    const { entered, left } = figures.lastMinute;
    const advice = figures.hint ? text.advice[figures.hint.kind](figures.hint.productName, figures.hint.numbers, say) : null;
    return html`<dl class="four" aria-label=${words.title}>
        <div><dt>${words.online}</dt><dd>${say.number(figures.online)}</dd><dd class="below">${words.peak(say.number(figures.peakOnline))}</dd></div>
        <div><dt>${words.orders}</dt><dd>${say.number(figures.orders)}</dd><dd class="below">${words.came(say.number(figures.viewers))}</dd></div>
        <div><dt>${words.placed}</dt><dd class=${money.length > 5 ? 'long' : ''}>${money}</dd><dd class="below">${words.paid} ${shortMoney(figures.paidMinor, figures.currency, this.localize.locale)}</dd></div>
        <div><dt>${words.inLastMinute}</dt><dd class="moves" aria-label=${words.moved(say.number(entered), say.number(left))}><b>+${say.number(entered)}</b><b>−${say.number(left)}</b></dd></div>
      </dl>
      <div class="hint ${advice ? '' : 'calm'}" role="status">
        ${advice ? html`<strong>${advice.what}</strong><p>${advice.why}</p>` : html`<p>${icon('check')} ${words.noHint}</p>`}
      </div>
      ${this.fault ? html`<p class="stale" role="alert">${words.stale}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fieldcast-live-figures': FieldcastLiveFigures;
  }
}
