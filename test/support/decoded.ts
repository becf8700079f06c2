// Owns looking at samples with other eyes: ffmpeg decodes them, and its pictures and sound are read.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fragment } from '../../server/media/hls/mux/fragment.ts';
import { opusInit, videoInit } from '../../server/media/hls/mux/init.ts';
import type { KeptStretch } from './recording-sink.ts';

const SMALL = { width: 32, height: 18 };

/** What ffmpeg makes of the bytes of a file, and every word of complaint. */
export function ffmpeg(file: Uint8Array, args: readonly string[]): { output: Buffer; complaints: string } {
  // A pipe cannot be sought in, and MP4 may want that.
  const folder = mkdtempSync(join(tmpdir(), 'fieldcast-decode-'));
  try {
    const path = join(folder, 'media.mp4');
    writeFileSync(path, file);
    const { stdout, stderr } = spawnSync('ffmpeg', [...QUIET, path, ...args], { maxBuffer: 1 << 30 });
    return { output: stdout, complaints: stderr.toString() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const QUIET = ['-nostdin', '-hide_banner', '-v', 'warning', '-i'];
// Else ffmpeg counts time in pictures of the average rate, and complains about those that come closer.
const DECODE = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1:90000', '-f', 'null', '-'];

/** Decodes all of a file; what ffmpeg says about it, nothing when all is well. */
export function complaints(file: Uint8Array): string {
  return ffmpeg(file, DECODE).complaints;
}

/** The same, for a process in which media goes on meanwhile. */
export async function complaintsLater(file: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldcast-decode-'));
  try {
    const path = join(folder, 'media.mp4');
    await writeFile(path, file);
    const run = spawn('ffmpeg', [...QUIET, path, ...DECODE], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [said] = await Promise.all([text(run.stderr), once(run, 'close')]);
    return said;
  } finally {
    await rm(folder, { recursive: true });
  }
}

export function videoFile({ formats, video }: KeptStretch): Buffer {
  return Buffer.concat([videoInit(formats.video), fragment(1, video)]);
}

export function audioFile({ formats, audio }: KeptStretch): Buffer {
  return Buffer.concat([opusInit(formats.audio), fragment(1, audio)]);
}

/** Brightness of the picture's left third, 0 to 255, with its time in ms. */
export function brightness(stretch: KeptStretch): { ms: number; level: number }[] {
  const { width, height } = SMALL;
  const { output } = ffmpeg(videoFile(stretch), ['-vsync', 'passthrough', '-vf', `scale=${width}:${height}`, '-pix_fmt', 'gray', '-f', 'rawvideo', '-']);
  return stretch.video.map(({ time }, frame) => {
    const picture = output.subarray(frame * width * height, (frame + 1) * width * height);
    let sum = 0;
    for (let y = 0; y < height; y += 1) for (let x = 2; x < 8; x += 1) sum += picture[y * width + x] ?? 0;
    return { ms: time / 90, level: sum / (height * 6) };
  });
}

/** Loudness of each 5 ms, 0 to 1, with its time in ms. */
export function loudness(stretch: KeptStretch): { ms: number; level: number }[] {
  return soundOf(audioFile(stretch), (stretch.audio[0]?.time ?? 0) / 48);
}

/** The same of any file. @param startMs when it begins */
export function soundOf(file: Uint8Array, startMs: number): { ms: number; level: number }[] {
  const { output } = ffmpeg(file, ['-ac', '1', '-ar', '48000', '-f', 'f32le', '-']);
  const samples = new Float32Array(output.buffer.slice(output.byteOffset, output.byteOffset + output.length));
  return Array.from({ length: Math.floor(samples.length / 240) }, (_, block) => ({
    ms: startMs + block * 5,
    level: samples.subarray(block * 240, (block + 1) * 240).reduce((most, each) => Math.max(most, Math.abs(each)), 0),
  }));
}

/** The moments in ms at which a level rises above `threshold`. */
export function rises(levels: readonly { ms: number; level: number }[], threshold: number): number[] {
  return levels.filter(({ level }, at) => level > threshold && at > 0 && (levels[at - 1]?.level ?? 0) <= threshold).map(({ ms }) => ms);
}
