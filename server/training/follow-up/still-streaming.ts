// Owns what "still streaming" means: on the 30th and on the 90th day after a class, had they been on the air in the 30 days up to then. Pure.
import { STILL_WINDOW_DAYS, stillDays, type StillShare } from '../../protocol/follow-up.ts';

const DAY_MS = 24 * 3600_000;

/**
 * In the order of `stillDays`; null before that day.
 * @param starts when they began shows (ms since epoch); null: nobody knows which shows are theirs
 */
export function stillStreaming(starts: readonly number[] | null, endsAt: number, now: number): (boolean | null)[] {
  return stillDays.map((day) => {
    const until = endsAt + day * DAY_MS;
    if (now < until) return null;
    const since = Math.max(endsAt, until - STILL_WINDOW_DAYS * DAY_MS);
    return starts !== null && starts.some((at) => at > since && at <= until);
  });
}

/** Shares of one class. Who is connected with no shows counts as not streaming, and is told beside. */
export function sharesOf(people: readonly { isStreaming: readonly (boolean | null)[]; isHostKnown: boolean }[], endsAt: number, now: number): StillShare[] {
  return stillDays.map((day, index) => ({
    day,
    streaming: now < endsAt + day * DAY_MS ? null : people.filter((each) => each.isStreaming[index] === true).length,
    of: people.length,
    unknown: people.filter((each) => !each.isHostKnown).length,
  }));
}

/** Shares over several classes: sums of those whose day has come, never an average of shares. */
export function sharesTogether(classes: readonly (readonly StillShare[])[]): StillShare[] {
  return stillDays.map((day) => {
    const come = classes.flatMap((shares) => shares.filter((each) => each.day === day && each.streaming !== null));
    const sum = (value: (share: StillShare) => number): number => come.reduce((total, share) => total + value(share), 0);
    return { day, streaming: come.length === 0 ? null : sum(({ streaming }) => streaming ?? 0), of: sum(({ of }) => of), unknown: sum(({ unknown }) => unknown) };
  });
}
