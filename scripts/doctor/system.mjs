// Owns the doctor's look at clock, disk and database.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const FREE_BYTES_WANTED = 1e9;
const FSYNC_TRIES = 40;
/** Every order waits for one fsync (several may share it). */
const FSYNC_P95_LIMIT_MS = 50;
const CLOCK_WATCH_MS = 500;
const CLOCK_STEP_LIMIT_MS = 50;

/** Tokens, orders and receipts carry wall-clock time, so a clock that is wrong or jumps is a fault. */
export async function checkClock({ root, now = Date.now, watchMs = CLOCK_WATCH_MS }) {
  const wallStart = now();
  const steadyStart = performance.now();
  await sleep(watchMs);
  const step = now() - wallStart - (performance.now() - steadyStart);
  if (Math.abs(step) > CLOCK_STEP_LIMIT_MS) {
    return { ok: false, text: `clock: it jumped ${Math.round(step)} ms while watched. Let one time service only (chrony or systemd-timesyncd) set it.` };
  }
  // The checkout cannot be from the future.
  const newest = statSync(join(root, 'package-lock.json')).mtimeMs;
  if (wallStart < newest - 60_000) {
    return { ok: false, text: `clock: it says ${new Date(wallStart).toISOString()}, before these files were written. Set the time, and install chrony or systemd-timesyncd.` };
  }
  if (existsSync('/run/systemd/timesync') && !existsSync('/run/systemd/timesync/synchronized')) {
    return { ok: false, text: 'clock: systemd-timesyncd runs but has not reached a time server. Allow UDP 123 out, or name a local one in /etc/systemd/timesyncd.conf.' };
  }
  return { ok: true, text: `clock is steady (${new Date(wallStart).toISOString()})` };
}

/** @param reserveMb below it nothing is recorded */
export function checkDisk(dataDir, reserveMb = 0) {
  const probe = join(dataDir, `.doctor-${process.pid}`);
  try {
    mkdirSync(dataDir, { recursive: true });
    const { bavail, bsize } = statfsSync(dataDir);
    const free = bavail * bsize;
    if (free < FREE_BYTES_WANTED) {
      return { ok: false, text: `disk: only ${(free / 1e9).toFixed(2)} GB free for ${dataDir}. Make room, or set FIELDCAST_DATA_DIR to a bigger disk.` };
    }
    if (free < reserveMb * 1e6) {
      return { ok: false, text: `disk: only ${(free / 1e9).toFixed(2)} GB free for ${dataDir}, less than the reserve, so shows are not recorded. Make room, or lower FIELDCAST_DISK_RESERVE_MB.` };
    }
    const p95 = fsyncP95Ms(probe);
    const figures = `${(free / 1e9).toFixed(0)} GB free, a durable write takes ${p95.toFixed(1)} ms (p95)`;
    return p95 > FSYNC_P95_LIMIT_MS
      ? { ok: false, text: `disk: ${figures}; orders will be slow. Put FIELDCAST_DATA_DIR on an SSD, not on a network drive or SD card.` }
      : { ok: true, text: `disk: ${figures}` };
  } catch (error) {
    return { ok: false, text: `disk: ${dataDir} cannot be written (${error.code ?? error.message}). Give this user rights to it, or set FIELDCAST_DATA_DIR.` };
  } finally {
    rmSync(probe, { force: true });
  }
}

function fsyncP95Ms(file) {
  const page = Buffer.alloc(4096, 1);
  const handle = openSync(file, 'w');
  const times = [];
  try {
    for (let n = 0; n < FSYNC_TRIES; n += 1) {
      const started = performance.now();
      writeSync(handle, page);
      fsyncSync(handle);
      times.push(performance.now() - started);
    }
  } finally {
    closeSync(handle);
  }
  return times.sort((a, b) => a - b)[Math.floor(FSYNC_TRIES * 0.95)];
}

/** Every SQLite file of the data folder is opened read-only and checked page by page. */
export function checkDatabase(dataDir) {
  const files = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => /\.(db|sqlite3?)$/.test(name)) : [];
  if (files.length === 0) return { ok: true, text: `database: none yet in ${dataDir}, made at the first start` };
  const Database = createRequire(import.meta.url)('better-sqlite3');
  for (const name of files) {
    const file = join(dataDir, name);
    let answer;
    try {
      const database = new Database(file, { readonly: true, fileMustExist: true });
      try {
        answer = database.pragma('integrity_check', { simple: true });
      } finally {
        database.close();
      }
    } catch (error) {
      answer = error.message;
    }
    if (answer !== 'ok') {
      return { ok: false, text: `database ${file}: ${answer}. Stop the server, keep a copy of the file, and bring back the last backup: npm run cli -- restore DIR` };
    }
  }
  return { ok: true, text: `database: ${files.join(', ')} opens and is whole` };
}
