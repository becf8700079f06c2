// Owns telling everybody in a room: at once where they are few; in a full room round by round, and each connection all that it has not heard
// yet in one write. So a rush of events costs no more rounds than one event, and answers to others are not kept waiting meanwhile.
import type { Server } from 'socket.io';
import { inOneWrite, type OncePacked, packOnce } from './packed-event.ts';

/** Told in one go: some 30 ms. */
const TURN = 1_500;
/** Left to everybody else after a turn, of the time that it took. */
const REST = 0.25;

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
      if (members.size <= TURN) {
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
    const startedAt = performance.now();
    const members = this.#sockets.adapter.rooms.get(this.#room);
    const news = new Map<number, { each: readonly OncePacked[]; whole: OncePacked }>();
    let told = 0;
    for (const [id, number] of this.#waiting) {
      if (told === TURN) break;
      told += 1;
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
    setTimeout(() => this.#takeTurn(), (performance.now() - startedAt) * REST);
  }

  #tell(conn: Connection['conn'] | undefined, each: readonly OncePacked[], whole: OncePacked): void {
    if (!conn) return;
    // A page that has not got through to a web socket is answered packet by packet.
    for (const { packet, options } of conn.transport.name === 'websocket' ? [whole] : each) conn.write(packet, options);
  }
}
