// Reading RTP, putting it in order and into pictures: what is true stays true under garbage, holes, repeats and wrap-around.
import { describe, expect, test } from 'vitest';
import { type AccessUnit, AccessUnits } from '../../../../../server/media/hls/input/access-units.ts';
import { REORDER_MS, ReorderBuffer } from '../../../../../server/media/hls/input/reorder-buffer.ts';
import { readRtp, type RtpPacket, wrappedDistance } from '../../../../../server/media/hls/input/rtp-packet.ts';
import { seeded } from '../../../../support/random.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('an RTP packet', () => {
  test('is read with sources, extension and padding taken off', () => {
    const packet = 'b2 ef 1234 89abcdef 0badcafe 11111111 22222222 bede 0001 deadbeef c0ffee 000003';
    expect(readRtp(bytes(packet))).toEqual({
      ssrc: 0x0badcafe,
      sequence: 0x1234,
      timestamp: 0x89abcdef,
      hasMarker: true,
      payload: bytes('c0ffee'),
    });
  });

  test.each([
    ['nothing', ''],
    ['a header that is cut off', '80 60 0001 00000001 0000'],
    ['no payload', '80 60 0001 00000001 00000002'],
    ['another version', '40 60 0001 00000001 00000002 ff'],
    ['more sources than bytes', '8f 60 0001 00000001 00000002 ff'],
    ['an extension beyond the end', '90 60 0001 00000001 00000002 bede ffff ff'],
    ['half an extension header', '90 60 0001 00000001 00000002 be'],
    ['padding of nothing', 'a0 60 0001 00000001 00000002 ff00'],
    ['more padding than bytes', 'a0 60 0001 00000001 00000002 ffff'],
  ])('is none with %s', (_, hex) => {
    expect(readRtp(bytes(hex))).toBeUndefined();
  });

  test('of pure noise is read or refused, and never throws', () => {
    const random = seeded(1);
    const read = Array.from({ length: 5_000 }, () => readRtp(Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256))));
    expect(read.filter((each) => each && each.payload.length === 0)).toEqual([]);
  });

  test.each([[0xffff, 0, 16, 1], [0, 0xffff, 16, -1], [5, 5, 16, 0], [0xffff_fff0, 16, 32, 32], [16, 0xffff_fff0, 32, -32]] as const)(
    'from %i to %i in %i bits it is %i',
    (from, to, bits, distance) => {
      expect(wrappedDistance(from, to, bits)).toBe(distance);
    },
  );
});

function packet(sequence: number, timestamp = 0, payload: Uint8Array = Uint8Array.of(1), hasMarker = false): RtpPacket {
  return { ssrc: 1, sequence: sequence & 0xffff, timestamp, hasMarker, payload };
}

describe('the order of packets', () => {
  function buffer() {
    const seen: (number | string)[] = [];
    const order = new ReorderBuffer(({ sequence }, isAfterHole) => seen.push(isAfterHole ? `hole ${sequence}` : sequence));
    return { seen, order, push: (...sequences: number[]) => sequences.forEach((each) => order.push(packet(each), 0)) };
  }

  test('is mended, over the end of the numbers as well', () => {
    const { seen, push, order } = buffer();
    push(65_533, 65_535, 0, 65_534, 2, 1);
    expect(seen).toEqual([65_533, 65_534, 65_535, 0, 1, 2]);
    expect(order.counts).toEqual({ lost: 0, dropped: 0 });
  });

  test('does without what has not come after 150 ms, and without what comes later', () => {
    const { seen, push, order } = buffer();
    push(1, 3);
    order.expire(REORDER_MS - 1);
    expect(seen).toEqual([1]);
    order.expire(REORDER_MS);
    expect(seen).toEqual([1, 'hole 3']);
    push(2, 4);
    expect(seen).toEqual([1, 'hole 3', 4]);
    expect(order.counts).toEqual({ lost: 1, dropped: 1 });
  });

  test('drops what comes twice', () => {
    const { seen, push, order } = buffer();
    push(1, 1, 3, 3, 2, 2);
    expect(seen).toEqual([1, 2, 3]);
    expect(order.counts.dropped).toBe(3);
  });

  test('does not follow one wrong number, and follows two in a row', () => {
    const { seen, push } = buffer();
    push(1, 2, 40_000, 3, 4, 30_000, 30_001, 30_002);
    expect(seen).toEqual([1, 2, 3, 4, 'hole 30001', 30_002]);
  });

  test('holds back a bounded number, whatever comes', () => {
    const { seen, push } = buffer();
    push(0, ...Array.from({ length: 2_000 }, (_, n) => n + 2));
    expect(seen.length).toBeGreaterThan(1_400);
  });
});

