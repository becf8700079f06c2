// Owns watching the moment of an order on the operator's desk: what the buyer saw of the goods before ordering.
import { html, nothing, type TemplateResult } from 'lit';
import { endpoints, type Order, type OrderMoments } from '../../../server/protocol/index.ts';
import { say } from '../language.ts';
import type { Desk } from './desk.ts';
import { sayLength } from './measures.ts';

const reasons: Readonly<Record<NonNullable<OrderMoments['reason']>, readonly [zh: string, en: string]>> = {
  'not-recorded': ['这场直播没有录像。', 'This show was not recorded.'],
  deleted: ['这场直播的回放已经删除。', 'The replay of this show has been deleted.'],
  'not-shown': ['下单前没有展示过这些商品。', 'These goods were not shown before the order.'],
};

export interface OrderMomentPart {
  /** The button of one order. */
  button(order: Order): TemplateResult;
  dialog(): TemplateResult;
}

export function orderMomentPart(desk: Desk): OrderMomentPart {
  let shown: { order: Order; moments: OrderMoments } | null = null;

  async function open(order: Order): Promise<void> {
    const found = await desk.act(async () => {
      shown = { order, moments: await desk.call(endpoints.readOrderMoments, { params: { orderId: order.id } }) };
    });
    if (found) requestAnimationFrame(() => document.querySelector<HTMLDialogElement>('#moment')?.showModal());
  }

  function content(order: Order, { moments, reason }: OrderMoments): TemplateResult {
    return html`<h2 id="moment-title">${say(`订单 ${order.number}：下单前的画面`, `Order ${order.number}: what was shown`)}</h2>
      ${reason === null ? nothing : html`<p>${say(...reasons[reason])}</p>`}
      ${moments.map(
        (moment) => html`<figure>
          <video controls playsinline preload="none" poster=${moment.thumbnailUrl} src=${moment.clipUrl} aria-label=${moment.name}></video>
          <figcaption>
            <b>${moment.name}</b>
            <span class="soft">${moment.why === 'pinned' ? say('下单前最后一次讲解', 'explained last before the order') : say('下单前一分钟', 'the minute before the order')} · ${sayLength(moment.fromMs)}–${sayLength(moment.toMs)}</span>
            <a href=${moment.url} target="_blank" rel="noopener">${say('在回放里看', 'See it in the replay')}</a>
          </figcaption>
        </figure>`,
      )}`;
  }

  return {
    button: (order) =>
      html`<button class="button quiet small" aria-label="${say('看下单时的画面', 'Watch the moment')} #${order.number}" @click=${() => void open(order)}>${say('看下单时的画面', 'Watch the moment')}</button>`,
    dialog: () => html`<dialog
      id="moment"
      aria-labelledby="moment-title"
      @close=${() => {
        shown = null;
        desk.redraw();
      }}
    >
      ${shown ? content(shown.order, shown.moments) : html`<h2 id="moment-title"></h2>`}
      <form method="dialog" class="row end"><button class="button quiet">${say('关闭', 'Close')}</button></form>
    </dialog>`,
  };
}
