// Owns the shapes of money that no gateway moves: a seller's ways to be paid, calls before a delivery, couriers and their cash, the list of the day.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency, totalMinor } from './money.ts';
import { moneyStates, paymentMethod } from './payments.ts';
import { line, text, timeZone, timestampMs } from './text.ts';

/** How long goods are held for a transfer, in minutes. */
export const TRANSFER_HOLD_MINUTES = { least: 15, usual: 120, most: 2880 } as const;

/** When goods leave the shelf: with the order, or with the money (cash on delivery takes them with the order all the same). */
export const stockPolicies = ['order', 'payment'] as const;
export type StockPolicy = (typeof stockPolicies)[number];

const unpaidLimit = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)));

/** How a seller is paid. */
export const waySettings = v.object({
  sellerId: id,
  cod: v.boolean(),
  transfer: v.object({
    isOn: v.boolean(),
    /** The seller's own receiving code, as they uploaded it; without it the way cannot be switched on. */
    qrPictureId: v.nullable(id),
    /** Whose code it is, so that a buyer can compare before sending. */
    payeeName: v.string(),
    holdMinutes: v.number(),
  }),
  /** Cards through Stripe: on or off; null where this server has no keys for it. */
  stripe: v.nullable(v.boolean()),
  /**
   * Orders that one buyer (one phone number), or one address, may have open: neither paid nor, for cash on delivery, confirmed. Null: what
   * is usual, 5 and 10, and only orders that hold goods for money are counted.
   */
  limits: v.object({ unpaidPerBuyer: v.nullable(v.number()), unpaidPerAddress: v.nullable(v.number()) }),
  /** When goods leave the shelf. */
  stock: v.object({ policy: v.picklist(stockPolicies) }),
});
export type WaySettings = v.InferOutput<typeof waySettings>;

/** Only what is given changes. */
export const waySettingsPatch = v.strictObject({
  cod: v.optional(v.boolean()),
  transfer: v.optional(
    v.strictObject({
      isOn: v.optional(v.boolean()),
      qrPictureId: v.optional(v.nullable(id)),
      payeeName: v.optional(line(0, 40)),
      holdMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(TRANSFER_HOLD_MINUTES.least), v.maxValue(TRANSFER_HOLD_MINUTES.most))),
    }),
  ),
  stripe: v.optional(v.boolean()),
  limits: v.optional(v.strictObject({ unpaidPerBuyer: v.optional(unpaidLimit), unpaidPerAddress: v.optional(unpaidLimit) })),
  stock: v.optional(v.strictObject({ policy: v.optional(v.picklist(stockPolicies)) })),
});
export type WaySettingsPatch = v.InferOutput<typeof waySettingsPatch>;

/** What came of a call before a delivery. `reached` confirms the order, `declined` cancels it, the others are attempts. */
export const callOutcomes = ['reached', 'no-answer', 'busy', 'wrong-number', 'declined'] as const;
export type CallOutcome = (typeof callOutcomes)[number];
export const callRequest = v.strictObject({ outcome: v.picklist(callOutcomes), note: v.optional(text(0, 200), '') });

export const refusalReasons = ['not-home', 'changed-mind', 'no-money', 'damaged', 'wrong-goods', 'late', 'unreachable', 'other'] as const;
export type RefusalReason = (typeof refusalReasons)[number];
export const refusalRequest = v.strictObject({ reason: v.picklist(refusalReasons), note: v.optional(text(0, 200), '') });

export const handoverRequest = v.strictObject({ courierId: id });
/** `collectedMinor` is the cash that was taken at the door; missing: all that was due. Less leaves the rest due, 0 all of it. */
export const deliveredRequest = v.strictObject({ collectedMinor: v.optional(totalMinor), note: v.optional(text(0, 200), '') });

/** What staff know of an order on its way to the door. */
export const doorNotes = v.object({
  orderId: id,
  /** Calls, oldest first. */
  calls: v.array(v.object({ at: v.number(), byName: v.string(), outcome: v.picklist(callOutcomes), note: v.string() })),
  courier: v.nullable(v.object({ id, name: v.string() })),
  handedAt: v.nullable(v.number()),
  /** Cash that was taken at the door; null before. */
  collectedMinor: v.nullable(v.number()),
  refusal: v.nullable(v.object({ reason: v.picklist(refusalReasons), note: v.string() })),
  /** Earlier cash-on-delivery orders of this phone number with this seller, in the last year. */
  before: v.object({ delivered: v.number(), refused: v.number() }),
});
export type DoorNotes = v.InferOutput<typeof doorNotes>;

