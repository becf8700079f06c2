// Owns where figures stand on the operator's page: all of them, one show's, and the ways to the report and the big screen.
import { html, nothing, type TemplateResult } from 'lit';
import type { Show } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { View } from './desk.ts';

/** What came of a show, beside the show. */
export function figuresPart({ id, status }: Show): TemplateResult | typeof nothing {
  if (status === 'planned') return nothing;
  return html`<section class="panel">
    <h2>${say('数据', 'Figures')}</h2>
    <p class="row">
      ${status === 'ended' ? nothing : html`<a class="button small" href="./board.html?show=${id}" target="_blank" rel="noopener">${say('打开大屏', 'Open the big screen')}</a>`}
      <a class="button quiet small" href="./report.html?show=${id}" target="_blank" rel="noopener">${say('这场的总结', 'The report')}</a>
      <a class="button quiet small" href="#/figures/${id}">${say('细看数据', 'Look closer')}</a>
    </p>
  </section>`;
}

/** @param showId missing: all shows of a seller */
export function figuresView(showId: string | undefined): View {
  return {
    title: () => say('数据', 'Figures'),
    load: () => Promise.resolve(),
    draw: () => html`<h1>${say('数据', 'Figures')}</h1>
      <section class="panel orders-panel"><fieldcast-analytics show=${showId ?? ''} report-url="./report.html?show={showId}"></fieldcast-analytics></section>`,
  };
}
