// Owns where a host stands in the script: which step, how long it still has, and how far the show is before or behind it. Pure.
import type { ScriptStep } from '../../../server/protocol/scripts.ts';

/** Where a host is. Times on the server's clock, ms. */
export interface Place {
  index: number;
  /** When this step began; null: it waits for the show. */
  since: number | null;
}

/** The step that belongs to a product that was pinned just now; null: none does. */
export function stepForPin(steps: readonly ScriptStep[], index: number, productId: string): number | null {
  if (steps[index]?.productId === productId) return index;
  const later = steps.findIndex((step, at) => at > index && step.productId === productId);
  if (later !== -1) return later;
  const earlier = steps.findIndex((step) => step.productId === productId);
  return earlier === -1 ? null : earlier;
}

/** Seconds that a step still has; below 0 it takes longer than planned. */
export function secondsLeft(steps: readonly ScriptStep[], { index, since }: Place, now: number): number {
  const planned = steps[index]?.seconds ?? 0;
  return since === null ? planned : Math.round(planned - (now - since) / 1000);
}

/** Seconds behind the plan; below 0 before it. A step that is not over yet delays nothing. */
export function secondsBehind(steps: readonly ScriptStep[], place: Place, startedAt: number, now: number): number {
  const before = steps.slice(0, place.index).reduce((sum, { seconds }) => sum + seconds, 0);
  const inStep = place.since === null ? 0 : Math.min(steps[place.index]?.seconds ?? 0, (now - place.since) / 1000);
  return Math.round((now - startedAt) / 1000 - before - inStep);
}

export function totalSeconds(steps: readonly Pick<ScriptStep, 'seconds'>[]): number {
  return steps.reduce((sum, { seconds }) => sum + seconds, 0);
}
