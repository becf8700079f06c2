// Owns the shapes of an auction: one piece, to whoever says most before the hammer falls.
import * as v from 'valibot';
import { AUCTION_COUNTDOWN_SECONDS_MOST, AUCTION_SECONDS_LEAST, AUCTION_SECONDS_MOST, BID_STEPS_MOST, extensions } from './auction-limits.ts';
import { id } from './ids.ts';
import { priceMinor, totalMinor } from './money.ts';
import { buyer, orderStates } from './order.ts';
import { paymentMethod } from './payments.ts';
import { promotionFields, promotionTitle } from './promotion-shape.ts';
import { text } from './text.ts';

export * from './auction-limits.ts';

/** From a price of `fromMinor` on a bid has to be `stepMinor` above it. */
export const bidStep = v.strictObject({ fromMinor: totalMinor, stepMinor: priceMinor });

/**
 * How it ended: `sold`; `unpaid` when the order of who had it was cancelled, most often because nobody paid in time: then the staff may
 * offer it to the next; `no-bids`; `called-off` by the staff.
 */
export const auctionResults = ['sold', 'unpaid', 'no-bids', 'called-off'] as const;

export const auction = v.object({
  kind: v.literal('auction'),
  ...promotionFields,
  productId: id,
  variantId: id,
  startMinor: priceMinor,
  /** What who leads would pay now, without delivery; the start price while nobody has bid. After the hammer what it was sold for. */
  priceMinor,
  /** What a bid of anybody else has to say at least. */
  leastMinor: totalMinor,
  steps: v.array(bidStep),
  extensionSeconds: v.picklist(extensions),
  bids: v.number(),
  bidders: v.number(),
  /** Letter of who leads, or had it in the end; bidders are `A`, `B`, ... in the order they came. Null: nobody yet. */
  leader: v.nullable(v.string()),
  /** Null until the hammer has fallen and its order is placed, a moment after `endsAt`. */
  result: v.nullable(v.picklist(auctionResults)),
});
export type Auction = v.InferOutput<typeof auction>;

export const auctionRequest = v.strictObject({
  title: v.optional(promotionTitle, ''),
  variantId: id,
  startMinor: priceMinor,
  /** Missing: steps that suit the start price. */
  steps: v.optional(
    v.pipe(
      v.array(bidStep),
      v.minLength(1),
      v.maxLength(BID_STEPS_MOST),
      v.check((steps) => steps[0]?.fromMinor === 0 && steps.every(({ fromMinor }, index) => index === 0 || fromMinor > (steps[index - 1]?.fromMinor ?? 0)), 'steps have to begin at 0 and ascend'),
    ),
  ),
  /** Bids are taken in the countdown too. 0: it begins at once. */
  countdownSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(AUCTION_COUNTDOWN_SECONDS_MOST)), 0),
  seconds: v.pipe(v.number(), v.integer(), v.minValue(AUCTION_SECONDS_LEAST), v.maxValue(AUCTION_SECONDS_MOST)),
  extensionSeconds: v.optional(v.picklist(extensions), 10),
});
export type AuctionRequest = v.InferOutput<typeof auctionRequest>;

export const bidRequest = v.strictObject({
  /** The most that they pay, without delivery: the server bids for them, step by step, no further than needed. */
  maxMinor: priceMinor,
  /** Needed with the first bid, together: who bids may have bought when the hammer falls. Given again they replace what was given. */
  buyer: v.optional(buyer),
  payment: v.optional(paymentMethod),
  note: v.optional(text(0, 300)),
});
export type BidRequest = v.InferOutput<typeof bidRequest>;

/** Somebody's own part in an auction. */
export const ownBid = v.object({
  letter: v.string(),
  maxMinor: priceMinor,
  isLeading: v.boolean(),
  /** What delivery costs them on top, at most. */
  deliveryMinor: totalMinor,
  /** Where they have won: the order that the server placed for them. */
  orderId: v.nullable(id),
});
export type OwnBid = v.InferOutput<typeof ownBid>;

/** `mine` is null for whoever has not bid. */
export const bidAnswer = v.object({ auction, mine: v.nullable(ownBid) });
export type BidAnswer = v.InferOutput<typeof bidAnswer>;

/** Who bid, for the staff: the most that each would have paid only once the hammer has fallen. */
export const auctionBook = v.object({
  auction,
  bidders: v.array(
    v.object({
      letter: v.string(),
      /** Like `李**`; empty once it is erased. */
      name: v.string(),
      maxMinor: v.nullable(priceMinor),
      lastBidAt: v.number(),
      isLeading: v.boolean(),
      /** The order that they got, and how it stands. */
      order: v.nullable(v.object({ id, number: v.number(), state: v.picklist(orderStates), totalMinor })),
    }),
  ),
  /** What the next would pay, if it is offered to them; null where it cannot be: it is sold, or nobody is left. */
  next: v.nullable(v.object({ letter: v.string(), name: v.string(), priceMinor })),
});
export type AuctionBook = v.InferOutput<typeof auctionBook>;
