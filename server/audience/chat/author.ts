// Owns how a writer is known: a sign for other people to see, and a place by which a banned sender is found again.
import { createHash } from 'node:crypto';
import { rangeOf } from '../../platform/address-range.ts';

/** The same for one person in one show, another one in the next: nobody can follow somebody from show to show. */
export function authorKey(showId: string, identity: string): string {
  return createHash('sha256').update(`${showId} ${identity}`).digest('base64url').slice(0, 12);
}

/**
 * Device and address range, hashed: a new tab or a cleared storage has a new identity, but not another phone or network. Neighbours
 * behind one address with the same browser share it, which is why a ban by place spares those who were known before.
 */
export function placeOf(address: string, userAgent: string): string {
  return createHash('sha256').update(`${rangeOf(address)} ${userAgent}`).digest('base64url').slice(0, 22);
}
