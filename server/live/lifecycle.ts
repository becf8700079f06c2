// Owns how a show moves between planned, live, paused and ended. Its causes are facts: picture arrives, picture is gone, time is over.
import type { Show } from '../protocol/show.ts';
import type { Clock } from '../platform/clock.ts';
import type { Bus } from '../platform/events.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { Logger } from '../platform/log.ts';
import type { LiveFacts } from './facts.ts';
import type { Shows } from './shows.ts';

// A host whose transport is rebuilt is back within a second or two; "back soon" should not flash up for that.
const SETTLE_MS = 2_500;

export interface LifecycleDeps {
  shows: Shows;
  bus: Bus<LiveFacts>;
  clock: Clock;
  log: Logger;
  graceMs: number;
}

export class Lifecycle {
  readonly #deps: LifecycleDeps;
  /** Per show: cancels what is waiting to happen (pausing, or ending). */
  readonly #pending = new Map<string, () => void>();

  constructor(deps: LifecycleDeps) {
    this.#deps = deps;
  }

  /** After a start of the server: shows that were on the air are paused and their hosts have the whole grace time to come back. */
  async recover(): Promise<void> {
    const { shows, clock, graceMs, log } = this.#deps;
    const interrupted = [...(await shows.list({ status: 'live', limit: 1_000 })), ...(await shows.list({ status: 'paused', limit: 1_000 }))];
    for (const show of interrupted) {
      const now = clock.now();
      await shows.move(show.id, ['live', 'paused'], 'paused', { pausedAt: show.pausedAt ?? now, graceUntil: now + graceMs });
      this.#endAfter(show.id, graceMs);
      log.info({ showId: show.id }, 'show is waiting for its host after a restart');
    }
  }

  /** The stream has a picture or sound. */
  async started(showId: string): Promise<void> {
    this.#cancel(showId);
    const now = this.#deps.clock.now();
    const moved = await this.#deps.shows.move(showId, ['planned', 'paused'], 'live', { startedAt: now, pausedAt: null, graceUntil: null });
    if (moved) await this.#tell(showId);
  }

  /** The stream has nothing any more. */
  stopped(showId: string): void {
    this.#after(showId, SETTLE_MS, () => this.#pause(showId));
  }

  /** @throws FieldcastError `show.wrong-state` when the show never started or has ended. */
  async end(showId: string): Promise<Show> {
    this.#cancel(showId);
    const moved = await this.#deps.shows.move(showId, ['live', 'paused'], 'ended', { endedAt: this.#deps.clock.now(), graceUntil: null });
    if (!moved) throw new FieldcastError('show.wrong-state', 'Only a live or paused show can be ended.');
    return this.#tell(showId);
  }

  close(): void {
    for (const cancel of this.#pending.values()) cancel();
    this.#pending.clear();
  }

  async #pause(showId: string): Promise<void> {
    const { shows, clock, graceMs } = this.#deps;
    const now = clock.now();
    const moved = await shows.move(showId, ['live'], 'paused', { pausedAt: now, graceUntil: now + graceMs });
    if (!moved) return;
    this.#endAfter(showId, graceMs);
    await this.#tell(showId);
  }

  #endAfter(showId: string, delayMs: number): void {
    this.#after(showId, delayMs, async () => {
      const moved = await this.#deps.shows.move(showId, ['paused'], 'ended', { endedAt: this.#deps.clock.now(), graceUntil: null });
      if (moved) await this.#tell(showId);
    });
  }

  async #tell(showId: string): Promise<Show> {
    const show = await this.#deps.shows.require(showId);
    this.#deps.log.info({ showId, status: show.status }, 'show changed');
    this.#deps.bus.emit('show.changed', { show });
    return show;
  }

  #after(showId: string, delayMs: number, task: () => Promise<void>): void {
    this.#cancel(showId);
    const cancel = this.#deps.clock.after(delayMs, () => {
      if (this.#pending.get(showId) === cancel) this.#pending.delete(showId);
      task().catch((error: unknown) => this.#deps.log.error({ err: error, showId }, 'moving a show failed'));
    });
    this.#pending.set(showId, cancel);
  }

  #cancel(showId: string): void {
    this.#pending.get(showId)?.();
    this.#pending.delete(showId);
  }
}
