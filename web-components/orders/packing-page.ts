// Owns the packing list on the screen: what is needed in all for each place, and the way to paper.
import { html, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { BATCH_LIMIT, type PackingPlace } from '../../server/protocol/desk.ts';
import { listPacking } from '../../server/protocol/endpoints.ts';
import { goodsName } from '../../server/protocol/goods-name.ts';
import { lotText } from '../../server/protocol/lot-text.ts';
import type { Outcome } from '../show/index.ts';
import { icon } from '../ui/index.ts';
import { OrdersPage } from './desk-page.ts';
import { print } from './printing.ts';
import type { DeskPage } from './room.ts';

export class FieldcastOrdersPacking extends OrdersPage {
  @property({ attribute: false }) scope: { showId: string } | { sellerId: string } | null = null;
  @state() private places: readonly PackingPlace[] = [];

  protected override async read({ room }: DeskPage): Promise<Outcome<unknown>> {
    const outcome = await room.client.call(listPacking, { query: this.scope ?? {} });
    if (outcome.ok) this.places = outcome.value.places;
    return outcome;
  }

  protected override page(): TemplateResult {
    const { packing, units, number, times } = this.words;
    if (this.places.length === 0) return html`<div class="empty">${icon('check')}<h3>${packing.empty}</h3><p>${packing.emptyHint}</p></div>`;
    const goods = (all: PackingPlace['orders'][number]['goods']): TemplateResult => html`<ul class="lines">${all.map((each) => html`<li><b>${times(each.quantity)}</b><span>${goodsName(each, ' ')} (${units[each.unit]})${each.lots ? html`<small>${lotText(each.lots, this.localize.locale)}</small>` : ''}</span></li>`)}</ul>`;
    return html`<div class="stack">
      <button class="button primary wide" type="button" @click=${() => this.desk && void print(this.desk, 'packing', this.#orderIds)}>${packing.print}</button>
      ${this.places.map(
        ({ place, goods: all, orders }) => html`<section class="card">
          <h3>${place || packing.elsewhere} <span class="soft">${packing.parcels(orders.length)}</span></h3>
          ${goods(all)}
          <details>
            <summary>${packing.each}</summary>
            <ul class="parcels">${orders.map((order) => html`<li><b>${number(order.number)}</b> ${order.name}${goods(order.goods)}${order.note ? html`<p class="note">${order.note}</p>` : ''}</li>`)}</ul>
          </details>
        </section>`,
      )}
    </div>`;
  }

  get #orderIds(): string[] {
    return this.places.flatMap(({ orders }) => orders.map(({ orderId }) => orderId)).slice(0, BATCH_LIMIT);
  }
}
