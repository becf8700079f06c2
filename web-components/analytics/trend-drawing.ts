// Owns the drawing of a show minute by minute: who watched as a line, orders as bars, pins, offers and drops as marks on the same axis. SVG, so
// that it prints as sharp as text.
import { css, html, nothing, type ReactiveControllerHost, svg, type TemplateResult } from 'lit';
import type { MinuteFigures, Trend, TrendMark } from '../../server/protocol/analytics.ts';
import type { AnalyticsMessages } from '../i18n/analytics.ts';
import type { Writer } from './say.ts';

const HEIGHT = 250;
const TOP = 44;
const BOTTOM = 24;
const LEFT = 34;
const MINUTE_MS = 60_000;
/** A phone shows no more bars than this. */
const BARS_MOST = 120;

export interface Step {
  at: number;
  online: number;
  orders: number;
}

/** Classes, because a page with a strict policy takes no styles in attributes. */
export const trendStyles = css`
  .trend-figure {
    margin: 0;
  }
  .trend-figure svg {
    display: block;
    inline-size: 100%;
    block-size: auto;
  }
  .trend-figure .gone {
    fill: var(--trend-gone, #c62828);
    opacity: 0.28;
  }
  .trend-figure .bar {
    fill: var(--trend-bar, #d98a00);
  }
  .trend-figure .line {
    fill: none;
    stroke: var(--trend-line, #1b6e2b);
    stroke-width: 3;
    stroke-linejoin: round;
  }
  .trend-figure .floor {
    stroke: var(--trend-text, var(--fc-muted));
  }
  .trend-figure text {
    fill: var(--trend-text, var(--fc-muted));
    font-size: 14px;
  }
  .trend-figure text.outage {
    fill: var(--trend-gone, #c62828);
  }
  .trend-figure figcaption {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    color: var(--trend-text, inherit);
    font-size: 15px;
  }
  .trend-figure .of-line {
    color: var(--trend-line, #1b6e2b);
  }
  .trend-figure .of-bar {
    color: var(--trend-bar, #d98a00);
  }
`;

/** A drawing is as wide as its element: a phone that is turned has it drawn anew. */
export function redrawOnResize(host: ReactiveControllerHost & Element): void {
  let width = 0;
  const resizes = new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    host.requestUpdate();
  });
  host.addController({ hostConnected: () => resizes.observe(host), hostDisconnected: () => resizes.disconnect() });
}

/** Minutes gathered into steps of one, five, ten... minutes, so that they can be told apart; without holes. */
export function stepsOf(minutes: readonly MinuteFigures[]): { stepMs: number; steps: Step[] } {
  const [first] = minutes;
  const last = minutes.at(-1);
  if (!first || !last) return { stepMs: MINUTE_MS, steps: [] };
  const length = (last.at - first.at) / MINUTE_MS + 1;
  const stepMs = ([1, 5, 10, 15, 30, 60].find((size) => length / size <= BARS_MOST) ?? 60) * MINUTE_MS;
  const steps = Array.from({ length: Math.ceil((length * MINUTE_MS) / stepMs) }, (_, index): Step => ({ at: first.at + index * stepMs, online: 0, orders: 0 }));
  for (const minute of minutes) {
    const step = steps[Math.floor((minute.at - first.at) / stepMs)];
    if (!step) continue;
    step.online = Math.max(step.online, minute.online);
    step.orders += minute.orders;
  }
  return { stepMs, steps };
}

/** Signs, because colours are lost in print. */
export const signOf = (kind: TrendMark['kind']): string => (kind === 'pin' ? '▼' : kind === 'outage' ? '✕' : kind === 'sold-out' ? '■' : '★');

export function trendDrawing({ minutes, marks }: Trend, { text, say, width }: { text: AnalyticsMessages; say: Writer; width: number }): TemplateResult {
  // As wide as it stands on the screen, so that its words are as large as others; on paper it is scaled.
  const span = Math.round(Math.min(1_200, Math.max(320, width - 32)));
  const { stepMs, steps } = stepsOf(minutes);
  const from = steps[0]?.at ?? 0;
  const to = from + steps.length * stepMs;
  const most = Math.max(1, ...steps.map(({ online }) => online));
  const mostOrders = Math.max(1, ...steps.map(({ orders }) => orders));
  const orders = steps.reduce((sum, step) => sum + step.orders, 0);
  const x = (at: number): number => LEFT + ((Math.min(Math.max(at, from), to) - from) / Math.max(1, to - from)) * (span - LEFT);
  const floor = HEIGHT - BOTTOM;
  const y = (online: number): number => floor - (online / most) * (floor - TOP);
  const wide = (span - LEFT) / Math.max(1, steps.length);
  const line = steps.map(({ at, online }) => `${x(at + stepMs / 2).toFixed(1)},${y(online).toFixed(1)}`).join(' ');
  const everyMs = [5, 10, 15, 30, 60, 120].map((size) => size * MINUTE_MS).find((size) => (to - from) / size <= span / 100) ?? 240 * MINUTE_MS;
  const hours: number[] = [];
  for (let at = Math.ceil(from / everyMs) * everyMs; at <= to; at += everyMs) hours.push(at);
  const kinds = [...new Set(marks.map(({ kind }) => kind))];
  return html`<figure class="trend-figure">
    <svg viewBox="0 0 ${span} ${HEIGHT}" role="img" aria-label=${text.report.trendLabel(say.number(most), say.number(orders))}>
      ${marks
        .filter(({ kind }) => kind === 'outage')
        .map(({ at, until }) => svg`<rect x=${x(at)} y=${TOP} width=${Math.max(2, x(until ?? to) - x(at))} height=${floor - TOP} class="gone"></rect>`)}
      ${steps.map((step) => {
        const tall = (step.orders / mostOrders) * (floor - TOP) * 0.5;
        return step.orders === 0 ? nothing : svg`<rect x=${x(step.at) + wide * 0.15} y=${floor - tall} width=${Math.max(1.5, wide * 0.7)} height=${tall} class="bar"></rect>`;
      })}
      <polyline class="line" points=${line}></polyline>
      <line x1=${LEFT} x2=${span} y1=${floor} y2=${floor} class="floor"></line>
      ${marks.map(({ kind, at }) => svg`<text x=${Math.min(span - 7, Math.max(LEFT + 7, x(at)))} y=${kind === 'pin' ? TOP - 8 : TOP - 24} text-anchor="middle" class=${kind}>${signOf(kind)}</text>`)}
      <g>
        <text x=${LEFT - 6} y=${TOP + 5} text-anchor="end">${say.number(most)}</text>
        <text x=${LEFT - 6} y=${floor} text-anchor="end">0</text>
        ${hours.map((at) => svg`<text x=${Math.min(span - 20, Math.max(LEFT + 20, x(at)))} y=${HEIGHT - 6} text-anchor="middle">${say.clock(at)}</text>`)}
      </g>
    </svg>
    <figcaption>
      <span><b class="of-line">━</b> ${text.live.online}</span><span><b class="of-bar">▮</b> ${text.live.orders}</span>
      ${kinds.map((kind) => html`<span>${signOf(kind)} ${text.marks[kind]}</span>`)}
    </figcaption>
  </figure>`;
}
