// Owns the demo of a shop with products and a cart of its own: it gives the player five functions and keeps everything else to itself.
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type Product, type ShowSnapshot, type Variant } from '../../server/protocol/index.ts';
import { callApi } from '../api.ts';
import { currentShow } from '../current-show.ts';
import { languageSwitch } from './frame.ts';
import { money, pictureUrl, unitName } from './goods.ts';
import { cartLines, countOf, emptyCart, MOST_OF_ONE, onCartChange, setLine } from './host-shop/cart.ts';
import { language, onLanguageChange, say } from './language.ts';
import mark from './mark.svg';
import { explain } from './problem.ts';

/** What this shop uses of the player's five functions; the whole of it is in docs/embedding.md. */
interface Line {
  variantId: string;
  quantity: number;
}
type Result = { ok: true } | { ok: false; reason: string; message: string };
type Live = HTMLElement & {
  provideProducts?: (products: readonly { productId: string; name: string }[]) => { productId: string; name: string }[];
  addToCart?: (line: Line) => Result;
  updateCart?: (line: Line) => Result;
  syncCart?: () => { lines: readonly Line[] };
  checkout?: () => Result;
};

const page = document.querySelector<HTMLElement>('#page')!;
let snapshot: ShowSnapshot | null = null;
let fault: unknown = null;
let orderedMinor: number | null = null;

async function load(): Promise<void> {
  try {
    const asked = new URLSearchParams(location.search).get('show');
    const { shows } = await callApi('', endpoints.listShows, {});
    const showId = asked ?? currentShow(shows)?.id;
    snapshot = showId ? await callApi('', endpoints.readShow, { params: { showId } }) : null;
    fault = null;
  } catch (error) {
    fault = error;
  }
  draw();
}

function find(variantId: string): { product: Product; variant: Variant } | null {
  for (const product of snapshot?.shelf ?? []) {
    const variant = product.variants.find(({ id }) => id === variantId);
    if (variant) return { product, variant };
  }
  return null;
}

/** The cooperative's names carry both languages; this shop shows one. */
function ownName(name: string): string {
  const [chinese, english] = [/^[^A-Za-z]+/.exec(name)?.[0].trim(), /[A-Za-z].*$/.exec(name)?.[0].trim()];
  return (language() === 'zh-CN' ? chinese : english) || name;
}

function take({ variantId, quantity }: Line): Result {
  const left = find(variantId)?.variant.stock ?? 0;
  if (quantity > left) return { ok: false, reason: 'out-of-stock', message: say(`只剩 ${left} 件`, `Only ${left} left`) };
  if (quantity > MOST_OF_ONE) return { ok: false, reason: 'limit-reached', message: say(`本店每样最多 ${MOST_OF_ONE} 件`, `We sell at most ${MOST_OF_ONE} of each`) };
  setLine(variantId, quantity);
  return { ok: true };
}

/** The five functions: everything that the player needs to know of this shop. */
function connect(live: Live): void {
  live.provideProducts = (products) => products.map(({ productId, name }) => ({ productId, name: ownName(name) }));
  live.addToCart = take;
  live.updateCart = take;
  live.syncCart = () => ({ lines: cartLines() });
  live.checkout = () => {
    location.hash = '#cart';
    page.querySelector<HTMLElement>('#cart h2')?.focus();
    return { ok: true };
  };
}

/** The shop's own buttons change the cart too; the player is told and asks for it. */
function change(variantId: string, quantity: number): void {
  setLine(variantId, quantity);
  page.querySelector('fieldcast-live')?.dispatchEvent(new Event('fieldcast-cart-sync'));
}

function order(): void {
  orderedMinor = total();
  emptyCart();
  page.querySelector('fieldcast-live')?.dispatchEvent(new Event('fieldcast-cart-sync'));
}

function total(): number {
  return cartLines().reduce((sum, { variantId, quantity }) => sum + (find(variantId)?.variant.priceMinor ?? 0) * quantity, 0);
}

function live(): TemplateResult | typeof nothing {
  if (fault) {
    return html`<div class="note fault" role="alert">
      <p>${explain(fault)}</p>
      <button class="button small" @click=${() => void load()}>${say('重试', 'Try again')}</button>
    </div>`;
  }
  if (!snapshot) return html`<p class="note">${say('现在没有直播。', 'There is no show just now.')}</p>`;
  return html`<fieldcast-live show=${snapshot.show.id} lang=${language()}></fieldcast-live>`;
}

