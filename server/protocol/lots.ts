// Owns the shapes of harvest lots: so many pieces of a variant from one harvest, sold in order, with running numbers where the host wants them.
import * as v from 'valibot';
import { id } from './ids.ts';
import { day } from './product-facts.ts';
import { line } from './text.ts';

/** Lots of one variant that are not closed. */
export const LOT_LIMIT = 20;

const quota = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));

export const lot = v.object({
  id,
  variantId: id,
  /** Field, picking, hive: as the farmer calls it. */
  name: v.string(),
  /** YYYY-MM-DD; null: not told. */
  harvestedOn: v.nullable(v.string()),
  /** Pieces that are sold from it, and how many of them are left. Stock may be less. */
  quota: v.number(),
  left: v.number(),
  /** Each piece has its own number, from 1 to `quota`. */
  isNumbered: v.boolean(),
  /** Nothing more is sold from it. */
  isClosed: v.boolean(),
});
export type Lot = v.InferOutput<typeof lot>;

/** In the order in which they are sold. */
export const lots = v.object({ lots: v.array(lot) });

export const lotRequest = v.strictObject({
  name: line(1, 40),
  harvestedOn: v.optional(v.nullable(day), null),
  quota,
  isNumbered: v.optional(v.boolean(), false),
  /** The pieces come on top of the stock; false: they are in it already. */
  addsToStock: v.optional(v.boolean(), true),
});
export type LotRequest = v.InferOutput<typeof lotRequest>;

export const lotPatch = v.strictObject({
  name: v.optional(line(1, 40)),
  harvestedOn: v.optional(v.nullable(day)),
  /** Not below what is sold from it. */
  quota: v.optional(quota),
  isClosed: v.optional(v.boolean()),
});
export type LotPatch = v.InferOutput<typeof lotPatch>;
