// Owns the doctor's look at relays (TURN, RFC 8656): asks each for an address as a client would, with the credentials that clients get.
import { createHash, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { attribute, isStun, readStun, stunRequest } from '../worker/stun.mjs';

const ALLOCATE = 0x0003;
const ALLOCATED = 0x0103;
const REFUSED = 0x0113;
const REFRESH = 0x0004;
const USERNAME = 0x0006;
const ERROR_CODE = 0x0009;
const LIFETIME = 0x000d;
const REALM = 0x0014;
const NONCE = 0x0015;
const REQUESTED_TRANSPORT = 0x0019;
/** RFC 8656 section 18.8: the protocol number of UDP in the first of four bytes. */
const UDP = Buffer.from([17, 0, 0, 0]);
const ANSWER_LIMIT_MS = 5_000;

/** Host, port and way of a TURN URI (RFC 7065). */
export function readTurnUri(uri) {
  const [, scheme, host, port, transport] = /^(turns?):(\[[^\]]+\]|[^:?]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(uri) ?? [];
  const isSecure = scheme === 'turns';
  return { host: host?.replace(/^\[|\]$/g, ''), port: Number(port ?? (isSecure ? 5349 : 3478)), way: isSecure ? 'tls' : (transport ?? 'udp') };
}

/**
 * @param {string} uri
 * @param {{ username: string, credential: string }} credentials
 * @param {{ ca?: string }} trust an authority beside the system's
 * @returns {Promise<{ ok: boolean, text: string }>}
 */
export async function checkRelay(uri, { username, credential }, trust = {}) {
  let line;
  try {
    line = await openLine(readTurnUri(uri), trust);
    const transport = attribute(REQUESTED_TRANSPORT, UDP);
    const first = await line.ask({ type: ALLOCATE, attributes: [transport] });
    const realm = first.attributes.get(REALM);
    const nonce = first.attributes.get(NONCE);
    if (first.type !== REFUSED || !realm || !nonce) return { ok: false, text: `relay ${uri}: lets everybody in, or is no TURN server. Set use-auth-secret.` };
    const key = createHash('md5').update(`${username}:${realm}:${credential}`).digest();
    const proof = [attribute(USERNAME, Buffer.from(username)), attribute(REALM, realm), attribute(NONCE, nonce)];
    const second = await line.ask({ type: ALLOCATE, attributes: [transport, ...proof], key });
    if (second.type !== ALLOCATED) {
      const code = codeOf(second);
      const hint = code === 401 ? 'Its static-auth-secret has to be FIELDCAST_TURN_SECRET, and the clocks of both machines right.' : 'Look at its log.';
      return { ok: false, text: `relay ${uri}: refuses with ${code}. ${hint}` };
    }
    // What was only tried is given back at once.
    await line.ask({ type: REFRESH, attributes: [attribute(LIFETIME, Buffer.alloc(4)), ...proof], key });
    return { ok: true, text: `relay ${uri}: gives addresses to our clients` };
  } catch (error) {
    return { ok: false, text: `relay ${uri}: ${error.message}. Is it running, and its port open?` };
  } finally {
    line?.close();
  }
}

function codeOf({ attributes }) {
  const value = attributes.get(ERROR_CODE);
  return value ? (value[2] & 7) * 100 + value[3] : 0;
}

async function openLine({ host, port, way }, trust) {
  const socket = way === 'udp' ? await openUdp(host, port) : await openStream(host, port, way, trust);
  return {
    ask(request) {
      const transactionId = randomBytes(12);
      return new Promise((resolve, reject) => {
        const limit = setTimeout(() => done(reject, new Error('no answer')), ANSWER_LIMIT_MS);
        const hear = (packet) => {
          const message = readStun(packet);
          if (message?.transactionId.equals(transactionId)) done(resolve, message);
        };
        const fail = (error) => done(reject, error);
        const done = (settle, value) => {
          clearTimeout(limit);
          socket.emitter.off('stun', hear).off('error', fail);
          settle(value);
        };
        socket.emitter.on('stun', hear).on('error', fail);
        socket.send(stunRequest({ ...request, transactionId }));
      });
    },
    close: () => socket.close(),
  };
}

function openUdp(host, port) {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, host, () => {
      socket.off('error', reject);
      socket.on('message', (packet) => isStun(packet) && socket.emit('stun', packet));
      resolve({ emitter: socket, send: (packet) => socket.send(packet), close: () => socket.close() });
    });
  });
}

function openStream(host, port, way, { ca }) {
  return new Promise((resolve, reject) => {
    const options = { host, port, timeout: ANSWER_LIMIT_MS };
    const socket = way === 'tls' ? connectTls({ ...options, servername: host, ...(ca ? { ca } : {}) }) : connect(options);
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      // RFC 8656 section 3.1: over TCP messages follow each other without frames; their header has the length.
      while (waiting.length >= 20 && waiting.length >= 20 + waiting.readUInt16BE(2)) {
        const length = 20 + waiting.readUInt16BE(2);
        socket.emit('stun', waiting.subarray(0, length));
        waiting = waiting.subarray(length);
      }
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    socket.once(way === 'tls' ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject);
      // A line that breaks later is told to whoever asks on it.
      socket.on('error', () => undefined);
      resolve({ emitter: socket, send: (packet) => socket.write(packet), close: () => socket.destroy() });
    });
  });
}
