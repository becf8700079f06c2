// Owns the few STUN bytes (RFC 8489, RFC 8445) that the self-check needs to play an ICE peer and the doctor to ask a relay. Not a general STUN library.
import { createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112a442;
const FINGERPRINT_XOR = 0x5354554e;

const BINDING_REQUEST = 0x0001;
const USERNAME = 0x0006;
const MESSAGE_INTEGRITY = 0x0008;
const PRIORITY = 0x0024;
const USE_CANDIDATE = 0x0025;
const FINGERPRINT = 0x8028;
const ICE_CONTROLLING = 0x802a;

/** Both sums are taken with a length field that already counts the attribute being added. */
function withLengthAfter(prefix, attributeBytes) {
  const copy = Buffer.from(prefix);
  copy.writeUInt16BE(prefix.length - HEADER_BYTES + attributeBytes, 2);
  return copy;
}

export function messageIntegrity(prefix, password) {
  return createHmac('sha1', password).update(withLengthAfter(prefix, 24)).digest();
}

export function fingerprint(prefix) {
  const value = Buffer.alloc(4);
  value.writeUInt32BE((crc32(withLengthAfter(prefix, 8)) ^ FINGERPRINT_XOR) >>> 0);
  return value;
}

export function attribute(type, value) {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** What a controlling ICE agent with one candidate pair sends: check and nomination in one. */
export function bindingRequest({ username, password, transactionId, priority = 0x7e0000ff, tieBreaker }) {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(BINDING_REQUEST, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(header, 8);
  let message = Buffer.concat([
    header,
    attribute(USERNAME, Buffer.from(username)),
    attribute(PRIORITY, uint32(priority)),
    attribute(ICE_CONTROLLING, tieBreaker),
    attribute(USE_CANDIDATE, Buffer.alloc(0)),
  ]);
  message = Buffer.concat([message, attribute(MESSAGE_INTEGRITY, messageIntegrity(message, password))]);
  message = Buffer.concat([message, attribute(FINGERPRINT, fingerprint(message))]);
  message.writeUInt16BE(message.length - HEADER_BYTES, 2);
  return message;
}

/**
 * A request with any attributes, signed where there is a key (a message without one ends after its attributes).
 * @param {{ type: number, transactionId: Buffer, attributes: Buffer[], key?: Buffer }} request
 */
export function stunRequest({ type, transactionId, attributes, key }) {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(type, 0);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(header, 8);
  let message = Buffer.concat([header, ...attributes]);
  if (key) message = Buffer.concat([message, attribute(MESSAGE_INTEGRITY, messageIntegrity(message, key))]);
  message.writeUInt16BE(message.length - HEADER_BYTES, 2);
  return message;
}

/** Type and attributes of a message, the first of each kind. Undefined for what is none. */
export function readStun(packet) {
  if (!isStun(packet)) return undefined;
  const attributes = new Map();
  const end = Math.min(packet.length, HEADER_BYTES + packet.readUInt16BE(2));
  for (let at = HEADER_BYTES; at + 4 <= end; ) {
    const type = packet.readUInt16BE(at);
    const length = packet.readUInt16BE(at + 2);
    if (!attributes.has(type)) attributes.set(type, packet.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return { type: packet.readUInt16BE(0), transactionId: packet.subarray(8, HEADER_BYTES), attributes };
}

/** RFC 7983: on a shared port, STUN messages are those whose first byte is 0 to 3. */
export function isStun(packet) {
  return packet.length >= HEADER_BYTES && packet[0] <= 3;
}
