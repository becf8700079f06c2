// Owns the cooperative's shop page: its own goods and story, with one `<fieldcast-live>` in the middle.
import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type Product, type Show, type ShowSnapshot } from '../../server/protocol/index.ts';
import { ApiError, callApi } from '../api.ts';
import { currentShow } from '../current-show.ts';
import { footer, header } from './frame.ts';
import { fromPrice, pictureUrl, statusName, stockOf } from './goods.ts';
import { language, onLanguageChange, say, sayTime } from './language.ts';
import { explain } from './problem.ts';

const page = document.querySelector<HTMLElement>('#page')!;
const SCARCE = 5;
const REFRESH_MS = 20_000;

let shows: readonly Show[] = [];
let showId = new URLSearchParams(location.search).get('show');
let snapshot: ShowSnapshot | null = null;
let fault: unknown = null;
let isLoading = true;

async function load(): Promise<void> {
  try {
    shows = (await callApi('', endpoints.listShows, {})).shows;
    showId ??= currentShow(shows)?.id ?? null;
    nameShow();
    snapshot = showId ? await callApi('', endpoints.readShow, { params: { showId } }) : null;
    fault = null;
  } catch (error) {
    fault = error;
  }
  isLoading = false;
  draw();
}

/** The show asks for its code itself; the page around it knows nothing of what is inside. */
function isGated(): boolean {
  return fault instanceof ApiError && fault.problem.code === 'show.gated';
}

/** A link taken from the address bar goes on naming this show when another one has become the current one. */
function nameShow(): void {
  const url = new URL(location.href);
  if (!showId || url.searchParams.get('show') === showId) return;
  url.searchParams.set('show', showId);
  history.replaceState(history.state, '', url);
}

function live(): TemplateResult {
  if (fault && !snapshot && !isGated()) {
    return html`<div class="note fault" role="alert">
      <p>${explain(fault)}</p>
      <button class="button small" @click=${() => void load()}>${say('重试', 'Try again')}</button>
    </div>`;
  }
  if (isLoading) return html`<div class="placeholder" aria-hidden="true"></div>`;
  if (!showId) {
    return html`<div class="note"><p>${say('今天没有直播。下面的商品随时可以看，开播时间会提前写在这里。', 'No show is planned today. The next one will be announced here.')}</p></div>`;
  }
  return html`<fieldcast-live show=${showId} lang=${language()} order-url=${new URL('order.html#{orderId}', location.href).href.replace('%7BorderId%7D', '{orderId}')}></fieldcast-live>`;
}

function heading(): TemplateResult {
  const show = snapshot?.show;
  return html`
    <div class="lead">
      <div>
        <p class="kicker">${say('现摘现播', 'Picked and shown live')}</p>
        <h1>${show?.title ?? say('清河果园直播', 'Live from Qinghe orchard')}</h1>
        <p class="sub">
          ${show
            ? html`<span class="chip ${show.status}">${statusName(show.status)}</span>
                <span>${say(`主播：${show.hostName}`, `with ${show.hostName}`)}</span>
                ${show.status === 'planned' && show.plannedAt ? html`<span>${sayTime(show.plannedAt)}</span>` : nothing}`
            : nothing}
        </p>
      </div>
    </div>
  `;
}

function promises(): TemplateResult {
  const items = [
    [say('当天采摘', 'Picked that day'), say('下单后才下树', 'Off the tree after you order'), 'M12 3c4 0 8 3 8 8 0 6-5 10-8 10s-8-4-8-10c0-5 4-8 8-8Zm0 0c0 5-2 8-5 10'],
    [say('货到付款', 'Pay on delivery'), say('先验货，再付钱', 'Look first, then pay'), 'M3 7h18v11H3zM3 11h18M7 15h4'],
    [say('坏果包赔', 'Bruised? Replaced'), say('拍张照片就行', 'A photo is enough'), 'M4 12.500 9.500 18 20 6.500'],
  ] as const;
  return html`<ul class="promises wrap">
    ${items.map(
      ([name, more, line]) => html`<li>
        <svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${line} /></svg>
        <span><b>${name}</b><small>${more}</small></span>
      </li>`,
    )}
  </ul>`;
}

/** The shop's own grid opens a product where it is sold: in the live show, whose picture goes on. */
async function openInShow(productId: string): Promise<void> {
  const show = page.querySelector<HTMLElement & { openProduct(productId: string): Promise<boolean> }>('fieldcast-live');
  if (await show?.openProduct(productId)) show?.scrollIntoView();
}

