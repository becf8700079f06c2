// Times of samples: what parameter sets and Opus say, how the sender's clock is followed for ten hours, and how a time line has no holes.
import { describe, expect, test } from 'vitest';
import { Composer } from '../../../../../server/media/hls/input/composer.ts';
import { readOpus, silence } from '../../../../../server/media/hls/input/opus.ts';
import { SenderClock } from '../../../../../server/media/hls/input/sender-clock.ts';
import { readSps } from '../../../../../server/media/hls/input/sps.ts';
import type { VideoFormat } from '../../../../../server/media/hls/sample.ts';
import { RecordingSink } from '../../../../support/recording-sink.ts';
import { seeded } from '../../../../support/random.ts';

const HOUR_MS = 3_600_000;
const START = 1_800_000_000_000;

describe('a sequence parameter set', () => {
  test.each([
    ['x264 at 320x180', '6742c00dda05067e7840000003004000000c83c50aa8', { width: 320, height: 180, codec: 'avc1.42c00d' }],
    ['OpenH264 at 640x480', '6742c01f8c8d40501e900f08846a', { width: 640, height: 480, codec: 'avc1.42c01f' }],
  ])('of %s is read', (_, hex, expected) => {
    expect(readSps(Buffer.from(hex, 'hex'))).toEqual(expected);
  });

  test('that is cut off or noise is refused, and never throws', () => {
    const whole = Buffer.from('6742c00dda05067e7840000003004000000c83c50aa8', 'hex');
    for (let length = 0; length < 8; length += 1) expect(readSps(whole.subarray(0, length))).toBeUndefined();
    const random = seeded(4);
    const noise = () => Uint8Array.from({ length: Math.floor(random() * 40) }, (_, at) => (at === 0 ? 0x67 : Math.floor(random() * 256)));
    const read = Array.from({ length: 3_000 }, () => readSps(noise()));
    expect(read.filter((each) => each && Math.max(each.width, each.height) > 8_192)).toEqual([]);
  });
});

describe('an Opus packet', () => {
  test.each([
    ['f8fffe', 960, false],
    ['fcfffe', 960, true],
    ['7801', 960, false],
    ['0801', 960, false],
    ['180102', 2_880, false],
    ['f90102', 1_920, false],
    ['fb0301', 2_880, false],
    ['e301ff', 120, false],
  ])('%s lasts %i ticks', (hex, duration, isStereo) => {
    expect(readOpus(Buffer.from(hex, 'hex'))).toEqual({ duration, isStereo });
  });

  test.each(['', 'fb00', 'fb', 'fb3f', '1b03'])('is none with %s', (hex) => {
    expect(readOpus(Buffer.from(hex, 'hex'))).toBeUndefined();
  });

  test('of silence is as long as it says, and there is none below 2.5 ms', () => {
    for (const ticks of [120, 300, 500, 960, 5_000]) {
      const packet = silence(ticks, ticks % 2 === 0);
      expect(readOpus(packet?.data ?? new Uint8Array())?.duration).toBe(packet?.duration);
      expect(packet?.duration).toBeLessThanOrEqual(ticks);
    }
    expect(silence(119, false)).toBeUndefined();
  });
});

/** A phone whose clock runs `ppm` off the server's, on a network that holds each report up by up to `jitterMs`. */
function drive(options: { hours: number; ppm: number; jitterMs: number; clock?: SenderClock }) {
  const { hours, ppm, jitterMs, clock = new SenderClock() } = options;
  const random = seeded(11);
  const rate = 1 + ppm / 1e6;
  const stampOf = (serverMs: number, clockRate: number) => Math.floor(((serverMs - START) * rate * clockRate) / 1_000) % 2 ** 32;
  const video = clock.track(() => 1, 90_000);
  const audio = clock.track(() => 2, 48_000);
  const errors: { video: number; audio: number }[] = [];
  for (let ms = 0; ms < hours * HOUR_MS; ms += 5_000) {
    const capture = START + ms;
    const arrived = capture + 30 + random() * jitterMs;
    const phoneMs = START - 12_345_678 + ms * rate;
    const ntpSeconds = Math.floor(phoneMs / 1_000) + 2_208_988_800;
    const ntpFraction = ((phoneMs % 1_000) / 1_000) * 2 ** 32;
    clock.report({ ssrc: 1, timestamp: stampOf(capture, 90_000), ntpSeconds, ntpFraction }, 90_000, arrived);
    clock.report({ ssrc: 2, timestamp: stampOf(capture, 48_000), ntpSeconds, ntpFraction }, 48_000, arrived);
    const later = capture + 2_500;
    errors.push({
      video: video.captureTime(stampOf(later, 90_000), later + 100) - later,
      audio: audio.captureTime(stampOf(later, 48_000), later + 60) - later,
    });
  }
  return errors;
}

describe('the clock of a sender', () => {
  test.each([[0], [100], [-100], [300]])('that is %i ppm off is followed for ten hours', (ppm) => {
    const settled = drive({ hours: 10, ppm, jitterMs: 300 }).slice(60);
    expect(Math.max(...settled.map(({ video, audio }) => Math.abs(video - audio)))).toBeLessThan(3);
    // What even the quickest report of a minute was held up cannot be told from a clock that is late.
    expect(Math.max(...settled.map(({ video }) => Math.abs(video)))).toBeLessThan(200);
  });

  test('that is set anew in the middle of a show is followed again', () => {
    const clock = new SenderClock();
    drive({ hours: 0.1, ppm: 0, jitterMs: 50, clock });
    const track = clock.track(() => 1, 90_000);
    const now = START + HOUR_MS;
    clock.report({ ssrc: 1, timestamp: 1_000, ntpSeconds: 100, ntpFraction: 0 }, 90_000, now);
    expect(Math.abs(track.captureTime(1_000, now) - now)).toBeLessThan(1);
  });

  test('that says nonsense is not believed beyond what a network can do', () => {
    const clock = new SenderClock();
    const track = clock.track(() => 1, 90_000);
    clock.report({ ssrc: 1, timestamp: 5, ntpSeconds: 2 ** 32 - 1, ntpFraction: 2 ** 32 - 1 }, 90_000, START);
    for (const timestamp of [0, 2 ** 31, 2 ** 32 - 1, 900_000]) {
      const at = track.captureTime(timestamp, START + 10_000);
      expect(START + 10_000 - at).toBeGreaterThanOrEqual(-1_000);
      expect(START + 10_000 - at).toBeLessThanOrEqual(5_000);
    }
  });
});

