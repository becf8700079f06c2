// Owns what a replay shows when: the record of pins turned into replay time, chapters, the pins at each moment, totals. Pure.
import type { Recording } from '../../media/index.ts';
import type { PinRow } from '../shelf.ts';

/** Shorter than this a product was not explained: a slip of the thumb, or one on the way to the next. */
export const SHORTEST_CHAPTER_MS = 3_000;

/** A time one product was pinned while something was on the air, in replay ms. */
export interface Shown {
  productId: string;
  rank: number;
  startMs: number;
  endMs: number;
  /** Server clock of the pin, which may lie in a gap or before the first picture. */
  startedAt: number;
}

export interface Span {
  productId: string;
  startMs: number;
  endMs: number;
}

/** What was pinned only in gaps, before or after the show is left out. Ordered by start, then rank. */
export function shownIn(recording: Pick<Recording, 'toReplayMs' | 'durationMs'>, pins: readonly PinRow[]): Shown[] {
  return pins
    .map(({ productId, rank, startedAt, endedAt }) => ({
      productId,
      rank,
      startedAt,
      startMs: Math.round(recording.toReplayMs(startedAt)),
      endMs: Math.round(endedAt === null ? recording.durationMs : recording.toReplayMs(endedAt)),
    }))
    .filter((each) => each.endMs > each.startMs)
    .sort((a, b) => a.startMs - b.startMs || a.rank - b.rank);
}

/** Each time a product was explained (main pin). Interruptions too short for a chapter do not split one. */
export function chaptersOf(shown: readonly Shown[]): Span[] {
  const explained = joinNeighbours(shown.filter(({ rank }) => rank === 0));
  return joinNeighbours(explained.filter(({ startMs, endMs }) => endMs - startMs >= SHORTEST_CHAPTER_MS));
}

/** What is pinned from each moment on at which it changes, the main pin first. What is pinned at the end stays to the last picture. */
export function pinsOver(shown: readonly Shown[], durationMs: number): { atMs: number; productIds: string[] }[] {
  const changes = [...new Set(shown.flatMap(({ startMs, endMs }) => [startMs, endMs]))].filter((atMs) => atMs < Math.round(durationMs)).sort((a, b) => a - b);
  const timeline: { atMs: number; productIds: string[] }[] = [];
  for (const atMs of changes) {
    const current = shown.filter(({ startMs, endMs }) => startMs <= atMs && atMs < endMs).sort((a, b) => a.rank - b.rank);
    const productIds = current.map(({ productId }) => productId);
    if (productIds.join() !== timeline.at(-1)?.productIds.join()) timeline.push({ atMs, productIds });
  }
  return timeline;
}

/** How long each product was the main pin in all, the longest first. */
export function totalsOf(shown: readonly Shown[]): { productId: string; totalMs: number }[] {
  const totals = new Map<string, number>();
  for (const { productId, rank, startMs, endMs } of shown) {
    if (rank === 0) totals.set(productId, (totals.get(productId) ?? 0) + endMs - startMs);
  }
  return [...totals].map(([productId, totalMs]) => ({ productId, totalMs })).sort((a, b) => b.totalMs - a.totalMs);
}

/** Joins what follows the same product within the length of a slip; spans come ordered by start. */
export function joinNeighbours(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { productId, startMs, endMs } of spans) {
    const last = joined.at(-1);
    if (last?.productId === productId && startMs - last.endMs < SHORTEST_CHAPTER_MS) last.endMs = Math.max(last.endMs, endMs);
    else joined.push({ productId, startMs, endMs });
  }
  return joined;
}
