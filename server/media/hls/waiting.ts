// Owns those who wait until something is there: each leaves when it is, when their time is up, or when they have gone.
import type { Clock } from '../../platform/clock.ts';

export type Outcome = 'there' | 'late' | 'gone';

interface Waiter {
  isThere: () => boolean;
  leave: (outcome: Outcome) => void;
}

export class Waiting {
  readonly #waiters = new Set<Waiter>();

  get count(): number {
    return this.#waiters.size;
  }

  /** @param gone fires when nobody is there any more to be told */
  until(isThere: () => boolean, options: { clock: Clock; limitMs: number; gone: AbortSignal }): Promise<Outcome> {
    const { clock, limitMs, gone } = options;
    if (isThere()) return Promise.resolve('there');
    if (gone.aborted) return Promise.resolve('gone');
    return new Promise((resolve) => {
      const leave = (outcome: Outcome) => {
        this.#waiters.delete(waiter);
        cancel();
        gone.removeEventListener('abort', onGone);
        resolve(outcome);
      };
      const waiter: Waiter = { isThere, leave };
      const cancel = clock.after(limitMs, () => leave('late'));
      const onGone = () => leave('gone');
      gone.addEventListener('abort', onGone);
      this.#waiters.add(waiter);
    });
  }

  /** Something has changed. */
  look(): void {
    for (const waiter of this.#waiters) {
      if (waiter.isThere()) waiter.leave('there');
    }
  }
}
