// Owns `fieldcast backup DIR`: one dated folder in DIR, complete or not there at all, taken while the server runs.
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyDatabase } from '../platform/db/snapshot.ts';
import type { Answer } from './answer.ts';
import { BACKUP_NAME, DATABASE, FIGURES, FOLDERS, timestamp } from './data-folder.ts';

export async function backup(dataDir: string, into: string): Promise<Answer> {
  const database = join(dataDir, DATABASE);
  // A wrong FIELDCAST_DATA_DIR in a crontab must not go unnoticed until the day of the restore.
  if (!existsSync(database)) throw new Error(`there is nothing to back up in ${dataDir} (FIELDCAST_DATA_DIR)`);
  await mkdir(into, { recursive: true });
  const before = (await readdir(into)).filter((name) => BACKUP_NAME.test(name)).sort().at(-1);
  const folder = join(into, `fieldcast-${timestamp(new Date())}`);
  const part = `${folder}.part`;
  // It holds buyers' addresses and private keys.
  await mkdir(part, { mode: 0o700 });
  try {
    // The database first: pictures only ever come, so each that it names is there when they are copied.
    copyDatabase(database, join(part, DATABASE));
    await syncFile(join(part, DATABASE));
    if (existsSync(join(dataDir, FIGURES))) {
      copyDatabase(join(dataDir, FIGURES), join(part, FIGURES));
      await syncFile(join(part, FIGURES));
    }
    for (const name of FOLDERS) {
      // What is under a name in these is never changed: one that the last backup has is the same one, and takes no room twice.
      const earlier = name !== 'tls' && before !== undefined ? join(into, before, name) : undefined;
      await copyFolder(join(dataDir, name), join(part, name), earlier);
    }
    await rename(part, folder);
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
  return { text: folder, json: { backup: folder } };
}

/** Copies the files of a folder (it has no folders inside). @param earlier a folder whose files of the same name are the same. */
export async function copyFolder(from: string, to: string, earlier?: string): Promise<void> {
  if (!existsSync(from)) return;
  await mkdir(to, { mode: 0o700 });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.part')) continue;
    const target = join(to, entry.name);
    if (earlier && (await isLinked(join(earlier, entry.name), target))) continue;
    try {
      await copyFile(join(from, entry.name), target);
    } catch (error) {
      // A file of a class may be taken away meanwhile; the database of this backup then names one that is gone, as it is.
      if ((error as { code?: unknown }).code === 'ENOENT') continue;
      throw error;
    }
    await syncFile(target);
  }
}

// Memory sticks with FAT have no links; then it is copied.
async function isLinked(existing: string, target: string): Promise<boolean> {
  return link(existing, target).then(
    () => true,
    () => false,
  );
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}
