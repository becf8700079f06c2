// Owns tests of where the compiled part of better-sqlite3 comes from: a folder stands in for the package, and a word for its file.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadScript } from './load.ts';

const { addonKey, addonLoads, provideAddon } = await loadScript('sqlite-addon.mjs');

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let installs: string[];
const checkout = (name: string) => join(folder, name);
const addon = (root: string) => join(root, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
const kept = () => readdirSync(join(folder, 'cache', 'addons')).map((name) => join(folder, 'cache', 'addons', name));

function openCheckout(name: string, version = '12.0.0'): string {
  const root = checkout(name);
  mkdirSync(join(root, 'node_modules', 'better-sqlite3'), { recursive: true });
  writeFileSync(join(root, 'node_modules', 'better-sqlite3', 'package.json'), JSON.stringify({ version }));
  return root;
}

function provide(root: string, makes = 'good'): Promise<boolean> {
  const install = async () => {
    installs.push(root);
    mkdirSync(join(addon(root), '..'), { recursive: true });
    writeFileSync(addon(root), makes);
  };
  const loads = async () => existsSync(addon(root)) && readFileSync(addon(root), 'utf8') === 'good';
  return provideAddon({ root, install, cache: join(folder, 'cache'), loads });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fieldcast-addon-'));
  installs = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the compiled part of better-sqlite3', () => {
  test('is made once, and put into the next checkout from the cache', async () => {
    const [first, second] = [openCheckout('first'), openCheckout('second')];
    expect(await provide(first)).toBe(false);
    expect(await provide(second)).toBe(true);
    expect(installs).toEqual([first]);
    expect(readFileSync(addon(second), 'utf8')).toBe('good');
    expect(readdirSync(join(addon(second), '..'))).toEqual(['better_sqlite3.node']);
  });

  test('is made again for another version', async () => {
    await provide(openCheckout('first'));
    expect(await provide(openCheckout('second', '12.0.1'))).toBe(false);
    expect(kept()).toHaveLength(2);
  });

  test('is made again where what was kept does not load', async () => {
    await provide(openCheckout('first'));
    writeFileSync(kept()[0] as string, 'half');
    const second = openCheckout('second');
    expect(await provide(second)).toBe(false);
    expect(installs).toContain(second);
    expect(kept().map((file) => readFileSync(file, 'utf8'))).toEqual(['good']);
  });

  test('is not kept when it does not load, and that says what is missing', async () => {
    await expect(provide(openCheckout('first'), 'bad')).rejects.toThrow(/does not load.*g\+\+/);
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  });

  test('that cannot be made says what is missing, and why', async () => {
    const install = () => Promise.reject(new Error('make: not found'));
    const provided = provideAddon({ root: openCheckout('first'), install, cache: join(folder, 'cache') });
    await expect(provided).rejects.toThrow(/could not be installed.*g\+\+[^]*make: not found/);
  });

  test('has another key for another Node, machine or libc', () => {
    const base = { version: '12.0.0', abi: '115', platform: 'linux', arch: 'x64', libc: '2.36' };
    const keys = [base, { ...base, abi: '127' }, { ...base, arch: 'arm64' }, { ...base, libc: '2.41' }].map(addonKey);
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toMatch(/^better-sqlite3-12\.0\.0-abi115-linux-x64-[0-9a-f]{12}$/);
  });

  test('opens a database where it is whole, and is noticed where it is not', async () => {
    expect(await addonLoads(ROOT)).toBe(true);
    expect(await addonLoads(folder)).toBe(false);
  });
});
