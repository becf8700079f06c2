// Owns the front page of the demo: what Fieldcast is, where to go, and the tag that embeds a show.
import { html, nothing, render, type TemplateResult } from 'lit';
import { endpoints, type Show } from '../../server/protocol/index.ts';
import { callApi } from '../api.ts';
import { currentShow } from '../current-show.ts';
import { languageSwitch } from './frame.ts';
import { pictureUrl, statusName } from './goods.ts';
import { language, onLanguageChange, say } from './language.ts';
import mark from './mark.svg';

const page = document.querySelector<HTMLElement>('#page')!;
const COPIED_MS = 2_500;
let show: Show | undefined;
let isCopied = false;

const drawings = {
  shop: 'M6 16h36l3 10a5.500 5.500 0 0 1-10.500 2 5.500 5.500 0 0 1-10.500 0 5.500 5.500 0 0 1-10.500 0A5.500 5.500 0 0 1 3 26zM8 33v11h32V33M18 44V35h12v9',
  farmer: 'M15 4h18a3 3 0 0 1 3 3v34a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3ZM20 18.500l9 5.500-9 5.500zM21 39h6',
  operator: 'M6 8h15v15H6zM27 8h15v15H27zM6 28h15v15H6zM28 29h5v5h-5zM37 29h5v5h-5zM28 38h5v5h-5zM37 38h5v5h-5z',
} as const;

function card(to: string, drawing: keyof typeof drawings, name: string, text: string, action: string): TemplateResult {
  return html`<li class="card">
    <svg viewBox="0 0 48 48" width="48" height="48" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${drawings[drawing]} /></svg>
    <h2><a href=${to}>${name}</a></h2>
    <p>${text}</p>
    <span class="go" aria-hidden="true">${action} →</span>
  </li>`;
}

function snippet(): string {
  return `<script type="module" src="${location.origin}/fieldcast.js"></script>\n<fieldcast-live show="${show?.id ?? 'SHOW-ID'}"></fieldcast-live>`;
}

async function copy(): Promise<void> {
  try {
    await navigator.clipboard.writeText(snippet());
    isCopied = true;
    setTimeout(() => {
      isCopied = false;
      draw();
    }, COPIED_MS);
  } catch {
    // No clipboard on plain http: select it, the reader copies by hand.
    const code = page.querySelector('.snippet code');
    if (code) getSelection()?.selectAllChildren(code);
  }
  draw();
}

function phone(): TemplateResult {
  const poster = show?.posterPictureId;
  return html`<a class="phone" href="./shop.html${show ? `?show=${show.id}` : ''}">
    ${poster ? html`<img src=${pictureUrl(poster, 1080)} width="1080" height="1440" alt="" />` : html`<img class="blank" src=${mark} width="48" height="48" alt="" />`}
    ${show
      ? html`<span class="caption"><span class="chip ${show.status}">${statusName(show.status)}</span><b>${show.title}</b><small>${show.hostName} · ${show.sellerName}</small></span>`
      : html`<span class="caption"><b>${say('打开示例店铺', 'Open the demo shop')}</b></span>`}
  </a>`;
}

function draw(): void {
  document.title = say('Fieldcast · 田间直播', 'Fieldcast · live selling from the field');
  render(
    html`
      <a class="skip" href="#content">${say('跳到内容', 'Skip to content')}</a>
      <header class="wrap bar">
        <a class="brand" href="./"><img src=${mark} width="36" height="36" alt="" /><b>Fieldcast</b></a>
        ${languageSwitch()}
      </header>
      <main id="content">
        <section class="hero wrap">
          <div>
            <h1><span>${say('在地头开播，', 'Live from the field,')}</span> <span>${say('在您的店里成交', 'sold in your own shop')}</span></h1>
            <p class="lead">
              ${say(
                '农户用一部普通安卓手机开播，买家不到一秒就能看到，边看边下单。一台小服务器，一行标签，装进任何店铺网页。',
                'A farmer goes live from an ordinary phone. Shoppers see it in under a second and order while they watch. One small server, one tag in any shop’s page.',
              )}
            </p>
            <p class="actions">
              <a class="button" href="./shop.html">${say('看示例店铺', 'See the demo shop')}</a>
              <a class="button quiet" href="#embed">${say('嵌入代码', 'Embed it')}</a>
            </p>
          </div>
          ${phone()}
        </section>
        <ul class="wrap cards">
          ${card('./shop.html', 'shop', say('买家：店铺页面', 'Shopper: the shop'), say('清河果蔬合作社的店铺，中间嵌着直播、货架和下单。', 'A cooperative’s shop page with the show, its shelf and the order form in the middle.'), say('打开店铺', 'Open the shop'))}
          ${card('./farmer.html', 'farmer', say('农户：手机开播', 'Farmer: go live'), say('扫码或打开一次性链接，看到自己，按一个大按钮。链接由运营页面生成。', 'Scan a code or open a one-time link, see yourself, press one big button. The operator’s page makes the link.'), say('打开开播页', 'Open the studio'))}
          ${card('./operator.html', 'operator', say('运营：安排一切', 'Operator: run it'), say('排直播、管商品、生成带二维码的开播链接、看订单。', 'Plan shows, keep products, hand out links with QR codes, follow the orders.'), say('打开运营页', 'Open the desk'))}
        </ul>
        <section class="wrap shows" aria-label=${say('直播', 'Shows')}>
          <fieldcast-shows lang=${language()} limit="8" page-url="./shop.html?show={showId}"></fieldcast-shows>
        </section>
        <section id="embed" class="wrap embed" aria-labelledby="embed-title">
          <div>
            <h2 id="embed-title">${say('两行代码，装进您的网站', 'Two lines in your own site')}</h2>
            <p><a href="./host-shop.html">${say('您的店有自己的购物车？看看这家店', 'Your shop has a cart of its own? See one that does')}</a></p>
            <p>${say('把您的网站加进服务器的 FIELDCAST_ALLOWED_ORIGINS，再把这两行贴到商品页里。', 'Name your site in the server’s FIELDCAST_ALLOWED_ORIGINS, then paste these two lines where the show should be.')}</p>
          </div>
          <div class="snippet">
            <pre><code>${snippet()}</code></pre>
            <button class="button small" @click=${() => void copy()}>${isCopied ? say('已复制', 'Copied') : say('复制代码', 'Copy the code')}</button>
            <span class="visually-hidden" role="status">${isCopied ? say('已复制', 'Copied') : nothing}</span>
          </div>
        </section>
      </main>
      <footer class="wrap foot">${say('这是一个示例站点，货物和人物都是虚构的。', 'This is a demonstration; its goods and people are invented.')}</footer>
    `,
    page,
  );
}

onLanguageChange(draw);
draw();
callApi('', endpoints.listShows, {}).then(
  (answer) => {
    show = currentShow(answer.shows);
    draw();
  },
  () => draw(),
);
