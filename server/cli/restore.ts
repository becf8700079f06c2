// Owns `fieldcast restore DIR`: a checked backup put in the place of the data folder's own data, which is never deleted.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lockDataFolder } from '../platform/data-lock.ts';
import { databaseFault } from '../platform/db/snapshot.ts';
import type { Answer } from './answer.ts';
import { copyFolder } from './backup.ts';
import { BACKUP_NAME, DATABASE, DATABASE_PARTS, FIGURES, FOLDERS, timestamp } from './data-folder.ts';

/**
 * @param from one backup, or the folder of backups: then the newest.
 * @param options.force moves data that is there into `replaced-TIME` in the data folder instead of refusing.
 */
export async function restore(dataDir: string, from: string, options: { force: boolean }): Promise<Answer> {
  const source = await findBackup(resolve(from));
  await mkdir(dataDir, { recursive: true });
  const lock = await lockDataFolder(dataDir);
  // Inside the data folder, so that the last step is a rename on one disk and cannot stop half way for lack of room.
  const staged = await mkdtemp(join(dataDir, '.restore-'));
  try {
    await copyFile(join(source, DATABASE), join(staged, DATABASE));
    // Backups from before there were figures have none.
    if (existsSync(join(source, FIGURES))) await copyFile(join(source, FIGURES), join(staged, FIGURES));
    // The copy is what will be used, so the copy is what is checked.
    const fault = databaseFault(join(staged, DATABASE));
    if (fault !== undefined) throw new Error(`the backup ${source} cannot be used: ${fault}. Nothing was changed.`);
    for (const name of FOLDERS) await copyFolder(join(source, name), join(staged, name));

    const existing = [...DATABASE_PARTS, ...FOLDERS].filter((name) => existsSync(join(dataDir, name)));
    const aside = existing.length === 0 ? undefined : join(dataDir, `replaced-${timestamp(new Date())}`);
    if (aside !== undefined) {
      if (!options.force) {
        throw new Error(`${dataDir} has data already. Nothing was changed; --force moves that data aside, into a folder beside the new data.`);
      }
      await mkdir(aside, { mode: 0o700 });
      for (const name of existing) await rename(join(dataDir, name), join(aside, name));
    }
    // The database last: with it the data folder is whole.
    for (const name of [...FOLDERS, FIGURES, DATABASE]) {
      if (existsSync(join(staged, name))) await rename(join(staged, name), join(dataDir, name));
    }
    return {
      text: `restored ${source}${aside === undefined ? '' : `\nwhat was there before is in ${aside}`}`,
      json: { restored: source, replaced: aside ?? null },
    };
  } finally {
    await rm(staged, { recursive: true, force: true });
    await lock.release();
  }
}

async function findBackup(folder: string): Promise<string> {
  if (existsSync(join(folder, DATABASE))) return folder;
  const names = existsSync(folder) ? await readdir(folder) : [];
  const newest = names.filter((name) => BACKUP_NAME.test(name)).sort().at(-1);
  if (newest === undefined) throw new Error(`there is no backup in ${folder}`);
  return join(folder, newest);
}
