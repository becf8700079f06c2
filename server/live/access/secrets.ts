// Owns how secrets that this server gave out are kept: as hashes, compared without telling by the time it takes.
import { createHash, timingSafeEqual } from 'node:crypto';

/** Codes and secrets have 192 random bits and more, so a plain hash cannot be turned back. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** Compares without telling by its time how much was right. */
export function isSameSecret(given: string, expectedHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(expectedHash));
}
