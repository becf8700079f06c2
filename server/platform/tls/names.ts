// Owns which names a certificate of this machine carries: every way in which somebody on its network can write its address.
import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';
import { normalizeName } from './renewal.ts';

/** @param settings what the operator set: the address listened on, the public URL, the announced address; empty where unset. */
export function certificateNames(settings: { host: string; publicUrl: string; announcedAddress: string }): string[] {
  const names = ['localhost', '127.0.0.1', '::1', settings.host, settings.announcedAddress, hostOf(settings.publicUrl)];
  const own = hostname();
  // Phones find a machine without a domain as NAME.local (multicast DNS).
  names.push(own, ...(own.includes('.') ? [] : [`${own}.local`]));
  for (const addresses of Object.values(networkInterfaces())) {
    for (const each of addresses ?? []) if (each.family === 'IPv4') names.push(each.address);
  }
  return [...new Set(names.filter(isCertifiable).map(normalizeName))].sort();
}

export function hostOf(url: string): string {
  return url === '' ? '' : new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
}

function isCertifiable(name: string): boolean {
  if (name === '0.0.0.0' || name === '::') return false;
  return isIP(name) !== 0 || (name.length <= 253 && /^[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})*$/.test(name));
}
