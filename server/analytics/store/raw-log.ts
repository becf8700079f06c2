// Owns the reading of a show's raw events in the order they were counted, a few chunks at a time.
import type { Database } from '../../platform/db/database.ts';
import type { RawEvent } from '../rollup/raw-event.ts';
import { unpackChunk } from './chunk.ts';
import type { AnalyticsTables } from './tables.ts';

/** Chunks of one read: a chunk is what came in three seconds. */
const PIECE = 16;

export interface ReadChunk {
  position: number;
  events: RawEvent[];
}

/** @param from position to begin with */
export async function* readChunks(database: Database, show: number, from = 0): AsyncGenerator<ReadChunk> {
  for (let next = from; ; ) {
    const rows = await database
      .read<AnalyticsTables>()
      .selectFrom('raw_chunks')
      .select(['position', 'base', 'lines'])
      .where('show', '=', show)
      .where('position', '>=', next)
      .orderBy('position')
      .limit(PIECE)
      .execute();
    for (const row of rows) yield { position: row.position, events: unpackChunk(row) };
    const last = rows.at(-1);
    if (!last) return;
    next = last.position + 1;
  }
}
