// Owns counts of shows that were read before: of those that are over they hardly change, and every comparison asks for them.
import type { Bus } from '../../platform/events.ts';
import type { Clock } from '../../platform/clock.ts';
import { LATE_MS } from '../../protocol/telemetry.ts';
import type { ShopFacts } from '../../shop/index.ts';
import type { Reader, ShowCounts } from './reader.ts';

const KEPT_MS = 10 * 60_000;
const KEPT_MOST = 500;

export class KnownCounts {
  readonly #reader: Reader;
  readonly #clock: Clock;
  readonly #known = new Map<string, { at: number; counts: ShowCounts }>();

  constructor(deps: { reader: Reader; clock: Clock }) {
    this.#reader = deps.reader;
    this.#clock = deps.clock;
  }

  /** Orders make them others. @returns what ends it */
  follow(bus: Bus<ShopFacts>): () => void {
    const ends = (['order.placed', 'order.changed', 'payment.changed'] as const).map((fact) => bus.on(fact, ({ order }) => this.forget(order.showId)));
    return () => {
      for (const end of ends) end();
    };
  }

  /** Undefined where the show is gone. */
  async of(showId: string): Promise<ShowCounts | undefined> {
    const now = this.#clock.now();
    const known = this.#known.get(showId);
    if (known && now - known.at < KEPT_MS) return known.counts;
    const counts = await this.#reader.countsOf(showId);
    // Late events come for an hour.
    if (!counts || counts.show.endedAt === null || now < counts.show.endedAt + LATE_MS) return counts;
    this.#known.set(showId, { at: now, counts });
    if (this.#known.size > KEPT_MOST) this.forget(this.#known.keys().next().value as string);
    return counts;
  }

  forget(showId: string): void {
    this.#known.delete(showId);
  }
}
