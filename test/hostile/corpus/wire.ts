// Owns the cases below the protocols: frames that are no engine.io, packets that are no STUN, DTLS or RTP.
import { randomBytes } from 'node:crypto';
import { loadScript } from '../../scripts/load.ts';
import { noise } from './shop.ts';

const { bindingRequest } = await loadScript('worker/stun.mjs');

export interface Frame {
  what: string;
  /** WebSocket opcode: 1 text, 2 binary. */
  opcode: number;
  payload: Buffer;
}

/** On a connection that has said its engine.io greeting. */
export function frames(): Frame[] {
  const text = (what: string, payload: string): Frame => ({ what, opcode: 1, payload: Buffer.from(payload) });
  const event = (json: string) => `42${json}`;
  return [
    text('nothing', ''),
    text('a letter', 'x'),
    text('an unknown packet type', '9'),
    text('a second greeting', '0{"sid":"x"}'),
    text('an upgrade', '5'),
    text('a ping from the client', '2probe'),
    text('a greeting to a namespace nobody has', '40/admin,{}'),
    text('a greeting of 3,000 namespaces deep', `40${'/a'.repeat(3_000)},`),
    text('a greeting with half a token', '40{"token":'),
    text('a greeting with an object for a token', '40{"token":{"toString":1}}'),
    text('a greeting with an array', '40[]'),
    text('a greeting with null', '40null'),
    text('an event before the greeting', event('["show.join",{}]')),
    ...['', '[', '[]', '{}', 'null', '"show.join"', '[null]', '[1]', '[{}]', '[[]]', '["connect"]', '["disconnect"]', '["disconnecting"]', '["newListener"]', '["error"]', '["__proto__"]'].map((json) =>
      text(`the event ${json}`, event(json)),
    ),
    text('an acknowledgement of nothing', '43999[]'),
    text('an acknowledgement of no number', '43x[]'),
    text('an event with a huge acknowledgement number', '4299999999999999999999["show.leave",{}]'),
    text('an event with attachments that never come', '451-["show.join",{"_placeholder":true,"num":0}]'),
    text('an event with 1e9 attachments', '451000000000-["show.join",{"_placeholder":true,"num":0}]'),
    text('an event with attachment -1', '451-["show.join",{"_placeholder":true,"num":-1}]'),
    text('an event with attachment __proto__', '451-["show.join",{"_placeholder":true,"num":"__proto__"}]'),
    text('a connect error', '44{"message":"x"}'),
    text('40,000 levels', event(`["show.join",${'['.repeat(20_000)}${']'.repeat(20_000)}]`)),
    text('more than the limit', event(`["show.join","${'x'.repeat(70_000)}"]`)),
    text('1 MB', event(`["show.join","${'x'.repeat(1 << 20)}"]`)),
    { what: 'bytes', opcode: 2, payload: noise(500) },
    { what: 'bytes that an event waits for not', opcode: 2, payload: Buffer.alloc(0) },
    { what: 'text that is no UTF-8', opcode: 1, payload: Buffer.from('343222ff', 'hex') },
    { what: 'an opcode nobody knows', opcode: 7, payload: Buffer.from('x') },
    { what: 'a ping of 200 bytes', opcode: 9, payload: Buffer.alloc(200) },
    { what: 'a close without a reason', opcode: 8, payload: Buffer.alloc(1) },
  ];
}

export interface Packet {
  what: string;
  bytes: Buffer;
}

