// Owns segments for tests of recording and replay: real H.264 and Opus in fragments, made by ffmpeg, as the packager would hand them over.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Segment, Stretch } from '../../server/media/hls/segment.ts';
import { type Box, boxesIn, runOf, timescaleOf } from '../../server/media/replay/boxes.ts';

export const run = promisify(execFile);

export interface Take {
  stretch: Stretch;
  segments: Segment[];
}

export interface TakeOptions {
  seconds?: number;
  size?: string;
  /** Colour of the picture, e.g. `red`; missing: a test picture that moves. */
  color?: string;
  at?: number;
  stretch?: number;
  sequence?: number;
}

const FRAGMENTS = 'empty_moov+default_base_moof';

export async function makeTake(options: TakeOptions = {}): Promise<Take> {
  const { seconds = 6, size = '320x240', color, at = 1_760_000_000_000, stretch = 0, sequence = 0 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-take-'));
  try {
    const picture = color ? `color=${color}:s=${size}:r=25:d=${seconds}` : `testsrc2=s=${size}:r=25:d=${seconds}`;
    const video = join(folder, 'video.mp4');
    const opus = join(folder, 'opus.mp4');
    const x264 = ['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-g', '50', '-keyint_min', '50', '-sc_threshold', '0', '-pix_fmt', 'yuv420p', '-bsf:v', 'dump_extra=freq=keyframe'];
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', picture, ...x264, '-video_track_timescale', '90000', '-movflags', `${FRAGMENTS}+frag_keyframe`, '-frag_duration', '250000', video]);
    await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `sine=440:r=48000:d=${seconds}`, '-c:a', 'libopus', '-b:a', '32k', '-ac', '1', '-movflags', FRAGMENTS, '-frag_duration', '2000000', opus]);
    const picked = split(await readFile(video), true);
    const sound = split(await readFile(opus), false);
    const [width, height] = size.split('x').map(Number) as [number, number];
    const segments: Segment[] = [];
    let elapsedMs = 0;
    for (const [n, piece] of picked.pieces.entries()) {
      const opusPiece = sound.pieces[n];
      if (!opusPiece) break;
      segments.push({ sequence: sequence + n, stretch, at: at + elapsedMs, isIndependent: true, video: piece, opus: opusPiece });
      elapsedMs += piece.durationMs;
    }
    return { stretch: { index: stretch, at, init: { video: picked.init, opus: sound.init }, video: { codec: 'avc1.42c00d', width, height }, channels: 1 }, segments };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function split(file: Buffer, byKey: boolean): { init: Buffer; pieces: { bytes: Buffer; durationMs: number }[] } {
  const boxes = boxesIn(file);
  const init = file.subarray(0, boxes.find(({ type }) => type === 'moov')!.end);
  const timescale = timescaleOf(init)!;
  const pieces: { start: number; end: number; ticks: number }[] = [];
  let moof: Box | undefined;
  for (const box of boxes) {
    if (box.type === 'moof') moof = box;
    if (box.type !== 'mdat' || !moof) continue;
    const { duration, isKey } = runOf(file, moof)!;
    if (pieces.length === 0 || !byKey || isKey) pieces.push({ start: moof.start, end: box.end, ticks: duration });
    else Object.assign(pieces.at(-1)!, { end: box.end, ticks: pieces.at(-1)!.ticks + duration });
  }
  return { init, pieces: pieces.map(({ start, end, ticks }) => ({ bytes: file.subarray(start, end), durationMs: (ticks / timescale) * 1000 })) };
}

/** Decodes everything; what ffmpeg complains about, and what it found. */
export async function probe(input: string): Promise<{ errors: string; video: { packets: number; durationS: number; width: number }; audio: { packets: number; durationS: number } }> {
  const { stderr: errors } = await run('ffmpeg', ['-v', 'warning', '-xerror', '-i', input, '-f', 'null', '-'], { maxBuffer: 1e7 });
  const { stdout } = await run('ffprobe', ['-v', 'error', '-count_packets', '-show_entries', 'stream=codec_type,nb_read_packets,width:packet=codec_type,pts_time,duration_time', '-of', 'json', input], { maxBuffer: 1e8 });
  const { streams, packets } = JSON.parse(stdout) as {
    streams: { codec_type: string; nb_read_packets: string; width?: number }[];
    packets: { codec_type: string; pts_time: string; duration_time?: string }[];
  };
  const figures = (type: string) => {
    const own = packets.filter((each) => each.codec_type === type);
    const stream = streams.find((each) => each.codec_type === type);
    const last = own.at(-1);
    const end = Number(last?.pts_time) + Number(last?.duration_time ?? 0);
    return { packets: Number(stream?.nb_read_packets), durationS: end - Number(own[0]?.pts_time), width: stream?.width ?? 0 };
  };
  return { errors, video: figures('video'), audio: figures('audio') };
}
