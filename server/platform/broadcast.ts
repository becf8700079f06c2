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

/** What is used of engine.io's `Socket` and its `Transport`. */
interface Connection {
  conn: {
    readyState: string;
    /** `writable`: nothing waits for it. */
    transport: { name: string; writable: boolean; send(packets: { type: 'message'; data: string; options: OncePacked['options'] }[]): void };
    write(packet: string, options: OncePacked['options']): unknown;
  };
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
  /** What somebody may not have heard yet, the oldest first. */
  #said: OncePacked[] = [];
  /** How much was said before the first of these. */
  #before = 0;
  /**
   * By connection, the number of what it has to hear next. Changed in place: a map that entries leave and come to again all the time is made anew
   * by V8 again and again, a megabyte each time.
   */
  readonly #next = new Map<string, number>();
  #isSpeaking = false;
  /** Connections of this round, and how many of them were told. */
  #round: readonly string[] = [];
  #told = 0;
  #roundStartedAt = 0;
  /** How much was said when it began: when it is over, everybody has heard so much. */
  #saidBefore = 0;

  constructor(room: string, sockets: Sockets, onSilent: () => void) {
    this.#room = room;
    this.#sockets = sockets;
    this.#onSilent = onSilent;
  }

  say(packed: OncePacked, members: ReadonlySet<string>): void {
    const number = this.#before + this.#said.length;
    for (const id of members) if (!this.#next.has(id)) this.#next.set(id, number);
    // Who has left hears this no more, even if they come back before the round comes to them.
    if (this.#next.size > members.size) for (const id of this.#next.keys()) if (!members.has(id)) this.#next.delete(id);
    this.#said.push(packed);
    if (!this.#isSpeaking) this.#takeTurn();
  }

  #takeTurn(): void {
    if (this.#told === this.#round.length) this.#beginRound();
    this.#isSpeaking = this.#said.length > 0;
    if (!this.#isSpeaking) {
      this.#onSilent();
      return;
    }
    const members = this.#sockets.adapter.rooms.get(this.#room);
    const news = new Map<number, { each: readonly OncePacked[]; whole: OncePacked }>();
    const all = this.#before + this.#said.length;
    for (let left = Math.max(TURN.least, Math.ceil(this.#round.length / TURN.parts)); left > 0 && this.#told < this.#round.length; this.#told += 1) {
      const id = this.#round[this.#told] as string;
      if (!members?.has(id)) {
        this.#next.delete(id);
        continue;
      }
      const number = this.#next.get(id) ?? all;
      if (number === all) continue;
      left -= 1;
      this.#next.set(id, all);
      let fresh = news.get(number);
      if (!fresh) {
        const each = this.#said.slice(number - this.#before);
        news.set(number, (fresh = { each, whole: inOneWrite(each) }));
      }
      this.#tell(this.#sockets.sockets.get(id)?.conn, fresh.each, fresh.whole);
    }
    setTimeout(() => this.#takeTurn(), Math.max(REST_MS, this.#untilNextRoundMs(members?.size ?? 0)));
  }

  #beginRound(): void {
    this.#said = this.#said.slice(this.#saidBefore - this.#before);
    this.#before = this.#saidBefore;
    this.#saidBefore += this.#said.length;
    this.#round = [...this.#next.keys()];
    this.#told = 0;
    this.#roundStartedAt = performance.now();
  }

  #untilNextRoundMs(members: number): number {
    if (this.#told < this.#round.length || members <= FEW) return 0;
    return this.#roundStartedAt + Math.min(ROUND.mostMs, members * ROUND.msEach) - performance.now();
  }

  #tell(conn: Connection['conn'] | undefined, each: readonly OncePacked[], whole: OncePacked): void {
    if (!conn) return;
    const { readyState, transport } = conn;
    if (readyState === 'open' && transport.name === 'websocket' && transport.writable) {
      // Past the connection's own buffer, because that array has been there since its last write: V8 holds it for old, and with it what is put into it,
      // until all of its memory is cleared up. Eight thousand writes a second made that twice as frequent.
      transport.send([{ type: 'message', data: whole.packet, options: whole.options }]);
      return;
    }
    // A page that has not got through to a web socket is answered packet by packet.
    for (const { packet, options } of transport.name === 'websocket' ? [whole] : each) conn.write(packet, options);
  }
}
