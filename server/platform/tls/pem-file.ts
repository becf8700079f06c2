// Owns keys and certificates on disk: a key and its chain in one file, so that a crash can never leave a pair that does not match.
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Private key and certificate (leaf first, then what signed it), both PEM with a line end at the end. */
export interface KeyAndCertificate {
  key: string;
  cert: string;
}

/** Keeps `pem` where only this user can read it; nobody ever sees half of it. */
export async function keepPem(file: string, pem: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.part`, 'w', 0o600);
  try {
    // A file that was left by an interrupted write keeps the rights it had.
    await handle.chmod(0o600);
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
  const directory = await open(folder);
  await directory.sync().finally(() => directory.close());
}

/** The file's text, or undefined when there is none. Rights that a copy made wider are taken back. */
export async function readPem(file: string): Promise<string | undefined> {
  try {
    await chmod(file, 0o600);
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function keepPair(file: string, { key, cert }: KeyAndCertificate): Promise<void> {
  await keepPem(file, `${key}${cert}`);
}

export async function readPair(file: string): Promise<KeyAndCertificate | undefined> {
  const pem = await readPem(file);
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]+?-----END [A-Z ]*PRIVATE KEY-----/.exec(pem ?? '')?.[0];
  const chain = pem?.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g);
  return key && chain ? { key: `${key}\n`, cert: `${chain.join('\n')}\n` } : undefined;
}
