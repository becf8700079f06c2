// Owns how a late picture comes nearer to the live edge: a little faster, which nobody hears, instead of a jump, which everybody sees. Pure.

/** Sound keeps its pitch; beyond a tenth speech begins to feel hurried. */
const FAST = 1.1;
const SLIGHT = 1.05;
/** Parts come every quarter of a second: with less in hand than two of them, speed would run into the end. hls.js itself asks for 1 s. */
const RESERVE_S = 0.55;

/**
 * @param behindS how much further from the live edge than the playlist asks for
 * @param bufferS what is loaded ahead of the picture
 */
export function catchUpRate(behindS: number, bufferS: number): number {
  if (behindS < 0.05 || bufferS < RESERVE_S) return 1;
  return behindS > 0.3 ? FAST : SLIGHT;
}
