// Owns the shapes of a group buy: the more buyers by its deadline, the cheaper for all of them.
import * as v from 'valibot';
import { id } from './ids.ts';
import { priceMinor } from './money.ts';
import { promotionFields, promotionTitle } from './promotion-shape.ts';
import { line, text } from './text.ts';

export const GROUP_TIERS_MOST = 5;
export const GROUP_BUYERS_MOST = 100_000;
export const GROUP_MINUTES_LEAST = 5;
export const GROUP_MINUTES_MOST = 7 * 24 * 60;

/** From so many buyers on everybody pays this for a piece. */
export const groupTier = v.strictObject({ buyers: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(GROUP_BUYERS_MOST)), priceMinor });
export type GroupTier = v.InferOutput<typeof groupTier>;

/** Where all of a group fetch what they bought. */
export const pickUp = v.strictObject({
  address: text(4, 300),
  /** When, and whom to ask. */
  note: v.optional(line(0, 80), ''),
});
export type PickUp = v.InferOutput<typeof pickUp>;

export const groupBuy = v.object({
  kind: v.literal('group-buy'),
  ...promotionFields,
  productId: id,
  variantId: id,
  /** Without the group. */
  listMinor: priceMinor,
  /** The first tier has the least buyers, and the price that everybody pays when they join. */
  tiers: v.array(groupTier),
  /** People whose orders count: paid, or to be paid on delivery. One who ordered twice is one. */
  buyers: v.number(),
  /** People who have joined and whose money has not come; they count once it has. */
  waiting: v.number(),
  /** Place in `tiers` that so many buyers reach; -1: none yet, or in the end. */
  reached: v.number(),
  pickUp: v.nullable(v.object({ address: v.string(), note: v.string() })),
  /** It is over, and its result stands: orders are set right one by one. */
  isClosed: v.boolean(),
});
export type GroupBuy = v.InferOutput<typeof groupBuy>;

export const groupBuyRequest = v.strictObject({
  title: v.optional(promotionTitle, ''),
  variantId: id,
  tiers: v.pipe(
    v.array(groupTier),
    v.minLength(1),
    v.maxLength(GROUP_TIERS_MOST),
    v.check(
      (tiers) => tiers.every((tier, index) => index === 0 || (tier.buyers > (tiers[index - 1]?.buyers ?? 0) && tier.priceMinor < (tiers[index - 1]?.priceMinor ?? 0))),
      'each tier needs more buyers and a lower price than the one before',
    ),
  ),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(GROUP_MINUTES_LEAST), v.maxValue(GROUP_MINUTES_MOST)),
  /** Null: it is brought to each buyer, by the usual rules of delivery. */
  pickUp: v.optional(v.nullable(pickUp), null),
});
export type GroupBuyRequest = v.InferOutput<typeof groupBuyRequest>;
