// Owns which hosts have their hand up. In memory alone: after a restart who still wants something puts it up again.
import type { Clock } from '../../platform/clock.ts';
import type { Hand } from '../../protocol/coach-desk.ts';

export class Hands {
  readonly #clock: Clock;
  readonly #raisedAt = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  of(showId: string): Hand {
    return { raisedAt: this.#raisedAt.get(showId) ?? null };
  }

  /** One that is up already keeps its place among those who wait. */
  set(showId: string, isUp: boolean): Hand {
    if (!isUp) this.#raisedAt.delete(showId);
    else if (!this.#raisedAt.has(showId)) this.#raisedAt.set(showId, this.#clock.now());
    return this.of(showId);
  }
}
