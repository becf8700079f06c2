// Owns the list of shows as people look for them: what is live, what is coming, what can be watched again.
import type { Programme } from '../protocol/programme.ts';
import type { Clock } from '../platform/clock.ts';
import type { Shows } from './shows.ts';

/** A show that nobody started half a day after its time is not coming any more. */
const MISSED_MS = 12 * 3600_000;

/** What is known of replays. */
export interface ReplayDurations {
  /** Length in ms of those that can be watched now. */
  durations(showIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

export interface ProgrammeDeps {
  shows: Shows;
  replays: ReplayDurations;
  viewers: (showId: string) => number;
  clock: Clock;
}

/** The same for everybody: hidden shows are in nobody's programme, so that a cache may keep it. */
export async function readProgramme(
  { shows, replays, viewers, clock }: ProgrammeDeps,
  filter: { sellerId?: string | undefined; hostId?: string | undefined; limit: number },
): Promise<Programme> {
  const serverTime = clock.now();
  const found = await shows.programme({ ...filter, plannedAfter: serverTime - MISSED_MS });
  const durations = await replays.durations(found.filter(({ status }) => status === 'ended').map(({ id }) => id));
  return {
    entries: found.map((show) => {
      const durationMs = durations.get(show.id);
      const isOnAir = show.status === 'live' || show.status === 'paused';
      return { show, viewers: isOnAir ? viewers(show.id) : null, replay: durationMs === undefined ? null : { durationMs } };
    }),
    serverTime,
  };
}
