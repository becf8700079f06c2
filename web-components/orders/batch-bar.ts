// Owns what can be done with several chosen orders at once.
import { html, nothing, type TemplateResult } from 'lit';
import type { PaperKind } from '../../server/protocol/desk.ts';
import type { Order, OrderState } from '../../server/protocol/order.ts';
import type { OrdersMessages } from '../i18n/orders.ts';
import { icon } from '../ui/index.ts';
import { commonStep } from './order-card.ts';

export interface BatchBarOptions {
  orders: readonly Order[];
  words: OrdersMessages;
  isBusy: boolean;
  onStep: (to: OrderState) => void;
  onPrint: (kind: PaperKind) => void;
  onNone: () => void;
}

export function batchBar({ orders, words, isBusy, onStep, onPrint, onNone }: BatchBarOptions): TemplateResult {
  const step = commonStep(orders);
  const word = step && words.steps[step];
  return html`<div class="batch" role="group" aria-label=${words.selected(orders.length)}>
    <div class="batch-head">
      <strong role="status">${words.selected(orders.length)}</strong>
      <button class="icon-button" type="button" aria-label=${words.deselect} @click=${onNone}>${icon('close')}</button>
    </div>
    <div class="batch-do">
      ${step && word ? html`<button class="button primary" type="button" ?disabled=${isBusy} @click=${() => onStep(step)}>${icon('check')}${words.batch(word, orders.length)}</button>` : nothing}
      <button class="button" type="button" @click=${() => onPrint('labels')}>${words.print.labels}</button>
      <button class="button" type="button" @click=${() => onPrint('packing')}>${words.print.packing}</button>
      <button class="button" type="button" @click=${() => onPrint('receipts')}>${words.print.receipts}</button>
    </div>
  </div>`;
}
