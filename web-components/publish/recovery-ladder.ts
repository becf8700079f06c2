// Owns the ladder by which sending comes back: its steps, how long each may take, and when trying again is of no use.

/** How far recovery has gone; each step costs viewers more than the one before. */
export type RecoveryStep = 'ice' | 'transport' | 'rejoin';

export const STEP_LIMIT_MS: Readonly<Record<RecoveryStep, number>> = { ice: 4000, transport: 7000, rejoin: 10_000 };
export const NEXT_STEP: Readonly<Record<RecoveryStep, RecoveryStep>> = { ice: 'transport', transport: 'rejoin', rejoin: 'rejoin' };
const RANK: Readonly<Record<RecoveryStep, number>> = { ice: 0, transport: 1, rejoin: 2 };
const BACKOFF_MS = [300, 1000, 2000, 4000, 8000];
/** Codes that trying again does not change. */
const FINAL_CODES: ReadonlySet<string> = new Set(['show.ended', 'show.wrong-state', 'not-found', 'auth.forbidden', 'media.unsupported', 'publish.taken']);

/** Whether a run at `step` does all that `other` would. */
export function covers(step: RecoveryStep, other: RecoveryStep): boolean {
  return RANK[step] >= RANK[other];
}

/** How long to wait after the given attempt (1, 2, ...) before the next rejoin, ms: spread by half, so that all do not come at once. */
export function backoffMs(attempt: number, random = Math.random): number {
  return (BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length) - 1] ?? 0) * (0.5 + random());
}

/** The server's code for a refusal that stands, or null where trying again may help. */
export function finalCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && FINAL_CODES.has(code) ? code : null;
}
