// Owns what an order's line says of the lot that its pieces come from. Apart from lots, so that an order does not carry their schemas.
import * as v from 'valibot';
import { id } from './ids.ts';

/** Pieces of one line from one lot; where they are numbered, from `first` to `first + quantity - 1`. */
export const orderLot = v.object({
  lotId: id,
  name: v.string(),
  harvestedOn: v.nullable(v.string()),
  quantity: v.number(),
  /** Number of the first piece; null where they have none. */
  first: v.nullable(v.number()),
  /** Pieces of the lot in all. */
  quota: v.number(),
});
export type OrderLot = v.InferOutput<typeof orderLot>;
