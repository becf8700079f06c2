// Owns where the money of a seller stands on the operator's page.
import { html, nothing } from 'lit';
import { endpoints, type Seller } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import { cardAccountPanel } from './card-account.ts';
import type { Desk, View } from './desk.ts';

/** @param sellerId missing: the first seller's */
export function moneyView(desk: Desk, sellerId: string | undefined): View {
  let sellers: readonly Seller[] = [];
  const shown = (): Seller | undefined => sellers.find(({ id }) => id === sellerId) ?? sellers[0];
  const cards = cardAccountPanel(desk);
  return {
    title: () => say('收款', 'Money'),
    async load() {
      sellers = (await desk.call(endpoints.listSellers, {})).sellers;
      const seller = shown();
      if (seller) await cards.load(seller.id);
    },
    draw() {
      const seller = shown();
      return html`<h1>${say('收款', 'Money')}</h1>
        ${sellers.length > 1
          ? html`<label class="compact">${say('卖家', 'Seller')} <select @change=${(event: Event) => (location.hash = `#/money/${(event.target as HTMLSelectElement).value}`)}>
              ${sellers.map(({ id, name }) => html`<option value=${id} ?selected=${id === seller?.id}>${name}</option>`)}
            </select></label>`
          : nothing}
        ${seller ? html`<section class="panel orders-panel"><fieldcast-money seller=${seller.id} currency=${seller.currency}></fieldcast-money></section>
              ${cards.draw()}` : html`<p class="soft">${say('还没有卖家。', 'There is no seller yet.')}</p>`}`;
    },
  };
}
