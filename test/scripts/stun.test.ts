// Owns the test that the self-check's STUN messages are what RFC 5769 says they should be.
import { expect, test } from 'vitest';
import { loadScript } from './load.ts';

const { bindingRequest, fingerprint, isStun, messageIntegrity } = await loadScript('worker/stun.mjs');

// RFC 5769, section 2.1: sample request with the short-term password below.
const PASSWORD = 'VOkJxbRl1RmTxUk/WvJxBt';
const SAMPLE = Buffer.from(
  `000100582112a442b7e7a701bc34d686fa87dfae
   802200105354554e207465737420636c69656e74
   002400046e0001ff
   80290008932ff9b151263b36
   00060009 6576746a3a68367659 202020
   000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
   80280004e57a3bcf`.replaceAll(/\s/g, ''),
  'hex',
);
const FINGERPRINT_BYTES = 8;
const INTEGRITY_BYTES = 24;

test('the integrity attribute of the RFC sample is computed', () => {
  const at = SAMPLE.length - FINGERPRINT_BYTES - INTEGRITY_BYTES;
  expect(messageIntegrity(SAMPLE.subarray(0, at), PASSWORD)).toEqual(SAMPLE.subarray(at + 4, at + INTEGRITY_BYTES));
});

test('the fingerprint of the RFC sample is computed', () => {
  const at = SAMPLE.length - FINGERPRINT_BYTES;
  expect(fingerprint(SAMPLE.subarray(0, at))).toEqual(SAMPLE.subarray(at + 4));
});

test('a binding request counts its own length, pads its user name and carries both sums', () => {
  const message = bindingRequest({
    username: 'far:near1',
    password: PASSWORD,
    transactionId: Buffer.alloc(12, 7),
    tieBreaker: Buffer.alloc(8, 9),
  });
  expect(message.readUInt16BE(0)).toBe(1);
  expect(message.readUInt16BE(2)).toBe(message.length - 20);
  expect(message.length % 4).toBe(0);
  const at = message.length - FINGERPRINT_BYTES;
  expect(message.subarray(at + 4)).toEqual(fingerprint(message.subarray(0, at)));
  const integrityAt = at - INTEGRITY_BYTES;
  expect(message.subarray(integrityAt + 4, at)).toEqual(messageIntegrity(message.subarray(0, integrityAt), PASSWORD));
  expect(isStun(message)).toBe(true);
});

test('DTLS and RTP on the same port are not taken for STUN', () => {
  expect(isStun(Buffer.alloc(60, 22))).toBe(false);
  expect(isStun(Buffer.alloc(60, 0x80))).toBe(false);
  expect(isStun(Buffer.alloc(4))).toBe(false);
});
