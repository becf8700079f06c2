import type { types } from 'mediasoup';
import { expect, test } from 'vitest';
import { StreamMeter, WIRE_OVERHEAD_BYTES } from '../../../../server/media/budget/stream-meter.ts';

interface Source {
  id: string;
  kind: 'audio' | 'video';
  encodings: object[];
  /** Of each layer; 50 packets a second. */
  kbps: number[];
}

/** A producer whose counters are set by hand. */
function producer({ id, kind, encodings, kbps }: Source) {
  const totals = kbps.map(() => ({ byteCount: 0, packetCount: 0 }));
  let timestamp = 5_000;
  return {
    track: {
      id,
      kind,
      rtpParameters: { encodings },
      // The order of the answers says nothing.
      getStats: async () => totals.map((total, layer) => ({ ...encodings[layer], ...total, timestamp })).toReversed(),
    } as unknown as types.Producer,
    kbps,
    send(ms: number) {
      timestamp += ms;
      for (const [layer, total] of totals.entries()) {
        total.packetCount += ms / 20;
        total.byteCount += (kbps[layer]! * ms) / 8;
      }
    },
  };
}

async function run(meter: StreamMeter, source: ReturnType<typeof producer>, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 250) {
    await meter.read([source.track]);
    source.send(250);
  }
  await meter.read([source.track]);
}

const overheadKbps = (WIRE_OVERHEAD_BYTES * 8 * 50) / 1000;

test.each([
  ['SSRC', [{ ssrc: 7 }, { ssrc: 8 }]],
  ['rid', [{ rid: 'l' }, { rid: 'h' }]],
])('each layer is measured by its %s, with what each packet takes on the wire', async (_, encodings) => {
  const meter = new StreamMeter();
  const video = producer({ id: 'v', kind: 'video', encodings, kbps: [100, 600] });
  await run(meter, video, 6_000);
  const [small, full] = meter.rates(video.track);
  expect(small?.meanKbps).toBeCloseTo(100 + overheadKbps);
  expect(full?.peakKbps).toBeCloseTo(600 + overheadKbps);
  expect(full?.packetsPerS).toBeCloseTo(50);
  expect(meter.passed('v', 1).bytes).toBeCloseTo((600 * 250) / 8 + 12.5 * WIRE_OVERHEAD_BYTES, 0);
  expect(meter.passed('nobody', 0)).toEqual({ bytes: 0, packets: 0 });
});

test('what a host declares counts until it is measured, and no longer', async () => {
  const meter = new StreamMeter();
  const liar = producer({ id: 'v', kind: 'video', encodings: [{ ssrc: 7, maxBitrate: 50_000 }], kbps: [900] });
  expect(meter.rates(liar.track)[0]?.peakKbps).toBeLessThan(200);
  await run(meter, liar, 2_000);
  expect(meter.rates(liar.track)[0]?.meanKbps).toBeGreaterThan(900);
  const boaster = producer({ id: 'w', kind: 'video', encodings: [{ ssrc: 9, maxBitrate: 100_000_000 }], kbps: [300] });
  const other = new StreamMeter();
  expect(other.rates(boaster.track)[0]?.peakKbps).toBeGreaterThan(10_000);
  await run(other, boaster, 4_000);
  expect(other.rates(boaster.track)[0]?.peakKbps).toBeLessThan(330);
});

test('a host that comes back is taken to send what it did', async () => {
  const meter = new StreamMeter();
  const encodings = [{ ssrc: 7, maxBitrate: 1_200_000 }];
  const before = producer({ id: 'v', kind: 'video', encodings, kbps: [400] });
  await run(meter, before, 5_000);
  await meter.read([]);
  const after = producer({ id: 'w', kind: 'video', encodings, kbps: [400] });
  expect(meter.rates(after.track)[0]?.peakKbps).toBeLessThan(450);
  await run(meter, after, 1_500);
  expect(meter.rates(after.track)[0]?.peakKbps).toBeLessThan(450);
});

test('a layer that is not sent for a while is planned for as it was', async () => {
  const meter = new StreamMeter();
  const video = producer({ id: 'v', kind: 'video', encodings: [{ ssrc: 7 }], kbps: [500] });
  await run(meter, video, 4_000);
  for (let n = 0; n < 120; n += 1) {
    const { track } = video;
    const [stat] = await track.getStats();
    await meter.read([{ id: 'v', kind: 'video', rtpParameters: track.rtpParameters, getStats: async () => [{ ...stat, timestamp: 9_000 + n * 250 }] } as unknown as types.Producer]);
  }
  expect(meter.rates(video.track)[0]?.peakKbps).toBeGreaterThan(250);
});

test('a voice that has been silent is planned for as loud as it was', async () => {
  const meter = new StreamMeter();
  const voice = producer({ id: 'a', kind: 'audio', encodings: [{ ssrc: 7 }], kbps: [40] });
  await run(meter, voice, 6_000);
  voice.kbps[0] = 2;
  await run(meter, voice, 25_000);
  const [rate] = meter.rates(voice.track);
  expect(rate?.meanKbps).toBeLessThan(25);
  expect(rate?.peakKbps).toBeGreaterThan(50);
});
