// Owns telling everybody in a room: at once where they are few; in a full room round by round, and each connection all that it has not heard
// yet in one write. So a rush of events costs no more rounds than one event, and answers to others are not kept waiting meanwhile.
import type { Server } from 'socket.io';
import { inOneWrite, type OncePacked, packOnce } from './packed-event.ts';

/** More than these are told round by round. */
const FEW = 300;
/**
 * Told in one go: with what comes after each write some 2 ms, about as long as whoever orders meanwhile is willing to wait; in a room of many
 * thousands a larger part of them, so that a round is over before the next should begin.
 */
const TURN = { least: 80, parts: 45 };
/** Left to everybody else after it. */
const REST_MS = 2;
/**
 * Of a round, for each connection: that is five times what telling it costs, so that a full room takes a fifth of a core. Fifty orders a second in a
 * room of 4,000 took more than half of one.
 */
const ROUND = { msEach: 0.125, mostMs: 500 };

interface Connection {
  conn: { transport: { name: string }; write(packet: string, options: OncePacked['options']): unknown };
}

interface Sockets {
  adapter: { rooms: ReadonlyMap<string, ReadonlySet<string>> };
  sockets: ReadonlyMap<string, Connection>;
}

export class Broadcast {
  readonly #io: Pick<Server, 'to'> & { sockets: Sockets };
  readonly #full = new Map<string, FullRoom>();

  constructor(io: Pick<Server, 'to'> & { sockets: Sockets }) {
    this.#io = io;
  }

  /** Everybody in the room hears it once, in the order in which it was said; those who come later do not. */
  tell(room: string, event: string, payload: unknown): void {
    const members = this.#io.sockets.adapter.rooms.get(room);
    if (!members) return;
    let full = this.#full.get(room);
    if (!full) {
      if (members.size <= FEW) {
        this.#io.to(room).emit(event, payload);
        return;
      }
      this.#full.set(room, (full = new FullRoom(room, this.#io.sockets, () => void this.#full.delete(room))));
    }
    full.say(packOnce(event, payload), members);
  }
}

class FullRoom {
  readonly #room: string;
  readonly #sockets: Sockets;
  readonly #onSilent: () => void;
  /** What somebody has not heard yet, the oldest first. */
  #said: OncePacked[] = [];
  /** How much was said before the first of these. */
  #before = 0;
  /** By connection, the number of what it has to hear next. Who has waited longest comes first, and has the smallest number. */
  readonly #waiting = new Map<string, number>();
  #isSpeaking = false;
  #roundStartedAt = 0;
  /** Connections that this round has still to tell; who has something new to hear meanwhile waits for the next. */
  #leftInRound = 0;

  constructor(room: string, sockets: Sockets, onSilent: () => void) {
    this.#room = room;
    this.#sockets = sockets;
    this.#onSilent = onSilent;
  }

  say(packed: OncePacked, members: ReadonlySet<string>): void {
    const number = this.#before + this.#said.length;
    this.#said.push(packed);
    for (const id of members) if (!this.#waiting.has(id)) this.#waiting.set(id, number);
    if (!this.#isSpeaking) this.#takeTurn();
  }

  #takeTurn(): void {
    this.#isSpeaking = this.#waiting.size > 0;
    if (!this.#isSpeaking) {
      this.#onSilent();
      return;
    }
    const members = this.#sockets.adapter.rooms.get(this.#room);
    const news = new Map<number, { each: readonly OncePacked[]; whole: OncePacked }>();
    if (this.#leftInRound === 0) {
      this.#leftInRound = this.#waiting.size;
      this.#roundStartedAt = performance.now();
    }
    const turn = Math.max(TURN.least, Math.ceil((members?.size ?? 0) / TURN.parts));
    let told = 0;
    for (const [id, number] of this.#waiting) {
      if (told === turn || this.#leftInRound === 0) break;
      told += 1;
      this.#leftInRound -= 1;
      this.#waiting.delete(id);
      if (!members?.has(id)) continue;
      let fresh = news.get(number);
      if (!fresh) {
        const each = this.#said.slice(number - this.#before);
        news.set(number, (fresh = { each, whole: inOneWrite(each) }));
      }
      this.#tell(this.#sockets.sockets.get(id)?.conn, fresh.each, fresh.whole);
    }
    const [next = this.#before + this.#said.length] = this.#waiting.values();
    this.#said = this.#said.slice(next - this.#before);
    this.#before = next;
    setTimeout(() => this.#takeTurn(), Math.max(REST_MS, this.#untilNextRoundMs(members?.size ?? 0)));
  }

  #untilNextRoundMs(members: number): number {
    if (this.#leftInRound > 0 || members <= FEW) return 0;
    return this.#roundStartedAt + Math.min(ROUND.mostMs, members * ROUND.msEach) - performance.now();
  }

  #tell(conn: Connection['conn'] | undefined, each: readonly OncePacked[], whole: OncePacked): void {
    if (!conn) return;
    // A page that has not got through to a web socket is answered packet by packet.
    for (const { packet, options } of conn.transport.name === 'websocket' ? [whole] : each) conn.write(packet, options);
  }
}
