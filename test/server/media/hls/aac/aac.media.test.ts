// The AAC rendition with its real thread: in step with the Opus it is made of, over holes and stretches, and gone when nobody asks.
import { once } from 'node:events';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AacEncoders } from '../../../../../server/media/hls/aac/aac-encoders.ts';
import { AacRendition } from '../../../../../server/media/hls/aac/aac-rendition.ts';
import type { Sample, VideoFormat } from '../../../../../server/media/hls/sample.ts';
import { aacInit } from '../../../../../server/media/hls/mux/init.ts';
import { fragment } from '../../../../../server/media/hls/mux/fragment.ts';
import { BrowserHost } from '../../../../support/browser-host.ts';
import { launchBrowser } from '../../../../support/browser.ts';
import { complaints, loudness, rises, soundOf } from '../../../../support/decoded.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { type HostRecording, playHost, recordHost } from '../../../../support/host-recording.ts';
import type { KeptStretch } from '../../../../support/recording-sink.ts';
import { openTestMedia } from '../../../../support/test-media.ts';

const log = pino({ level: 'silent' });
const video: VideoFormat = { sps: Uint8Array.of(0x67), pps: Uint8Array.of(0x68), width: 320, height: 180, codec: 'avc1.42c01f' };
const silent: Sample = { time: 0, duration: 960, data: Uint8Array.of(0xf8, 0xff, 0xfe), isKey: true, at: 0 };

interface Made {
  stretches: { config: Uint8Array; samples: Sample[]; hasEnded: boolean }[];
  changed: AbortController;
}

/** What the segmenter would get. */
function output() {
  const made: Made = { stretches: [], changed: new AbortController() };
  const change = () => {
    made.changed.abort();
    made.changed = new AbortController();
  };
  return {
    made,
    startStretch: () => undefined,
    video: () => undefined,
    audio: () => undefined,
    endStretch: () => undefined,
    startAac(config: Uint8Array) {
      const stretch = { config, samples: [] as Sample[], hasEnded: false };
      made.stretches.push(stretch);
      change();
      return {
        audio(sample: Sample) {
          stretch.samples.push(sample);
          change();
        },
        end() {
          stretch.hasEnded = true;
          change();
        },
      };
    },
  };
}

async function until(made: Made, holds: () => boolean): Promise<void> {
  while (!holds()) await once(made.changed.signal, 'abort');
}

let clock: FakeClock;
beforeEach(() => {
  clock = new FakeClock();
});

describe('of a real host', () => {
  let recording: HostRecording;
  beforeAll(async () => {
    const browser = await launchBrowser();
    const opened = await openTestMedia();
    await BrowserHost.open(browser, opened.media.stream('show-1'));
    recording = await recordHost(opened.media.stream('show-1'), 7_000);
    await Promise.all([browser.close(), opened.close()]);
  });

  test('AAC is heard when Opus is, holes included, and decodes', async () => {
    const start = recording.arrivals[0]?.at ?? 0;
    const { stretches } = playHost(recording, { loses: ({ kind, at }) => kind === 'audio' && at > start + 3_000 && at < start + 3_700 });
    const stretch = stretches[0] as KeptStretch;
    const encoders = new AacEncoders({ clock, log });
    const out = output();
    const rendition = new AacRendition(out, encoders, clock);
    rendition.touch();
    rendition.startStretch(stretch.formats, stretch.at);
    for (const sample of stretch.audio.slice(0, 50)) rendition.audio(sample);
    await until(out.made, () => out.made.stretches.length === 1);
    for (const sample of stretch.audio.slice(50)) {
      rendition.audio(sample);
      // As fast as the thread takes it.
      await until(out.made, () => (out.made.stretches[0]?.samples.at(-1)?.time ?? 0) > sample.time - 96_000);
    }
    rendition.endStretch();
    await until(out.made, () => out.made.stretches[0]?.hasEnded === true);
    encoders.close();

    const [{ config, samples }] = out.made.stretches as [Made['stretches'][0]];
    const heard = samples.filter(({ time }) => time >= 0);
    expect(samples.slice(1).every(({ time }, at) => time === (samples[at]?.time ?? 0) + 1_024)).toBe(true);
    const file = Buffer.concat([aacInit(stretch.formats.audio, config), fragment(1, heard)]);
    expect(complaints(file)).toBe('');
    const tonesOf = (levels: { ms: number; level: number }[]) => rises(levels, 0.1).filter((ms) => ms > 200);
    const opus = tonesOf(loudness(stretch));
    const aac = tonesOf(soundOf(file, (heard[0]?.time ?? 0) / 48));
    expect(opus.length).toBeGreaterThanOrEqual(4);
    expect(aac.map((ms, at) => Math.abs(ms - (opus[at] ?? 0)) < 25)).toEqual(opus.map(() => true));
  });
});

