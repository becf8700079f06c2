// Owns the server's own keys for web push (RFC 8292): made once, kept with the settings. Another key would end every subscription.
import { createECDH } from 'node:crypto';
import type { Database } from '../../platform/db/database.ts';

/** On P-256, base64url. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

export async function readPushKeys(database: Database): Promise<PushKeys> {
  const stored = await database.setting('push-keys', () => {
    const pair = createECDH('prime256v1');
    const publicKey = pair.generateKeys('base64url');
    // A number with leading zeros comes out shorter, and is not taken then.
    const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()]).subarray(-32).toString('base64url');
    return JSON.stringify({ publicKey, privateKey } satisfies PushKeys);
  });
  return JSON.parse(stored) as PushKeys;
}
