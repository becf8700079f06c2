// Owns when the visits after a class are: one, two, four and eight weeks after its last meeting, unless somebody moved one. Pure.
import { type Visit, visitWeeks } from '../../protocol/follow-up.ts';

const DAY_MS = 24 * 3600_000;
const WEEK_MS = 7 * DAY_MS;
/** What is due within so long is told of. */
export const SOON_MS = WEEK_MS;

export interface NotedVisit {
  week: number;
  state: Visit['state'];
  note: string;
  plannedAt: number | null;
  markedAt: number | null;
  byName: string;
}

/** All visits of one trainee, in their order. @param endsAt of the last meeting */
export function visitsAfter(endsAt: number, noted: readonly NotedVisit[]): Visit[] {
  return visitWeeks.map((week) => {
    const row = noted.find((each) => each.week === week);
    return {
      week,
      plannedAt: row?.plannedAt ?? endsAt + week * WEEK_MS,
      isMoved: row !== undefined && row.plannedAt !== null,
      state: row?.state ?? 'planned',
      markedAt: row?.markedAt ?? null,
      byName: row?.byName ?? '',
      note: row?.note ?? '',
    };
  });
}

/** Whether to tell of a visit: it is to be made within a week, or should have been. */
export function isDue({ state, plannedAt }: Visit, now: number): boolean {
  return state === 'planned' && plannedAt <= now + SOON_MS;
}

/** A visit is late from the day after the one it was planned for. */
export function isLate({ state, plannedAt }: Visit, now: number): boolean {
  return state === 'planned' && plannedAt + DAY_MS < now;
}