describe('the time line', () => {
  const format: VideoFormat = { sps: Uint8Array.of(0x67, 1), pps: Uint8Array.of(0x68, 1), width: 320, height: 180, codec: 'avc1.42c01f' };
  const data = Uint8Array.of(0, 0, 0, 1, 0x65);

  function composer() {
    const sink = new RecordingSink();
    let frozen = 0;
    const made = new Composer({ sink, onFrozen: () => (frozen += 1) });
    made.absent = { picture: false, sound: false };
    return {
      sink,
      made,
      frozen: () => frozen,
      picture: (ms: number, isKey = false, as = format) => made.picture({ at: START + ms, data, isKey }, as, START + ms),
      sound: (ms: number, capturedMs = ms) =>
        made.sound({ at: START + capturedMs, ticks: ms * 48, duration: 960, data: Uint8Array.of(0xf8, 1, 2), isStereo: false }),
    };
  }
  const silences = (sink: RecordingSink) => sink.stretches.flatMap(({ audio }) => audio.filter((each) => each.data[1] === 0xff));

  test('takes the sound from before the first picture that belongs to it', () => {
    const { sink, picture, sound } = composer();
    for (let ms = -200; ms < 400; ms += 20) sound(ms);
    picture(0, true);
    for (let ms = 40; ms <= 400; ms += 40) picture(ms);
    const [stretch] = sink.stretches;
    expect(stretch?.audio.map(({ time }) => time / 48)).toEqual(Array.from({ length: 20 }, (_, n) => n * 20));
    expect(silences(sink)).toEqual([]);
  });

  test('follows sound whose clock drifts by moving the picture, never by cutting sound', () => {
    const { sink, made, picture, sound } = composer();
    picture(0, true);
    // An hour of a sound card that is 100 ppm slow: 0.36 s.
    for (let ms = 0; ms < HOUR_MS; ms += 20) {
      sound(ms, ms * 1.0001);
      if (ms % 200 === 0 && ms > 0) picture(ms * 1.0001);
    }
    made.end();
    expect(silences(sink).length).toBeLessThan(3);
    const [stretch] = sink.stretches;
    for (const last of [stretch?.video.at(-1), stretch?.audio.at(-1)]) {
      const ms = (last?.time ?? 0) / (last === stretch?.video.at(-1) ? 90 : 48);
      expect(ms).toBeGreaterThan(HOUR_MS - 500);
      expect(Math.abs((last?.at ?? 0) - START - ms * 1.0001)).toBeLessThan(5);
    }
  });

  test('puts silence where a sender paused without its timestamps going on', () => {
    const { sink, picture, sound } = composer();
    picture(0, true);
    for (let ms = 0; ms < 1_000; ms += 20) sound(ms);
    // An interrupted microphone: the next packet follows by its timestamp, and was captured 3 s later.
    for (let ms = 1_000; ms < 3_000; ms += 20) sound(ms, ms + 3_000);
    for (let ms = 40; ms < 6_000; ms += 40) picture(ms);
    const [stretch] = sink.stretches;
    expect(silences(sink).length).toBeGreaterThanOrEqual(149);
    const last = stretch?.audio.at(-1);
    expect(Math.abs((last?.at ?? 0) - START - (last?.time ?? 0) / 48)).toBeLessThan(40);
  });

  test('shows the last key frame once a second while no picture comes, and asks for a new one', () => {
    const { sink, made, picture, frozen } = composer();
    picture(0, true);
    picture(40);
    for (let ms = 50; ms < 10_000; ms += 50) made.tick(START + ms);
    const [stretch] = sink.stretches;
    expect(stretch?.video.map(({ duration }) => duration / 90).slice(1)).toEqual(Array.from({ length: 9 }, () => 1_000));
    expect(stretch?.video.slice(2).every(({ isKey }) => isKey)).toBe(true);
    expect(frozen()).toBe(9);
  });

  test('begins a new stretch for another size, and carries parameter sets with each key frame, which may be others of the same size', () => {
    const { sink, made, picture } = composer();
    picture(0, true);
    picture(1_000, true, { ...format, pps: Uint8Array.of(0x68, 2) });
    picture(2_000, true, { ...format, width: 640 });
    made.end();
    expect(sink.stretches.map(({ formats, at, hasEnded }) => [formats.video.width, at - START, hasEnded])).toEqual([[320, 0, true], [640, 2_000, true]]);
    const keys = sink.stretches[0]?.video.map(({ data: key }) => [...key]);
    expect(keys).toEqual([1, 2].map((pps) => [0, 0, 0, 2, 0x67, 1, 0, 0, 0, 2, 0x68, pps, ...data]));
  });

  test('keeps a bounded amount of sound while no picture comes at all', () => {
    const { sink, picture, sound } = composer();
    for (let ms = 0; ms < 60_000; ms += 20) sound(ms);
    picture(59_000, true);
    picture(60_000);
    expect(sink.stretches[0]?.audio.length).toBeLessThanOrEqual(51);
  });
});
