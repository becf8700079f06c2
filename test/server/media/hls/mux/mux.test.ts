// Whether the boxes say what the samples were: read back by another library, and by ffprobe for what that one does not show.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { beforeAll, expect, it } from 'vitest';
import { fragment } from '../../../../../server/media/hls/mux/fragment.ts';
import { aacInit, opusInit, videoInit } from '../../../../../server/media/hls/mux/init.ts';
import { AUDIO_TIMESCALE, type Sample, VIDEO_TIMESCALE } from '../../../../../server/media/hls/sample.ts';
import { type Footage, makeFootage } from '../../../../support/hls-samples.ts';

let footage: Footage;
beforeAll(async () => {
  footage = await makeFootage({ seconds: 3, fps: 30 });
});

const samplesOf = (kind: 'video' | 'audio') => footage.samples.filter((each) => each.kind === kind).map(({ sample }) => sample);

/** A file of fragments of `size` samples, the whole shifted to `startTicks`. */
function fileOf(init: Buffer, samples: readonly Sample[], size: number, startTicks = 0): Buffer {
  const pieces: Buffer[] = [];
  for (let from = 0; from < samples.length; from += size) {
    pieces.push(fragment(pieces.length + 1, samples.slice(from, from + size).map((each) => ({ ...each, time: each.time + startTicks }))));
  }
  return Buffer.concat([init, ...pieces]);
}

async function readBack(file: Buffer, timescale: number) {
  using input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  const [track] = await input.getTracks();
  if (!track) throw new Error('no track');
  const packets: { time: number; isKey: boolean; bytes: string }[] = [];
  for await (const packet of new EncodedPacketSink(track as never).packets()) {
    packets.push({ time: Math.round(packet.timestamp * timescale), isKey: packet.type === 'key', bytes: Buffer.from(packet.data).toString('base64') });
  }
  return { codec: track.codec, config: await (track as never as { getDecoderConfig(): Promise<Record<string, unknown>> }).getDecoderConfig(), packets };
}

const asWritten = (samples: readonly Sample[], startTicks: number) =>
  samples.map(({ time, isKey, data }) => ({ time: time + startTicks, isKey, bytes: Buffer.from(data).toString('base64') }));

it('keeps every picture with its time, also after 20 hours', async () => {
  const samples = samplesOf('video');
  // Beyond 32 bits of ticks.
  const start = 72_000 * VIDEO_TIMESCALE;
  const { codec, config, packets } = await readBack(fileOf(videoInit(footage.formats.video), samples, 7, start), VIDEO_TIMESCALE);
  expect(codec).toBe('avc');
  expect(config).toMatchObject({ codec: footage.formats.video.codec, codedWidth: 320, codedHeight: 180 });
  expect(packets).toEqual(asWritten(samples, start));
});

it('keeps every packet of sound with its time', async () => {
  const samples = samplesOf('audio');
  const { codec, config, packets } = await readBack(fileOf(opusInit(footage.formats.audio), samples, 12), AUDIO_TIMESCALE);
  expect(codec).toBe('opus');
  expect(config).toMatchObject({ numberOfChannels: 2, sampleRate: 48_000 });
  expect(packets).toEqual(asWritten(samples, 0));
});

it('says what AAC is in it', async () => {
  const frame: Sample = { time: 0, duration: 1_024, data: Uint8Array.of(0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c), isKey: true, at: 0 };
  const frames = [0, 1_024, 2_048].map((time) => ({ ...frame, time }));
  const { codec, config, packets } = await readBack(fileOf(aacInit({ channels: 2 }, Uint8Array.of(0x11, 0x90)), frames, 2), AUDIO_TIMESCALE);
  expect(codec).toBe('aac');
  expect(config).toMatchObject({ codec: 'mp4a.40.2', numberOfChannels: 2, sampleRate: 48_000 });
  expect(packets).toEqual(asWritten(frames, 0));
});

it('is decoded by ffmpeg without a word', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-mux-'));
  try {
    const files = [
      { name: 'picture.mp4', bytes: fileOf(videoInit(footage.formats.video), samplesOf('video'), 7), codec: 'h264', frames: 90 },
      { name: 'sound.mp4', bytes: fileOf(opusInit(footage.formats.audio), samplesOf('audio'), 12), codec: 'opus', frames: samplesOf('audio').length },
    ];
    for (const { name, bytes, codec, frames } of files) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      const args = ['-v', 'warning', '-count_frames', '-show_entries', 'stream=codec_name,nb_read_frames', '-of', 'json', path];
      const { stdout, stderr } = await promisify(execFile)('ffprobe', args);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout).streams).toEqual([{ codec_name: codec, nb_read_frames: String(frames) }]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
