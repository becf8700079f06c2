// Owns carrying out what was decided for one viewer: what is sent to them, and what they are told of it.
import type { Allotment } from '../../protocol/media.ts';
import type { Opening } from './opening.ts';
import type { Seat } from './seat.ts';
import type { Seating } from './seating.ts';
import type { ViewerDecision } from './situation.ts';

/** A voice that gets louder or a line that loses much for a moment puts nobody out. */
const CRAMPED_MS = 5_000;

export class Serving {
  readonly #seating: Seating;
  readonly #opening: Opening;

  constructor(seating: Seating, opening: Opening) {
    this.#seating = seating;
    this.#opening = opening;
  }

  carryOut(seat: Seat, { outcome, level, reason, place }: ViewerDecision, now: number): void {
    if (outcome === 'in' && level !== null) {
      const isCalled = seat.holding === undefined && seat.place !== undefined && seat.place > 0;
      seat.place = undefined;
      seat.crampedSince = undefined;
      if (seat.holding === undefined) seat.emptySince = now;
      this.hold(seat, { level, reason }, now);
      this.#opening.follow(seat, now);
      if (isCalled) seat.visitor.turn?.(0);
      return;
    }
    if (seat.holding && !this.#isOver(seat, now)) {
      this.hold(seat, { level: 'sound', reason }, now);
      this.#opening.follow(seat, now);
      return;
    }
    if (outcome === 'hls') {
      const wasWaiting = (seat.place ?? 0) > 0;
      seat.place = undefined;
      this.#seating.delete(seat);
      // Asking again will tell them where to go.
      if (wasWaiting) seat.visitor.turn?.(0);
    } else {
      const before = seat.place ?? 0;
      seat.place = place ?? 1;
      // Who is asking right now gets it as the answer.
      if (before > 0 && before !== seat.place) seat.visitor.turn?.(seat.place);
    }
    if (seat.holding) this.#putOut(seat);
  }

  hold(seat: Seat, { level, reason }: Allotment, now: number): void {
    const before = seat.holding;
    if (before?.level === level && before.reason === reason) return;
    seat.holding = { level, reason, changedAt: before?.level === level ? before.changedAt : now };
    if (before && seat.session) seat.visitor.allotted({ level, reason });
  }

  #isOver(seat: Seat, now: number): boolean {
    seat.crampedSince ??= now;
    return now - seat.crampedSince >= CRAMPED_MS;
  }

  // Their page hears that the transport has ended and asks again; the answer is their place, ahead of all who came later.
  #putOut(seat: Seat): void {
    seat.holding = undefined;
    seat.crampedSince = undefined;
    seat.session?.close('no-room');
  }
}
