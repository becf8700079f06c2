// Owns pictures of a recording: the key frame of a segment as WebP, made once and kept beside it. H.264 is decoded by the system's ffmpeg,
// a program of its own, so that nothing a stream holds reaches this process; without it there are no pictures.
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Logger } from '../../platform/log.ts';
import { pictureWidths } from '../../protocol/shop.ts';
import { unlessGone } from './disk.ts';
import { frameFile, FRAMES } from './layout.ts';
import type { RecordingIndex } from './recording-index.ts';
import { RecordingReader } from './recording-reader.ts';

const PROGRAMS = '/usr/local/bin:/usr/bin:/bin';
/** Of a tenth of a second's work, for which a busy machine leaves a program of the lowest priority little. */
const DECODE_LIMIT_MS = 20_000;
/** A 4K frame as PNG. */
const PICTURE_LIMIT_BYTES = 32 * 1024 * 1024;
/** More waiting than this are not worth their turn: whoever asked has gone on. */
const WAITING_LIMIT = 30;
/** Files kept of one recording, 50 kB each: whoever asks for every moment of it may not fill the disk. Others are made when they are asked for. */
const KEPT_LIMIT = 600;
const QUALITY = 76;

export class Frames {
  readonly #log: Logger;
  readonly #program: string;
  #isMissing = false;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** @param program the decoder's name or path */
  constructor(log: Logger, program = 'ffmpeg') {
    this.#log = log;
    this.#program = program;
  }

  async frame(folder: string, index: RecordingIndex, replayMs: number, width: number): Promise<Uint8Array | undefined> {
    const nearest = index.placeAt(replayMs);
    if (nearest === undefined || !pictureWidths.some((each) => each === width)) return undefined;
    const place = index.keyPlace(nearest);
    const file = join(folder, FRAMES, frameFile(place, width));
    const kept = await unlessGone(readFile(file));
    if (kept || this.#isMissing || this.#waiting >= WAITING_LIMIT) return kept;
    // One at a time: a live show needs the processor.
    this.#waiting += 1;
    const turn = this.#last.then(async () => (await unlessGone(readFile(file))) ?? (await unlessGone(this.#make(folder, index, place, width))));
    this.#last = turn.catch(() => undefined).finally(() => (this.#waiting -= 1));
    return turn;
  }

  async #make(folder: string, index: RecordingIndex, place: number, wanted: number): Promise<Uint8Array | undefined> {
    const picture = await this.#decode(await keyFrame(folder, index, place));
    if (!picture) return undefined;
    const { default: sharp } = await import('sharp');
    const shrunk = (width: number) => sharp(picture).resize({ width, withoutEnlargement: true }).webp({ quality: QUALITY }).toBuffer();
    if (!(await hasRoom(folder))) return shrunk(wanted);
    let answer: Uint8Array | undefined;
    for (const width of pictureWidths) {
      const webp = await shrunk(width);
      const file = join(folder, FRAMES, frameFile(place, width));
      await writeFile(`${file}.part`, webp, { mode: 0o600 });
      await rename(`${file}.part`, file);
      if (width === wanted) answer = webp;
    }
    return answer;
  }

  async #decode(mp4: Buffer): Promise<Buffer | undefined> {
    try {
      return await firstPicture(this.#program, mp4);
    } catch (error) {
      this.#isMissing = (error as { code?: unknown }).code === 'ENOENT';
      if (this.#isMissing) this.#log.info('ffmpeg is not installed: replays have no pictures of their own');
      else this.#log.warn({ err: error }, 'a frame of a recording cannot be decoded');
      return undefined;
    }
  }
}

/** @throws Error with code ENOENT when the recording was deleted meanwhile, whose folder is not made again for a picture of it */
async function hasRoom(folder: string): Promise<boolean> {
  const frames = join(folder, FRAMES);
  const names = await unlessGone(readdir(frames));
  if (!names) await mkdir(frames, { mode: 0o700 });
  return (names?.length ?? 0) < KEPT_LIMIT;
}

async function keyFrame(folder: string, index: RecordingIndex, place: number): Promise<Buffer> {
  const reader = new RecordingReader(folder, index);
  try {
    const segment = index.segment(place);
    return Buffer.concat([await reader.init(segment.stretch, 'video'), await reader.piece(segment, 'video')]);
  } finally {
    await reader.close();
  }
}

function firstPicture(program: string, mp4: Buffer): Promise<Buffer> {
  // Only MP4 from the pipe and PNG to the pipe: no file, no network, no other demuxer.
  const read = ['-v', 'error', '-protocol_whitelist', 'pipe', '-threads', '1', '-f', 'mp4', '-i', 'pipe:0'];
  const write = ['-an', '-frames:v', '1', '-threads', '1', '-f', 'image2pipe', '-c:v', 'png', 'pipe:1'];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...read, ...write], { stdio: ['pipe', 'pipe', 'pipe'], timeout: DECODE_LIMIT_MS, killSignal: 'SIGKILL', env: { PATH: PROGRAMS } });
    const parts: Buffer[] = [];
    let bytes = 0;
    let words = '';
    child.once('spawn', () => {
      try {
        setPriority(child.pid!, constants.priority.PRIORITY_LOW);
      } catch {
        // It may have ended already.
      }
    });
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > PICTURE_LIMIT_BYTES) child.kill('SIGKILL');
      else parts.push(part);
    });
    child.stderr.on('data', (part: Buffer) => (words = (words + part.toString('latin1')).slice(0, 500)));
    // It closes its input as soon as it has the frame.
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0 && bytes > 0) resolve(Buffer.concat(parts));
      else reject(new Error(`ffmpeg ended with ${code}: ${words}`));
    });
    child.stdin.end(mp4);
  });
}
