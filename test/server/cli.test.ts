import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../server/cli/answer.ts';
import { runCommand } from '../../server/cli/run.ts';
import { Auth } from '../../server/platform/auth.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { ConfigError } from '../../server/platform/config.ts';
import { lockDataFolder } from '../../server/platform/data-lock.ts';
import { Database } from '../../server/platform/db/database.ts';
import { createLogger } from '../../server/platform/log.ts';
import { tokenKey } from '../../server/platform/token-key.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Product } from '../../server/protocol/shop.ts';
import { openMarket, orderOf, startApp } from '../support/start-app.ts';

const dist = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'dist');

let folder: string;
let dataDir: string;
let backups: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldcast-cli-'));
  dataDir = join(folder, 'data');
  backups = join(folder, 'backups');
});
afterEach(() => rm(folder, { recursive: true }));

const cli = async <T = any>(...argv: string[]): Promise<T> => (await runCommand(argv, { FIELDCAST_DATA_DIR: dataDir })).json as T;
const titles = async (): Promise<string[]> => (await cli<{ shows: { title: string }[] }>('show', 'list')).shows.map((show) => show.title).sort();

async function keepPicture(name: string, content = name): Promise<void> {
  await mkdir(join(dataDir, 'pictures'), { recursive: true });
  await writeFile(join(dataDir, 'pictures', name), content);
}

describe('the command line', () => {
  it('makes a token that the server of the data folder accepts', async () => {
    const show = await cli('show', 'create', '--title', 'Apples');
    const { token } = await cli('token', '--role', 'host', '--show', show.id, '--ttl', '15m');
    const database = await Database.open(join(dataDir, 'fieldcast.sqlite'), [], createLogger('silent'));
    const caller = await new Auth(await tokenKey(database), systemClock).identify(token, '203.0.113.1');
    await database.close();
    expect(caller.claims).toMatchObject({ role: 'host', showId: show.id, identity: show.hostId });
  });

  it.each([[[]], [['dance']], [['token']], [['token', '--role', 'host']], [['token', '--role', 'viewer', '--ttl', 'soon']], [['show', 'create']], [['backup']], [['restore', 'a', 'b']], [['show', 'list', '--colour']]])(
    'says how it is used when it is given %j',
    async (argv) => {
      await expect(cli(...argv)).rejects.toBeInstanceOf(UsageError);
    },
  );

  it('takes in a table of products, and with --preview only says what would change', async () => {
    await cli('show', 'create', '--title', 'Apples');
    const table = join(folder, 'products.csv');
    await writeFile(table, 'name,unit,price,stock\nRice,bag,69,12\nMillet,bag,free,3\n');
    const { text } = await runCommand(['product', 'import', table, '--preview'], { FIELDCAST_DATA_DIR: dataDir });
    expect(text).toBe('would import: 1 new (1 product), 0 changed, 0 unchanged, 1 refused\nline 3 (Millet): wrong price');
    expect(await cli('product', 'import', table)).toMatchObject({ isApplied: true, counts: { new: 1, refused: 1 } });
    expect(await cli('product', 'import', table)).toMatchObject({ counts: { new: 0, unchanged: 1, refused: 1 } });
    await expect(cli('product', 'import')).rejects.toBeInstanceOf(UsageError);
    await expect(cli('product', 'import', join(folder, 'nothing.csv'))).rejects.toBeInstanceOf(UsageError);
    await expect(cli('product', 'import', table, '--seller', 'sel_nobody')).rejects.toBeInstanceOf(UsageError);
  });

  it('hands a table of products to the server that runs, so that viewers see it at once', async () => {
    const app = await startApp({ dataDir });
    try {
      const market = await openMarket(app, [10]);
      const table = join(folder, 'products.csv');
      await writeFile(table, 'name,price\nApples 1,12.50\n');
      const { port } = new URL(app.url);
      const { json } = await runCommand(['product', 'import', table], { FIELDCAST_DATA_DIR: dataDir, FIELDCAST_PORT: port });
      expect(json).toMatchObject({ isApplied: true, counts: { changed: 1 } });
      const { body } = await app.call<{ shelf: Product[] }>('GET', `/api/v1/shows/${market.show.id}`);
      expect(body.shelf[0]?.variants[0]?.priceMinor).toBe(1_250);
      await expect(runCommand(['product', 'import', table], { FIELDCAST_DATA_DIR: dataDir, FIELDCAST_PORT: '9' })).rejects.toThrow(/does not answer/);
    } finally {
      await app.close();
    }
  });

  it('ends with 0, 1 or 2 and prints one line of JSON, or one line that says what is wrong', async () => {
    const run = async (...argv: string[]) => {
      const child = spawn(process.execPath, [join(dist, 'server/cli.js'), ...argv], { env: { ...process.env, FIELDCAST_DATA_DIR: dataDir } });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => (out += chunk));
      child.stderr.on('data', (chunk) => (err += chunk));
      const [code] = await once(child, 'close');
      return { code, out, err };
    };
    const failed = await run('backup', backups);
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(failed.err).toMatch(/^fieldcast: there is nothing to back up in .*\n$/);
    expect(await run('dance')).toMatchObject({ code: 2, err: expect.stringContaining('restore DIR [--force]') });
    const made = await run('show', 'create', '--title', 'Rice', '--json');
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(made.out)).toMatchObject({ title: 'Rice' });
  });
});

