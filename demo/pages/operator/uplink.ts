// Owns the line on the operator's desk: how full it is, who gets which picture and why, and what helps.
import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type UplinkReport, type UplinkShow } from '../../../server/protocol/index.ts';
import { language, say } from '../language.ts';
import type { Desk, View } from './desk.ts';
import { sayDecision, sayLevel, sayRate, sayRemedies, sayShow, sayState } from './uplink-words.ts';

const LEVELS = ['full', 'small', 'sound'] as const;
const [CHART_WIDTH, CHART_HEIGHT] = [600, 120];
/** Points of the last ten minutes. */
const POINTS = 60;
const SHOWN_AT_ONCE = 8;

export function uplinkView(desk: Desk): View {
  let report: UplinkReport | null = null;

  async function load(): Promise<void> {
    report = await desk.call(endpoints.readUplink, {});
  }

  return {
    title: () => say('线路', 'Line'),
    load,
    refresh: load,
    draw() {
      if (!report) return nothing;
      const state = sayState(report);
      const remedies = sayRemedies(report);
      return html`
        <h1>${say('上行线路', 'The line out')}</h1>
        <div class=${state.isFull || !report.isLimited ? 'note' : 'panel'} role="status">
          <p><b>${state.text}</b></p>
          ${remedies.map((remedy) => html`<p>${remedy}</p>`)}
        </div>
        ${report.isLimited ? line(report) : nothing}
        <div class="columns">
          <section aria-labelledby="shows-title">
            <h2 id="shows-title">${say('正在直播', 'On the air')}</h2>
            ${report.shows.length === 0
              ? html`<p class="note">${say('现在没有直播。', 'No show is on the air now.')}</p>`
              : html`<ul class="list spaced">
                  ${repeat(report.shows, ({ showId }) => showId, show)}
                </ul>`}
          </section>
          ${report.isLimited ? decisions(report) : nothing}
        </div>
      `;
    },
  };
}

function line(report: UplinkReport): TemplateResult {
  const { uplinkKbps, plannedKbps, reservedKbps, freeKbps, wantedKbps } = report.line;
  const { mediaKbps, httpKbps } = report.sent;
  const parts = [
    { kind: 'used', words: say('画面和声音', 'Picture and sound'), kbps: plannedKbps },
    { kind: 'kept', words: say('留给下单和网页', 'Kept for orders and pages'), kbps: reservedKbps },
    { kind: 'free', words: say('空着', 'Free'), kbps: freeKbps ?? 0 },
  ];
  return html`<section class="panel" aria-labelledby="line-title">
    <h2 id="line-title">
      ${uplinkKbps === null ? say('线路速度还不知道', 'Speed not known yet') : say(`线路 ${sayRate(uplinkKbps)}`, `A line of ${sayRate(uplinkKbps)}`)}
      ${report.isEstimated && uplinkKbps !== null ? html`<span class="chip">${say('估算的', 'estimated')}</span>` : nothing}
    </h2>
    ${uplinkKbps === null ? nothing : bar(parts)}
    <ul class="legend">
      ${parts.map(({ kind, words, kbps }) => html`<li><span class="swatch ${kind}"></span>${words} <b>${sayRate(kbps)}</b></li>`)}
    </ul>
    <p class="soft">
      ${say(
        `按最忙的一秒来算：关键帧会同时发给所有人。刚才一秒实际发了 ${sayRate(mediaKbps + httpKbps)}。`,
        `Reckoned for the busiest second, when everybody gets a key frame at once. The last second really took ${sayRate(mediaKbps + httpKbps)}.`,
      )}
      ${uplinkKbps !== null && wantedKbps > 0
        ? say(
            `照现在的画质，人人都按想要的看，要用线路的 ${Math.round(((wantedKbps + reservedKbps) / uplinkKbps) * 100)}%。`,
            `What everybody wishes, as it is sent now, would take ${Math.round(((wantedKbps + reservedKbps) / uplinkKbps) * 100)}% of the line.`,
          )
        : nothing}
    </p>
    ${chart(report)}
    <p class="row tight soft">
      <span>${say('处理器：', 'Processor:')}</span>
      ${report.workers.map(
        ({ processorMs, budgetMs }, index) =>
          html`<span>${say(`媒体进程 ${index + 1} 用了份额的 ${Math.round((processorMs / budgetMs) * 100)}%`, `media process ${index + 1} uses ${Math.round((processorMs / budgetMs) * 100)}% of its part,`)}</span>`,
      )}
      <span>${say(`服务器用了一个核的 ${Math.round(report.serverMs / 10)}%`, `server uses ${Math.round(report.serverMs / 10)}% of a core`)}</span>
    </p>
  </section>`;
}

