// Owns arranging a show's shelf: order, pins, adding and taking off, all by button and each with a way back.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, PIN_LIMIT, type Product, type ShowSnapshot } from '../../../server/protocol/index.ts';
import { fromPrice, pictureUrl, stockOf } from '../goods.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';

export interface ShelfPart {
  load(sellerId: string): Promise<void>;
  draw(): TemplateResult;
}

export function shelfPart(desk: Desk, showId: string, snapshot: () => ShowSnapshot | null, take: (next: ShowSnapshot) => void): ShelfPart {
  let products: readonly Product[] = [];

  const shelfIds = (): string[] => (snapshot()?.shelf ?? []).map((product) => product.id);

  async function arrange(productIds: string[]): Promise<void> {
    take(await desk.call(endpoints.arrangeShelf, { params: { showId }, body: { productIds } }));
  }

  async function pin(productIds: string[]): Promise<void> {
    take(await desk.call(endpoints.pinProducts, { params: { showId }, body: { productIds } }));
  }

  function move(productId: string, by: -1 | 1): void {
    const ids = shelfIds();
    const at = ids.indexOf(productId);
    const [moved] = ids.splice(at, 1);
    if (moved === undefined) return;
    ids.splice(at + by, 0, moved);
    void desk.act(() => arrange(ids)).then(() => {
      // The list moved under the finger; the button that was pressed keeps the focus, so it can be pressed again.
      const item = document.querySelector(`[data-product="${productId}"]`);
      const pressed = item?.querySelector<HTMLButtonElement>(by < 0 ? '.up' : '.down');
      (pressed?.disabled ? item?.querySelector<HTMLButtonElement>(by < 0 ? '.down' : '.up') : pressed)?.focus();
    });
  }

  function takeOff(product: Product): void {
    const before = shelfIds();
    const pinsBefore = [...(snapshot()?.pins ?? [])];
    void desk.act(() => arrange(before.filter((id) => id !== product.id)), {
      text: say(`已下架：${product.name}`, `Taken off: ${product.name}`),
      async undo() {
        await arrange(before);
        await pin(pinsBefore);
      },
    });
  }

  function togglePin(product: Product, pins: readonly string[]): void {
    const next = pins.includes(product.id) ? pins.filter((id) => id !== product.id) : [...pins, product.id];
    void desk.act(() => pin(next));
  }

  function line(product: Product, index: number, count: number, pins: readonly string[]): TemplateResult {
    const pinned = pins.indexOf(product.id);
    const price = fromPrice(product);
    const stock = stockOf(product);
    return html`<li class="shelved" data-product=${product.id}>
      ${product.pictures[0] ? html`<img src=${pictureUrl(product.pictures[0], 160)} width="52" height="52" alt="" loading="lazy" />` : html`<span class="blank" aria-hidden="true"></span>`}
      <span class="grow">
        <b>${product.name}</b>
        <span class="soft">${price.text} / ${price.unit} · ${stock === 0 ? say('售罄', 'sold out') : say(`剩 ${stock}`, `${stock} left`)}${pinned < 0 ? nothing : html` · <span class="pinned">${pinned === 0 ? say('主推', 'main pin') : say('推荐', 'pinned')}</span>`}</span>
      </span>
      <span class="row tools">
        <button class="button quiet icon up" ?disabled=${index === 0} aria-label=${say(`上移 ${product.name}`, `Move ${product.name} up`)} @click=${() => move(product.id, -1)}>↑</button>
        <button class="button quiet icon down" ?disabled=${index === count - 1} aria-label=${say(`下移 ${product.name}`, `Move ${product.name} down`)} @click=${() => move(product.id, 1)}>↓</button>
        <button
          class="button quiet icon"
          aria-pressed=${pinned >= 0 ? 'true' : 'false'}
          ?disabled=${pinned < 0 && pins.length >= PIN_LIMIT}
          aria-label=${say(`推荐 ${product.name}`, `Pin ${product.name}`)}
          title=${pinned < 0 && pins.length >= PIN_LIMIT ? say(`最多推荐 ${PIN_LIMIT} 件`, `At most ${PIN_LIMIT} pins`) : say('推荐', 'Pin')}
          @click=${() => togglePin(product, pins)}
        >
          ★
        </button>
        <button class="button quiet icon" aria-label=${say(`下架 ${product.name}`, `Take ${product.name} off`)} @click=${() => takeOff(product)}>✕</button>
      </span>
    </li>`;
  }

  return {
    async load(sellerId) {
      products = (await desk.call(endpoints.listProducts, { query: { sellerId } })).products;
    },
    draw() {
      const shelf = snapshot()?.shelf ?? [];
      const pins = snapshot()?.pins ?? [];
      const rest = products.filter((product) => !shelf.some((other) => other.id === product.id));
      return html`<section class="panel" aria-labelledby="shelf-title">
        <h2 id="shelf-title">${say('货架', 'Shelf')} <span class="soft">${shelf.length}</span></h2>
        ${shelf.length === 0
          ? html`<p class="soft">${say('货架是空的。从下面挑商品上架。', 'The shelf is empty. Choose products below.')}</p>`
          : html`<ol class="lines">
              ${repeat(shelf, (product) => product.id, (product, index) => line(product, index, shelf.length, pins))}
            </ol>`}
        ${rest.length > 0
          ? html`<form
              class="inline"
              @submit=${(event: SubmitEvent) => {
                event.preventDefault();
                const productId = String(new FormData(event.target as HTMLFormElement).get('product'));
                void desk.act(async () => take(await desk.call(endpoints.shelveProduct, { params: { showId, productId }, body: {} })), { text: say('已上架', 'On the shelf') });
              }}
            >
              <label class="grow">${say('上架商品', 'Put a product on it')}<select name="product">${rest.map((product) => html`<option value=${product.id}>${product.name}</option>`)}</select></label>
              <button class="button">${say('上架', 'Add')}</button>
              ${rest.length > 1
                ? html`<button type="button" class="button quiet" @click=${() => { const before = shelfIds(); void desk.act(() => arrange([...before, ...rest.map((product) => product.id)]), { text: say('已全部上架', 'All on the shelf'), undo: () => arrange(before) }); }}>
                    ${say('全部上架', 'Add all')}
                  </button>`
                : nothing}
            </form>`
          : products.length === 0
            ? html`<p><a href="#/products/new">${say('先添加商品', 'Add products first')}</a></p>`
            : nothing}
      </section>`;
    },
  };
}
