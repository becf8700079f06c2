// Owns who of a played audience is in the room: worked out of the acts that are behind, so that nothing has to be remembered of it. Pure.
import type { Plan, PlannedAct } from './plan.ts';

/** Who comes by an act, and who goes. */
export function comings({ act, viewer, count }: Pick<PlannedAct, 'act' | 'viewer' | 'count'>): { come: number[]; go: number[] } {
  if (viewer === null) return { come: [], go: [] };
  if (act === 'leave') return { come: [], go: [viewer] };
  if (act === 'burst') return { come: Array.from({ length: count ?? 0 }, (_, index) => viewer + index), go: [] };
  // Whoever does something is there.
  return { come: [viewer], go: [] };
}

export function roomAfter(plan: Pick<Plan, 'acts'>, played: number): Set<number> {
  const room = new Set<number>();
  for (const act of plan.acts.slice(0, played)) {
    const { come, go } = comings(act);
    for (const viewer of come) room.add(viewer);
    for (const viewer of go) room.delete(viewer);
  }
  return room;
}

/** Most people in the room at once. */
export function mostViewers(plan: Pick<Plan, 'acts'>): number {
  const room = new Set<number>();
  let most = 0;
  for (const act of plan.acts) {
    const { come, go } = comings(act);
    for (const viewer of come) room.add(viewer);
    for (const viewer of go) room.delete(viewer);
    most = Math.max(most, room.size);
  }
  return most;
}
