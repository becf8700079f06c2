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

/** @param events at least one, in the order they were counted */
export async function packChunk(events: readonly RawEvent[]): Promise<Chunk> {
  let base = Infinity;
  let last = 0;
  for (const { at } of events) {
    if (at < base) base = at;
    if (at > last) last = at;
  }
  const lines = await pack(Buffer.from(events.map((event) => toLine(event, base)).join('\n')));
  return { base, last_at: last, events: events.length, lines };
}

/** In this turn: what came in three seconds takes less than the way to another thread and back. */
export function unpackChunk({ base, lines }: Pick<Chunk, 'base' | 'lines'>): RawEvent[] {
  return inflateRawSync(lines).toString().split('\n').map((line) => fromLine(line, base));
}
