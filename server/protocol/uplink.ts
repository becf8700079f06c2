// Owns what the operator is told of the uplink budget: the line, who takes what of it, and what was decided lately and why.
import * as v from 'valibot';
import { id } from './ids.ts';
import { levels } from './media.ts';

const kbps = v.number();
const counts = v.object({ full: v.number(), small: v.number(), sound: v.number() });

/**
 * `lowered`, `raised`: viewers got less, or more again. `entered-lower`: they came in with less than they wished. `queued`: they wait.
 * `sent-to-hls`: a cache serves them. `host-advised`: the host was told to send something else.
 */
export const uplinkChanges = ['lowered', 'raised', 'entered-lower', 'queued', 'sent-to-hls', 'host-advised'] as const;
export type UplinkChange = (typeof uplinkChanges)[number];

const advice = v.object({
  /** Cap of the host's large layer; null: none. */
  maxVideoKbps: v.nullable(kbps),
  maxSmallKbps: v.nullable(kbps),
  opusPacketMs: v.picklist([20, 60]),
});

export const uplinkDecision = v.object({
  at: v.number(),
  showId: id,
  title: v.string(),
  change: v.picklist(uplinkChanges),
  /** What they have now; null where they are not in, or for the host. */
  level: v.nullable(v.picklist(levels)),
  reason: v.nullable(v.picklist(['uplink', 'processor'])),
  /** How many viewers it met. */
  viewers: v.number(),
  advice: v.nullable(advice),
  /** The same as a sentence, in English. */
  text: v.string(),
});
export type UplinkDecision = v.InferOutput<typeof uplinkDecision>;

export const uplinkShow = v.object({
  showId: id,
  title: v.string(),
  /** Who are sent something over WebRTC. */
  viewers: v.number(),
  /** Null without a budget: nobody counts who has what. */
  levels: v.nullable(counts),
  /** Of those who have less than the large picture: why. */
  lessFor: v.object({ uplink: v.number(), processor: v.number(), wish: v.number() }),
  queued: v.number(),
  /** kbit/s that one viewer takes in the dearest second; null: there is no such layer. */
  rates: v.nullable(v.object({ audioKbps: v.nullable(kbps), smallKbps: v.nullable(kbps), fullKbps: v.nullable(kbps) })),
  /** kbit/s that its viewers take in the dearest second. */
  plannedKbps: kbps,
  advice: v.nullable(advice),
});
export type UplinkShow = v.InferOutput<typeof uplinkShow>;

export const uplinkReport = v.object({
  at: v.number(),
  /** Whether there is a budget at all (`FIELDCAST_UPLINK_KBPS`). Without one nothing is measured. */
  isLimited: v.boolean(),
  /** The budget is found out from what viewers report, not set. */
  isEstimated: v.boolean(),
  hasHlsCache: v.boolean(),
  line: v.object({
    /** Null: not limited, or not found out yet. */
    uplinkKbps: v.nullable(kbps),
    /** Kept for signalling and orders, or what HTTP really takes. */
    reservedKbps: kbps,
    /** What the allotted levels take in the dearest second. */
    plannedKbps: kbps,
    freeKbps: v.nullable(kbps),
    /** What viewers would take at what they wish. */
    wantedKbps: kbps,
  }),
  /** What really left in the last second. */
  sent: v.object({ mediaKbps: kbps, httpKbps: kbps }),
  /** Processor time of the server itself, ms in a second. */
  serverMs: v.number(),
  workers: v.array(v.object({ workerId: v.string(), kbps, processorMs: v.number(), budgetMs: v.number() })),
  levels: counts,
  queued: v.number(),
  shows: v.array(uplinkShow),
  /** The newest first, at most 50. */
  decisions: v.array(uplinkDecision),
  /** The last ten minutes, the oldest first; each stands for ten seconds, with its dearest second. */
  series: v.array(v.object({ at: v.number(), sentKbps: kbps, plannedKbps: kbps, wantedKbps: kbps, viewers: v.number(), queued: v.number() })),
});
export type UplinkReport = v.InferOutput<typeof uplinkReport>;
