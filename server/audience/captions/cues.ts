// Owns where lines of captions stand in a replay: in its time, over the gaps of drops, two at once at the most. Pure.
import type { ReplayTimes } from '../../live/index.ts';

export interface SpokenLine {
  id: string;
  at: number;
  end_at: number;
  text: string;
}

/** A line in replay time. */
export interface Cue {
  id: string;
  startMs: number;
  endMs: number;
  text: string;
}

/** With the beginning of its stretch, before which it cannot stand. */
interface PlacedCue extends Cue {
  leastMs: number;
}

/** Who types is behind who speaks: what comes so soon after a picture broke off was said before it did. */
const LAG_MS = 15_000;
/** Of two long lines only the newer one is seen. */
const APIECE_MS = 1_000;
/** A line that would stand for less is given the seconds before. */
const SHORTEST_MS = 1_500;

/** @param lines in the order of time. @returns cues in the order of time; lines of when nothing was on the air are left out. */
export function cuesOf(lines: readonly SpokenLine[], times: ReplayTimes): Cue[] {
  const cues = inTurn(lines.flatMap((line) => placed(line, times) ?? []).sort((a, b) => a.startMs - b.startMs));
  // Three at once would cover the picture, and the third line is where reading is.
  return cues.map((cue, index) => ({ ...cue, endMs: Math.max(Math.min(cue.endMs, cues[index + 2]?.startMs ?? cue.endMs), cue.startMs + 1) }));
}

/** A long line is typed as two: the second would cover the first at once, so the first is given the seconds before. */
function inTurn(cues: readonly PlacedCue[]): Cue[] {
  let nextMs = Infinity;
  return cues
    .toReversed()
    .map(({ leastMs, ...cue }) => {
      nextMs = Math.min(cue.startMs, Math.max(leastMs, nextMs - APIECE_MS));
      return { ...cue, startMs: nextMs };
    })
    .toReversed();
}

function placed({ id, text, at, end_at: endAt }: SpokenLine, times: ReplayTimes): PlacedCue | null {
  const { stretches } = times;
  const lengthMs = Math.max(endAt - at, SHORTEST_MS);
  const ends = (stretch: ReplayTimes['stretches'][number]) => ({ endAt: stretch.at + stretch.durationMs, endMs: stretch.startMs + stretch.durationMs });
  const present = stretches.findLast((stretch) => stretch.at <= at);
  if (present && at < ends(present).endAt) return within(id, text, times.toReplayMs(at), times.toReplayMs(at) + lengthMs, present.startMs, ends(present).endMs);
  if (present && at - ends(present).endAt <= LAG_MS) return within(id, text, ends(present).endMs - lengthMs, ends(present).endMs, present.startMs, ends(present).endMs);
  const coming = stretches.find((stretch) => stretch.at > at && stretch.at < endAt);
  return coming ? within(id, text, coming.startMs, coming.startMs + endAt - coming.at, coming.startMs, ends(coming).endMs) : null;
}

function within(id: string, text: string, fromMs: number, toMs: number, leastMs: number, mostMs: number): PlacedCue {
  const endMs = Math.min(toMs, mostMs);
  const startMs = Math.max(leastMs, Math.min(fromMs, endMs - SHORTEST_MS));
  return { id, text, leastMs: Math.round(leastMs), startMs: Math.round(startMs), endMs: Math.round(Math.max(endMs, startMs + 1)) };
}
