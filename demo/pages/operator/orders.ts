// Owns the orders of a show on the operator's desk: what came in, where it stands, the next step and the way back.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { endpoints, type Order, type OrderState, orderStates, orderTransitions } from '../../../server/protocol/index.ts';
import { money, unitName } from '../goods.ts';
import { say, sayTime } from '../language.ts';
import type { Desk } from './desk.ts';
import { confirm } from './dialogs.ts';
import { orderMomentPart } from './order-moment.ts';

const stateNames: Readonly<Record<OrderState, readonly [zh: string, en: string]>> = {
  'awaiting-payment': ['待付款', 'Waiting for payment'],
  placed: ['新订单', 'Placed'],
  confirmed: ['已确认', 'Confirmed'],
  packed: ['已打包', 'Packed'],
  shipped: ['已发货', 'Shipped'],
  delivered: ['已送达', 'Delivered'],
  refused: ['拒收', 'Refused'],
  cancelled: ['已取消', 'Cancelled'],
};

const stepNames: Readonly<Record<OrderState, readonly [zh: string, en: string]>> = {
  'awaiting-payment': ['待付款', 'Waiting for payment'],
  placed: ['新订单', 'Placed'],
  confirmed: ['确认', 'Confirm'],
  packed: ['打包完成', 'Packed'],
  shipped: ['发货', 'Ship'],
  delivered: ['已送达', 'Delivered'],
  refused: ['拒收', 'Refused'],
  cancelled: ['取消', 'Cancel'],
};

export interface OrdersPart {
  load(): Promise<void>;
  draw(): TemplateResult;
}

export function ordersPart(desk: Desk, showId: string): OrdersPart {
  let orders: readonly Order[] = [];
  let only: OrderState | 'all' = 'all';
  const moment = orderMomentPart(desk);

  async function load(): Promise<void> {
    orders = (await desk.call(endpoints.listOrders, { params: { showId } })).orders;
  }

  async function move(order: Order, to: OrderState): Promise<void> {
    if (to === 'cancelled' || to === 'refused') {
      const yes = await confirm(desk, {
        title: to === 'cancelled' ? say(`取消订单 ${order.number}？`, `Cancel order ${order.number}?`) : say(`订单 ${order.number} 被拒收？`, `Order ${order.number} refused at the door?`),
        text: say(`${order.buyer.name}，${money(order.totalMinor, order.currency)}。`, `${order.buyer.name}, ${money(order.totalMinor, order.currency)}.`),
        action: say(...stepNames[to]),
      });
      if (!yes) return;
    }
    await desk.act(
      async () => {
        await desk.call(endpoints.moveOrder, { params: { orderId: order.id }, body: { to } });
        await load();
      },
      {
        text: say(`订单 ${order.number}：${stateNames[to][0]}`, `Order ${order.number}: ${stateNames[to][1]}`),
        async undo() {
          await desk.call(endpoints.undoOrderMove, { params: { orderId: order.id }, body: {} });
          await load();
        },
      },
    );
  }

  function item(order: Order): TemplateResult {
    return html`<li class="order">
      <p class="row tight">
        <b>#${order.number}</b>
        <span class="state ${order.state}">${say(...stateNames[order.state])}</span>
        <span class="soft">${sayTime(order.placedAt)}</span>
        <b class="end">${money(order.totalMinor, order.currency)}</b>
      </p>
      <p>${order.buyer.name} · <a href="tel:${order.buyer.phone}">${order.buyer.phone}</a><br /><span class="soft">${order.buyer.address}${order.note ? html`<br />“${order.note}”` : nothing}</span></p>
      <ul>
        ${order.lines.map((each) => html`<li>${each.name}${each.label ? ` · ${each.label}` : ''} × ${each.quantity} ${unitName(each.unit)}</li>`)}
      </ul>
      <p class="row tight">
        ${orderTransitions[order.state].map(
          (to, index) => html`<button class="button small ${to === 'cancelled' || to === 'refused' ? 'danger' : index > 0 ? 'quiet' : ''}" aria-label="${say(...stepNames[to])} #${order.number}" @click=${() => void move(order, to)}>${say(...stepNames[to])}</button>`,
        )}
        ${moment.button(order)}
      </p>
    </li>`;
  }

  return {
    load,
    draw() {
      const shown = only === 'all' ? orders : orders.filter((order) => order.state === only);
      return html`<section class="panel" aria-labelledby="orders-title">
        <div class="row">
          <h2 id="orders-title" class="grow">${say('订单', 'Orders')} <span class="soft">${orders.length}</span></h2>
          ${orders.length > 0
            ? html`<label class="compact"
                ><span class="visually-hidden">${say('按状态筛选', 'Show only')}</span>
                <select @change=${(event: Event) => { only = (event.target as HTMLSelectElement).value as OrderState | 'all'; desk.redraw(); }}>
                  <option value="all">${say('全部', 'All')}</option>
                  ${orderStates.map((state) => html`<option value=${state} ?selected=${state === only}>${say(...stateNames[state])}</option>`)}
                </select>
              </label>`
            : nothing}
        </div>
        ${shown.length === 0
          ? html`<p class="soft">${orders.length === 0 ? say('还没有订单。开播后，订单会自动出现在这里。', 'No orders yet. They appear here by themselves once the show sells.') : say('没有这种状态的订单。', 'No orders in this state.')}</p>`
          : html`<ul class="lines orders">
              ${repeat(shown, (order) => order.id, item)}
            </ul>`}
        ${moment.dialog()}
      </section>`;
    },
  };
}
