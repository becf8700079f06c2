// Owns tests of the pure parts of getting a media worker: cache key and lock, download, build preparation.
import { mkdtempSync, rmSync, utimesSync, mkdirSync, existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadScript } from './load.ts';

const cache = await loadScript('worker/cache.mjs');
const build = await loadScript('worker/build.mjs');
const download = await loadScript('worker/download.mjs');
const folder = mkdtempSync(join(tmpdir(), 'fieldcast-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the cache', () => {
  const base = { mediasoup: '3.27.1', platform: 'linux', arch: 'x64', libc: '2.36', libraries: { openssl: '3.0.22', libuv: '1.44.2' }, recipe: 'r' };

  test('is outside the checkout and follows XDG_CACHE_HOME only where that is absolute', () => {
    expect(cache.cacheRoot({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/fieldcast');
    expect(cache.cacheRoot({ XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache\/fieldcast$/);
  });

  test('has a key that names version and machine and does not depend on the order of libraries', () => {
    expect(cache.cacheKey(base)).toMatch(/^mediasoup-3\.27\.1-linux-x64-[0-9a-f]{12}$/);
    expect(cache.cacheKey({ ...base, libraries: { libuv: '1.44.2', openssl: '3.0.22' } })).toBe(cache.cacheKey(base));
  });

  test.each([
    ['a library', { libraries: { openssl: '3.0.23', libuv: '1.44.2' } }],
    ['the libc', { libc: '2.41' }],
    ['our shims', { recipe: 'r2' }],
    ['mediasoup', { mediasoup: '3.27.2' }],
    ['the machine', { arch: 'arm64' }],
  ])('has another key when %s changes', (_, change) => {
    expect(cache.cacheKey({ ...base, ...change })).not.toBe(cache.cacheKey(base));
  });

  test('gives no library versions where one of them is missing', () => {
    const run = (_: string, [, name]: string[]) => {
      if (name === 'libuv') throw new Error('not found');
      return '1.0\n';
    };
    expect(cache.libraryVersions(['openssl'], run)).toEqual({ openssl: '1.0' });
    expect(cache.libraryVersions(['openssl', 'libuv'], run)).toEqual({});
  });

  test('lets two set-ups work one after the other', async () => {
    const lock = join(folder, 'lock');
    const order: string[] = [];
    const first = cache.withLock(lock, async () => {
      order.push('first begins');
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push('first ends');
    });
    await cache.withLock(lock, async () => order.push('second'));
    await first;
    expect(order).toEqual(['first begins', 'first ends', 'second']);
    expect(existsSync(lock)).toBe(false);
  });

  test('takes over the lock of a set-up that died', async () => {
    const lock = join(folder, 'stale');
    mkdirSync(lock);
    const longAgo = new Date(Date.now() - 120_000);
    utimesSync(lock, longAgo, longAgo);
    expect(await cache.withLock(lock, async () => 'mine')).toBe('mine');
  });

  test('hashes a folder by names and content', () => {
    const sources = join(folder, 'sources');
    mkdirSync(sources);
    writeFileSync(join(sources, 'a'), 'one');
    const before = cache.hashFolder(sources);
    expect(cache.hashFolder(sources)).toBe(before);
    writeFileSync(join(sources, 'a'), 'two');
    expect(cache.hashFolder(sources)).not.toBe(before);
  });
});

describe('the prebuilt download', () => {
  test('asks for the name that upstream gives its files', () => {
    expect(download.prebuiltName({ version: '3.27.1', platform: 'linux', arch: 'x64', kernel: '6.1.0-40-amd64' })).toBe('mediasoup-worker-3.27.1-linux-x64-kernel6.tgz');
    expect(download.prebuiltName({ version: '3.27.1', platform: 'darwin', arch: 'arm64' })).toBe('mediasoup-worker-3.27.1-darwin-arm64.tgz');
  });

  test('takes the file out of the archive, past a folder entry', () => {
    const header = (name: string, size: number, type: string) => {
      const block = Buffer.alloc(512);
      block.write(name);
      block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
      block.write(type, 156);
      return block;
    };
    const content = Buffer.alloc(512);
    content.write('program');
    const tar = Buffer.concat([header('./', 0, '5'), header('mediasoup-worker', 7, '0'), content, Buffer.alloc(1024)]);
    expect(download.firstFileOfTar(tar).toString()).toBe('program');
  });

  test.each([['nothing', Buffer.alloc(1024)], ['noise', Buffer.alloc(2048, 0xff)], ['a cut header', Buffer.alloc(100)]])('refuses an archive of %s', (_, tar) => {
    expect(() => download.firstFileOfTar(tar)).toThrow('holds no file');
  });
});

describe('the build', () => {
  test('relaxes the meson version and leaves out test programs', () => {
    const relaxed = build.relaxMeson("project('x', meson_version: '>= 1.1.0')\nexecutable()\nmock_sources = [\n]");
    expect(relaxed).toBe("project('x', meson_version: '>= 1.0.0')\nexecutable()\n");
  });

  test('reads where a wrap expects its sources', () => {
    expect(build.wrapDirectory('[wrap-file]\ndirectory = libuv-v1.51.0\nsource_url = x')).toBe('libuv-v1.51.0');
    expect(() => build.wrapDirectory('[wrap-file]')).toThrow('no directory');
  });

  test('reads how far ninja is', () => {
    expect(build.ninjaProgress('[123/412] Compiling C++ object')).toEqual({ done: 123, total: 412 });
    expect(build.ninjaProgress('../src/x.cpp:1:2: warning')).toBeUndefined();
  });

  test('runs no more compilers than fit into memory, and at least one', () => {
    expect(build.compileJobs(8, 2 * 2 ** 30)).toBe(2);
    expect(build.compileJobs(2, 64 * 2 ** 30)).toBe(2);
    expect(build.compileJobs(4, 2 ** 28)).toBe(1);
  });
});