function line({ variantId, quantity }: Line): TemplateResult | typeof nothing {
  const found = find(variantId);
  if (!found) return nothing;
  const { product, variant } = found;
  const name = ownName(product.name);
  return html`<li>
    ${product.pictures[0] ? html`<img src=${pictureUrl(product.pictures[0], 160)} width="56" height="56" alt="" />` : nothing}
    <span class="grow"><b>${name}</b><small>${variant.label || unitName(variant.unit)} · ${money(variant.priceMinor, product.currency)}</small></span>
    <span class="pieces">
      <button class="button quiet small" aria-label=${say(`${name} 减一件`, `One less of ${name}`)} @click=${() => change(variantId, quantity - 1)}>−</button>
      <output>${quantity}</output>
      <button class="button quiet small" aria-label=${say(`${name} 加一件`, `One more of ${name}`)} ?disabled=${quantity >= Math.min(MOST_OF_ONE, variant.stock)} @click=${() => change(variantId, countOf(variantId) + 1)}>+</button>
    </span>
  </li>`;
}

function cart(): TemplateResult {
  const lines = cartLines().filter(({ variantId }) => find(variantId));
  const currency = snapshot?.show.currency ?? 'CNY';
  return html`<section id="cart" class="card" aria-labelledby="cart-title">
    <h2 id="cart-title" tabindex="-1">${say('本店购物车', 'Our own cart')}</h2>
    ${orderedMinor !== null && lines.length === 0
      ? html`<p class="thanks" role="status">${say(`谢谢！${money(orderedMinor, currency)} 的订单由本店处理（演示，不会发货）。`, `Thank you! This shop takes your order of ${money(orderedMinor, currency)} (a demonstration; nothing is sent).`)}</p>`
      : lines.length === 0
        ? html`<p class="soft">${say('还是空的。在直播里点“＋”，商品会进到这里。', 'Still empty. Tap + in the show, and it lands here.')}</p>`
        : html`<ul>
              ${repeat(lines, ({ variantId }) => variantId, line)}
            </ul>
            <p class="sum"><span>${say('合计', 'Total')}</span><b>${money(total(), currency)}</b></p>
            <button class="button" @click=${order}>${say('在本店下单', 'Order from this shop')}</button>`}
  </section>`;
}

function draw(): void {
  document.title = say('山口杂货 · 自有购物车的店铺', 'Hill Pass Grocers · a shop with its own cart');
  const count = cartLines().reduce((sum, { quantity }) => sum + quantity, 0);
  render(
    html`
      <a class="skip" href="#content">${say('跳到内容', 'Skip to content')}</a>
      <header class="top">
        <div class="wrap">
          <a class="brand" href="./host-shop.html"><img src=${mark} width="36" height="36" alt="" /><b>${say('山口杂货', 'Hill Pass Grocers')}</b></a>
          <a class="to-cart" href="#cart">${say('购物车', 'Cart')} <b>${count}</b></a>
          ${languageSwitch()}
        </div>
      </header>
      <main id="content" class="wrap">
        <h1>${say('山里的店，田里的直播', 'One page: our shop, their orchard')}</h1>
        <p class="soft">${say('这家店有自己的购物车和结算。直播里点的商品直接进本店购物车，每样最多 5 件。', 'This shop has a cart and a checkout of its own. What you tap in the show goes into the shop’s cart, at most five of each.')}</p>
        <div class="split">
          <section aria-label=${say('直播', 'Live show')}>${live()}</section>
          ${cart()}
        </div>
        <p class="made">${say('示例店铺，直播由 Fieldcast 提供', 'A demonstration shop; live selling by Fieldcast')} · <a href="./">${say('演示首页', 'All demo pages')}</a></p>
      </main>
    `,
    page,
  );
  const element = page.querySelector<Live>('fieldcast-live');
  if (element && !element.addToCart) connect(element);
}

onLanguageChange(draw);
onCartChange(() => {
  if (cartLines().length > 0) orderedMinor = null;
  draw();
});
draw();
void load();
