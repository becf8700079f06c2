// Owns files that are there whole or not at all.
import { open, rename } from 'node:fs/promises';

/**
 * Written beside and renamed, so that nobody reads half a file; synced first, because a rename can outlive a power cut that the bytes do not.
 * @throws the fault of the file system, such as `ENOSPC`
 */
export async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(`${file}.part`, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
}
