// Owns the server's secret key, made once and kept in the database, and what is derived from it: a key for tokens is no key for anything else.
import { hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from './db/database.ts';

/** Signs tokens; shared by server and command line. */
export async function tokenKey(database: Database): Promise<Uint8Array> {
  return Buffer.from(await database.setting('token-key', () => randomBytes(32).toString('base64url')), 'base64url');
}

/** A key of its own for another purpose (RFC 5869): what is signed with one key means nothing under another. */
export function derivedKey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `fieldcast ${purpose}`, 32));
}
