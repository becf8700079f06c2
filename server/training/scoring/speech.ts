// Owns silence and dead air, from how loud each second was. Pure.

/** One second of the host's sound; level 0 to 100, −60 dBFS and less being 0. */
export interface Loud {
  at: number;
  level: number;
}

export interface Speech {
  measuredSeconds: number;
  /** In pauses of 3 s and more. */
  silentSeconds: number;
  /** In the order of time. */
  deadAir: { at: number; seconds: number }[];
}

/** A breath, or a look at the fruit, is no silence. */
const PAUSE_SECONDS = 3;
/** Viewers leave. */
export const DEAD_AIR_SECONDS = 8;
/** Under this (−45 dBFS) nothing is a voice, over this (−30 dBFS) everything near a phone is: wind and a yard lie between. */
const NO_VOICE = 25;
const SURELY_VOICE = 50;
/** How far from the quietest fifth to the loudest tenth the voice begins. */
const VOICE_FROM = 0.4;
/** Seconds that were not measured tear a pause apart. */
const GAP_MS = 1_500;

/** @param seconds in the order of time; seconds that were not measured are missing */
export function speechOf(seconds: readonly Loud[]): Speech {
  const voiceFrom = voiceLevel(seconds.map(({ level }) => level));
  const pauses: { at: number; seconds: number }[] = [];
  let last: Loud | undefined;
  let isOpen = false;
  for (const second of seconds) {
    const isQuiet = second.level < voiceFrom;
    const follows = last !== undefined && second.at - last.at <= GAP_MS;
    const pause = pauses.at(-1);
    if (isQuiet && isOpen && follows && pause) pause.seconds += 1;
    else if (isQuiet) pauses.push({ at: second.at, seconds: 1 });
    isOpen = isQuiet;
    last = second;
  }
  const silent = pauses.filter((pause) => pause.seconds >= PAUSE_SECONDS);
  return {
    measuredSeconds: seconds.length,
    silentSeconds: silent.reduce((sum, pause) => sum + pause.seconds, 0),
    deadAir: silent.filter((pause) => pause.seconds >= DEAD_AIR_SECONDS),
  };
}

/** Between this show's own quiet and its own voice: a phone in a barn is not one in a kitchen. */
function voiceLevel(levels: readonly number[]): number {
  const sorted = levels.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  const quiet = at(0.2);
  return Math.min(SURELY_VOICE, Math.max(NO_VOICE, quiet + VOICE_FROM * (at(0.9) - quiet)));
}
