// Owns broken files of figures that were put aside: whoever asks to be forgotten may be in them, and nobody could be taken out of them, so they go as a whole.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const FIGURES_FILE = 'analytics.sqlite';
const ASIDE = /^analytics\.sqlite\.broken-(\d+)(?:-wal|-shm)?$/;

export function asideName(now: number): string {
  return `${FIGURES_FILE}.broken-${now}`;
}

/** @param before only those put aside before, ms since epoch */
export async function removeSetAside(dataDir: string, before = Infinity): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const at = ASIDE.exec(name)?.[1];
    if (at !== undefined && Number(at) < before) await rm(join(dataDir, name), { force: true });
  }
}