test('each stretch has its own, and asking again goes on with it', async () => {
  const encoders = new AacEncoders({ clock, log });
  const out = output();
  const rendition = new AacRendition(out, encoders, clock);
  for (let stretch = 0; stretch < 2; stretch += 1) {
    rendition.startStretch({ video, audio: { channels: 1 } }, 0);
    rendition.touch();
    for (let n = 0; n < 20; n += 1) rendition.audio({ ...silent, time: n * 960 });
    await until(out.made, () => out.made.stretches.length === stretch + 1);
    rendition.endStretch();
    await until(out.made, () => out.made.stretches[stretch]?.hasEnded === true);
    expect(out.made.stretches[stretch]?.samples.length).toBeGreaterThanOrEqual(19);
  }
  encoders.close();
});

test('without anybody who asks nothing is made, and it ends by itself', async () => {
  const encoders = new AacEncoders({ clock, log });
  const out = output();
  const rendition = new AacRendition(out, encoders, clock);
  rendition.startStretch({ video, audio: { channels: 2 } }, 0);
  rendition.audio(silent);
  rendition.touch();
  for (let n = 0; n < 20; n += 1) rendition.audio({ ...silent, data: Uint8Array.of(0xfc, 0xff, 0xfe), time: n * 960 });
  await until(out.made, () => out.made.stretches.length === 1);
  clock.advance(15_000);
  await until(out.made, () => out.made.stretches[0]?.hasEnded === true);
  const { length } = out.made.stretches[0]?.samples ?? [];
  rendition.audio({ ...silent, time: 960_000 });
  expect(out.made.stretches).toHaveLength(1);
  expect(out.made.stretches[0]?.samples).toHaveLength(length as number);
  encoders.close();
});

test('the fifth stream at a time is told to come later, until one has ended', () => {
  const encoders = new AacEncoders({ clock, log });
  const renditions = Array.from({ length: 5 }, () => new AacRendition(output(), encoders, clock));
  for (const rendition of renditions.slice(0, 4)) rendition.touch();
  expect(() => renditions[4]?.touch()).toThrow(expect.objectContaining({ code: 'media.unavailable' }));
  renditions[0]?.close();
  renditions[4]?.touch();
  expect(() => renditions[0]?.touch()).toThrow(expect.objectContaining({ code: 'media.unavailable' }));
});

test('a thread that crashes ends the AAC and nothing else, and the next who asks gets a new one', async () => {
  let starts = 0;
  const program = new URL(`data:text/javascript,${encodeURIComponent('import { parentPort } from "node:worker_threads"; parentPort.once("message", () => { throw new Error("crash"); })')}`);
  const encoders = new AacEncoders({ clock, log, program });
  const ended = () => new Promise<string | undefined>((resolve) => {
    starts += 1;
    encoders.open(1, { config: () => undefined, packet: () => undefined, ended: resolve }).encode(silent.data);
  });
  expect(await ended()).toBe('the thread ended');
  expect(await ended()).toBe('the thread ended');
  expect(starts).toBe(2);
  encoders.close();
});

test('a thread that does not keep up is given up, so that nothing piles up', async () => {
  const program = new URL(`data:text/javascript,${encodeURIComponent('import { parentPort } from "node:worker_threads"; parentPort.on("message", () => {})')}`);
  const encoders = new AacEncoders({ clock, log, program });
  const ends: (string | undefined)[] = [];
  const job = encoders.open(1, { config: () => undefined, packet: () => undefined, ended: (error) => ends.push(error) });
  for (let n = 0; n < 400; n += 1) job.encode(silent.data);
  expect(ends).toEqual(['the thread does not keep up']);
  encoders.close();
});
