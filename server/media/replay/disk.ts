// Owns what recording asks of the disk: opening a file, how much is free, and which errors mean that it is full.
import { open, statfs } from 'node:fs/promises';

/** A file as it is written here; `FileHandle` of node is one. */
export interface WritableFile {
  write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  /** @param flags of fopen(3): `wx` makes a file that must not be there yet, `r+` goes on with one */
  open(path: string, flags: 'wx' | 'w' | 'r+'): Promise<WritableFile>;
  /** Bytes that this user may still write in the file system of a folder. */
  freeBytes(folder: string): Promise<number>;
}

export const realDisk: Disk = {
  open: (path, flags) => open(path, flags, 0o600),
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};

/** Less than the reserve is free, before the disk itself refuses. */
export class ReserveReached extends Error {}

/** No space, a user's quota used up, or the largest file that the file system takes. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof ReserveReached || ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error));
}

export function isGone(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** All of it at a place of its own: what a broken write left there is written over by the next. */
export async function writeAt(file: WritableFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
