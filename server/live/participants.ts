// Owns what one connection has in a show: its place in the room, its receiving and its sending session. Ends with the connection.
import type { Clock } from '../platform/clock.ts';
import type { Peer } from '../platform/socket.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { EgressSession, IngestSession, Rank, Seat } from '../media/index.ts';

/** A proxy that cuts a socket tells nobody whether the device is gone; a closed page says goodbye on its media as well. */
const LOST_MS = 5_000;

interface Lost {
  showId: string;
  identity: string;
  session: EgressSession | IngestSession;
  isSending: boolean;
  /** Gives it to the same device's new connection. */
  give: (participant: Participant) => void;
}

export class Participant {
  readonly showId: string;
  readonly isHost: boolean;
  readonly isStaff: boolean;
  readonly isCoach: boolean;
  /** Their place on the line, whether or not they watch. */
  readonly seat: Seat;
  readonly #onLeave: () => void;
  readonly #leftListeners = new Set<() => void>();
  #ingest: IngestSession | undefined;
  #egress: EgressSession | undefined;
  #takesOver = false;
  #hasLeft = false;

  constructor(place: { showId: string; isHost: boolean; isStaff: boolean; isCoach: boolean; seat: Seat; onLeave: () => void }) {
    this.showId = place.showId;
    this.isHost = place.isHost;
    this.isStaff = place.isStaff;
    this.isCoach = place.isCoach;
    this.seat = place.seat;
    this.#onLeave = place.onLeave;
  }

  get takesOver(): boolean {
    return this.#takesOver;
  }

  get ingest(): IngestSession | undefined {
    return this.#ingest;
  }

