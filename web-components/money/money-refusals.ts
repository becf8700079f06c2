// Owns the page of refusals at the door: how many, of what, where and why, each with a bar beside its figures.
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Refusals } from '../../server/protocol/cash.ts';
import { readRefusals } from '../../server/protocol/endpoints.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { MoneyPart } from './money-part.ts';
import type { MoneyRoom } from './money-room.ts';

const DAYS = ['30', '90', '365'] as const;

export class FieldcastMoneyRefusals extends MoneyPart {
  @state() private days: (typeof DAYS)[number] = '90';
  @state() private refusals: Refusals | null = null;

  protected override async read({ client, sellerId }: MoneyRoom): Promise<Outcome<unknown>> {
    const outcome = await client.call(readRefusals, { params: { sellerId }, query: { days: this.days } });
    if (outcome.ok) this.refusals = outcome.value;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { refusals } = this;
    if (!refusals) return html``;
    const { refusals: words, door } = this.words;
    const all = refusals.refused + refusals.delivered;
    return html`<div class="stack">
      <div class="choices" role="group">
        ${DAYS.map((days) => html`<button class="button" type="button" aria-pressed=${days === this.days ? 'true' : 'false'} @click=${() => this.#pick(days)}>${words.days(Number(days))}</button>`)}
      </div>
      ${refusals.refused === 0
        ? html`<div class="empty">${icon('check')}<h3>${words.none}</h3><p>${words.noneHint}</p></div>`
        : html`<section class="card"><p><b class="amount">${percent(refusals.refused, all)}</b> <span class="soft">${words.of(refusals.refused, all)}</span></p></section>
            ${this.#table(words.products, refusals.products.map((each) => ({ ...each, label: each.name })))}
            ${this.#table(words.areas, refusals.areas.map((each) => ({ ...each, label: each.area || words.unknown })))}
            ${refusals.reasons.length === 0
              ? nothing
              : html`<section class="card">
                  <h3>${words.reasons}</h3>
                  <ul class="lines">
                    ${refusals.reasons.map(({ reason, count }) => html`<li><span class="grow">${door.reasons[reason]}</span><span class="sum">${count}</span></li>`)}
                  </ul>
                </section>`}`}
    </div>`;
  }

  #table(title: string, rows: readonly { label: string; delivered: number; refused: number }[]): TemplateResult | typeof nothing {
    const { refusals: words } = this.words;
    const refused = rows.filter((row) => row.refused > 0);
    if (refused.length === 0) return nothing;
    return html`<section class="card">
      <h3>${title}</h3>
      <ul class="stack">
        ${refused.map((row) => {
          const all = row.refused + row.delivered;
          return html`<li class="stack">
            <span class="row"><span class="grow">${row.label}</span><b>${percent(row.refused, all)}</b><span class="soft">${words.of(row.refused, all)}</span></span>
            <progress aria-hidden="true" max=${all} .value=${row.refused}></progress>
          </li>`;
        })}
      </ul>
    </section>`;
  }

  #pick(days: (typeof DAYS)[number]): void {
    this.days = days;
    void this.load();
  }
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)}%`;
}
