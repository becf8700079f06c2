// Owns the way of polls to the people in a show: what staff do at once, votes gathered, the end when its time comes.
import type { Clock } from '../../platform/clock.ts';
import type { Poll } from '../../protocol/stage.ts';
import type { Polls } from './polls.ts';

const VOTES_GATHER_MS = 1_000;

export interface PollFeedDeps {
  polls: Polls;
  clock: Clock;
  paceMs: (showId: string, leastMs: number) => number;
  tell: (showId: string, poll: Poll) => void;
  onFault: (error: unknown) => void;
}

export class PollFeed {
  readonly #deps: PollFeedDeps;
  readonly #due = new Set<string>();
  readonly #ends = new Map<string, () => void>();
  readonly #cancels = new Set<() => void>();

  constructor(deps: PollFeedDeps) {
    this.#deps = deps;
  }

  /** Tells of a poll that the staff opened or changed. */
  changed(showId: string, poll: Poll): void {
    this.#ends.get(poll.id)?.();
    this.#ends.delete(poll.id);
    this.#deps.tell(showId, poll);
    if (poll.state !== 'open' || poll.closesAt === null) return;
    const stop = this.#later(poll.closesAt - this.#deps.clock.now(), () => {
      this.#ends.delete(poll.id);
      return this.#tellNow(showId, poll.id);
    });
    this.#ends.set(poll.id, stop);
  }

  /** Somebody has voted. */
  voted(showId: string, pollId: string): void {
    if (this.#due.has(pollId)) return;
    this.#due.add(pollId);
    this.#later(this.#deps.paceMs(showId, VOTES_GATHER_MS), () => {
      this.#due.delete(pollId);
      return this.#tellNow(showId, pollId);
    });
  }

  close(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  async #tellNow(showId: string, pollId: string): Promise<void> {
    const { polls, tell } = this.#deps;
    tell(showId, await polls.get(showId, pollId));
  }

  #later(delayMs: number, task: () => Promise<void>): () => void {
    const cancel = this.#deps.clock.after(delayMs, () => {
      this.#cancels.delete(stop);
      task().catch(this.#deps.onFault);
    });
    const stop = (): void => {
      cancel();
      this.#cancels.delete(stop);
    };
    this.#cancels.add(stop);
    return stop;
  }
}
