// Owns which network addresses the server calls where somebody else has named them: such a name must not lead into our own network.
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

/** This machine and the networks of a house or an office (RFC 1918, RFC 6598, RFC 4193); not link-local, where clouds keep their keys. */
const ownNetworks = { 4: new BlockList(), 6: new BlockList() };
for (const [net, prefix] of [['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16]] as const) ownNetworks[4].addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [['::1', 128], ['fc00::', 7]] as const) ownNetworks[6].addSubnet(net, prefix, 'ipv6');

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inside[4].check(address, 'ipv4');
  return family === 6 && !inside[6].check(address, 'ipv6');
}

/** Public, or in a network that somebody who runs the server may let it call. */
export function isPublicOrOwnAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4 && ownNetworks[4].check(address, 'ipv4')) return true;
  if (family === 6 && ownNetworks[6].check(address, 'ipv6')) return true;
  return isPublicAddress(address);
}

/** Looks a name up for a connection and refuses it when it leads where it may not: what is checked is what is connected to. */
export function lookupOnly(mayCall: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
      const fault = error ?? (addresses.every(({ address }) => mayCall(address)) ? null : new Error('this address may not be called'));
      const [first] = addresses ?? [];
      if (fault || !first) return callback(fault ?? new Error('no address'), '', 0);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

export const lookupPublic: LookupFunction = lookupOnly(isPublicAddress);
