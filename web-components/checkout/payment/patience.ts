// Owns how long a buyer waits for an answer about money: calls are repeated while that may help, and never beyond 10 s.
import { isRetryable, type Outcome } from '../../show/index.ts';

/** Whatever fails, the buyer is told and has a way on within 10 s. */
export const PATIENCE_MS = 9_500;
export const CALL_TIMEOUT_MS = 9_000;
export const RETRY_MS = 1_000;

/** A signal that aborts when the buyer's patience is over; `end()` when it is no longer needed. */
export function patience(): { signal: AbortSignal; end(): void } {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  return { signal: abort.signal, end: () => clearTimeout(timer) };
}

/** Repeats a call whose failure may pass, until it is answered or `signal` ends it. Answers the last that somebody said, else the last outcome. */
export async function insist<T>(signal: AbortSignal, ask: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  let said: Outcome<T> | null = null;
  for (;;) {
    const outcome = await ask();
    if (outcome.ok || !isRetryable(outcome.error)) return outcome;
    if (outcome.error.status > 0) said = outcome;
    if (!(await paused(Math.max(RETRY_MS, outcome.error.retryAfterMs ?? 0), signal))) return said ?? outcome;
  }
}

/** Waits; answers false when `signal` ends it first. */
export function paused(delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Rejects when `signal` aborts. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error('nobody waits any longer'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
