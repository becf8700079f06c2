// Owns reading a replay's times: what was pinned and explained when, and times as people write and link them. Pure.
import { type Chapter, MOMENT_PARAMETER, type Replay } from '../../server/protocol/replay.ts';

/** Products pinned at a replay time, the main one first. */
export function pinsAt({ pins }: Pick<Replay, 'pins'>, timeMs: number): readonly string[] {
  return pins.findLast(({ atMs }) => atMs <= timeMs)?.productIds ?? [];
}

/** What is explained at a replay time. */
export function chapterAt({ chapters }: Pick<Replay, 'chapters'>, timeMs: number): Chapter | null {
  return chapters.findLast(({ startMs, endMs }) => startMs <= timeMs && timeMs < endMs) ?? null;
}

/** Every time a product was explained, in order. */
export const explanationsOf = ({ chapters }: Pick<Replay, 'chapters'>, productId: string): Chapter[] => chapters.filter((chapter) => chapter.productId === productId);

/** `2:05`, `1:02:05`. */
export function clockText(timeMs: number): string {
  const seconds = Math.max(0, Math.floor(timeMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The moment that a page's address names, as `#t=135` or `?t=135` (seconds) or `t=2:15`; null where it names none. */
export function momentIn(address: string): number | null {
  const { hash, searchParams } = new URL(address);
  const written = new URLSearchParams(hash.slice(1)).get(MOMENT_PARAMETER) ?? searchParams.get(MOMENT_PARAMETER) ?? '';
  const match = /^(?:(\d{1,2}):(?=\d{1,2}:))?(?:(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)s?$/.exec(written);
  if (!match) return null;
  const [, hours = 0, minutes = 0, seconds = 0] = match.map(Number);
  return Math.round(((hours || 0) * 3600 + (minutes || 0) * 60 + (seconds || 0)) * 1000);
}

/** A page's address at a moment, to be handed on. */
export function addressAt(address: string, timeMs: number): string {
  const url = new URL(address);
  const fragment = new URLSearchParams(url.hash.slice(1));
  // A fragment that is the page's own, not ours, stays.
  if (fragment.has(MOMENT_PARAMETER)) url.hash = '';
  url.searchParams.set(MOMENT_PARAMETER, String(Math.floor(timeMs / 1000)));
  return url.href;
}
