// Owns time, so that tests can own it instead.

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => unknown): () => void;
}

// setTimeout turns anything above 2^31-1 ms into 1 ms.
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(Math.max(delayMs, 0), LONGEST_MS));
    return () => clearTimeout(timer);
  },
};

/** `clock` as durations need it: when somebody sets it back it goes on from where it was, so that no time is lived twice. */
export function steady(clock: Clock): Clock {
  let last = clock.now();
  let aheadMs = 0;
  return {
    now() {
      const now = clock.now() + aheadMs;
      if (now < last) aheadMs += last - now;
      else last = now;
      return last;
    },
    after: (delayMs, task) => clock.after(delayMs, task),
  };
}