function card(product: Product): TemplateResult {
  const price = fromPrice(product);
  const stock = stockOf(product);
  const picture = product.pictures[0];
  return html`<li class="good ${stock === 0 ? 'gone' : ''}">
    <div class="frame">
      ${picture
        ? html`<img src=${pictureUrl(picture, 480)} srcset="${pictureUrl(picture, 480)} 480w, ${pictureUrl(picture, 1080)} 1080w" sizes="(min-width: 900px) 270px, 46vw" width="480" height="480" alt="" loading="lazy" />`
        : nothing}
      ${stock === 0 ? html`<span class="tag">${say('已售罄', 'Sold out')}</span>` : stock <= SCARCE ? html`<span class="tag few">${say(`仅剩 ${stock} 份`, `Only ${stock} left`)}</span>` : nothing}
    </div>
    <h3>${showId ? html`<button type="button" @click=${() => void openInShow(product.id)}>${product.name}</button>` : product.name}</h3>
    <p class="about">${half(product.description)}</p>
    <p class="price"><b>${price.text}</b><span>${price.isFrom ? say('起', 'and up') : nothing} / ${price.unit}</span></p>
  </li>`;
}

/** Descriptions hold both languages, one a line. */
function half(description: string): string {
  const lines = description.split('\n');
  return (language() === 'zh-CN' ? lines[0] : (lines[1] ?? lines[0])) ?? '';
}

function goods(): TemplateResult | typeof nothing {
  if (isGated()) return nothing;
  const shelf = snapshot?.shelf ?? [];
  return html`<section id="goods" class="wrap" aria-labelledby="goods-title">
    <div class="section">
      <h2 id="goods-title">${say('这一季的收成', 'What we picked this season')}</h2>
      <a href="#live">${say('去直播间下单', 'Order in the show')}</a>
    </div>
    ${shelf.length > 0
      ? html`<ul class="goods">
          ${repeat(shelf, (product) => product.id, card)}
        </ul>`
      : html`<p class="note">${isLoading ? say('正在加载商品…', 'Loading the goods…') : say('还没有上架商品。', 'Nothing is on the shelf yet.')}</p>`}
  </section>`;
}

function story(): TemplateResult {
  const poster = snapshot?.show.posterPictureId ?? shows.find((show) => show.posterPictureId)?.posterPictureId;
  return html`<section id="story" class="story" aria-labelledby="story-title">
    <div class="wrap">
      ${poster ? html`<img src=${pictureUrl(poster, 1080)} width="1080" height="1440" alt=${say('果园里的一箱苹果', 'A crate of apples in the orchard')} loading="lazy" />` : nothing}
      <div>
        <p class="kicker">${say('清河镇 · 南坡', 'South slope, Qinghe')}</p>
        <h2 id="story-title">${say('六十二户人家，一片果园', 'Sixty-two families, one orchard')}</h2>
        <p>${say('清河从山里出来，在镇子南边拐了个弯，留下一片朝阳的坡地。爷爷辈在这里种下第一批苹果树，如今六十二户人家一起管、一起卖。', 'The Qinghe river leaves the hills and bends south of town, around a slope that faces the sun. Our grandparents planted the first apple trees here. Today sixty-two families tend them, and sell together.')}</p>
        <p>${say('我们不囤货：您下单，我们上树。张大叔每周在树底下直播，您看见哪棵树，吃的就是哪棵树。', 'We keep no warehouse: you order, we climb the tree. Uncle Zhang goes live under the branches every week, so you see the very tree that you eat from.')}</p>
        <dl>
          <div><dt>${say('海拔', 'Altitude')}</dt><dd>860 m</dd></div>
          <div><dt>${say('昼夜温差', 'Day to night')}</dt><dd>14 °C</dd></div>
          <div><dt>${say('果树', 'Trees')}</dt><dd>21,000</dd></div>
        </dl>
      </div>
    </div>
  </section>`;
}

/** All shows of the cooperative. Loads its seller from the first one; a shop of its own would write the id into the tag. */
function programme(): TemplateResult | typeof nothing {
  const sellerId = snapshot?.show.sellerId ?? shows[0]?.sellerId;
  if (sellerId === undefined) return nothing;
  return html`<section class="wrap programme" aria-label=${say('全部直播', 'All shows')}>
    <fieldcast-shows seller=${sellerId} lang=${language()} page-url="?show={showId}"></fieldcast-shows>
  </section>`;
}

function draw(): void {
  document.title = say('清河果蔬合作社 · 果园直播', 'Qinghe Orchard Cooperative · live from the orchard');
  render(
    html`
      ${header('')}
      <main id="content">
        <section id="live" class="wrap" aria-label=${say('直播', 'Live show')}>${heading()} ${live()}</section>
        ${promises()} ${goods()} ${programme()} ${story()}
      </main>
      ${footer()}
    `,
    page,
  );
}

onLanguageChange(draw);
draw();
void load();
// The element tells its page what happened; the shop's own grid follows without knowing how.
for (const name of ['fieldcast-order-placed', 'fieldcast-state-change']) page.addEventListener(name, () => void load());
setInterval(() => {
  if (document.visibilityState === 'visible') void load();
}, REFRESH_MS);
