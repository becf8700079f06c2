// Owns opening a recording that nobody writes: cuts off what a crash left half written, and makes a lost index anew from the boxes.
import { open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { areWholeFragments } from './boxes.ts';
import { unlessGone } from './disk.ts';
import { INDEX, parseMediaFile, type RecordedTrack } from './layout.ts';
import { rebuildIndex } from './rebuild.ts';
import { INDEX_HEADER, RecordingIndex, segmentLine, stretchLine } from './recording-index.ts';

const TRACKS: readonly RecordedTrack[] = ['video', 'opus'];

export interface OpenedRecording {
  index: RecordingIndex;
  indexBytes: number;
}

/** Everything that is whole, after which the folder holds nothing else. Undefined for a folder without a recording. */
export async function openRecording(folder: string): Promise<OpenedRecording | undefined> {
  const names = await unlessGone(readdir(folder));
  const media = names?.filter((name) => parseMediaFile(name));
  if (!names || (media!.length === 0 && !names.includes(INDEX))) return undefined;

  const text = await unlessGone(readFile(join(folder, INDEX), 'utf8'));
  const read = text?.startsWith(INDEX_HEADER) ? RecordingIndex.parse(text) : undefined;
  const index = await keepWhole(folder, read && !read.isBroken ? read : await rebuildIndex(folder, media!));
  const lines = linesOf(index);
  if (lines !== text) await replaceFile(join(folder, INDEX), lines);
  await removeStrangers(folder, media!, index);
  return { index, indexBytes: Buffer.byteLength(lines) };
}

// A stretch is whole up to the first segment that is not: files grow at their end only. Only the last segments can be torn, so
// reading stops at the first whole one from behind.
async function keepWhole(folder: string, written: RecordingIndex): Promise<RecordingIndex> {
  const kept = new RecordingIndex();
  for (let place = 0; place < written.segments; ) {
    const end = written.endOfStretch(place);
    const { stretch } = written.segment(place);
    const wholeEnd = await wholePart(folder, written, place, end);
    if (wholeEnd > place) {
      kept.addStretch(stretch);
      for (let each = place; each < wholeEnd; each += 1) kept.addSegment(written.segment(each));
      for (const track of TRACKS) await cutTo(join(folder, kept.fileOf(stretch, track)), kept.sizeOf(stretch, track));
    }
    place = end;
  }
  return kept;
}

async function wholePart(folder: string, index: RecordingIndex, from: number, end: number): Promise<number> {
  let wholeEnd = end;
  for (const track of TRACKS) {
    const file = await unlessGone(open(join(folder, index.fileOf(index.segment(from).stretch, track)), 'r'));
    if (!file) return from;
    try {
      const { size } = await file.stat();
      while (wholeEnd > from) {
        const { offset, length } = index.segment(wholeEnd - 1)[track];
        if (offset + length <= size) {
          const bytes = Buffer.alloc(length);
          await file.read(bytes, 0, length, offset);
          if (areWholeFragments(bytes)) break;
        }
        wholeEnd -= 1;
      }
    } finally {
      await file.close();
    }
  }
  return wholeEnd;
}

async function cutTo(path: string, size: number): Promise<void> {
  if ((await stat(path)).size > size) await truncate(path, size);
}

function linesOf(index: RecordingIndex): string {
  const lines = [INDEX_HEADER];
  for (let place = 0; place < index.segments; ) {
    const end = index.endOfStretch(place);
    lines.push(stretchLine(index.segment(place).stretch));
    for (; place < end; place += 1) lines.push(segmentLine(index.segment(place)));
  }
  return lines.join('');
}

async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text, { mode: 0o600 });
  await rename(`${path}.part`, path);
}

async function removeStrangers(folder: string, media: readonly string[], index: RecordingIndex): Promise<void> {
  const known = new Set(index.stretches.flatMap((stretch) => TRACKS.map((track) => index.fileOf(stretch, track))));
  for (const name of media) if (!known.has(name)) await rm(join(folder, name), { force: true });
}