describe('erase', () => {
  it('takes a buyer out of closed orders, however the number is written, and says which are still open', async () => {
    const test = await startApp({ dataDir });
    try {
      const market = await openMarket(test, [10]);
      const place = async (phone: string) => {
        const order = orderOf(market.products[0] as Product);
        const body = { ...order, buyer: { ...order.buyer, phone }, note: '放门口' };
        return (await test.call('POST', `/api/v1/shows/${market.show.id}/orders`, { body, headers: { 'idempotency-key': newId('key') } })).body.id as string;
      };
      const [closed, open, others] = [await place('138 0000 1234'), await place('+8613800001234'), await place('13900005678')];
      await test.call('POST', `/api/v1/orders/${closed}/cancel`, { body: {} });
      expect(await cli('erase', '--buyer', '13800001234')).toEqual({ erased: 1, open: 1 });
      const orders = (await test.call('GET', `/api/v1/shows/${market.show.id}/orders`, { token: test.operatorToken })).body.orders as { id: string; note: string; buyer: { name: string; phone: string; address: string } }[];
      const of = (id: string) => orders.find((order) => order.id === id);
      expect(of(closed)).toMatchObject({ note: '', buyer: { name: '', phone: '', address: '' } });
      for (const id of [open, others]) expect(of(id)?.buyer.name).toBe('李梅');
    } finally {
      await test.close();
    }
  });

  it('needs a number', async () => {
    await expect(cli('erase', '--buyer', 'everybody')).rejects.toBeInstanceOf(UsageError);
    await expect(cli('erase')).rejects.toBeInstanceOf(UsageError);
  });
});

