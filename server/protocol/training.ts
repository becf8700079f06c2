// Owns the shapes of rehearsals and of who coaches whom: what is practised apart from the real shop, and what of it may go live.
import * as v from 'valibot';
import { id } from './ids.ts';
import { priceMinor } from './money.ts';
import { SHELF_LIMIT } from './shop.ts';
import { show } from './show.ts';
import { line } from './text.ts';

/**
 * `POST /api/v1/rehearsals`: a show of the same host beside the real ones, with copies of these products. Nothing in it is charged, counted or
 * taken from stock. `sellerId` is the real seller; `hostId` is who practises, where the caller is not the host.
 */
export const rehearsalRequest = v.strictObject({
  sellerId: id,
  title: line(1, 80),
  productIds: v.pipe(v.array(id), v.maxLength(SHELF_LIMIT)),
  hostId: v.optional(id),
});

/** A price that was changed while practising. */
export const practisedPrice = v.object({
  /** Of the real seller. */
  productId: id,
  variantId: id,
  name: v.string(),
  label: v.string(),
  /** What the real shop asks, and what was asked in the rehearsal. */
  nowMinor: priceMinor,
  practisedMinor: priceMinor,
});

/** What going live has brought over, until it is taken back. */
export const wentLive = v.object({
  show,
  at: v.number(),
  /** Whether it can still be taken back: not once the show has begun. */
  canUndo: v.boolean(),
});

export const rehearsal = v.object({
  show,
  /** The real seller, whose products these are copies of. */
  sellerId: id,
  /** When everything of it is erased by itself (ms since epoch). */
  erasesAt: v.number(),
  /** What of the shelf goes over, in its order. */
  shelf: v.array(v.object({ productId: id, name: v.string(), isPinned: v.boolean() })),
  /** What was made while practising and is on the shelf, by its id there: it goes over where going live names it. */
  made: v.array(v.object({ productId: id, name: v.string(), isPinned: v.boolean() })),
  /** Names of what does not go over: the real shop has put it away. */
  staysHere: v.array(v.string()),
  prices: v.array(practisedPrice),
  wentLive: v.nullable(wentLive),
});
export type Rehearsal = v.InferOutput<typeof rehearsal>;
export type PractisedPrice = v.InferOutput<typeof practisedPrice>;

/**
 * `POST /api/v1/rehearsals/{showId}/go-live`: a real show with the shelf that was practised. It is planned, not on the air: its host still has to
 * start it. `title` has to be the rehearsal's, letter for letter, so that nobody does it by accident.
 */
export const goLiveRequest = v.strictObject({
  title: line(1, 80),
  /** A planned show of the same host to put the shelf into; without it there is a new one. */
  showId: v.optional(id),
  /** Variants (of the real seller) that are to get the practised price; all others keep theirs. Each with that price, so that what is not seen any more does not go over. */
  prices: v.optional(v.pipe(v.array(v.strictObject({ variantId: id, priceMinor })), v.maxLength(SHELF_LIMIT * 4)), []),
  /** Of `made`: each becomes a product of the real seller, with its words, pictures, prices and the stock that was put in. */
  made: v.optional(v.pipe(v.array(id), v.maxLength(SHELF_LIMIT)), []),
});

/** How a coach stands in a show. `allowed` in every rehearsal of somebody they coach; in a real show only by its host. */
export const coachStandings = ['may-ask', 'asked', 'allowed', 'refused', 'ended'] as const;
export const coachStanding = v.picklist(coachStandings);
export type CoachStandingName = (typeof coachStandings)[number];

/** A show that a coach may be in, or may ask for: newest first. */
export const coachShow = v.object({ show, standing: coachStanding });
export type CoachShow = v.InferOutput<typeof coachShow>;

/** A coach as the host of a show sees them. */
export const showCoach = v.object({ coachId: id, name: v.string(), standing: coachStanding, askedAt: v.nullable(v.number()), isHere: v.boolean() });
export type ShowCoach = v.InferOutput<typeof showCoach>;

export const coachAnswer = v.strictObject({ isAllowed: v.boolean() });
