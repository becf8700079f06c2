// Owns the list of products, with archiving and bringing back.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type Product, type Seller } from '../../../server/protocol/index.ts';
import { fromPrice, pictureUrl, stockOf } from '../goods.ts';
import { say } from '../language.ts';
import type { Desk, View } from './desk.ts';

export function productsView(desk: Desk): View {
  let sellers: readonly Seller[] = [];
  let sellerId = '';
  let products: readonly Product[] = [];
  let isArchive = false;
  let wanted = '';

  async function load(): Promise<void> {
    sellers = (await desk.call(endpoints.listSellers, {})).sellers;
    if (!sellerId) sellerId = sellers[0]?.id ?? '';
    if (!sellerId) return;
    const answer = await desk.call(endpoints.listProducts, { query: { sellerId, ...(isArchive ? { archived: 'true' as const } : {}) } });
    products = answer.products.filter((product) => product.archived === isArchive);
  }

  async function setArchived(product: Product, archived: boolean): Promise<void> {
    await desk.call(endpoints.changeProduct, { params: { productId: product.id }, body: { archived } });
    await load();
  }

  function item(product: Product): TemplateResult {
    const price = fromPrice(product);
    const stock = stockOf(product);
    return html`<li class="panel product">
      ${product.pictures[0] ? html`<img src=${pictureUrl(product.pictures[0], 160)} width="72" height="72" alt="" loading="lazy" />` : html`<span class="blank" aria-hidden="true"></span>`}
      <div class="grow">
        <h2><a href="#/products/${product.id}">${product.name}</a></h2>
        <p><b class="money">${price.text}</b>${price.isFrom ? say(' 起', ' and up') : nothing} <span class="soft">/ ${price.unit}</span></p>
        <p class=${stock === 0 ? 'out' : 'soft'}>${stock === 0 ? say('已售罄', 'Sold out') : say(`库存 ${stock}`, `${stock} in stock`)}${product.variants.length > 1 ? say(` · ${product.variants.length} 种规格`, ` · ${product.variants.length} variants`) : nothing}</p>
      </div>
      ${isArchive
        ? html`<button class="button quiet small" @click=${() => void desk.act(() => setArchived(product, false), { text: say(`已恢复：${product.name}`, `Brought back: ${product.name}`) })}>${say('恢复', 'Bring back')}</button>`
        : html`<button
            class="button quiet small"
            aria-label=${say(`归档 ${product.name}`, `Archive ${product.name}`)}
            @click=${() => void desk.act(() => setArchived(product, true), { text: say(`已归档：${product.name}`, `Archived: ${product.name}`), undo: () => setArchived(product, false) })}
          >
            ${say('归档', 'Archive')}
          </button>`}
    </li>`;
  }

  return {
    title: () => say('商品', 'Products'),
    load,
    refresh: load,
    draw() {
      const shown = products.filter((product) => product.name.toLowerCase().includes(wanted.toLowerCase()));
      return html`
        <div class="row">
          <h1 class="grow">${say('商品', 'Products')}</h1>
          ${sellers.length > 0
            ? html`<a class="button quiet" href="#/products/import">${say('用表格导入', 'From a table')}</a><a class="button" href="#/products/new">${say('＋ 添加商品', '+ Add a product')}</a>`
            : nothing}
        </div>
        ${sellers.length === 0
          ? html`<p class="note">${say('先添加卖家，再添加商品。', 'Add a seller first, then its products.')} <a href="#/sellers">${say('去添加', 'Add one')}</a></p>`
          : html`<div class="row filters">
              <label class="compact grow"><span class="visually-hidden">${say('搜索商品', 'Search products')}</span><input type="search" placeholder=${say('搜索商品', 'Search products')} @input=${(event: Event) => { wanted = (event.target as HTMLInputElement).value; desk.redraw(); }} /></label>
              ${sellers.length > 1
                ? html`<label class="compact"><span class="visually-hidden">${say('卖家', 'Seller')}</span><select @change=${(event: Event) => { sellerId = (event.target as HTMLSelectElement).value; void desk.act(load); }}>${sellers.map((seller) => html`<option value=${seller.id} ?selected=${seller.id === sellerId}>${seller.name}</option>`)}</select></label>`
                : nothing}
              <button class="button quiet small" aria-pressed=${isArchive ? 'true' : 'false'} @click=${() => { isArchive = !isArchive; void desk.act(load); }}>${say('已归档', 'Archived')}</button>
            </div>`}
        ${shown.length === 0 && sellers.length > 0
          ? html`<p class="note">${isArchive ? say('没有归档的商品。', 'Nothing is archived.') : wanted ? say('没有找到。换个词试试。', 'Nothing found. Try another word.') : say('还没有商品。添加第一件：拍张照，写上名称和价格。', 'No products yet. Add the first one: a photo, a name and a price.')}</p>`
          : html`<ul class="list products">
              ${repeat(shown, (product) => product.id, item)}
            </ul>`}
      `;
    },
  };
}
