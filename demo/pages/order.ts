// Owns the buyer's order page: the order of the address's fragment in the shop's frame.
import { html, render } from 'lit';
import { footer, header } from './frame.ts';
import { language, onLanguageChange, say } from './language.ts';

const page = document.querySelector<HTMLElement>('#page')!;

/** The fragment is in no server's log; `?order=` is for shops that cannot keep one. */
function orderId(): string {
  return decodeURIComponent(location.hash.slice(1)) || (new URLSearchParams(location.search).get('order') ?? '');
}

function draw(): void {
  const id = orderId();
  document.title = say('我的订单 · 清河果蔬合作社', 'Your order · Qinghe Orchard Cooperative');
  render(
    html`
      ${header('./shop.html')}
      <main id="content" class="wrap order">
        <h1>${say('我的订单', 'Your order')}</h1>
        ${id
          ? html`<fieldcast-order order=${id} lang=${language()}></fieldcast-order>`
          : html`<div class="note"><p>${say('链接里没有订单号。请打开下单后收到的完整链接。', 'This address names no order. Open the whole link that you got after ordering.')}</p></div>`}
        <p><a href="./shop.html">${say('← 回到店铺', '← Back to the shop')}</a></p>
      </main>
      ${footer()}
    `,
    page,
  );
}

onLanguageChange(draw);
addEventListener('hashchange', draw);
draw();
