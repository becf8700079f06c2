// Owns the shapes of a show, its shelf as viewers see it, and the snapshot a page starts or resumes from.
import * as v from 'valibot';
import { id } from './ids.ts';
import { currency } from './money.ts';
import { wayToPay } from './payments.ts';
import { replayStates } from './replay.ts';
import { line, timestampMs } from './text.ts';
import { PIN_LIMIT, product, SHELF_LIMIT } from './shop.ts';

/** `paused` is "host away, within the grace time": the shelf goes on selling. */
export const showStatuses = ['planned', 'live', 'paused', 'ended'] as const;
export type ShowStatus = (typeof showStatuses)[number];

/** A rehearsal is in no list, calendar or figure, and only its staff, its coaches and its played viewers come in. */
export const showKinds = ['live', 'rehearsal'] as const;
export type ShowKind = (typeof showKinds)[number];

export const show = v.object({
  id,
  kind: v.picklist(showKinds),
  title: v.string(),
  status: v.picklist(showStatuses),
  sellerId: id,
  sellerName: v.string(),
  hostId: id,
  hostName: v.string(),
  currency,
  posterPictureId: v.nullable(id),
  plannedAt: v.nullable(v.number()),
  startedAt: v.nullable(v.number()),
  pausedAt: v.nullable(v.number()),
  /** When a paused show ends by itself unless the host comes back (ms since epoch). */
  graceUntil: v.nullable(v.number()),
  endedAt: v.nullable(v.number()),
  /** The page on which it is watched, where a shop has one of its own. */
  pageUrl: v.nullable(v.string()),
  /** Whether viewers need a code. */
  needsCode: v.boolean(),
  /** Whether lists leave it out. */
  isHidden: v.boolean(),
});
export type Show = v.InferOutput<typeof show>;

/** Address of a page in ASCII, as a browser's address bar copies it. */
const pageUrl = v.pipe(
  v.string(),
  v.maxLength(500),
  v.regex(/^https?:\/\/[a-z0-9.:[\]-]+([/?#][!#-;=?-Z[\]_a-z~]*)?$/i, 'an address such as https://shop.example.org/live'),
);

export const showRequest = v.strictObject({
  title: line(1, 80),
  sellerId: v.optional(id),
  /** An existing host; or `hostName` makes a new one. */
  hostId: v.optional(id),
  hostName: v.optional(line(1, 60)),
  plannedAt: v.optional(timestampMs),
  posterPictureId: v.optional(id),
  pageUrl: v.optional(pageUrl),
});

export const showPatch = v.strictObject({
  title: v.optional(line(1, 80)),
  plannedAt: v.optional(v.nullable(timestampMs)),
  posterPictureId: v.optional(v.nullable(id)),
  pageUrl: v.optional(v.nullable(pageUrl)),
});

export const host = v.object({ id, name: v.string() });
export type Host = v.InferOutput<typeof host>;

/** The whole shelf in order. Ids not named leave the shelf. */
export const shelfRequest = v.strictObject({ productIds: v.pipe(v.array(id), v.maxLength(SHELF_LIMIT)) });
/** Pinned products, the main one first. An empty list unpins all. */
export const pinsRequest = v.strictObject({ productIds: v.pipe(v.array(id), v.maxLength(PIN_LIMIT)) });

/** Everything a page needs to draw a show. `seq` is the newest event it contains. */
export const showSnapshot = v.object({
  show,
  /** In the host's order. */
  shelf: v.array(product),
  /** Product ids, the main one first. */
  pins: v.array(id),
  /** How its goods can be paid for, in the order to offer them; never empty. */
  ways: v.array(wayToPay),
  viewers: v.number(),
  /** Whether it can be watched again: `GET /api/v1/shows/{showId}/replay`. */
  replay: v.picklist(replayStates),
  seq: v.number(),
  /** The server's clock, ms since epoch: pages count down by it, not by the phone's. */
  serverTime: v.number(),
});
export type ShowSnapshot = v.InferOutput<typeof showSnapshot>;
