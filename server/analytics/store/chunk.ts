// Owns raw events packed for keeping: lines of text, deflated, because a row for each would take three times the room.
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { fromLine, type RawEvent, toLine } from '../rollup/raw-event.ts';

const pack = promisify(deflateRaw);

export interface Chunk {
  base: number;
  last_at: number;
  events: number;
  lines: Uint8Array;
}

/** Events on their way to a chunk. Written down one by one as they come: all of them at once would hold up everybody else. */
export class RawLines {
  readonly #lines: string[] = [];
  #base = 0;
  #lastAt = 0;

  add(event: RawEvent): void {
    if (this.#lines.length === 0) this.#base = event.at;
    this.#lastAt = Math.max(this.#lastAt, event.at);
    this.#lines.push(toLine(event, this.#base));
  }

  get count(): number {
    return this.#lines.length;
  }

  /** At least one event has come. */
  async packed(): Promise<Chunk> {
    return { base: this.#base, last_at: this.#lastAt, events: this.#lines.length, lines: await pack(Buffer.from(this.#lines.join('\n'))) };
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