/** Orders of one question about risks. */
export const RISK_LIMIT = 50;
export const riskQuery = v.strictObject({
  /** Ids with commas between them. */
  orderIds: v.pipe(
    v.string(),
    v.maxLength(RISK_LIMIT * 65),
    v.transform((ids) => [...new Set(ids.split(','))]),
    v.array(id),
    v.maxLength(RISK_LIMIT),
  ),
});

export const courierRequest = v.strictObject({ name: line(1, 60), phone: v.optional(line(0, 24), '') });
export const courierPatch = v.strictObject({ name: v.optional(line(1, 60)), phone: v.optional(line(0, 24)), isArchived: v.optional(v.boolean()) });

/** Who brings parcels and takes cash for them, with what they should hand over: `collectedMinor - handedOverMinor`. */
export const courier = v.object({
  id,
  sellerId: id,
  name: v.string(),
  phone: v.string(),
  isArchived: v.boolean(),
  /** Orders that are with the courier now, and what is to be collected for them. */
  onTheRoad: v.object({ count: v.number(), amountMinor: v.number() }),
  /** All cash taken at doors so far, all cash handed over so far, and the difference: what is still owed (negative: too much came). */
  collectedMinor: v.number(),
  handedOverMinor: v.number(),
  owedMinor: v.number(),
});
export type Courier = v.InferOutput<typeof courier>;

export const courierCashRequest = v.strictObject({
  /** Cash that was handed over, in minor units; bounded, so that no sum of it leaves the safe integers. */
  amountMinor: v.pipe(totalMinor, v.minValue(1), v.maxValue(1_000_000_000_000)),
  note: v.optional(text(0, 200), ''),
});
/** Cash that a courier handed over. One that was a mistake is taken back and stays in the list. */
export const courierCash = v.object({ id, at: v.number(), amountMinor: v.number(), byName: v.string(), note: v.string(), isTakenBack: v.boolean() });
export type CourierCash = v.InferOutput<typeof courierCash>;

/** A courier with what the sum is made of, newest first. */
export const courierAccount = v.object({
  courier,
  deliveries: v.array(v.object({ orderId: id, number: v.number(), at: v.number(), dueMinor: v.number(), collectedMinor: v.number() })),
  cash: v.array(courierCash),
});
export type CourierAccount = v.InferOutput<typeof courierAccount>;

const share = { delivered: v.number(), refused: v.number() };
/** Cash-on-delivery orders of the last `days` that reached a door, by what was in them and where they went. */
export const refusals = v.object({
  days: v.number(),
  ...share,
  products: v.array(v.object({ productId: id, name: v.string(), ...share })),
  areas: v.array(v.object({ area: v.string(), ...share })),
  reasons: v.array(v.object({ reason: v.picklist(refusalReasons), count: v.number() })),
});
export type Refusals = v.InferOutput<typeof refusals>;

/** Query of the list of a day: `from` included, `to` not, ms since epoch; 62 days at most. `zone` is how the table writes times. */
export const moneyQuery = v.strictObject({ from: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), timestampMs), to: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), timestampMs), zone: timeZone });

/** One step of money: a claim, money that came, that went back, that is lost. */
export const moneyStep = v.object({
  at: v.number(),
  orderId: id,
  number: v.number(),
  method: paymentMethod,
  reference: v.string(),
  buyerName: v.string(),
  to: v.picklist(moneyStates),
  /** What moved: in, or (negative) back. 0 for a step that moved nothing. */
  amountMinor: v.number(),
  dueMinor: v.number(),
  byName: v.string(),
  why: v.string(),
});
export type MoneyStep = v.InferOutput<typeof moneyStep>;

const countAndSum = v.object({ count: v.number(), amountMinor: v.number() });
/** The money of a stretch of time. */
export const moneyOfTime = v.object({
  from: v.number(),
  to: v.number(),
  currency,
  /** Money that came in and (negative) went back in this time, by way of paying. */
  ways: v.array(v.object({ method: paymentMethod, inMinor: v.number(), backMinor: v.number() })),
  /** Orders placed in this time, told apart: all that were begun, those that were confirmed or further, those that are paid. */
  begun: countAndSum,
  confirmed: countAndSum,
  paid: countAndSum,
  steps: v.array(moneyStep),
  /** Transfers that buyers say they have sent and the seller has not looked for yet, the longest waiting first; whenever they were claimed. */
  claims: v.array(v.object({ orderId: id, number: v.number(), showId: id, amountMinor: v.number(), reference: v.string(), buyerName: v.string(), claimedAt: v.number(), isUnique: v.boolean() })),
  /** Cash on delivery that is on its way or with couriers now. */
  outside: v.object({ onTheRoadMinor: v.number(), withCouriersMinor: v.number() }),
});
export type MoneyOfTime = v.InferOutput<typeof moneyOfTime>;
