// Owns the shapes of the waitlist of what is sold out: a viewer's own place, and what the staff see of it.
import * as v from 'valibot';
import { id } from './ids.ts';

/** Pieces that one place can ask for. */
export const WAIT_QUANTITY_LIMIT = 20;
/** How long goods are held for whose turn it is. */
export const WAIT_HOLD_MS = 15 * 60_000;

/**
 * `waiting`: nothing is there yet. `held`: `heldQuantity` pieces are kept until `holdUntil`, for this viewer alone. `taken`: ordered.
 * `lapsed`: the time was up. `left`: the viewer gave the place up. `closed`: the staff closed the list, or took the product off the shelf.
 */
export const waitStates = ['waiting', 'held', 'taken', 'lapsed', 'left', 'closed'] as const;
export type WaitState = (typeof waitStates)[number];

export const wait = v.object({
  id,
  showId: id,
  productId: id,
  variantId: id,
  /** Pieces asked for. */
  quantity: v.number(),
  state: v.picklist(waitStates),
  /** 1 is the next; 0 when it does not wait any more. */
  place: v.number(),
  /** Pieces held: as many as asked for, or as there were. */
  heldQuantity: v.number(),
  /** Server clock, ms since epoch; null while nothing is held. */
  holdUntil: v.nullable(v.number()),
});
export type Wait = v.InferOutput<typeof wait>;

export const waitRequest = v.strictObject({
  variantId: id,
  quantity: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(WAIT_QUANTITY_LIMIT)), 1),
});

/** A viewer's places in a show: those that stand, and those that ended within the last ten minutes. */
export const waits = v.object({ waits: v.array(wait), serverTime: v.number() });

/** What waits for each variant of a show, without anybody's name. */
export const waitlistDesk = v.object({
  variants: v.array(
    v.object({
      productId: id,
      variantId: id,
      /** Viewers who wait, and the pieces they ask for. */
      waiting: v.number(),
      wanted: v.number(),
      /** Pieces held now; they are not in the stock that anybody else can buy. */
      held: v.number(),
      /** The first hold that runs out; null without any. */
      holdUntil: v.nullable(v.number()),
      /** Viewers who had their turn and ordered, and who let it pass. */
      taken: v.number(),
      lapsed: v.number(),
    }),
  ),
  serverTime: v.number(),
});
export type WaitlistDesk = v.InferOutput<typeof waitlistDesk>;
