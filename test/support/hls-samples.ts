// Owns samples of real H.264 and Opus for tests of HLS: encoded by ffmpeg, read by mediabunny, handed over as the packager's input does.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ALL_FORMATS, type EncodedPacket, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import { withParameterSets } from '../../server/media/hls/input/in-band.ts';
import { AUDIO_TIMESCALE, type AudioFormat, type Sample, type SampleSink, VIDEO_TIMESCALE, type VideoFormat } from '../../server/media/hls/sample.ts';

export interface Footage {
  formats: { video: VideoFormat; audio: AudioFormat };
  /** In the order of time, with `at` as if it was recorded at time 0. */
  samples: { kind: 'video' | 'audio'; sample: Sample }[];
}

/** @param keyFrameEveryS distance of key frames in seconds */
export async function makeFootage(options: { seconds: number; fps?: number; keyFrameEveryS?: number; size?: string; kbps?: number }): Promise<Footage> {
  const { seconds, fps = 25, keyFrameEveryS = 1.8, size = '320x180', kbps = 300 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-footage-'));
  try {
    const file = join(folder, 'footage.mp4');
    await promisify(execFile)('ffmpeg', [
      '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${fps}:duration=${seconds}`, '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`,
      '-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '100000', '-sc_threshold', '0',
      '-force_key_frames', `expr:gte(t,n_forced*${keyFrameEveryS})`, '-b:v', `${kbps}k`,
      '-c:a', 'libopus', '-ar', '48000', '-ac', '2', '-b:a', '32k', '-frame_duration', '20', file,
    ]);
    return await readFootage(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFootage(file: string): Promise<Footage> {
  using input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  if (!video || !audio) throw new Error('no picture or no sound');
  const config = await video.getDecoderConfig();
  const { sps, pps } = parameterSets(new Uint8Array(config?.description as Uint8Array));
  const format: VideoFormat = { sps, pps, width: video.codedWidth, height: video.codedHeight, codec: config?.codec ?? '' };
  const samples: Footage['samples'] = [];
  let time = 0;
  for await (const packet of new EncodedPacketSink(video).packets()) {
    const sample = toSample(packet, VIDEO_TIMESCALE, packet.type === 'key', time);
    time += sample.duration;
    if (sample.isKey) sample.data = withParameterSets(sample.data, format);
    samples.push({ kind: 'video', sample });
  }
  time = 0;
  for await (const packet of new EncodedPacketSink(audio).packets()) {
    const sample = { ...toSample(packet, AUDIO_TIMESCALE, true, time), duration: 960 };
    time += sample.duration;
    samples.push({ kind: 'audio', sample });
  }
  samples.sort((a, b) => a.sample.at - b.sample.at);
  return {
    formats: { video: format, audio: { channels: 2 } },
    samples,
  };
}

function toSample(packet: EncodedPacket, timescale: number, isKey: boolean, time: number): Sample {
  return { time, duration: Math.round(packet.duration * timescale), data: packet.data, isKey, at: (time / timescale) * 1000 };
}

// ISO/IEC 14496-15: avcC with one of each.
function parameterSets(avcC: Uint8Array): { sps: Uint8Array; pps: Uint8Array } {
  const view = Buffer.from(avcC);
  const spsLength = view.readUInt16BE(6);
  const ppsAt = 8 + spsLength + 1;
  return { sps: view.subarray(8, 8 + spsLength), pps: view.subarray(ppsAt + 2, ppsAt + 2 + view.readUInt16BE(ppsAt)) };
}

/** Plays footage into `sink` as one stretch that began at `at`. @param untilMs leaves it open there */
export function playInto(sink: SampleSink, { formats, samples }: Footage, at: number, untilMs = Number.POSITIVE_INFINITY): void {
  sink.startStretch(formats, at);
  for (const { kind, sample } of samples) {
    if (sample.at >= untilMs) return;
    sink[kind]({ ...sample, at: at + sample.at });
  }
  sink.endStretch();
}
