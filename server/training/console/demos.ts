// Owns the pin that a coach shows: whose turn it is, and what was pinned before. The host's own hand always wins.
import { FieldcastError } from '../../platform/errors.ts';
import type { Demo } from '../../protocol/coach-desk.ts';

export interface Pins {
  /** What is pinned, the main one first. */
  of(showId: string): Promise<readonly string[]>;
  /** @throws FieldcastError `shelf.not-on-shelf` */
  set(showId: string, productIds: readonly string[]): Promise<void>;
  /** As {@link set}, without what has left the shelf meanwhile. */
  restore(showId: string, productIds: readonly string[]): Promise<void>;
}

interface Shown extends Demo {
  identity: string;
  before: readonly string[];
}

export interface DemosDeps {
  pins: Pins;
  changed: (showId: string, demo: Demo | null) => void;
}

export class Demos {
  readonly #deps: DemosDeps;
  readonly #byShow = new Map<string, Shown>();
  /** One at a time in a show, so that what was before is what the host had. */
  readonly #working = new Map<string, Promise<void>>();

  constructor(deps: DemosDeps) {
    this.#deps = deps;
  }

  of(showId: string): Demo | null {
    const shown = this.#byShow.get(showId);
    return shown ? { by: shown.by, productId: shown.productId } : null;
  }

  /** Pins a product to show how; another one that is shown meanwhile is only changed. @throws FieldcastError `shelf.not-on-shelf`, `coach.demo-taken` */
  async show(showId: string, coach: { identity: string; name: string }, productId: string): Promise<void> {
    await this.#alone(showId, async () => {
      const shown = this.#byShow.get(showId);
      if (shown && shown.identity !== coach.identity) {
        throw new FieldcastError('coach.demo-taken', 'Another coach is showing something here.', { params: { name: shown.by } });
      }
      const before = shown?.before ?? (await this.#deps.pins.of(showId));
      const next: Shown = { by: coach.name, identity: coach.identity, productId, before };
      // Said first, because the pin itself is a change of pins that would end it.
      this.#byShow.set(showId, next);
      try {
        await this.#deps.pins.set(showId, [productId]);
      } catch (error) {
        if (shown) this.#byShow.set(showId, shown);
        else this.#byShow.delete(showId);
        throw error;
      }
      this.#deps.changed(showId, this.of(showId));
    });
  }

  /** What was pinned before is pinned again. Nothing happens where nothing is shown. */
  async giveBack(showId: string): Promise<void> {
    await this.#alone(showId, async () => {
      const shown = this.#byShow.get(showId);
      if (!shown) return;
      this.#byShow.delete(showId);
      await this.#deps.pins.restore(showId, shown.before);
      this.#deps.changed(showId, null);
    });
  }

  /** The coach is gone. */
  async left(showId: string, identity: string): Promise<void> {
    if (this.#byShow.get(showId)?.identity === identity) await this.giveBack(showId);
  }

  /** The pins are others now: when somebody else changed them, theirs stay and nothing is given back. */
  async pinsChanged(showId: string): Promise<void> {
    if (!this.#byShow.has(showId)) return;
    await this.#alone(showId, async () => {
      const shown = this.#byShow.get(showId);
      if (!shown) return;
      const pins = await this.#deps.pins.of(showId);
      if (pins.length === 1 && pins[0] === shown.productId) return;
      this.#byShow.delete(showId);
      this.#deps.changed(showId, null);
    });
  }

  forget(showId: string): void {
    this.#byShow.delete(showId);
  }

  #alone(showId: string, work: () => Promise<void>): Promise<void> {
    const mine = (this.#working.get(showId) ?? Promise.resolve()).then(work, work);
    const done = mine.catch(() => undefined);
    this.#working.set(showId, done);
    void done.then(() => this.#working.get(showId) === done && this.#working.delete(showId));
    return mine;
  }
}
