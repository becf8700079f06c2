// Owns which addresses the server sends push messages to. They come from strangers, so they must not lead into our own network.
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Not on the public internet (RFC 6890), and what may lead back to such an address. */
// Two lists: in one, the range of mapped IPv4 addresses would be all of IPv4.
const inside = { 4: new BlockList(), 6: new BlockList() };
for (const [net, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24],
  ['192.0.2.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inside[4].addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16],
  ['fc00::', 7], ['fe80::', 10], ['ff00::', 8],
] as const) inside[6].addSubnet(net, prefix, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside[4].check(address, 'ipv4');
  return family === 6 && !inside[6].check(address, 'ipv6');
}

/**
 * Whether a push message may be sent there at all.
 * @param testService origin of a stand-in for a push service, taken as it is; empty: none
 */
export function isPushEndpoint(endpoint: string, testService: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, origin, hostname, port, username, password } = new URL(endpoint);
  if (testService !== '' && origin === testService) return true;
  // Push services have names, on the port of https; a name without a dot is one of our own network.
  const isName = isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0 && /\.[a-z][a-z0-9-]*$/i.test(hostname) && !/\.(local|localhost|internal|lan|home|arpa)$/i.test(hostname);
  return protocol === 'https:' && port === '' && username === '' && password === '' && isName;
}

/** Looks a name up for a connection and refuses it when it leads inside: what is checked is what is connected to. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
    const fault = error ?? (addresses.every(({ address }) => isPublicAddress(address)) ? null : new Error('the push service is not on the public internet'));
    const [first] = addresses ?? [];
    if (fault || !first) return callback(fault ?? new Error('no address'), '', 0);
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
