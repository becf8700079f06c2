import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database, type Migration } from '../../../server/platform/db/database.ts';
import { copyDatabase } from '../../../server/platform/db/snapshot.ts';
import { createLogger } from '../../../server/platform/log.ts';

interface Tables {
  things: { id: number; name: string };
}

const migrations: Migration[] = [{ name: '100-things', statements: ['create table things (id integer primary key, name text not null) strict'] }];

describe('the database', () => {
  let folder: string;
  let database: Database;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldcast-db-'));
    database = await open();
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  const open = () => Database.open(join(folder, 'test.sqlite'), migrations, createLogger('silent'));
  const add = (id: number, name: string) =>
    database.write<Tables, number>(async (transaction) => {
      await transaction.insertInto('things').values({ id, name }).execute();
      return id;
    });
  const names = async () => (await database.read<Tables>().selectFrom('things').select('name').orderBy('id').execute()).map((row) => row.name);

  it('undoes a write that throws and keeps those that share its commit', async () => {
    const outcomes = await Promise.allSettled([
      add(1, 'one'),
      database.write<Tables, void>(async (transaction) => {
        await transaction.insertInto('things').values({ id: 2, name: 'two' }).execute();
        throw new Error('second thoughts');
      }),
      add(1, 'one again'),
      add(3, 'three'),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['one', 'three']);
  });

  it('does not keep the first ones waiting for those that come meanwhile', async () => {
    let begun = 0;
    const slow = () =>
      database.write<Tables, void>(async (transaction) => {
        begun += 1;
        for (const startedAt = performance.now(); performance.now() - startedAt < 5; );
        await transaction.insertInto('things').values({ id: begun, name: 'slow' }).execute();
      });
    const begunAt = await Promise.all(Array.from({ length: 40 }, () => slow().then(() => begun)));
    expect(begunAt[0]).toBeLessThan(20);
    expect(begunAt.at(-1)).toBe(40);
  });

  it('has a write on the disk when it resolves, for another connection too', async () => {
    await add(1, 'kept');
    const other = await open();
    expect(await other.read<Tables>().selectFrom('things').select('name').execute()).toEqual([{ name: 'kept' }]);
    await other.close();
  });

  it('runs a write once per idempotency key, also when the calls come together', async () => {
    const once = { scope: 'POST /things', key: 'key-00001', requestHash: 'a' };
    let runs = 0;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.writeOnce<Tables, { run: number }>(once, 0, async (transaction) => {
          runs += 1;
          await transaction.insertInto('things').values({ id: runs, name: 'once' }).execute();
          return { run: runs };
        }),
      ),
    );
    expect(runs).toBe(1);
    expect(answers.filter((answer) => !answer.isRepeat)).toHaveLength(1);
    expect(answers.every((answer) => answer.value.run === 1)).toBe(true);
  });

  it('refuses a key that comes again with another request', async () => {
    const write = (requestHash: string) => database.writeOnce({ scope: 's', key: 'key-00001', requestHash }, 0, async () => ({}));
    await write('a');
    await expect(write('b')).rejects.toMatchObject({ code: 'idempotency.key-reused' });
  });

  it('does not keep the key of a write that failed', async () => {
    const once = { scope: 's', key: 'key-00001', requestHash: 'a' };
    await expect(database.writeOnce(once, 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect((await database.writeOnce(once, 0, async () => 'yes')).value).toBe('yes');
  });

  it('shares the file with another process that writes at the same time', async () => {
    const file = join(folder, 'test.sqlite');
    const script = `const connection = require('better-sqlite3')(${JSON.stringify(file)}, { timeout: 5000 });
      const add = connection.prepare('insert into things (id, name) values (?, ?)');
      for (let id = 1000; id < 1200; id += 1) add.run(id, 'theirs');`;
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const theirs = promisify(execFile)(process.execPath, ['-e', script], { cwd: root });
    // Reading first is what makes a deferred transaction fail when somebody else has written since.
    for (let id = 1; id <= 200; id += 1) {
      await database.write<Tables, void>(async (transaction) => {
        await transaction.selectFrom('things').select('id').limit(1).execute();
        await new Promise((resolve) => setImmediate(resolve));
        await transaction.insertInto('things').values({ id, name: 'ours' }).execute();
      });
    }
    await theirs;
    expect(await names()).toHaveLength(400);
  });

  it('finishes writes under way before it closes, and refuses new ones', async () => {
    const last = add(1, 'last');
    await database.close();
    await expect(last).resolves.toBe(1);
    await expect(add(2, 'late')).rejects.toMatchObject({ code: 'server.closing' });
    database = await open();
    expect(await names()).toEqual(['last']);
  });

  it('copies itself while it is in use', async () => {
    await add(1, 'copied');
    copyDatabase(join(folder, 'test.sqlite'), join(folder, 'copy.sqlite'));
    const copy = await Database.open(join(folder, 'copy.sqlite'), migrations, createLogger('silent'));
    expect(await copy.read<Tables>().selectFrom('things').select('name').execute()).toEqual([{ name: 'copied' }]);
    await copy.close();
  });
});
