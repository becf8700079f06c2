// Owns the own links of viewers who came in pinned to less than the large picture: their transport estimates no bandwidth, which is a
// third of its cost. When they are given the large layer later, what they lose of it tells whether their link carries it.
import type { Level } from '../../protocol/media.ts';
import { lesser, type Seat } from './seat.ts';

const LOSS_SHARE = 0.08;
/** After two reports that are bad one after the other. */
const PATIENCE = 2;
const SPARED_MS = 60_000;

export class ThinLinks {
  readonly #links = new WeakMap<object, { badReports: number; sparedUntil: number }>();

  /** What a viewer without estimation reports. */
  heard(session: object, level: Level, lossShare: number, now: number): void {
    let link = this.#links.get(session);
    if (!link) this.#links.set(session, (link = { badReports: 0, sparedUntil: 0 }));
    link.badReports = level === 'full' && lossShare > LOSS_SHARE ? link.badReports + 1 : 0;
    if (link.badReports < PATIENCE) return;
    link.badReports = 0;
    link.sparedUntil = now + SPARED_MS;
  }

  /** What is really sent of what a seat holds; like the layers that an estimate picks, nobody is told. */
  level(seat: Seat, now: number): Level | undefined {
    const { holding, session } = seat;
    if (!holding || !session) return undefined;
    const isThin = (this.#links.get(session)?.sparedUntil ?? 0) > now;
    return isThin ? lesser(holding.level, 'small') : holding.level;
  }
}
