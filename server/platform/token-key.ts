// Owns the key that tokens are signed with: made once, kept in the database, shared by server and command line.
import { randomBytes } from 'node:crypto';
import type { Database } from './db/database.ts';

export async function tokenKey(database: Database): Promise<Uint8Array> {
  return Buffer.from(await database.setting('token-key', () => randomBytes(32).toString('base64url')), 'base64url');
}