describe('pictures', () => {
  const SPS = bytes('6742e01f95a014197a');
  const PPS = bytes('68ce3c80');
  const sets = Buffer.concat([bytes('78 0009'), SPS, bytes('0004'), PPS]);
  const idr = bytes('65 aa bb');
  const slice = bytes('41 cc dd');

  function assembler() {
    const seen: AccessUnit[] = [];
    let asked = 0;
    const units = new AccessUnits((unit) => seen.push(unit), () => (asked += 1));
    let sequence = 0;
    return {
      seen,
      units,
      asked: () => asked,
      send: (timestamp: number, payload: Uint8Array, hasMarker = true, isAfterHole = false) =>
        units.push(packet((sequence += 1), timestamp, payload, hasMarker), isAfterHole),
    };
  }

  test('come out with lengths, without parameter sets, whole units, aggregates and fragments alike', () => {
    const { seen, send } = assembler();
    send(1, sets, false);
    send(1, bytes('7c 85 01'), false);
    send(1, bytes('7c 05 02'), false);
    send(1, bytes('7c 45 03'));
    send(2, bytes('06 99'), false);
    send(2, slice);
    expect(seen.map(({ isKey, timestamp }) => [isKey, timestamp])).toEqual([[true, 1], [false, 2]]);
    expect(Buffer.from(seen[0]?.data ?? [])).toEqual(bytes('00000004 65 010203'));
    expect(Buffer.from(seen[1]?.data ?? [])).toEqual(bytes('00000003 41ccdd'));
    expect([seen[0]?.sps, seen[0]?.pps]).toEqual([new Uint8Array(SPS), new Uint8Array(PPS)]);
  });

  test('end with the next timestamp where the marker is missing', () => {
    const { seen, send } = assembler();
    send(1, sets, false);
    send(1, idr, false);
    send(2, slice, false);
    send(3, slice, false);
    expect(seen.map(({ timestamp }) => timestamp)).toEqual([1, 2]);
  });

  test('do not begin before a key frame with its parameter sets', () => {
    const { seen, send, asked } = assembler();
    send(1, slice);
    send(2, idr);
    expect(seen).toEqual([]);
    expect(asked()).toBe(2);
    send(3, sets, false);
    send(3, idr);
    expect(seen).toHaveLength(1);
  });

  test('after a hole wait for the next key frame, and ask for it', () => {
    const { seen, send, asked, units } = assembler();
    send(1, sets, false);
    send(1, idr);
    send(3, slice, true, true);
    send(4, slice);
    expect(seen.map(({ timestamp }) => timestamp)).toEqual([1]);
    expect(asked()).toBeGreaterThanOrEqual(1);
    expect(units.dropped).toBeGreaterThanOrEqual(2);
    send(5, sets, false);
    send(5, idr);
    send(6, slice);
    expect(seen.map(({ timestamp }) => timestamp)).toEqual([1, 5, 6]);
  });

  test.each([
    ['a fragment without a start', ['7c 05 02']],
    ['a fragment without an end', ['7c 85 01', '41 cc']],
    ['two starts', ['7c 85 01', '7c 85 01']],
    ['an aggregate that is cut off', ['78 0009 67']],
    ['an aggregate with a unit of nothing', ['78 0000']],
    ['a type that is not negotiated', ['79 0000 00']],
    ['a fragment of parameter sets', ['7c 87 01']],
    ['half a fragment', ['7c 85']],
  ])('with %s are dropped', (_, payloads) => {
    const { seen, send } = assembler();
    send(1, sets, false);
    send(1, idr);
    payloads.forEach((hex, at) => send(2, bytes(hex), at === payloads.length - 1));
    send(3, slice);
    expect(seen.map(({ timestamp }) => timestamp)).toEqual([1]);
  });

  test('made of noise never throw and never grow without bound', () => {
    const random = seeded(9);
    const { send, units } = assembler();
    for (let n = 0; n < 20_000; n += 1) {
      const noise = Uint8Array.from({ length: 1 + Math.floor(random() * 30) }, () => Math.floor(random() * 256));
      send(Math.floor(random() * 3), noise, random() < 0.2, random() < 0.05);
    }
    expect(units.dropped).toBeGreaterThan(100);
    for (let n = 0; n < 6_000; n += 1) send(77, Buffer.concat([bytes(n === 0 ? '7c 85' : '7c 05'), Buffer.alloc(1_100)]), false);
    send(78, slice);
    expect(units.dropped).toBeGreaterThan(101);
  });
});