function bar(parts: readonly { kind: string; words: string; kbps: number }[]): TemplateResult {
  const total = parts.reduce((sum, { kbps }) => sum + kbps, 0) || 1;
  let at = 0;
  return html`<svg class="line-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${parts.map(({ words, kbps }) => `${words} ${sayRate(kbps)}`).join(', ')}>
    ${parts.map(({ kind, kbps }) => {
      const width = (kbps / total) * 100;
      const x = at;
      at += width;
      return svg`<rect class=${kind} x=${x} y="0" width=${width} height="8"></rect>`;
    })}
  </svg>`;
}

/** What was sent in the last ten minutes, below the line's limit. */
function chart({ series, line: { uplinkKbps } }: UplinkReport): TemplateResult | typeof nothing {
  if (series.length < 2) return nothing;
  const most = Math.max(uplinkKbps ?? 0, ...series.map(({ sentKbps }) => sentKbps)) * 1.08 || 1;
  const y = (kbps: number) => CHART_HEIGHT - (kbps / most) * CHART_HEIGHT;
  const x = (index: number) => CHART_WIDTH - ((series.length - 1 - index) / (POINTS - 1)) * CHART_WIDTH;
  const path = series.map(({ sentKbps }, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(sentKbps).toFixed(1)}`).join(' ');
  const peak = Math.max(...series.map(({ sentKbps }) => sentKbps));
  return html`<figure>
    <svg class="line-chart" viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="chart-words">
      <path class="area" d="${path} L${CHART_WIDTH} ${CHART_HEIGHT} L${x(0).toFixed(1)} ${CHART_HEIGHT} Z"></path>
      <path class="sent" d=${path}></path>
      ${uplinkKbps === null ? nothing : svg`<line class="limit" x1="0" x2=${CHART_WIDTH} y1=${y(uplinkKbps)} y2=${y(uplinkKbps)}></line>`}
    </svg>
    <figcaption id="chart-words" class="soft">
      ${say(`最近十分钟每十秒里最忙的一秒；最高 ${sayRate(peak)}。虚线是上限。`, `The busiest second of every ten in the last ten minutes; at most ${sayRate(peak)}. The dashed line is the limit.`)}
    </figcaption>
  </figure>`;
}

function show(each: UplinkShow): TemplateResult {
  const { showId, title, viewers, levels, rates, plannedKbps } = each;
  const name = title === '' ? say('（已删除的直播）', '(deleted show)') : title;
  return html`<li class="panel">
    <h3><a href="#/shows/${showId}">${name}</a></h3>
    <p class="row tight">
      <span class="chip live">${say(`${viewers} 人在看`, viewers === 1 ? '1 viewer' : `${viewers} viewers`)}</span>
      ${levels ? LEVELS.filter((level) => levels[level] > 0).map((level) => html`<span class="chip">${sayLevel(level)} ${levels[level]}</span>`) : nothing}
      ${each.queued > 0 ? html`<span class="chip paused">${say(`排队 ${each.queued}`, `queue ${each.queued}`)}</span>` : nothing}
    </p>
    ${sayShow(each).map((sentence) => html`<p>${sentence}</p>`)}
    ${rates && levels
      ? html`<p class="soft">
          ${say(`共用 ${sayRate(plannedKbps)}`, `${sayRate(plannedKbps)} in all`)}${[
            [say('大画面每人', 'large picture each'), rates.fullKbps],
            [say('小画面每人', 'small picture each'), rates.smallKbps],
            [say('声音每人', 'sound each'), rates.audioKbps],
          ].map(([words, kbps]) => (typeof kbps === 'number' ? html` · ${words} ${sayRate(kbps)}` : nothing))}
        </p>`
      : nothing}
  </li>`;
}

function decisions({ decisions: made }: UplinkReport): TemplateResult {
  const time = new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const list = (some: typeof made) => html`<ol class="lines decided">
    ${some.map(
      (decision) => html`<li>
        <p class="soft row tight"><time datetime=${new Date(decision.at).toISOString()}>${time.format(decision.at)}</time>${decision.title}</p>
        <p>${sayDecision(decision)}</p>
      </li>`,
    )}
  </ol>`;
  return html`<section class="panel" aria-labelledby="decisions-title">
    <h2 id="decisions-title">${say('最近的决定', 'Decided lately')}</h2>
    ${made.length === 0
      ? html`<p class="soft">${say('还没有需要让谁少看一点。', 'So far nobody had to be given less.')}</p>`
      : html`${list(made.slice(0, SHOWN_AT_ONCE))}
          ${made.length > SHOWN_AT_ONCE
            ? html`<details>
                <summary>${say(`更早的 ${made.length - SHOWN_AT_ONCE} 条`, `${made.length - SHOWN_AT_ONCE} earlier`)}</summary>
                ${list(made.slice(SHOWN_AT_ONCE))}
              </details>`
            : nothing}`}
  </section>`;
}
