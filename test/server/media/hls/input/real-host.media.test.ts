// The packager's input with what a real Chromium has sent, played over networks of every kind.
import { beforeAll, expect, test } from 'vitest';
import { BrowserHost } from '../../../../support/browser-host.ts';
import { launchBrowser } from '../../../../support/browser.ts';
import { audioFile, brightness, complaints, loudness, rises, videoFile } from '../../../../support/decoded.ts';
import { type Arrival, type HostRecording, type Network, playHost, recordHost } from '../../../../support/host-recording.ts';
import { seeded } from '../../../../support/random.ts';
import type { KeptStretch } from '../../../../support/recording-sink.ts';
import { openTestMedia } from '../../../../support/test-media.ts';

let recording: HostRecording;
/** On a good network. How far apart flash and tone are there is the sending page's, and depends on how busy the machine is. */
let good: KeptStretch;
let goodDistances: Map<string, number>;
beforeAll(async () => {
  const [browser, opened] = await Promise.all([launchBrowser(), openTestMedia()]);
  const stream = opened.media.stream('show-1');
  await BrowserHost.open(browser, stream, { width: 320, height: 180 });
  recording = await recordHost(stream, 14_000);
  await Promise.all([browser.close(), opened.close()]);
  good = play().stretch;
  goodDistances = toneAfterFlash(good);
});

function play(network: Network = {}, changed = recording) {
  const played = playHost(changed, network);
  expect(played.stretches).toHaveLength(1);
  return { ...played, stretch: played.stretches[0] as KeptStretch };
}

/** By how many ms the tone comes after each flash, by the bytes of the picture that it is in; there is one of each a second. */
function toneAfterFlash(stretch: KeptStretch, fromMs = 4_000): Map<string, number> {
  const pictures = new Map(stretch.video.map(({ time, data }) => [time / 90, Buffer.from(data).toString('base64')]));
  const flashes = rises(brightness(stretch), 140).filter((ms) => ms > fromMs);
  const tones = rises(loudness(stretch), 0.1);
  const nearest = (flash: number) => tones.map((tone) => tone - flash).toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? Number.NaN;
  return new Map(flashes.map((flash) => [pictures.get(flash) as string, nearest(flash)]));
}

