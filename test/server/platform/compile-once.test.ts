import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileOnce } from '../../../server/platform/db/compile-once.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';

interface Tables {
  things: { id: number; name: string | null };
}

const statements = ['create table things (id integer primary key, name text) strict'];

describe('a query that is compiled once', () => {
  let folder: string;
  let database: Database;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldcast-database-'));
    database = await Database.open(join(folder, 'things.sqlite'), [{ name: '100-things', statements }], createLogger('silent'));
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('takes new values each time, also where one stands twice, is null or looks like SQL', async () => {
    let builds = 0;
    const add = compileOnce<Tables, Tables['things']>()((query, param) => {
      builds += 1;
      return query.insertInto('things').values({ id: param('id'), name: param('name') });
    });
    const near = compileOnce<Tables, { id: number; name: string }>()((query, param) =>
      query
        .selectFrom('things')
        .selectAll()
        .where('id', '>=', param('id'))
        .where((eb) => eb.or([eb('id', '=', param('id')), eb('name', '=', param('name'))]))
        .orderBy('id'),
    );
    const names = ['apple', null, "'); drop table things; --", '？'];
    await database.write<Tables, void>(async (transaction) => {
      for (const [id, name] of names.entries()) await add(transaction, { id, name });
    });
    const ask = async (id: number, name: string) => (await near(database.read<Tables>(), { id, name })).rows.map((row) => row.name);
    expect(await ask(1, "'); drop table things; --")).toEqual([null, "'); drop table things; --"]);
    expect(await ask(2, 'apple')).toEqual(["'); drop table things; --"]);
    expect(await ask(0, '？')).toEqual(['apple', '？']);
    expect(builds).toBe(1);
  });

  it('leaves the event loop free within a long batch, so that newcomers are let in', async () => {
    let turns = 0;
    const count = () => {
      turns += 1;
      immediate = setImmediate(count);
    };
    let immediate = setImmediate(count);
    const busyMs = 3;
    await Promise.all(
      Array.from({ length: 40 }, () =>
        database.write<Tables, void>(async () => {
          const until = performance.now() + busyMs;
          while (performance.now() < until);
        }),
      ),
    );
    clearImmediate(immediate);
    // One turn for each write that takes longer than a turn may.
    expect(turns).toBeGreaterThan(30);
  });
});
