// Owns answers that are asked for much more often than they change: kept for a short time, and asked for once by all who wait.
import type { Clock } from '../../platform/clock.ts';

const MOST_KEPT = 1_000;

export class RecentAnswers<T> {
  readonly #ask: (key: string) => Promise<T>;
  readonly #options: { keptMs: number; clock: Clock };
  readonly #kept = new Map<string, { at: number; answer: Promise<T> }>();

  constructor(ask: (key: string) => Promise<T>, options: { keptMs: number; clock: Clock }) {
    this.#ask = ask;
    this.#options = options;
  }

  /** What was answered within the last `keptMs`, refusals too. */
  of(key: string): Promise<T> {
    const now = this.#options.clock.now();
    const kept = this.#kept.get(key);
    if (kept && now - kept.at < this.#options.keptMs) return kept.answer;
    return this.afresh(key);
  }

  /** What is answered now. */
  afresh(key: string): Promise<T> {
    const now = this.#options.clock.now();
    const answer = this.#ask(key);
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, answer });
    // The map is in the order of asking: what is asked for all the time is at its end.
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return answer;
  }
}
