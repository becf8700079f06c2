// Owns which seconds of a replay belong to an ordered product: what the buyer saw of it before ordering. Pure.
import { CLIP_LIMIT_MS } from '../../protocol/replay.ts';
import type { Recording } from '../../media/index.ts';
import { joinNeighbours, type Shown } from './shown.ts';

/** How far before the order the seconds begin when the product was not pinned. */
const BEFORE_ORDER_MS = 60_000;
/** Less than this shows nothing. */
const SHORTEST_MS = 1_000;

export interface Moment {
  fromMs: number;
  toMs: number;
  why: 'pinned' | 'before-order';
}

/**
 * The last time before the order that the product was pinned, else the minute before the order.
 * @returns undefined when it was ordered off the air and never pinned before
 */
export function momentOf(productId: string, placedAt: number, shown: readonly Shown[], recording: Recording): Moment | undefined {
  const orderMs = Math.round(recording.toReplayMs(placedAt));
  const before = shown.filter((each) => each.productId === productId && each.startedAt <= placedAt);
  const pinned = joinNeighbours(before).findLast(({ startMs, endMs }) => endMs - startMs >= SHORTEST_MS);
  if (pinned) return { ...around(orderMs, pinned), why: 'pinned' };

  const isOnAir = placedAt > recording.startedAt && placedAt <= recording.toServerMs(recording.durationMs);
  const fromMs = Math.max(0, orderMs - BEFORE_ORDER_MS);
  return isOnAir && orderMs - fromMs >= SHORTEST_MS ? { fromMs, toMs: orderMs, why: 'before-order' } : undefined;
}

/** Of a long pin the part that leads up to the order, as long as a clip may be. */
function around(orderMs: number, { startMs, endMs }: { startMs: number; endMs: number }): { fromMs: number; toMs: number } {
  if (endMs - startMs <= CLIP_LIMIT_MS) return { fromMs: startMs, toMs: endMs };
  const toMs = Math.min(endMs, Math.max(orderMs, startMs + CLIP_LIMIT_MS));
  return { fromMs: toMs - CLIP_LIMIT_MS, toMs };
}
