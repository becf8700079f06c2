// Owns the list of sellers of record, and making one.
import { html } from 'lit';
import { currencies, endpoints, type Currency, type Seller } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk, View } from './desk.ts';

export function sellersView(desk: Desk): View {
  let sellers: readonly Seller[] = [];

  async function load(): Promise<void> {
    sellers = (await desk.call(endpoints.listSellers, {})).sellers;
  }

  async function create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const made = await desk.act(
      async () => {
        await desk.call(endpoints.createSeller, { body: { name: String(data.get('name')), currency: String(data.get('currency')) as Currency } });
        await load();
      },
      { text: say('已添加卖家', 'Seller added') },
    );
    if (made) form.reset();
  }

  return {
    title: () => say('卖家', 'Sellers'),
    load,
    draw: () => html`
      <h1>${say('卖家', 'Sellers')}</h1>
      ${sellers.length === 0
        ? html`<p class="note">${say('还没有卖家。先添加合作社，再添加商品和直播。', 'There is no seller yet. Add the cooperative first, then its products and shows.')}</p>`
        : html`<ul class="list">
            ${sellers.map((seller) => html`<li class="panel row"><b class="grow">${seller.name}</b><span class="soft">${seller.currency}</span><a class="button quiet small" href="#/sellers/${seller.id}/delivery" aria-label=${say(`${seller.name} 的配送`, `Delivery of ${seller.name}`)}>${say('配送', 'Delivery')}</a></li>`)}
          </ul>`}
      <form class="panel form" @submit=${create}>
        <h2>${say('添加卖家', 'Add a seller')}</h2>
        <label>${say('名称', 'Name')}<input name="name" required maxlength="80" autocomplete="organization" /></label>
        <label>${say('货币', 'Currency')}<select name="currency">${currencies.map((code) => html`<option>${code}</option>`)}</select></label>
        <button class="button">${say('添加', 'Add')}</button>
      </form>
    `,
  };
}
