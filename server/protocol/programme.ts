// Owns the shapes by which people find shows: the list of live, coming and past ones, and the link to share.
import * as v from 'valibot';
import { show } from './show.ts';

export const programmeEntry = v.object({
  show,
  /** Watching now; null when the show is not on the air. */
  viewers: v.nullable(v.number()),
  /** null: there is none (yet). */
  replay: v.nullable(v.object({ durationMs: v.number() })),
});
export type ProgrammeEntry = v.InferOutput<typeof programmeEntry>;

export const programme = v.object({
  entries: v.array(programmeEntry),
  /** The server's clock, ms since epoch: pages count down by it. */
  serverTime: v.number(),
});
export type Programme = v.InferOutput<typeof programme>;

/** No more than an invitation tells, so a gate does not close it. */
export const share = v.object({
  show,
  /** Where the show is watched: its own page when it has one. */
  url: v.string(),
  /** The same address as an SVG picture of a QR code. */
  qrSvg: v.string(),
});
export type Share = v.InferOutput<typeof share>;