  /** @throws FieldcastError `media.not-found` before `media.watch`. */
  get egress(): EgressSession {
    if (!this.#egress) throw new FieldcastError('media.not-found', 'Ask for media.watch first.');
    return this.#egress;
  }

  /** Takes over a new sending session; an older one of this connection is closed. @param takesOver whether its first track may replace somebody else */
  send(session: IngestSession, takesOver: boolean): void {
    this.#ingest?.close();
    this.#ingest = session;
    this.#takesOver = takesOver;
    if (this.#hasLeft) session.close();
  }

  /** Takes over a new receiving session; an older one of this connection is closed. */
  async receive(session: EgressSession): Promise<void> {
    const older = this.#egress;
    this.#egress = session;
    if (this.#hasLeft) return session.close();
    try {
      await this.seat.occupy(session);
    } finally {
      older?.close();
    }
  }

  /** What the viewer would like of the picture, and whether they are in the checkout. */
  want({ picture, isBuying }: { picture: 'full' | 'small' | 'none'; isBuying: boolean }): void {
    this.seat.change({ rank: rankOf(this.isStaff || this.isCoach, isBuying), wish: picture === 'none' ? 'sound' : picture });
  }

  /** The session that owns a transport. @throws FieldcastError `media.not-found` for a transport of somebody else. */
  sessionOf(transportId: string): IngestSession | EgressSession {
    for (const session of [this.#ingest, this.#egress]) if (session?.transport.id === transportId) return session;
    throw new FieldcastError('media.not-found', 'This connection has no such transport.');
  }

  /** @throws FieldcastError `media.not-found` when the transport is not the one it sends on. */
  ingestOf(transportId: string): IngestSession {
    if (this.#ingest?.transport.id !== transportId) throw new FieldcastError('media.not-found', 'This connection has no such transport.');
    return this.#ingest;
  }

  /** Goes on receiving what an older connection of this device received. */
  adopt(session: EgressSession, seat: Seat): void {
    this.#egress?.close();
    this.#egress = session;
    this.seat.adopt(seat);
  }

  /** Goes on sending what an older connection of this device sent. */
  adoptSending(session: IngestSession): void {
    this.#ingest?.close();
    this.#ingest = session;
  }

  /** Gives its receiving and its sending session away: they outlive this connection. */
  release(): { egress: EgressSession | undefined; ingest: IngestSession | undefined } {
    const released = { egress: this.#egress?.isClosed ? undefined : this.#egress, ingest: this.#ingest?.isClosed ? undefined : this.#ingest };
    this.#egress = undefined;
    this.#ingest = undefined;
    return released;
  }

  /** Calls `listener` once when this place in the show is given up, in whatever way; at once if it has been. */
  onLeft(listener: () => void): void {
    if (this.#hasLeft) listener();
    else this.#leftListeners.add(listener);
  }

  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#ingest?.close();
    this.#egress?.close();
    this.seat.leave();
    this.#onLeave();
    for (const listener of this.#leftListeners) listener();
    this.#leftListeners.clear();
  }
}

export function rankOf(isStaff: boolean, isBuying: boolean): Rank {
  if (isStaff) return 'staff';
  return isBuying ? 'buyer' : 'viewer';
}

export class Participants {
  readonly #clock: Clock;
  readonly #byPeer = new Map<string, { peer: Peer; participant: Participant }>();
  /** By transport: what devices whose connection was lost go on receiving and sending for a moment. */
  readonly #lost = new Map<string, Lost>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  find(peer: Peer): Participant | undefined {
    return this.#byPeer.get(peer.id)?.participant;
  }

  /** Everybody in a show with their connections. */
  of(showId: string): { peer: Peer; participant: Participant }[] {
    return [...this.#byPeer.values()].filter(({ participant }) => participant.showId === showId);
  }

  /** @throws FieldcastError `show.wrong-state` before `show.join`. */
  require(peer: Peer): Participant {
    const participant = this.find(peer);
    if (!participant) throw new FieldcastError('show.wrong-state', 'Join a show first.');
    return participant;
  }

  add(peer: Peer, participant: Participant): void {
    this.find(peer)?.leave();
    this.#byPeer.set(peer.id, { peer, participant });
    peer.scope.add(() => {
      if (this.find(peer) === participant) this.#keep(participant, peer.caller.claims.identity);
      this.remove(peer, participant);
    });
  }

  /**
   * The receiving or sending session of the same device and show whose connection was lost a moment ago.
   * @throws FieldcastError `media.not-found` when there is none, or not any more
   */
  adopt(peer: Peer, transportId: string): EgressSession | IngestSession {
    const participant = this.require(peer);
    const lost = this.#lost.get(transportId);
    if (lost?.showId !== participant.showId || lost.identity !== peer.caller.claims.identity || lost.session.isClosed) {
      throw new FieldcastError('media.not-found', 'This transport is gone.');
    }
    this.#lost.delete(transportId);
    lost.give(participant);
    return lost.session;
  }

  /** Ends what is still sent to a show by a connection that is gone: it keeps nobody from sending. */
  endLostSending(showId: string): void {
    for (const lost of [...this.#lost.values()]) if (lost.isSending && lost.showId === showId) lost.session.close();
  }

  #keep(participant: Participant, identity: string): void {
    const { egress, ingest } = participant.release();
    const { showId, seat } = participant;
    if (egress) this.#hold({ showId, identity, session: egress, isSending: false, give: (next) => next.adopt(egress, seat) });
    if (ingest) this.#hold({ showId, identity, session: ingest, isSending: true, give: (next) => next.adoptSending(ingest) });
  }

  #hold(lost: Lost): void {
    const { session } = lost;
    const { id } = session.transport;
    this.#lost.set(id, lost);
    const end = () => {
      // Adopted, and perhaps lost again.
      if (this.#lost.get(id) !== lost) return;
      this.#lost.delete(id);
      session.close();
    };
    const cancel = this.#clock.after(LOST_MS, end);
    session.onClosed(() => {
      cancel();
      end();
    });
  }

  remove(peer: Peer, participant: Participant | undefined = this.find(peer)): void {
    if (!participant) return;
    if (this.find(peer) === participant) this.#byPeer.delete(peer.id);
    participant.leave();
  }
}
