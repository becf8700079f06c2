// Owns how a writer is known: a sign for other people to see, and a place by which a banned sender is found again.
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

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

/** /24 of IPv4 and /56 of IPv6: what a household or a phone is given. */
export function rangeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  if (!isIPv6(plain)) return plain.split('.').slice(0, 3).join('.');
  const [head = '', tail = ''] = plain.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const groups = plain.includes('::') ? [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right] : left;
  const [first, second, third, fourth = '0'] = groups.map((group) => group.toLowerCase().padStart(4, '0'));
  return [first, second, third, fourth.slice(0, 2)].join(':');
}
