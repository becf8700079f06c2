// What is held of shows while their rows are rewritten: nothing is lost, nobody reads rows that are about to go, and a fault holds up nobody for good.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RawEvent } from '../../../server/analytics/rollup/raw-event.ts';
import { Books } from '../../../server/analytics/store/books.ts';
import { openFigures } from '../../../server/analytics/store/open.ts';
import type { AnalyticsTables } from '../../../server/analytics/store/tables.ts';
import type { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { START } from './stand.ts';

const show = { id: 'shw_test', sellerId: 'sel_test', startedAt: START, endedAt: null };
const reach: RawEvent = { kind: 0, args: [], at: START, device: 1, phase: 'live', mark: '' };

let dataDir: string;
let database: Database;
let books: Books;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-books-'));
  const clock = new FakeClock();
  database = await openFigures({ dataDir, clock, log: createLogger('silent') });
  books = new Books({ database, clock, onFault: () => undefined });
});
afterEach(async () => {
  await books.close();
  await database.close();
  await rm(dataDir, { recursive: true });
});

const change = (statement: string) => database.write<AnalyticsTables, unknown>((transaction) => sql.raw(statement).execute(transaction));
async function meet(): Promise<void> {
  const book = await books.open(show);
  book.count([reach], book.meet('device_of_somebody', '', START));
}

it('a show that nobody has open is opened only when its rows are rewritten', async () => {
  await meet();
  await books.close();
  const later = new Books({ database, clock: new FakeClock(), onFault: () => undefined });
  let isOpen = false;
  const opened: Promise<void>[] = [];
  await later.rewrite(show.id, async () => {
    opened.push(later.open(show).then((book) => {
      isOpen = true;
      expect(book.find('device_of_somebody')).toBeUndefined();
    }));
    await database.probe();
    expect(isOpen).toBe(false);
    await change(`update devices set device = null`);
  });
  await Promise.all(opened);
  expect(isOpen).toBe(true);
  await later.close();
});

it('what the disk did not take before a rewriting is kept afterwards, and the show goes on', async () => {
  await meet();
  await change(`create trigger full before insert on raw_chunks begin select raise(abort, 'full'); end`);
  await expect(books.rewrite(show.id, async () => expect.unreachable())).rejects.toThrow('full');
  await change('drop trigger full');
  const book = await books.open(show);
  expect(book.find('device_of_somebody')).toBeDefined();
  await books.keep();
  expect(await database.read<AnalyticsTables>().selectFrom('raw_chunks').select('events').execute()).toEqual([{ events: 1 }]);
});

it('a show whose figures cannot be kept holds up no other, and is tried again', async () => {
  await meet();
  const other = await books.open({ ...show, id: 'shw_other' });
  other.count([reach], other.meet('device_of_another', '', START));
  await change(`create trigger full before insert on raw_chunks when new.show = ${(await books.open(show)).show} begin select raise(abort, 'full'); end`);
  await expect(books.keep()).rejects.toThrow('full');
  const kept = async () => (await database.read<AnalyticsTables>().selectFrom('raw_chunks').select('show').execute()).map((row) => row.show);
  expect(await kept()).toEqual([other.show]);
  await change('drop trigger full');
  await books.keep();
  expect(await kept()).toHaveLength(2);
});
