// Owns one viewer's place on the line: what they wish, what they have, and what of it is sent to them already.
import type { Allotment, Level } from '../../protocol/media.ts';
import type { EgressSession } from '../egress/webrtc.ts';
import type { LimitReason, Rank } from './situation.ts';

export interface Visitor {
  streamId: string;
  /** Of the device; one that comes back gets the place it had. */
  identity: string;
  rank: Rank;
  wish: Level;
  /** They get less or more of the picture from now on. */
  allotted(allotment: Allotment): void;
  /** Their place in the queue, 0 meaning: ask again now. Missing for who cannot be told (WHEP): they are refused and not queued. */
  turn?(place: number): void;
}

/** What somebody who is in has. */
export interface Holding {
  level: Level;
  reason: LimitReason;
  /** ms since epoch. */
  changedAt: number;
}

/** Whoever divides the line, as a seat needs it. */
export interface Office {
  /** Whether there is a budget. */
  readonly isOn: boolean;
  /** @throws FieldcastError `media.queued`, `media.use-hls` */
  admit(seat: Seat): Promise<void>;
  /** A wish or a rank changed. */
  changed(seat: Seat): void;
  /** A session came or went. */
  moved(seat: Seat): Promise<void>;
  /** A device goes on by another connection. */
  passedOn(from: Seat, to: Seat): void;
  /** @param mayReturn keeps the place for a while */
  left(seat: Seat, mayReturn: boolean): void;
}

const ORDER: readonly Level[] = ['sound', 'small', 'full'];

export function isMore(level: Level, than: Level): boolean {
  return ORDER.indexOf(level) > ORDER.indexOf(than);
}

export function lesser(a: Level, b: Level): Level {
  return isMore(a, b) ? b : a;
}

let count = 0;

export class Seat {
  readonly id = `seat-${(count += 1)}`;
  readonly visitor: Visitor;
  rank: Rank;
  wish: Level;
  /** When they came, over all their connections; 0 before they have asked. */
  since = 0;
  holding: Holding | undefined;
  /** In the queue, when they are; 0 before the first answer. */
  place: number | undefined;
  /** Since when there is nobody in it though it is held: called from the queue, or the transport is gone. */
  emptySince: number | undefined;
  /** Since when there is no room for the sound that is sent to it; undefined while there is. */
  crampedSince: number | undefined;
  /** Its connection is gone. */
  hasLeft = false;
  readonly #office: Office;
  #session: EgressSession | undefined;

  constructor(visitor: Visitor, office: Office) {
    this.visitor = visitor;
    this.rank = visitor.rank;
    this.wish = visitor.wish;
    this.#office = office;
  }

  get session(): EgressSession | undefined {
    return this.#session;
  }

  get allotted(): Allotment {
    if (this.holding) return { level: this.holding.level, reason: this.holding.reason };
    return { level: this.wish, reason: this.wish === 'full' ? null : 'wish' };
  }

  /** Whether they begin with less than the large picture, so that an estimate of their link would have nothing to choose. */
  get isPinned(): boolean {
    return this.#office.isOn && this.allotted.level !== 'full';
  }

  /** Asks to be let in; at once for who is in already. @throws FieldcastError `media.queued`, `media.use-hls` */
  ask(): Promise<void> {
    return this.#office.admit(this);
  }

  /** Sends what is allotted on this session from now on. Its picture may begin a moment later, with a key frame for many. */
  async occupy(session: EgressSession): Promise<void> {
    this.#follow(session);
    await this.#office.moved(this);
  }

  /** Goes on with what another seat of the same device had; what is sent does not change. */
  adopt(other: Seat): void {
    const session = other.#session;
    other.#session = undefined;
    this.rank = other.rank;
    this.wish = other.wish;
    this.#office.passedOn(other, this);
    if (session) this.#follow(session);
  }

  /** What they would like at most, and who they are, from now on. */
  change({ rank, wish }: { rank: Rank; wish: Level }): void {
    if (rank === this.rank && wish === this.wish) return;
    this.rank = rank;
    this.wish = wish;
    this.#office.changed(this);
  }

  /** The connection is gone; the place is kept for a while for the same device. */
  leave(): void {
    this.hasLeft = true;
    this.#office.left(this, true);
  }

  /** They went on purpose. */
  giveUp(): void {
    this.hasLeft = true;
    this.#office.left(this, false);
  }

  #follow(session: EgressSession): void {
    this.#session = session;
    this.emptySince = undefined;
    session.onClosed(() => {
      if (this.#session !== session) return;
      this.#session = undefined;
      void this.#office.moved(this);
    });
  }
}