describe('backup and restore', () => {
  it('bring database, pictures and certificates back on another machine', async () => {
    await cli('show', 'create', '--title', 'Before');
    await keepPicture('pic_a-400.webp');
    await mkdir(join(dataDir, 'tls'));
    await writeFile(join(dataDir, 'tls/local-ca.pem'), 'root', { mode: 0o600 });
    const { backup } = await cli('backup', backups);
    expect((await stat(backup)).mode & 0o777).toBe(0o700);

    dataDir = join(folder, 'other');
    expect(await cli('restore', backups)).toEqual({ restored: backup, replaced: null });
    expect(await titles()).toEqual(['Before']);
    expect(await readFile(join(dataDir, 'pictures/pic_a-400.webp'), 'utf8')).toBe('pic_a-400.webp');
    expect((await stat(join(dataDir, 'tls/local-ca.pem'))).mode & 0o777).toBe(0o600);
  });

  it('take a backup of a running server, while it is written to', async () => {
    const app = await startApp({ dataDir });
    const seller = await app.call('POST', '/api/v1/sellers', { token: app.operatorToken, body: { name: 'Orchard', currency: 'CNY' } });
    const plan = (title: string) =>
      app.call('POST', '/api/v1/shows', { token: app.operatorToken, body: { title, sellerId: seller.body.id, hostName: 'Zhang' } });
    await plan('Committed');
    const writes = Array.from({ length: 50 }, (_, index) => plan(`Meanwhile ${index}`));
    await cli('backup', backups);
    await Promise.all(writes);
    await app.close();
    dataDir = join(folder, 'other');
    await cli('restore', backups);
    expect(await titles()).toContain('Committed');
  });

  it('share pictures that have not changed with the backup before, and nothing else', async () => {
    await cli('show', 'create', '--title', 'Apples');
    await keepPicture('pic_a-400.webp');
    await keepPicture('pic_half-400.webp.part');
    const first = await cli('backup', backups);
    await keepPicture('pic_b-400.webp');
    const second = await cli('backup', backups);
    const inode = async (backup: string, file: string) => (await stat(join(backup, file))).ino;
    expect(await inode(second.backup, 'pictures/pic_a-400.webp')).toBe(await inode(first.backup, 'pictures/pic_a-400.webp'));
    expect(await inode(second.backup, 'fieldcast.sqlite')).not.toBe(await inode(first.backup, 'fieldcast.sqlite'));
    expect(await readdir(join(second.backup, 'pictures'))).toEqual(['pic_a-400.webp', 'pic_b-400.webp']);
    await rm(first.backup, { recursive: true });
    expect(await readFile(join(second.backup, 'pictures/pic_a-400.webp'), 'utf8')).toBe('pic_a-400.webp');
  });

  it('put the newest of several back, or the one that is named', async () => {
    await cli('show', 'create', '--title', 'One');
    const first = await cli('backup', backups);
    await cli('show', 'create', '--title', 'Two');
    await cli('backup', backups);
    await mkdir(join(backups, 'fieldcast-2999-01-01T00-00-00-000Z.part'));
    dataDir = join(folder, 'newest');
    await cli('restore', backups);
    expect(await titles()).toEqual(['One', 'Two']);
    dataDir = join(folder, 'named');
    await cli('restore', first.backup);
    expect(await titles()).toEqual(['One']);
  });

  it('do not touch data that is there, and move it aside when told to', async () => {
    await cli('show', 'create', '--title', 'Old');
    await cli('backup', backups);
    await cli('show', 'create', '--title', 'New');
    await keepPicture('pic_new-400.webp');
    // What a server that was killed leaves: read into the database, it would undo the restore.
    await writeFile(join(dataDir, 'fieldcast.sqlite-wal'), 'left over');

    await expect(cli('restore', backups)).rejects.toThrow('has data already');
    expect(existsSync(join(dataDir, 'pictures/pic_new-400.webp'))).toBe(true);
    const { replaced } = await cli('restore', backups, '--force');
    expect(await titles()).toEqual(['Old']);
    expect((await readdir(replaced)).sort()).toEqual(['fieldcast.sqlite', 'fieldcast.sqlite-wal', 'pictures']);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('.restore'))).toEqual([]);
  });

  it.each([
    ['damaged', (bytes: Buffer) => bytes.fill(0x5a, 4096 * 3, 4096 * 5)],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 9_000)],
    ['no database', () => Buffer.from('hello')],
    ['empty', () => Buffer.alloc(0)],
  ])('refuse a backup that is %s and change nothing', async (_what, spoil) => {
    await cli('show', 'create', '--title', 'Precious');
    const { backup } = await cli('backup', backups);
    const file = join(backup, 'fieldcast.sqlite');
    await writeFile(file, spoil(await readFile(file)));
    await expect(cli('restore', backups, '--force')).rejects.toThrow(/cannot be used: .+ Nothing was changed/s);
    expect(await titles()).toEqual(['Precious']);
  });

  it('refuse a folder without a backup, and a data folder without data', async () => {
    await expect(cli('restore', join(folder, 'nothing'))).rejects.toThrow('there is no backup in');
    await expect(cli('backup', backups)).rejects.toThrow('there is nothing to back up');
    expect(existsSync(backups)).toBe(false);
  });

  it('refuse to restore under a running server', async () => {
    await cli('show', 'create', '--title', 'Running');
    await cli('backup', backups);
    const app = await startApp({ dataDir });
    await expect(cli('restore', backups, '--force')).rejects.toThrow(`process ${process.pid} runs on this one`);
    await app.close();
    expect(await titles()).toEqual(['Running']);
  });
});

describe('the claim on a data folder', () => {
  it('lets one server in, stops the second with one line, and is free again after the first', async () => {
    const app = await startApp({ dataDir });
    const second = startApp({ dataDir });
    await expect(second).rejects.toBeInstanceOf(ConfigError);
    await expect(second).rejects.toThrow(new RegExp(`^FIELDCAST_DATA_DIR: got ".+", takes a folder that no other server uses; process ${process.pid} runs on this one$`));
    expect((await readFile(join(dataDir, 'server.pid'), 'utf8')).trim()).toBe(String(process.pid));
    await app.close();
    expect(existsSync(join(dataDir, 'server.pid'))).toBe(false);
    await (await startApp({ dataDir })).close();
  });

  it('ends with a process that was killed, even when its number belongs to somebody else now', async () => {
    await mkdir(dataDir);
    const script = `import { lockDataFolder } from ${JSON.stringify(join(dist, 'server/platform/data-lock.js'))};
      await lockDataFolder(${JSON.stringify(dataDir)}); console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await expect(lockDataFolder(dataDir)).rejects.toThrow(`process ${child.pid} runs on this one`);
    child.kill('SIGKILL');
    await once(child, 'close');
    await writeFile(join(dataDir, 'server.pid'), `${process.pid}\n`);
    const lock = await lockDataFolder(dataDir);
    await lock.release();
  });

  it('does not come along with a copy of the folder', async () => {
    await mkdir(dataDir);
    const lock = await lockDataFolder(dataDir);
    await cp(dataDir, join(folder, 'copy'), { recursive: true });
    await expect(lockDataFolder(join(folder, 'copy')).then((other) => other.release())).resolves.toBeUndefined();
    await lock.release();
  });
});
