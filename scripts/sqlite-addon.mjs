// Owns the compiled part of better-sqlite3: taken from this user's cache, else made by the package's own install script and kept there.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheRoot, machine } from './worker/cache.mjs';

const PACKAGE = join('node_modules', 'better-sqlite3');
const ADDON = join(PACKAGE, 'build', 'Release', 'better_sqlite3.node');
const NEEDS = 'It needs its prebuilt file from GitHub or, to be built here, python3, make and g++.\n'
  + 'On Debian: apt-get install -y python3 make g++   then: npm rebuild better-sqlite3';

/** Whether the package in `root` opens a database; in a process of its own, because an addon of another Node can end the one that loads it. */
export function addonLoads(root) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], { cwd: root, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/** A short name that changes whenever the file would have to be another one. */
export function addonKey({ version, abi, platform, arch, libc }) {
  const hash = createHash('sha256').update(libc).digest('hex').slice(0, 12);
  return `better-sqlite3-${version}-abi${abi}-${platform}-${arch}-${hash}`;
}

/**
 * Where upstream's prebuilt file cannot be had the install script compiles for two minutes, so what it made is kept for the next checkout.
 * @param {{ root: string, install: () => Promise<void>, cache?: string, loads?: typeof addonLoads }} options `install` runs the package's install script
 * @returns {Promise<boolean>} whether it was in the cache
 */
export async function provideAddon({ root, install, cache = cacheRoot(), loads = addonLoads }) {
  const { version } = JSON.parse(readFileSync(join(root, PACKAGE, 'package.json'), 'utf8'));
  const kept = join(cache, 'addons', `${addonKey({ version, abi: process.versions.modules, ...machine() })}.node`);
  const addon = join(root, ADDON);
  if (existsSync(kept)) {
    put(kept, addon);
    if (await loads(root)) return true;
    rmSync(kept, { force: true });
    rmSync(addon, { force: true });
  }
  await install().catch((cause) => {
    throw new Error(`better-sqlite3 could not be installed. ${NEEDS}\n${cause.message}`, { cause });
  });
  if (!await loads(root)) throw new Error(`better-sqlite3 was installed but does not load. ${NEEDS}`);
  if (existsSync(addon)) put(addon, kept);
  return false;
}

/** Never half of it under its real name: another set-up may be looking. */
function put(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const temporary = `${to}.${process.pid}`;
  try {
    copyFileSync(from, temporary);
    renameSync(temporary, to);
  } finally {
    rmSync(temporary, { force: true });
  }
}
