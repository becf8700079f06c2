// Owns where the order desk stands on the operator's page: in a show, and as a page of its own for all orders of a seller.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Seller, type Show } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk, View } from './desk.ts';

/** The orders of one show. */
export function ordersPart({ id, sellerId }: Show): TemplateResult {
  return html`<section class="panel orders-panel" aria-label=${say('订单', 'Orders')}><fieldcast-orders show=${id} seller=${sellerId}></fieldcast-orders></section>`;
}

/** All orders of a seller, over all shows. @param sellerId missing: the first seller's */
export function ordersView(desk: Desk, sellerId: string | undefined): View {
  let sellers: readonly Seller[] = [];
  return {
    title: () => say('订单', 'Orders'),
    async load() {
      sellers = (await desk.call(endpoints.listSellers, {})).sellers;
    },
    draw() {
      const seller = sellers.find(({ id }) => id === sellerId) ?? sellers[0];
      return html`<h1>${say('订单', 'Orders')}</h1>
        ${sellers.length > 1
          ? html`<label class="compact">${say('卖家', 'Seller')} <select @change=${(event: Event) => (location.hash = `#/orders/${(event.target as HTMLSelectElement).value}`)}>
              ${sellers.map(({ id, name }) => html`<option value=${id} ?selected=${id === seller?.id}>${name}</option>`)}
            </select></label>`
          : nothing}
        ${seller ? html`<section class="panel orders-panel"><fieldcast-orders seller=${seller.id}></fieldcast-orders></section>` : html`<p class="soft">${say('还没有卖家。', 'There is no seller yet.')}</p>`}`;
    },
  };
}
