// Owns who sits or waits, and for how long a place is kept for a device that is away.
import type { Seat } from './seat.ts';

/** A seat without anybody in it, of a device that was called or may be on its way back. */
const EMPTY_MS = 15_000;
/** A place in the queue of a device that is away. */
const QUEUED_AWAY_MS = 60_000;

interface Away {
  streamId: string;
  identity: string;
  since: number;
  until: number;
}

export class Seating {
  readonly #seats = new Set<Seat>();
  /** Places of devices that were in the queue and have lost their connection. */
  #away: Away[] = [];

  get all(): Seat[] {
    return [...this.#seats];
  }

  has(seat: Seat): boolean {
    return this.#seats.has(seat);
  }

  add(seat: Seat): void {
    this.#seats.add(seat);
  }

  delete(seat: Seat): void {
    this.#seats.delete(seat);
  }

  /** @param mayReturn keeps what they have for a while */
  left(seat: Seat, mayReturn: boolean, now: number): void {
    if (!this.#seats.has(seat)) return;
    seat.emptySince ??= now;
    if (mayReturn && seat.holding) return;
    this.#seats.delete(seat);
    const { streamId, identity } = seat.visitor;
    if (mayReturn) this.#away.push({ streamId, identity, since: seat.since, until: now + QUEUED_AWAY_MS });
  }

  /** A device goes on by another connection. */
  passOn(from: Seat, to: Seat): void {
    this.#seats.delete(from);
    this.#seats.add(to);
    to.since = from.since;
    to.holding = from.holding;
    from.holding = undefined;
  }

  /** The seat that this device left a moment ago. */
  leftBy({ streamId, identity }: Seat['visitor']): Seat | undefined {
    for (const old of this.#seats) {
      if (old.hasLeft && old.holding && old.visitor.streamId === streamId && old.visitor.identity === identity) return old;
    }
    return undefined;
  }

  /** Since when this device has waited, if it was in the queue a moment ago; told once. */
  waitedSince({ streamId, identity }: Seat['visitor']): number | undefined {
    const index = this.#away.findIndex((away) => away.streamId === streamId && away.identity === identity);
    return index === -1 ? undefined : this.#away.splice(index, 1)[0]?.since;
  }

  /** Gives up what has been kept long enough. */
  forget(now: number): void {
    for (const seat of this.#seats) {
      if (!seat.holding || seat.session || seat.emptySince === undefined || now - seat.emptySince < EMPTY_MS) continue;
      this.#seats.delete(seat);
      seat.holding = undefined;
      seat.place = undefined;
      seat.since = 0;
    }
    this.#away = this.#away.filter((away) => away.until > now);
  }
}
