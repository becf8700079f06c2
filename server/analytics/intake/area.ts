// Owns from which network a device comes, as far as figures may know it: the first half of what an operator gives to a household.
import { rangeOf } from '../../platform/address-range.ts';
import { isLoopback } from '../../platform/limits.ts';

/** /16 of IPv4, 65,536 addresses, and /32 of IPv6, a whole operator or a part of one. Empty on the machine itself. */
export function areaOf(address: string): string {
  if (isLoopback(address)) return '';
  const range = rangeOf(address);
  const sign = range.includes(':') ? ':' : '.';
  return range.split(sign).slice(0, 2).join(sign);
}
