// Owns how one order stands on the desk: who, what, how it is paid, the usual next step in one button, a call in one tap.
import { html, nothing, type TemplateResult } from 'lit';
import { type Queue, STUCK_MS } from '../../server/protocol/desk.ts';
import { goodsName } from '../../server/protocol/goods-name.ts';
import { lotText } from '../../server/protocol/lot-text.ts';
import { type Order, type OrderState, orderTransitions } from '../../server/protocol/order.ts';
import type { Localize } from '../i18n/index.ts';
import type { OrdersMessages } from '../i18n/orders.ts';
import { icon, type IconName } from '../ui/index.ts';
import { canCall } from './room.ts';

const DAY_MS = 86_400_000;
const marks: Readonly<Record<OrderState, IconName>> = {
  'awaiting-payment': 'clock', placed: 'bell', confirmed: 'check', packed: 'basket', shipped: 'truck', delivered: 'check', refused: 'close', cancelled: 'close',
};

/** The one step that is usual from here: who pays at the door is called first, who has paid is not. */
export function usualStep({ state, payment }: Pick<Order, 'state' | 'payment'>): OrderState | null {
  const next: Partial<Record<OrderState, OrderState>> = { placed: payment === 'cod' ? 'confirmed' : 'packed', confirmed: 'packed', packed: 'shipped', shipped: 'delivered' };
  return next[state] ?? null;
}

/** The step that is usual for the first of these orders, where all of them may go there. */
export function commonStep(orders: readonly Order[]): OrderState | null {
  const [first] = orders;
  const step = first ? usualStep(first) : null;
  return step !== null && orders.every(({ state }) => orderTransitions[state].includes(step)) ? step : null;
}

/** Days that an order has waited in its state too long; 0 where it has not. */
export function stuckDays({ state, payment, changedAt }: Pick<Order, 'state' | 'payment' | 'changedAt'>, now: number): number {
  const queues: Partial<Record<OrderState, Queue>> = { placed: payment === 'cod' ? 'confirm' : 'pack', confirmed: 'pack', packed: 'ship', shipped: 'sent' };
  const queue = queues[state];
  const limitMs = queue && STUCK_MS[queue];
  return limitMs !== undefined && now - changedAt > limitMs ? Math.floor((now - changedAt) / DAY_MS) : 0;
}

export interface OrderCardOptions {
  order: Order;
  localize: Localize<OrdersMessages>;
  isSelected: boolean;
  isBusy: boolean;
  /** What another module shows of the order's money; null where there is none. */
  money: unknown;
  onSelect: () => void;
  onStep: (to: OrderState) => void;
  onMore: () => void;
}

export function orderCard({ order, localize, isSelected, isBusy, money, onSelect, onStep, onMore }: OrderCardOptions): TemplateResult {
  const words = localize.text;
  // What was taken at the door is asked for by the part that knows money.
  const isAtDoor = money !== null && order.payment === 'cod' && order.state === 'shipped';
  const step = isAtDoor ? null : usualStep(order);
  const days = stuckDays(order, Date.now());
  const stepWord = step && words.steps[step];
  return html`<li class="order ${order.state} ${isSelected ? 'selected' : ''}">
    <div class="top">
      <label class="tick"><input type="checkbox" aria-label=${words.select(order.number)} .checked=${isSelected} @change=${onSelect} /></label>
      <h3>${words.number(order.number)}</h3>
      <time datetime=${new Date(order.placedAt).toISOString()}>${timeText(order.placedAt, localize)}</time>
      <span class="state">${icon(marks[order.state])}${words.states[order.state]}</span>
    </div>
    <ul class="lines">
      ${order.lines.map((line) => html`<li><b>${words.times(line.quantity)}</b><span>${goodsName(line, ' ')} (${words.units[line.unit]})${line.lots ? html`<small>${lotText(line.lots, localize.locale)}</small>` : nothing}</span></li>`)}
    </ul>
    <div class="who">
      <p><b>${order.buyer.name}</b> ${order.isSynthetic ? html`<span class="mark played">${words.played}</span>` : html`<small>${order.buyer.phone}</small>`}</p>
      <p>${order.buyer.address}</p>
      ${order.note ? html`<p class="note">${order.note}</p>` : nothing}
    </div>
    <div class="pay">
      <p class="sum"><small>${words.methods[order.payment]}${order.state === 'cancelled' && order.money.state === 'due' ? nothing : html`<span class="mark ${order.money.state}">${words.money[order.money.state]}</span>`}</small><span class="price">${localize.money(order.totalMinor, order.currency)}</span></p>
      ${order.discounts.map(({ kind, title, amountMinor }) => html`<p class="soft">${words.promotions[kind]}${title ? ` ${title}` : ''} −${localize.money(amountMinor, order.currency)}</p>`)}
      ${order.tracking ? html`<p class="parcel">${icon('truck')}${order.tracking.courier} ${order.tracking.number}</p>` : nothing}
      ${order.money.problem ? html`<p class="alert">${icon('alert')}${words.problems[order.money.problem]}</p>` : nothing}
      ${days > 0 ? html`<p class="alert">${icon('clock')}${words.stuck(days)}</p>` : nothing} ${money ?? nothing}
    </div>
    <div class="do">
      ${canCall(order) ? html`<a class="button call" href="tel:${order.buyer.phone.replace(/[^\d+]/g, '')}" aria-label=${words.callOf(order.buyer.name)}>${icon('phone')}</a>` : nothing}
      ${step && stepWord
        ? html`<button class="button primary step" type="button" aria-label=${words.stepOf(stepWord, order.number)} ?disabled=${isBusy} @click=${() => onStep(step)}>${icon('check')}${stepWord}</button>`
        : nothing}
      <button class="button more" type="button" aria-label=${words.moreOf(order.number)} ?disabled=${isBusy} @click=${onMore}>${icon('more')}</button>
    </div>
  </li>`;
}

/** Time of day, with the date where it is not today. */
export function timeText(atMs: number, localize: Localize<OrdersMessages>): string {
  const isToday = new Date(atMs).toDateString() === new Date().toDateString();
  return isToday ? new Intl.DateTimeFormat(localize.locale, { hour: '2-digit', minute: '2-digit' }).format(atMs) : localize.dateTime(atMs);
}
