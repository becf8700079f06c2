// Owns the rule which show a shop's page shows when it names none: live, else paused, else the next planned one.
import type { Show } from '../server/protocol/index.ts';

/** The show to lead with, or undefined when all have ended. A planned show without a time is ready at any moment, so it comes first. */
export function currentShow(shows: readonly Show[]): Show | undefined {
  const planned = shows.filter((show) => show.status === 'planned').sort((one, other) => (one.plannedAt ?? 0) - (other.plannedAt ?? 0));
  return shows.find((show) => show.status === 'live') ?? shows.find((show) => show.status === 'paused') ?? planned[0];
}
