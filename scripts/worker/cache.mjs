// Owns where built media workers are kept (outside the checkout) and the key that says when one may be reused.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK_BEAT_MS = 5_000;
const LOCK_STALE_MS = 60_000;

export function cacheRoot(env = process.env) {
  // The XDG specification: a relative path is to be ignored.
  const base = env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(homedir(), '.cache');
  return join(base, 'fieldcast');
}

/** A short name that changes whenever the binary would have to be another one. */
export function cacheKey({ mediasoup, platform, arch, libc, libraries, recipe }) {
  const parts = [libc, ...Object.entries(libraries).map(([name, version]) => `${name}=${version}`).sort(), recipe];
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
  return `mediasoup-${mediasoup}-${platform}-${arch}-${hash}`;
}

/** Versions of the system libraries that a worker is linked with; empty where pkg-config or one of them is missing. */
export function libraryVersions(names, run = execFileSync) {
  const versions = {};
  for (const name of names) {
    try {
      versions[name] = run('pkg-config', ['--modversion', name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      return {};
    }
  }
  return versions;
}

export function machine() {
  // A worker linked against a newer libc does not start with an older one.
  const libc = process.report?.getReport().header.glibcVersionRuntime ?? 'other';
  return { platform: process.platform, arch: process.arch, libc };
}

/** A hash of all files under a folder, names included. */
export function hashFolder(folder) {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath ?? found.path, found.name))
    .sort()) {
    hash.update(entry.slice(folder.length)).update('\0').update(readFileSync(entry)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Runs work while holding a lock folder, so that two set-ups started together don't build twice.
 * A holder that died stops touching its lock, and the next one takes it over after a minute.
 */
export async function withLock(lock, work, onWait = () => {}) {
  while (!tryLock(lock)) {
    onWait();
    await sleep(1_000);
  }
  const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), LOCK_BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock) {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > LOCK_STALE_MS) {
    const aside = `${lock}.stale-${process.pid}`;
    try {
      // Renaming is atomic: only one of several waiters gets to remove the stale lock.
      renameSync(lock, aside);
      rmSync(aside, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return false;
}
