// Owns the opening of the file of figures. A broken one is put aside: nothing that sells may wait for it.
import { existsSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/db/database.ts';
import type { Logger } from '../../platform/log.ts';
import { asideName, FIGURES_FILE } from './set-aside.ts';
import { analyticsMigrations } from './tables.ts';

/** Figures are kept in rounds of seconds, so a loss of power costs some of them anyway; a wait for the disk would be everybody's, orders' too. */
const SURVIVES = 'crash';

export async function openFigures({ dataDir, clock, log }: { dataDir: string; clock: Clock; log: Logger }): Promise<Database> {
  const file = join(dataDir, FIGURES_FILE);
  try {
    return await Database.open(file, analyticsMigrations, log, SURVIVES);
  } catch (error) {
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test((error as { code?: string }).code ?? '')) throw error;
    const aside = join(dataDir, asideName(clock.now()));
    log.error({ err: error, aside }, 'the file of figures is broken; it is put aside, and figures begin anew');
    for (const part of ['', '-wal', '-shm']) if (existsSync(file + part)) await rename(file + part, aside + part);
    return Database.open(file, analyticsMigrations, log, SURVIVES);
  }
}
