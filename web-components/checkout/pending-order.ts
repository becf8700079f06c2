// Owns how an order on its way is told: being sent, waiting for the network, or refused with what to do.
import { html, nothing, type TemplateResult } from 'lit';
import type { CheckoutMessages } from '../i18n/checkout.ts';
import type { PendingOrder } from '../show/index.ts';
import { icon } from '../ui/index.ts';

/** `nowMs` is the device's clock, by which the outbox counts as well. */
export function pendingOrder(order: PendingOrder, nowMs: number, text: CheckoutMessages, onDismiss: () => void): TemplateResult {
  const words = text.checkout;
  if (order.state === 'refused') {
    return html`<div class="notice fault pending" part="refused" role="alert">
      ${icon('alert')}
      <p><strong>${words.refused}</strong>${text.errors[order.error?.code ?? 'internal']}</p>
      <button class="button" type="button" @click=${onDismiss}>${words.fixAndRetry}</button>
    </div>`;
  }
  const seconds = Math.max(1, Math.ceil((order.retryAtMs - nowMs) / 1000));
  const line = order.state === 'waiting' && order.attempts > 0 ? words.waiting(seconds) : order.attempts > 1 ? words.sendingAgain : words.sending;
  return html`<div class="notice pending" part="pending" role="status">
    <span class="spinner"></span>
    <p><strong>${line}</strong>${order.attempts > 1 || order.state === 'waiting' ? words.kept : nothing}</p>
  </div>`;
}
