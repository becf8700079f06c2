// Owns the shapes of what a coach and the host they coach have between them in a show: the line to the ear, cues, a raised hand, a shown pin, notes.
import * as v from 'valibot';
import { CUE_LIMIT, cuePresets, NOTE_LIMIT } from './coach-limits.ts';
import { id } from './ids.ts';
import { line, text, timestampMs } from './text.ts';

/** The line from a coach's mouth to the host's ear. */
export const whisperState = v.object({
  /** Name of the coach who holds it; null while nobody does. */
  coach: v.nullable(v.string()),
  isTalking: v.boolean(),
  /** Whether the host has an earpiece in; without one written cues arrive. */
  canHear: v.boolean(),
});
export type WhisperState = v.InferOutput<typeof whisperState>;

/** `POST /api/v1/shows/{showId}/cues`: one of those that are a tap, or a few words of the coach's own. */
export const cueRequest = v.union([v.strictObject({ preset: v.picklist(cuePresets) }), v.strictObject({ text: line(1, CUE_LIMIT) })]);

export const cue = v.object({
  id,
  preset: v.nullable(v.picklist(cuePresets)),
  /** Null of a preset. */
  text: v.nullable(v.string()),
  /** Name of the coach. */
  by: v.string(),
  /** ms since epoch, the server's clock. */
  at: v.number(),
  /** When the host tapped that it was seen; null before. */
  seenAt: v.nullable(v.number()),
});
export type Cue = v.InferOutput<typeof cue>;

/** Since when the host's hand is up, ms since epoch; null while it is not. */
export const hand = v.object({ raisedAt: v.nullable(v.number()) });
export type Hand = v.InferOutput<typeof hand>;
export const handRequest = v.strictObject({ isUp: v.boolean() });

/** A coach shows how: this product is pinned until it is given back, by the coach or by the host, or until the coach goes. */
export const demo = v.object({ by: v.string(), productId: id });
export type Demo = v.InferOutput<typeof demo>;
export const demoRequest = v.strictObject({ productId: id });
/** What stands now; null: nothing is shown. */
export const demoState = v.object({ demo: v.nullable(demo) });

export const coachDesk = v.object({
  whisper: whisperState,
  hand,
  demo: v.nullable(demo),
  /** The newest first. */
  cues: v.array(cue),
  /** Names of coaches who are here now. */
  coaches: v.array(v.string()),
});
export type CoachDesk = v.InferOutput<typeof coachDesk>;

export const noteRequest = v.strictObject({
  text: text(1, NOTE_LIMIT),
  /** The server's clock when what it is about happened; now without it. What lies in the future counts as now. */
  at: v.optional(timestampMs),
});
export const notePatch = v.strictObject({ text: text(1, NOTE_LIMIT) });

/** Seen by coaches of the show and by nobody else. */
export const note = v.object({
  id,
  text: v.string(),
  /** What it is about, ms since epoch. */
  at: v.number(),
  by: v.string(),
  /** Whether the caller wrote it, and so may change it. */
  isOwn: v.boolean(),
});
export type Note = v.InferOutput<typeof note>;
