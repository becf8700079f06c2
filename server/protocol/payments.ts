// Owns the shapes of money in an order: ways to pay, how far it has been paid, what a buyer needs to pay, what staff have to look at.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency, totalMinor } from './money.ts';
import { text } from './text.ts';

/** `cod`: cash on delivery. `transfer`: to the seller's own QR code, confirmed by the seller. `stripe`: card and wallets through Stripe. */
export const paymentMethods = ['cod', 'transfer', 'stripe'] as const;
export const paymentMethod = v.picklist(paymentMethods);
export type PaymentMethod = (typeof paymentMethods)[number];

/** How a show's goods can be paid for, in the order to offer them, with what a page needs to know before it has an order. */
export const wayToPay = v.variant('method', [
  v.object({ method: v.literal('cod') }),
  v.object({ method: v.literal('transfer') }),
  v.object({
    method: v.literal('stripe'),
    /** For Stripe.js. Sellers with an account of their own are paid through it, so no account is named in the page. */
    publishableKey: v.string(),
  }),
]);
export type WayToPay = v.InferOutput<typeof wayToPay>;

/**
 * `due`: nobody has paid. `claimed`: the buyer says so. `paid`: the money was seen. `part-refunded`, `refunded`: went back.
 * `lost`: refused at the door, or taken back by the buyer's bank.
 */
export const moneyStates = ['due', 'claimed', 'paid', 'part-refunded', 'refunded', 'lost'] as const;
export type MoneyState = (typeof moneyStates)[number];

/**
 * What needs a person: `late` money came for an order that is over, `amount` another sum or currency than asked, `foreign` money
 * that names no order here or another one's, `refund-owed` an order is over and its money still here, `refund-failed`,
 * `disputed` the buyer has gone to their bank, `difference-owed` a group made it cheaper after it was paid: so much has to go back.
 */
export const paymentProblems = ['late', 'amount', 'foreign', 'refund-owed', 'refund-failed', 'disputed', 'difference-owed'] as const;
export type PaymentProblemKind = (typeof paymentProblems)[number];

/** How far an order is paid, beside `payment` (the way). */
export const orderMoney = v.object({
  state: v.picklist(moneyStates),
  /** What has to be paid; of a transfer with its unique last digits. */
  dueMinor: totalMinor,
  paidMinor: totalMinor,
  refundedMinor: totalMinor,
  /** Asked for, and not yet on its way back. */
  refundingMinor: totalMinor,
  /** Until when goods are held for money that has not come (ms since epoch); null: not limited. */
  holdUntil: v.nullable(v.number()),
  /** The way of paying is still working on it: nobody can cancel, and the hold does not run out. */
  isProcessing: v.boolean(),
  /** What the buyer writes beside a transfer; null elsewhere. */
  reference: v.nullable(v.string()),
  /** What needs a person; null almost always. */
  problem: v.nullable(v.picklist(paymentProblems)),
});
export type OrderMoney = v.InferOutput<typeof orderMoney>;

const toPay = {
  orderId: id,
  amountMinor: totalMinor,
  currency,
  holdUntil: v.nullable(v.number()),
  /** The server's clock, ms since epoch: pages count down by it. */
  serverTime: v.number(),
};

/** What a page needs to let the buyer pay. Asked again it continues the same payment. */
export const paymentStart = v.variant('method', [
  v.object({
    method: v.literal('stripe'),
    ...toPay,
    /** Which kind of secret it is: `initCheckout` takes one of a session, `elements` one of an intent. */
    ui: v.picklist(['checkout-session', 'payment-intent']),
    clientSecret: v.string(),
    publishableKey: v.string(),
    /** Where Stripe.js is loaded from. */
    scriptUrl: v.string(),
  }),
  v.object({
    method: v.literal('transfer'),
    ...toPay,
    reference: v.string(),
    qrPictureId: id,
    /** Whose receive code it is, to compare before sending; may be empty. */
    payeeName: v.string(),
    /** Others have paid first, and the goods are gone by now: only who has sent the money already has something to say here. */
    isSoldOut: v.optional(v.boolean()),
  }),
]);
export type PaymentStart = v.InferOutput<typeof paymentStart>;
/** As a way of paying knows it. */
export type PaymentTerms<Start = PaymentStart> = Start extends PaymentStart ? Omit<Start, 'serverTime'> : never;

const why = v.optional(text(0, 200), '');
/** A word of staff about money: it stays in the order's list of payment changes. */
export const paymentNote = v.strictObject({ note: why });

export const refundRequest = v.strictObject({
  /** Missing: all that is left. */
  amountMinor: v.optional(v.pipe(totalMinor, v.minValue(1))),
  note: why,
});

/** Most that whoever runs the server keeps of a card payment: half of it, in hundredths of a percent. */
export const CARD_FEE_BPS_LIMIT = 5_000;
const feeBps = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(CARD_FEE_BPS_LIMIT));

/** Who gets the money of a seller's card payments. Orders whose payment has been begun stay with what held then. */
export const cardAccount = v.object({
  sellerId: id,
  /** Connected account at Stripe; null: all of it stays with whoever runs the server. */
  account: v.nullable(v.string()),
  /** What of it whoever runs the server keeps, in hundredths of a percent. */
  feeBps,
  /** The buyer buys from the account itself (`on_behalf_of`): needed where it is in another region than whoever runs the server. */
  isMerchant: v.boolean(),
});
export type CardAccount = v.InferOutput<typeof cardAccount>;

/** `PUT /api/v1/sellers/{sellerId}/card-account`. Without an account there is no fee and no other merchant. */
export const cardAccountRequest = v.strictObject({
  account: v.nullable(v.pipe(v.string(), v.regex(/^acct_[A-Za-z0-9]{8,60}$/, 'an account such as acct_1A2b3C4d5E6f'))),
  feeBps: v.optional(feeBps, 0),
  isMerchant: v.optional(v.boolean(), false),
});
export type CardAccountRequest = v.InferOutput<typeof cardAccountRequest>;

/** One step of an order's money, as it was audited. */
export const paymentChange = v.object({
  at: v.number(),
  byRole: v.picklist(['viewer', 'host', 'helper', 'operator', 'coach', 'system']),
  byName: v.string(),
  from: v.nullable(v.picklist(moneyStates)),
  to: v.picklist(moneyStates),
  /** Minor units that moved: came in, or (negative) went back. */
  amountMinor: v.pipe(v.number(), v.integer()),
  why: v.string(),
});
export type PaymentChange = v.InferOutput<typeof paymentChange>;

/** Something about money that the server could not put right alone. It stays until somebody has settled it. */
export const paymentProblem = v.object({
  id,
  kind: v.picklist(paymentProblems),
  /** Null: money that names no order here. */
  orderId: v.nullable(id),
  orderNumber: v.nullable(v.number()),
  amountMinor: v.nullable(v.pipe(v.number(), v.integer())),
  /** As the gateway wrote it. */
  currency: v.nullable(v.string()),
  /** Where to look for it at the gateway, such as `pi_...`. */
  gatewayRef: v.nullable(v.string()),
  detail: v.string(),
  at: v.number(),
});
export type PaymentProblem = v.InferOutput<typeof paymentProblem>;
