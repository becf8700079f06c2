// Owns where media listens and which address it names to the other side.
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

export interface ListenAddress {
  ip: string;
  /** Undefined when `ip` itself can be reached. */
  announcedAddress: string | undefined;
}

/** @param host what the server listens on, @param announced what the operator set, may be empty */
export async function listenAddress(host: string, announced: string): Promise<ListenAddress> {
  const ip = isIP(host) ? host : (await lookup(host)).address;
  if (announced !== '') return { ip, announcedAddress: announced };
  // Nobody can send to 0.0.0.0.
  const isWildcard = ip === '0.0.0.0' || ip === '::';
  return { ip, announcedAddress: isWildcard ? firstReachableAddress() : undefined };
}

function firstReachableAddress(): string {
  for (const addresses of Object.values(networkInterfaces())) {
    for (const each of addresses ?? []) {
      if (!each.internal && each.family === 'IPv4') return each.address;
    }
  }
  return '127.0.0.1';
}
