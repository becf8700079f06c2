// Owns how the money of an order is told to its buyer: what is paid, what went back, what somebody has to look at.
import { html, nothing, type TemplateResult } from 'lit';
import type { Order } from '../../server/protocol/order.ts';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { Localize } from '../i18n/index.ts';
import { wasSoldOut } from './late-transfer.ts';

/** One word for where the money is. An order that ended unpaid has nothing to pay. */
export function moneyWord({ state, payment, money }: Order, text: CheckoutMessages): string {
  if (money.state === 'due') return state === 'cancelled' || state === 'refused' ? text.money.nothing : text.money.due[payment];
  return text.money[money.state];
}

/** Way, state and amounts; part of the list of what was bought. */
export function orderMoney(order: Order, localize: Localize<CheckoutMessages>): TemplateResult {
  const { text } = localize;
  const { payment, money } = order;
  const amount = (amountMinor: number) => localize.money(amountMinor, order.currency);
  const isGood = money.state === 'paid';
  const isOwed = money.problem === 'late' || money.problem === 'refund-owed';
  const note = isOwed ? (wasSoldOut(order) ? text.money.soldOut : text.money.late) : money.problem ? text.money.look : '';
  return html`
    <p class="line money" part="money"><span>${text.pay.ways[payment].name}</span><span class="badge ${isGood ? 'pin' : money.state === 'due' && order.state === 'awaiting-payment' ? 'warm' : ''}">${moneyWord(order, text)}</span></p>
    ${money.refundedMinor > 0 ? html`<p class="line"><span>${text.money.refundedLine}</span><span class="amount">${amount(money.refundedMinor)}</span></p>` : nothing}
    ${money.refundingMinor > 0 ? html`<p class="muted">${text.money.refunding(amount(money.refundingMinor))}</p>` : nothing}
    ${note ? html`<p class="notice fault">${note}</p>` : nothing}
  `;
}
