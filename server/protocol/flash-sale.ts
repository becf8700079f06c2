// Owns the shapes of a flash sale: one variant at a deal price, for some minutes and so many pieces.
import * as v from 'valibot';
import { id } from './ids.ts';
import { priceMinor } from './money.ts';
import { QUANTITY_LIMIT } from './order-limits.ts';
import { promotionFields, promotionTitle } from './promotion-shape.ts';
import { timestampMs } from './text.ts';

export const COUNTDOWN_SECONDS_LEAST = 10;
export const COUNTDOWN_SECONDS_MOST = 300;
export const FLASH_MINUTES_MOST = 20;

const pieces = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

export const flashSale = v.object({
  kind: v.literal('flash-sale'),
  ...promotionFields,
  productId: id,
  variantId: id,
  priceMinor,
  /** The variant's price without the sale, as it is now. Where it is not above `priceMinor` the sale makes nothing cheaper. */
  listMinor: priceMinor,
  /** The lowest price in force in the 30 days before the sale, this sale aside; a price crossed out has to be this one. */
  lowestMinor: priceMinor,
  /** Pieces at the deal price, in all, and how many of them are left. Stock may be less. */
  units: v.number(),
  left: v.number(),
  /** Pieces at the deal price for one buyer, known by phone number; null: no limit. */
  perBuyer: v.nullable(v.number()),
});
export type FlashSale = v.InferOutput<typeof flashSale>;

export const flashSaleRequest = v.strictObject({
  title: v.optional(promotionTitle, ''),
  variantId: id,
  /** Below every list price of the last 30 days, and not above a deal price of them. */
  priceMinor,
  /** Not more than there is stock. */
  units: pieces(1_000_000),
  perBuyer: v.optional(v.nullable(pieces(QUANTITY_LIMIT)), null),
  countdownSeconds: v.pipe(v.number(), v.integer(), v.minValue(COUNTDOWN_SECONDS_LEAST), v.maxValue(COUNTDOWN_SECONDS_MOST)),
  /** Without it the countdown begins now; with it, in time to be over then. At most a week ahead. */
  startsAt: v.optional(timestampMs),
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(FLASH_MINUTES_MOST)),
});
export type FlashSaleRequest = v.InferOutput<typeof flashSaleRequest>;
