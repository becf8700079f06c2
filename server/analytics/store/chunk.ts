// Owns raw events packed for keeping: lines of text, deflated, because a row for each would take three times the room.
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { fromLine, type RawEvent, toLine } from '../rollup/raw-event.ts';

const pack = promisify(deflateRaw);
const NEW_LINE = 0x0a;

export interface Chunk {
  base: number;
  last_at: number;
  events: number;
  lines: Uint8Array;
}

/** Room that is made at a time. */
const ROOM_BYTES = 64 * 1024;

/**
 * Events on their way to a chunk, written down one by one as they come: all of them at once would hold up everybody else. As bytes, because ten
 * thousand strings a second that live for seconds make V8 clear up its whole memory every few of them.
 */
export class RawLines {
  #bytes = Buffer.allocUnsafe(0);
  #length = 0;
  #count = 0;
  #base = 0;
  #lastAt = 0;

  add(event: RawEvent): void {
    if (this.#count === 0) this.#base = event.at;
    this.#lastAt = Math.max(this.#lastAt, event.at);
    const line = toLine(event, this.#base);
    // A unit of UTF-16 is three bytes at most (RFC 3629 section 3), and a new line goes between.
    this.#makeRoom(line.length * 3 + 1);
    if (this.#count > 0) this.#length = this.#bytes.writeUInt8(NEW_LINE, this.#length);
    this.#length += this.#bytes.write(line, this.#length);
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  /** At least one event has come. */
  async packed(): Promise<Chunk> {
    return { base: this.#base, last_at: this.#lastAt, events: this.#count, lines: await pack(this.#bytes.subarray(0, this.#length)) };
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes, ROOM_BYTES));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}

/** @param events at least one, in the order they were counted */
export function packChunk(events: readonly RawEvent[]): Promise<Chunk> {
  const lines = new RawLines();
  for (const event of events) lines.add(event);
  return lines.packed();
}

/** In this turn: what came in three seconds takes less than the way to another thread and back. */
export function unpackChunk({ base, lines }: Pick<Chunk, 'base' | 'lines'>): RawEvent[] {
  return inflateRawSync(lines).toString().split('\n').map((line) => fromLine(line, base));
}
