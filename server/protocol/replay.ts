// Owns the shapes of what is left of a show: its replay, chapters, the record of pins, an order's moments, and the room recordings take.
// Times that end in `Ms` are replay time: ms from the first picture, gaps of drops left out. Times named `...At` or `at` are the server's clock.
import * as v from 'valibot';
import { id } from './ids.ts';

/** Longest clip that anybody who may watch can take. */
export const CLIP_LIMIT_MS = 5 * 60_000;
/** Query parameter by which a page opens a replay at a moment, in whole seconds of replay time: `?show=shw_...&t=83`. */
export const MOMENT_PARAMETER = 't';

const ms = v.number();

/** `recording`: the show goes on and can be watched again later; `ready`: it can be watched now; `none`: there is (no longer) any. */
export const replayStates = ['recording', 'ready', 'none'] as const;
export type ReplayState = (typeof replayStates)[number];

/** A part of the show without a gap, 10 minutes at most. What happened at `at + n` is seen at `startMs + n`, for n below `endMs - startMs`. */
export const replayStretch = v.object({ startMs: ms, endMs: ms, at: v.number() });
export type ReplayStretch = v.InferOutput<typeof replayStretch>;

/** One time that one product was explained (main pin) while something was on the air. A product may have several. */
export const chapter = v.object({
  productId: id,
  /** As the product is called now, also when it has left the shelf. */
  name: v.string(),
  pictureId: v.nullable(id),
  startMs: ms,
  endMs: ms,
  /** Path on the server of a frame of it in width 480; 404 on a server without the decoder. */
  thumbnailUrl: v.string(),
  /** Path on the server of it as MP4, cut at key frames, 5 minutes at most. */
  clipUrl: v.string(),
});
export type Chapter = v.InferOutput<typeof chapter>;

export const replay = v.object({
  showId: id,
  state: v.picklist(['recording', 'ready']),
  /** Server clock of the first picture. */
  startedAt: v.number(),
  /** So far, while it is being recorded. */
  durationMs: ms,
  /** Path on the server of the HLS playlist, with its pass when the show is gated; null while it is being recorded. */
  hlsUrl: v.nullable(v.string()),
  /** Path on the server of a picture for before it plays: the show's poster, else a frame. */
  posterUrl: v.string(),
  /** Path on the server of any frame, with `{ms}` and `{width}` (160, 480 or 1080) to be filled in. */
  frameUrl: v.string(),
  /** Path on the server of a clip as MP4, with `{from}` and `{to}` in ms to be filled in; 5 minutes at most. */
  clipUrl: v.string(),
  /** By these a page turns the server's clock (chat) into replay time. */
  stretches: v.array(replayStretch),
  /** In the order they were shown. */
  chapters: v.array(chapter),
  /** What was pinned from `atMs` on, the main pin first; in order of time. */
  pins: v.array(v.object({ atMs: ms, productIds: v.array(id) })),
  /** How long each product was explained in all, the longest first. */
  explained: v.array(v.object({ productId: id, totalMs: ms })),
  /** When it will be deleted at the latest. */
  keptUntil: v.nullable(v.number()),
});
export type Replay = v.InferOutput<typeof replay>;

/** One time a product was pinned, for staff. `startMs` and `endMs` are null when nothing of it is in the replay. */
export const pinEntry = v.object({
  productId: id,
  name: v.string(),
  /** 0 is the main pin. */
  rank: v.number(),
  startedAt: v.number(),
  /** Null while it is pinned. */
  endedAt: v.nullable(v.number()),
  startMs: v.nullable(ms),
  endMs: v.nullable(ms),
});
export type PinEntry = v.InferOutput<typeof pinEntry>;

/** Why an order has no moment: nothing was recorded, the replay is gone, or the product was not in the picture. */
export const noMomentReasons = ['not-recorded', 'deleted', 'not-shown'] as const;

/** The seconds of the replay that belong to what was ordered. */
export const orderMoment = v.object({
  productId: id,
  name: v.string(),
  fromMs: ms,
  toMs: ms,
  /** `pinned`: the last time before the order that it was explained; `before-order`: the minute before the order. */
  why: v.picklist(['pinned', 'before-order']),
  /** Whole address of the show's page at this moment. */
  url: v.string(),
  /** Path on the server of a frame of it in width 480. */
  thumbnailUrl: v.string(),
  /** Path on the server of it as MP4, 5 minutes at most. */
  clipUrl: v.string(),
});
export type OrderMoment = v.InferOutput<typeof orderMoment>;

export const orderMoments = v.object({
  orderId: id,
  showId: id,
  /** One per product of the order that was shown. */
  moments: v.array(orderMoment),
  /** Why `moments` is empty; null when it is not. */
  reason: v.nullable(v.picklist(noMomentReasons)),
  /** When the replay, and with it the moments, will be gone at the latest. */
  keptUntil: v.nullable(v.number()),
});
export type OrderMoments = v.InferOutput<typeof orderMoments>;

/** A recording as the operator sees it. */
export const storedRecording = v.object({
  showId: id,
  title: v.string(),
  sellerId: id,
  sellerName: v.string(),
  state: v.picklist(['recording', 'ready']),
  startedAt: v.number(),
  durationMs: ms,
  bytes: v.number(),
  /** When it is too old to be kept; earlier when room is short. Null while it is being recorded. */
  keptUntil: v.nullable(v.number()),
});
export type StoredRecording = v.InferOutput<typeof storedRecording>;

export const storage = v.object({
  /** Room that all recordings together may take. */
  budgetBytes: v.number(),
  usedBytes: v.number(),
  /** Free on the disk, and how much of that stays untouched for orders. */
  freeBytes: v.number(),
  reserveBytes: v.number(),
  /** `disk-full`: nothing is recorded until there is room again; live shows and orders go on. */
  state: v.picklist(['ok', 'disk-full']),
  /** What holds for sellers without a wish of their own. 0: replays are not kept. */
  retentionDays: v.number(),
  /** In the order in which they go. */
  recordings: v.array(storedRecording),
});
export type Storage = v.InferOutput<typeof storage>;