/** @param usernameFragment of a transport that is in use */
export function packets(usernameFragment: string): Packet[] {
  const transactionId = Buffer.alloc(12, 7);
  const check = (username: string, password: string) => bindingRequest({ username, password, transactionId, tieBreaker: Buffer.alloc(8, 7) });
  const forged = check(`${usernameFragment}:light`, 'not-the-password-of-this-one');
  const withLength = (length: number) => {
    const copy = Buffer.from(forged);
    copy.writeUInt16BE(length, 2);
    return copy;
  };
  const attribute = (type: number, length: number, value = Buffer.alloc(0)) => {
    const head = Buffer.from('000100000000000000000000000000000000000000000000', 'hex');
    head.writeUInt16BE(4 + value.length, 2);
    head.writeUInt32BE(0x2112_a442, 4);
    head.writeUInt16BE(type, 20);
    head.writeUInt16BE(length, 22);
    return Buffer.concat([head, value]);
  };
  const named = (what: string, bytes: Buffer): Packet => ({ what, bytes });
  return [
    named('nothing', Buffer.alloc(0)),
    ...[1, 2, 3, 11, 12, 13, 19, 20, 21].map((length) => named(`${length} zeros`, Buffer.alloc(length))),
    named('the largest packet there is', noise(65_507)),
    named('STUN with another password', forged),
    named('STUN for nobody', check('nobody:light', 'x'.repeat(32))),
    named('STUN with a name of 513 bytes', check('x'.repeat(513), 'x'.repeat(32))),
    named('STUN with an empty name', check('', '')),
    named('STUN with __proto__', check('__proto__:__proto__', 'x'.repeat(32))),
    ...[0, 1, 4, 65_535, 65_532].map((length) => named(`STUN that says it is ${length} long`, withLength(length))),
    ...[20, 24, 30, 60, forged.length - 1].map((length) => named(`STUN cut to ${length} bytes`, forged.subarray(0, length))),
    ...[0x0006, 0x0008, 0x0009, 0x0024, 0x0025, 0x8028, 0x802a, 0xffff].flatMap((type) => [
      named(`STUN with attribute ${type} of 65,535 bytes`, attribute(type, 65_535)),
      named(`STUN with attribute ${type} of 1 byte`, attribute(type, 1, Buffer.from('61000000', 'hex'))),
    ]),
    named('a STUN answer that nobody asked for', Buffer.concat([Buffer.from('01010000', 'hex'), forged.subarray(4, 20)])),
    named('a STUN indication', Buffer.concat([Buffer.from('00110000', 'hex'), forged.subarray(4, 20)])),
    ...[20, 21, 22, 23, 24, 25, 63].flatMap((type) => [
      named(`DTLS of type ${type} cut short`, Buffer.concat([Buffer.from([type, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 1, 0, 200]), noise(20)])),
      named(`DTLS of type ${type} with noise`, Buffer.concat([Buffer.from([type, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0, 200]), noise(200)])),
    ]),
    ...[200, 201, 202, 203, 204, 205, 206, 207, 223].flatMap((type) => [
      named(`RTCP of type ${type} cut short`, Buffer.from([0x81, type, 0xff, 0xff])),
      named(`RTCP of type ${type} with noise`, Buffer.concat([Buffer.from([0x9f, type, 0, 49]), noise(196, type)])),
    ]),
    ...[0x80, 0x8f, 0x90, 0xb0, 0xbf].flatMap((first) => [
      named(`RTP that starts ${first} cut short`, Buffer.from([first, 109, 0, 1])),
      named(`RTP that starts ${first} with noise`, Buffer.concat([Buffer.from([first, 109]), noise(400, first)])),
    ]),
    ...Array.from({ length: 60 }, (_, n) => named(`noise ${n}`, noise(1 + ((n * 97) % 1_400), n + 2))),
  ];
}

/** To the TCP port of the media: each packet there is led by its length. */
export function tcpStreams(usernameFragment: string): Packet[] {
  const framed = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
  return [
    { what: 'HTTP', bytes: Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n') },
    { what: 'a TLS greeting', bytes: Buffer.concat([Buffer.from('160301020001', 'hex'), noise(500)]) },
    { what: 'a length without a packet', bytes: Buffer.from('ffff', 'hex') },
    { what: 'lengths of 0', bytes: Buffer.alloc(1_000) },
    { what: 'half a packet', bytes: framed(noise(300)).subarray(0, 100) },
    { what: '100 kB of noise', bytes: noise(100_000) },
    ...packets(usernameFragment).filter(({ bytes }) => bytes.length < 1_500).slice(0, 40).map(({ what, bytes }) => ({ what, bytes: framed(bytes) })),
  ];
}

/** A WebSocket frame as a client has to send it: masked. */
export function frameBytes({ opcode, payload }: Frame): Buffer {
  const mask = randomBytes(4);
  const { length } = payload;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length]) : Buffer.alloc(length < 65_536 ? 4 : 10);
  if (length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 65_536 ? 126 : 127);
    if (length < 65_536) head.writeUInt16BE(length, 2);
    else head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, mask, payload.map((byte, at) => byte ^ (mask[at & 3] ?? 0))]);
}
