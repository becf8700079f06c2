// Owns which addresses the server sends push messages to. They come from strangers, so they must not lead into our own network.
import { isIP } from 'node:net';

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
