// Owns which network addresses are one household's or one phone's: a device has as many addresses of IPv6 as it likes.
import { isIPv6 } from 'node:net';

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
