// Owns what is read out of Stripe's objects: one plain record of a payment as it stands there now.
import type Stripe from 'stripe';
import { idOf, ORDER_MARK } from './marks.ts';

export interface Seen {
  sessionId: string | null;
  intentId: string | null;
  /** Order that it was made for, by our own mark. */
  orderId: string | null;
  /** `open`: can be paid. `processing`: the buyer has done their part. `closed`: no money comes any more. */
  state: 'open' | 'processing' | 'paid' | 'closed';
  askedMinor: number;
  receivedMinor: number;
  refundedMinor: number;
  /** ISO 4217, upper case. */
  currency: string;
  livemode: boolean;
  account: string | null;
  isDisputed: boolean;
  dispute: 'none' | 'open' | 'lost';
}

export function seenInIntent(intent: Stripe.PaymentIntent): Seen {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null;
  const states: Partial<Record<string, Seen['state']>> = { succeeded: 'paid', processing: 'processing', canceled: 'closed' };
  return {
    sessionId: null,
    intentId: intent.id,
    orderId: intent.metadata[ORDER_MARK] ?? null,
    state: states[intent.status] ?? 'open',
    askedMinor: intent.amount,
    receivedMinor: intent.amount_received,
    refundedMinor: charge?.amount_refunded ?? 0,
    currency: intent.currency.toUpperCase(),
    livemode: intent.livemode,
    account: idOf(intent.transfer_data?.destination),
    isDisputed: charge?.disputed ?? false,
    dispute: 'none',
  };
}

export function seenInSession(session: Stripe.Checkout.Session): Seen {
  const intent = session.payment_intent !== null && typeof session.payment_intent === 'object' ? session.payment_intent : null;
  const orderId = session.metadata?.[ORDER_MARK] ?? null;
  if (!intent) {
    return {
      sessionId: session.id,
      intentId: idOf(session.payment_intent),
      orderId,
      state: session.status === 'open' ? 'open' : 'closed',
      askedMinor: session.amount_total ?? 0,
      receivedMinor: 0,
      refundedMinor: 0,
      currency: (session.currency ?? '').toUpperCase(),
      livemode: session.livemode,
      account: null,
      isDisputed: false,
      dispute: 'none',
    };
  }
  const seen = seenInIntent(intent);
  return {
    ...seen,
    sessionId: session.id,
    // Both carry our mark; two different ones are nobody's payment.
    orderId: seen.orderId === orderId ? orderId : null,
    askedMinor: session.amount_total ?? seen.askedMinor,
    livemode: session.livemode,
    state: seen.state === 'open' ? openOrOver(session.status, intent.status) : seen.state,
  };
}

// A payment that was taken and failed afterwards leaves its session complete and its intent without a way to pay: nobody can pay there any more.
function openOrOver(session: string | null, intent: string): Seen['state'] {
  if (session === 'open') return 'open';
  return session === 'complete' && intent !== 'requires_payment_method' ? 'processing' : 'closed';
}
