// Owns what a viewer's page measures and sends: batches of events as short arrays, because a heartbeat goes out every ten seconds on dear data.
import * as v from 'valibot';
import { QUANTITY_LIMIT } from './order-limits.ts';
import { id } from './ids.ts';

/** A page that plays proves its watch time this often. */
export const HEARTBEAT_MS = 10_000;
/** The most that one heartbeat can prove: a late timer proves more than it should have waited for, a forged one no day. */
export const HEARTBEAT_MOST_MS = 20_000;
/** A device is online while its last heartbeat is no older. */
export const ONLINE_MS = 15_000;
/** What happened longer ago than this when it arrives is not taken any more. */
export const LATE_MS = 3600_000;
/** A page that watches tells of it no more often than this, its first heartbeat apart: a batch of one would be ten bytes of news in a hundred and fifty. */
export const TELL_LEAST_MS = 20_000;
/** However many watch, it tells of it at least this often. */
export const TELL_MOST_MS = 60_000;
export const TELEMETRY_EVENTS_MOST = 60;
export const TELEMETRY_BYTES_MOST = 8_000;

/** By which way picture and sound reach a device; the index is what is sent. `sound` is the voice without the picture. */
export const watchPaths = ['udp', 'tcp', 'turn', 'hls', 'sound', 'replay'] as const;
export type WatchPath = (typeof watchPaths)[number];
/** What a viewer did beside watching and buying; the index is what is sent. */
export const deeds = ['comment', 'like', 'share', 'follow', 'report', 'not-interested'] as const;
export type Deed = (typeof deeds)[number];

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
/** Ms on the page's own clock: any that goes on evenly, the same for the whole life of the page. */
const moment = whole(0, 1e14);
const path = whole(0, watchPaths.length - 1);
const flag = whole(0, 1);

/**
 * The first number says what it is, the second when (page clock). A watch time or a stall ends at that moment. `seen`: the pinned card or
 * the row was visible for a second; `reach`: half of the player was, whether or not it played; `entry`: picture or sound began to arrive.
 */
export const telemetryEvents = {
  /** `[0, at]` */
  reach: v.strictTuple([v.literal(0), moment]),
  /** `[1, at, path, followsSeller]` */
  entry: v.strictTuple([v.literal(1), moment, path, flag]),
  /** `[2, at, playedMs, path, kilobytes]` */
  watch: v.strictTuple([v.literal(2), moment, whole(1, HEARTBEAT_MOST_MS), path, whole(0, 50_000)]),
  /** `[3, at, tookMs, path]` from the wish to watch to the first picture or sound */
  start: v.strictTuple([v.literal(3), moment, whole(0, 300_000), path]),
  /** `[4, at, path]` */
  failed: v.strictTuple([v.literal(4), moment, path]),
  /** `[5, at, lastedMs, path]` */
  stall: v.strictTuple([v.literal(5), moment, whole(1, 600_000), path]),
  /** `[6, at, productId]` */
  seen: v.strictTuple([v.literal(6), moment, id]),
  /** `[7, at, productId]` */
  opened: v.strictTuple([v.literal(7), moment, id]),
  /** `[8, at, productId, units]` */
  carted: v.strictTuple([v.literal(8), moment, id, whole(1, QUANTITY_LIMIT)]),
  /** `[9, at]` */
  checkout: v.strictTuple([v.literal(9), moment]),
  /** `[10, at, deed, count]` */
  did: v.strictTuple([v.literal(10), moment, whole(0, deeds.length - 1), whole(1, 100)]),
} as const;

const byCode = new Map(Object.values(telemetryEvents).map((schema) => [schema.items[0].literal as number, schema]));
const unknown = v.never();
/** Looked up by its first number: trying one shape after the other was most of the time of a batch. */
export const telemetryEvent = v.lazy((input) => (Array.isArray(input) ? byCode.get(input[0] as number) : undefined) ?? unknown);
export type TelemetryEvent = { [K in keyof typeof telemetryEvents]: v.InferOutput<(typeof telemetryEvents)[K]> }[keyof typeof telemetryEvents];

/** Letters, digits, `_` and `-`. */
const randomId = (least: number, most: number) => v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9_-]{${least},${most}}$`), 'not an id'));

/**
 * One batch. A page sends its batches one after the other, and one that got no answer again under its number, with a new `t` and otherwise
 * as it was; that number counts once.
 */
export const telemetryBatch = v.pipe(
  v.strictObject({
    /** Device: random, made by the page for this show and kept for it alone. */
    d: randomId(16, 32),
    /** Page: random for each life of a page. */
    p: randomId(4, 16),
    /** 0, 1, 2, ... of this page. */
    n: whole(0, 1_000_000),
    /** Page clock when this batch leaves. */
    t: moment,
    /** 1 while the replay is watched. */
    w: v.optional(flag, 0),
    /** The viewer's or staff's token; in the first batch of a page is enough. */
    k: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
    /** 1, beside `k`: this person agrees to be known again in other shows; without it they agree no more. */
    c: v.optional(flag, 0),
    e: v.pipe(v.array(telemetryEvent), v.minLength(1), v.maxLength(TELEMETRY_EVENTS_MOST)),
  }),
  v.check(({ t, e }) => (e as TelemetryEvent[]).every(([, at]) => at <= t), 'an event after its own sending'),
);
/** What a batch that was taken is answered with. */
export const telemetryTaken = v.object({
  /** From now on one batch in so long is enough, ms; without it in 20 s. Heartbeats are measured as often as ever. */
  everyMs: v.optional(whole(TELL_LEAST_MS, TELL_MOST_MS)),
});
export type TelemetryTaken = v.InferOutput<typeof telemetryTaken>;
export type TelemetryBatch = Omit<v.InferOutput<typeof telemetryBatch>, 'e'> & { e: TelemetryEvent[] };
