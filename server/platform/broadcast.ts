// Owns telling everybody in a room: in turns where the room is full, so that answers to others are not kept waiting meanwhile.
import type { Server } from 'socket.io';

/** Told in one go: some 30 ms. */
const TURN = 1_500;

type Room = Pick<Server, 'to'> & { sockets: { adapter: { rooms: ReadonlyMap<string, ReadonlySet<string>> } } };

interface Telling {
  saidAt: number;
  event: string;
  payload: unknown;
  /** Ids of those who were in the room when it was said, and have not been told. */
  left: string[];
}

export class Broadcast {
  readonly #io: Room;
  /** By room, the oldest first: what is said later is heard later. */
  readonly #queues = new Map<string, Telling[]>();
  readonly #tookMs = new Map<string, number>();

  constructor(io: Room) {
    this.#io = io;
  }

  /** Everybody in the room hears it once, in the order in which it was said; those who come later do not. */
  tell(room: string, event: string, payload: unknown): void {
    const members = this.#io.sockets.adapter.rooms.get(room);
    if (!members) return;
    const queue = this.#queues.get(room);
    if (!queue && members.size <= TURN) {
      this.#tookMs.delete(room);
      this.#io.to(room).emit(event, payload);
      return;
    }
    const telling = { saidAt: performance.now(), event, payload, left: [...members] };
    if (queue) queue.push(telling);
    else {
      this.#queues.set(room, [telling]);
      this.#takeTurn(room);
    }
  }

  /** How long it took lately until everybody had been told, ms; 0 where that is done in one go. */
  tookMs(room: string): number {
    return this.#tookMs.get(room) ?? 0;
  }

  #takeTurn(room: string): void {
    const queue = this.#queues.get(room);
    const [telling] = queue ?? [];
    if (!queue || !telling) {
      this.#queues.delete(room);
      if (!this.#io.sockets.adapter.rooms.has(room)) this.#tookMs.delete(room);
      return;
    }
    const members = this.#io.sockets.adapter.rooms.get(room);
    const turn = telling.left.splice(0, TURN).filter((id) => members?.has(id));
    // Every connection is in a room of its own as well. No rooms at all would mean everybody.
    if (turn.length > 0) this.#io.to(turn).emit(telling.event, telling.payload);
    if (telling.left.length === 0) {
      queue.shift();
      this.#tookMs.set(room, performance.now() - telling.saidAt);
    }
    // An empty queue stays until the turn is over: what is said now comes after what was.
    setImmediate(() => this.#takeTurn(room));
  }
}
