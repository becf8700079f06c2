// Owns the claim on a data folder: one server at a time, and none while a backup is put back.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { ConfigError } from './config.ts';

export interface DataLock {
  release(): Promise<void>;
}

/**
 * Claims `dataDir` for this process. The claim is a lock of the system on `server.lock`, so it ends with the process however that ends,
 * and a number that another process got later cannot keep anybody out. `server.pid` says who holds it.
 * @throws ConfigError when somebody else holds it.
 */
export async function lockDataFolder(dataDir: string): Promise<DataLock> {
  const pidFile = join(dataDir, 'server.pid');
  // Node has no file locks of its own; an empty SQLite file brings them for every system.
  const connection = new SqliteDatabase(join(dataDir, 'server.lock'), { timeout: 0 });
  try {
    connection.exec('begin exclusive');
  } catch (error) {
    connection.close();
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error;
    const pid = (await readFile(pidFile, 'utf8').catch(() => '')).trim();
    throw new ConfigError(
      `FIELDCAST_DATA_DIR: got "${dataDir}", takes a folder that no other server uses${pid === '' ? '' : `; process ${pid} runs on this one`}`,
    );
  }
  await writeFile(pidFile, `${process.pid}\n`);
  return {
    async release() {
      if (!connection.open) return;
      await rm(pidFile, { force: true });
      connection.close();
    },
  };
}
