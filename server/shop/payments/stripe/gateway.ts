// Owns the two ways in which Stripe takes a payment, a Checkout Session with elements and a bare PaymentIntent, behind one shape.
import type Stripe from 'stripe';
import type { PaymentStart } from '../../../protocol/payments.ts';
import { call, GatewayFault } from './client.ts';
import { idOf, ORDER_MARK } from './marks.ts';
import { type Seen, seenInIntent, seenInSession } from './seen.ts';

export type Ui = Extract<PaymentStart, { method: 'stripe' }>['ui'];

/** What is asked of Stripe for one order. The same for every try, or Stripe would take it for another request under the same key. */
export interface Ask {
  orderId: string;
  /** What the buyer and the books read, such as "Green Hill #12". */
  title: string;
  amountMinor: number;
  currency: string;
  /** Connected account that gets the money, and what the platform keeps of it. */
  account: string | null;
  feeMinor: number;
  /** The buyer buys from that account itself, under its name and its country's rules. */
  isMerchant: boolean;
  /** Ms since the epoch. A session lives 30 minutes at least and a day at most; ours is closed before, by the hold. */
  expiresAt: number;
  idempotencyKey: string;
}

/** Which payment at Stripe. */
export interface PaymentRef {
  sessionId: string | null;
  intentId: string | null;
}

export interface Opened extends PaymentRef {
  clientSecret: string;
}

export interface Gateway {
  open(ask: Ask): Promise<Opened>;
  /** What Stripe knows of it now, and the page's secret while it can be paid. */
  read(ref: PaymentRef): Promise<{ seen: Seen; clientSecret: string | null }>;
  /** No money may come any more; nothing happens to what is over already. */
  close(ref: PaymentRef): Promise<void>;
}

const wechatInBrowsers = { wechat_pay: { client: 'web' as const } };

export function gatewayOf(stripe: Stripe, ui: Ui): Gateway {
  return ui === 'checkout-session' ? sessions(stripe) : intents(stripe);
}

function sessions(stripe: Stripe): Gateway {
  return {
    async open(ask) {
      const session = await call(() =>
        stripe.checkout.sessions.create(
          {
            ui_mode: 'elements',
            mode: 'payment',
            client_reference_id: ask.orderId,
            metadata: { [ORDER_MARK]: ask.orderId },
            expires_at: Math.floor(ask.expiresAt / 1000),
            // The order's total in the order's currency and nothing else: that is what is compared before it is called paid.
            adaptive_pricing: { enabled: false },
            line_items: [
              { quantity: 1, price_data: { currency: ask.currency.toLowerCase(), unit_amount: ask.amountMinor, product_data: { name: ask.title } } },
            ],
            payment_intent_data: { description: ask.title, metadata: { [ORDER_MARK]: ask.orderId }, ...splitOf(ask) },
            payment_method_options: wechatInBrowsers,
          },
          { idempotencyKey: ask.idempotencyKey },
        ),
      );
      return { sessionId: session.id, intentId: idOf(session.payment_intent), clientSecret: requireSecret(session.client_secret) };
    },
    async read({ sessionId }) {
      const session = await call(() => stripe.checkout.sessions.retrieve(requireRef(sessionId), { expand: ['payment_intent.latest_charge'] }));
      const seen = seenInSession(session);
      return { seen: await withDispute(stripe, seen), clientSecret: seen.state === 'open' ? session.client_secret : null };
    },
    async close({ sessionId }) {
      await ignoringRefusal(() => call(() => stripe.checkout.sessions.expire(requireRef(sessionId))));
    },
  };
}

function intents(stripe: Stripe): Gateway {
  return {
    async open(ask) {
      const intent = await call(() =>
        stripe.paymentIntents.create(
          {
            amount: ask.amountMinor,
            currency: ask.currency.toLowerCase(),
            description: ask.title,
            metadata: { [ORDER_MARK]: ask.orderId },
            automatic_payment_methods: { enabled: true },
            payment_method_options: wechatInBrowsers,
            ...splitOf(ask),
          },
          { idempotencyKey: ask.idempotencyKey },
        ),
      );
      return { sessionId: null, intentId: intent.id, clientSecret: requireSecret(intent.client_secret) };
    },
    async read({ intentId }) {
      const intent = await call(() => stripe.paymentIntents.retrieve(requireRef(intentId), { expand: ['latest_charge'] }));
      const seen = seenInIntent(intent);
      return { seen: await withDispute(stripe, seen), clientSecret: seen.state === 'open' ? intent.client_secret : null };
    },
    async close({ intentId }) {
      await ignoringRefusal(() => call(() => stripe.paymentIntents.cancel(requireRef(intentId))));
    },
  };
}

/** Destination charge: the platform's payment, passed on to the seller's account less the fee. */
function splitOf({ account, feeMinor, isMerchant }: Ask) {
  if (account === null) return {};
  return { transfer_data: { destination: account }, ...(feeMinor > 0 ? { application_fee_amount: feeMinor } : {}), ...(isMerchant ? { on_behalf_of: account } : {}) };
}

async function withDispute(stripe: Stripe, seen: Seen): Promise<Seen> {
  if (!seen.isDisputed || seen.intentId === null) return seen;
  const intent = seen.intentId;
  const { data } = await call(() => stripe.disputes.list({ payment_intent: intent, limit: 10 }));
  if (data.some(({ status }) => status === 'lost')) return { ...seen, dispute: 'lost' };
  const isOpen = data.some(({ status }) => status !== 'won' && status !== 'warning_closed' && status !== 'prevented');
  return { ...seen, dispute: isOpen ? 'open' : 'none' };
}

/** Stripe refuses to close what is paid, being paid or closed; which of them it is, `read` tells. */
async function ignoringRefusal(run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof GatewayFault) || !error.isRefused) throw error;
  }
}

function requireSecret(secret: string | null): string {
  if (secret === null) throw new Error('Stripe gave no client secret');
  return secret;
}

function requireRef(ref: string | null): string {
  if (ref === null) throw new Error('nothing was opened at Stripe');
  return ref;
}