/** By how much more the tone comes after the flash than on a good network: the same flashes, as a slow host's are not alike. */
function laterThanOnGood(stretch: KeptStretch, fromMs?: number): number {
  const later = [...toneAfterFlash(stretch, fromMs)].flatMap(([picture, ms]) => ms - (goodDistances.get(picture) ?? Number.NaN)).filter((ms) => !Number.isNaN(ms));
  expect(later.length).toBeGreaterThanOrEqual(3);
  return median(later);
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

/** Each sample begins where the one before ends, and both tracks end together. */
function expectNoHoles({ audio, video }: KeptStretch): void {
  for (const track of [audio, video]) {
    expect(track.slice(1).filter(({ time }, at) => time !== (track[at]?.time ?? 0) + (track[at]?.duration ?? 0))).toEqual([]);
  }
  const endMs = (track: typeof audio, ticksPerMs: number) => ((track.at(-1)?.time ?? 0) + (track.at(-1)?.duration ?? 0)) / ticksPerMs;
  expect(Math.abs(endMs(audio, 48) - endMs(video, 90))).toBeLessThan(40);
  expect(Math.max(...video.map(({ duration }) => duration)) / 90).toBeLessThan(2_000);
}

function expectDecodable(stretch: KeptStretch): void {
  expect(complaints(videoFile(stretch))).toBe('');
  expect(complaints(audioFile(stretch))).toBe('');
}

function expectInStep(stretch: KeptStretch, fromMs?: number): void {
  expect(Math.abs(laterThanOnGood(stretch, fromMs))).toBeLessThan(25);
}

test('on a good network nothing is lost, and all of it decodes', () => {
  const { stretch, counts } = play();
  expect(stretch.formats.video).toMatchObject({ width: 320, height: 180, codec: expect.stringMatching(/^avc1\.42[0-9a-f]{4}$/) });
  expect(counts).toMatchObject({ garbage: 0, lostPackets: 0 });
  expect(stretch.video.length).toBeGreaterThan(150);
  expect(Math.abs(median([...goodDistances.values()]))).toBeLessThan(250);
  expectNoHoles(stretch);
  expectDecodable(stretch);
});

test.each<[string, Network['delayMs'] & object]>([
  ['sound 0.4 s late', { audio: 400 }],
  ['picture 0.4 s late', { video: 400 }],
  ['sound 0.9 s late', { audio: 900 }],
])('picture and sound belong together by the sender reports, %s', (_, delayMs) => {
  const { stretch, counts } = play({ delayMs });
  expect(counts.lostPackets).toBe(0);
  expectInStep(stretch);
  expectNoHoles(stretch);
});

test('without any report only the arrival is known, and a late sound stays late', () => {
  expect(laterThanOnGood(play({ delayMs: { audio: 400 }, hasReports: false }).stretch)).toBeGreaterThan(250);
});

test('with 20 % of the packets lost, what comes out decodes and has no holes', () => {
  const random = seeded(20);
  const { stretch, counts, keyFrameRequests } = play({ loses: () => random() < 0.2 });
  expect(counts.lostPackets).toBeGreaterThan(50);
  expect(counts.droppedPictures).toBeGreaterThan(10);
  expect(keyFrameRequests).toBeGreaterThan(0);
  expect(counts.silenceMs).toBeGreaterThan(1_000);
  expectNoHoles(stretch);
  expectDecodable(stretch);
});

test('packets that overtake each other within the time of the buffer cost nothing', () => {
  const random = seeded(7);
  const jittered = recording.arrivals.map((arrival) => ({ ...arrival, at: arrival.at + (arrival.packet ? Math.floor(random() * 100) : 0) }));
  const { counts, stretch } = play({}, { ...recording, arrivals: jittered });
  expect(counts.lostPackets).toBe(0);
  expectDecodable(stretch);
});

test('packets that come twice, and packets that are none, cost nothing', () => {
  const random = seeded(3);
  const mixed = recording.arrivals.flatMap((arrival): Arrival[] => {
    const { packet } = arrival;
    if (!packet) return [arrival];
    const cut = packet.subarray(0, Math.floor(random() * 16));
    const noise = Buffer.from(Array.from({ length: 40 }, () => Math.floor(random() * 256)));
    return [arrival, arrival, { ...arrival, packet: cut }, { ...arrival, packet: noise }];
  });
  const { counts, stretch } = play({}, { ...recording, arrivals: mixed });
  expect(counts.garbage).toBeGreaterThan(recording.arrivals.length);
  expect(counts.lostPackets).toBe(0);
  expectDecodable(stretch);
});

test('a sender that starts counting anew in the middle goes on after its next key frame', () => {
  const from = recording.arrivals[Math.floor(recording.arrivals.length / 3)]?.at ?? 0;
  const jumping = recording.arrivals.map((arrival) => {
    if (!arrival.packet || arrival.at < from) return arrival;
    const packet = Buffer.from(arrival.packet);
    packet.writeUInt16BE((packet.readUInt16BE(2) + 20_000) & 0xffff, 2);
    return { ...arrival, packet };
  });
  const { stretch, counts } = play({}, { ...recording, arrivals: jumping });
  expect(counts.lostPackets).toBeGreaterThan(0);
  expectNoHoles(stretch);
  expectDecodable(stretch);
  expectInStep(stretch);
});

test('numbers and timestamps that wrap around in the middle change nothing', () => {
  const middle = recording.arrivals[Math.floor(recording.arrivals.length / 2)]?.at ?? 0;
  const shifts = new Map<number, { sequence: number; timestamp: number }>();
  const shiftOf = (ssrc: number) => shifts.get(ssrc) ?? { sequence: 0, timestamp: 0 };
  for (const { at, packet } of recording.arrivals) {
    const ssrc = packet?.readUInt32BE(8) ?? 0;
    if (packet && at >= middle && !shifts.has(ssrc)) shifts.set(ssrc, { sequence: 0x1_0000 - packet.readUInt16BE(2), timestamp: 2 ** 32 - packet.readUInt32BE(4) });
  }
  const origins = new Map(Object.values(recording.sources).flatMap((sources) => sources.map(({ ssrc, originSsrc }) => [originSsrc(), ssrc])));
  const wrapped = recording.arrivals.map((arrival): Arrival => {
    if (arrival.report) {
      const { report } = arrival.report;
      const { timestamp } = shiftOf(origins.get(report.ssrc) ?? 0);
      return { ...arrival, report: { ...arrival.report, report: { ...report, timestamp: (report.timestamp + timestamp) >>> 0 } } };
    }
    const packet = Buffer.from(arrival.packet as Buffer);
    const { sequence, timestamp } = shiftOf(packet.readUInt32BE(8));
    packet.writeUInt16BE((packet.readUInt16BE(2) + sequence) & 0xffff, 2);
    packet.writeUInt32BE((packet.readUInt32BE(4) + timestamp) >>> 0, 4);
    return { ...arrival, packet };
  });
  const { stretch, counts } = play({}, { ...recording, arrivals: wrapped });
  expect(counts.lostPackets).toBe(0);
  expect(stretch.video).toEqual(good.video);
  expect(stretch.audio).toEqual(good.audio);
});

test('a picture that stops is frozen, sound that stops becomes silence, and both come back', () => {
  const start = recording.arrivals[0]?.at ?? 0;
  const between = (from: number, to: number, kind: Arrival['kind']) => (arrival: Arrival) =>
    arrival.kind === kind && arrival.at > start + from && arrival.at < start + to;
  const dark = play({ loses: between(4_000, 9_000, 'video') });
  expectNoHoles(dark.stretch);
  expectDecodable(dark.stretch);
  expect(dark.stretch.video.filter(({ data, time }) => time > 4_000 * 90 && data === dark.stretch.video.findLast((each) => each.isKey && each.time < 4_200 * 90)?.data).length).toBeGreaterThanOrEqual(3);
  const mute = play({ loses: between(4_000, 9_000, 'audio') });
  expectNoHoles(mute.stretch);
  expect(mute.counts.silenceMs).toBeGreaterThan(4_500);
  expect(mute.counts.silenceMs).toBeLessThan(5_500);
  expectInStep(mute.stretch, 9_500);
});
