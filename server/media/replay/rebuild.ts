// Owns making a lost index anew: walks the boxes of the media files. A segment begins at each video fragment with a key frame.
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AUDIO_TIMESCALE } from '../hls/sample.ts';
import { boxAt, type Box, boxHeader, childOf, runOf, timescaleOf } from './boxes.ts';
import { mediaFile, parseMediaFile } from './layout.ts';
import { type PieceEntry, RecordingIndex } from './recording-index.ts';

const HEADER_BYTES = 16;
/** Far above any `moov` or `moof` here; what claims more is not one. */
const LARGEST_BOX_BYTES = 1024 * 1024;
/** Sound is cut where a packet ends, up to 60 ms off the picture's cut. */
const CUT_TOLERANCE_MS = 60;

interface Fragment {
  offset: number;
  length: number;
  startMs: number;
  ms: number;
  isKey: boolean;
}

interface ScannedFile {
  init: Buffer;
  fragments: Fragment[];
}

/** @param names media files in the folder */
export async function rebuildIndex(folder: string, names: readonly string[]): Promise<RecordingIndex> {
  const index = new RecordingIndex();
  const videos = names.map(parseMediaFile).filter((file) => file?.track === 'video') as { n: number; at: number }[];
  let sequence = 0;
  for (const { n, at } of videos.sort((a, b) => a.n - b.n)) {
    const video = await scan(join(folder, mediaFile(n, at, 'video')));
    const opus = names.includes(mediaFile(n, at, 'opus')) ? await scan(join(folder, mediaFile(n, at, 'opus'))) : undefined;
    const format = video && formatOf(video.init);
    const first = video?.fragments[0];
    if (!video || !opus || !format || !first) continue;
    index.addStretch({ n, source: n - 1, at, ...format, channels: channelsOf(opus.init), init: { video: video.init.length, opus: opus.init.length } });
    const groups = groupByKey(video.fragments);
    for (const [place, group] of groups.entries()) {
      const startMs = group[0]!.startMs;
      const nextMs = groups[place + 1]?.[0]?.startMs ?? Infinity;
      const belongs = (each: Fragment) => each.startMs < nextMs - CUT_TOLERANCE_MS && (place === 0 || each.startMs >= startMs - CUT_TOLERANCE_MS);
      const sound = opus.fragments.filter(belongs);
      // Without sound it was being written when the server died.
      if (sound.length === 0) break;
      index.addSegment({ sequence, at: Math.round(at + startMs - first.startMs), isIndependent: group[0]!.isKey, video: joined(group), opus: joined(sound) });
      sequence += 1;
    }
  }
  return index;
}

function groupByKey(fragments: readonly Fragment[]): Fragment[][] {
  const groups: Fragment[][] = [];
  for (const each of fragments) {
    if (each.isKey || groups.length === 0) groups.push([each]);
    else groups.at(-1)!.push(each);
  }
  return groups;
}

function joined(fragments: readonly Fragment[]): PieceEntry {
  const first = fragments[0]!;
  const last = fragments.at(-1)!;
  const ms = fragments.reduce((total, each) => total + each.ms, 0);
  return { ms: Math.round(ms * 1000) / 1000, offset: first.offset, length: last.offset + last.length - first.offset };
}

async function scan(path: string): Promise<ScannedFile | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await scanBoxes(file, size);
  } catch (error) {
    // Boxes that promise more than they hold.
    if (error instanceof RangeError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

async function scanBoxes(file: FileHandle, size: number): Promise<ScannedFile | undefined> {
  let init: Buffer | undefined;
  let timescale = AUDIO_TIMESCALE;
  const fragments: Fragment[] = [];
  let begun: Fragment | undefined;
  for (let offset = 0; offset < size; ) {
    const box = boxHeader(await read(file, offset, HEADER_BYTES), 0);
    if (!box || offset + box.end > size) break;
    const end = offset + box.end;
    if (box.type === 'moov' && !init) {
      if (end > LARGEST_BOX_BYTES) return undefined;
      init = await read(file, 0, end);
      timescale = timescaleOf(init) ?? timescale;
    } else if (box.type === 'moof') {
      if (box.end > LARGEST_BOX_BYTES) break;
      const bytes = await read(file, offset, box.end);
      const run = runOf(bytes, { ...box, start: 0 });
      if (!run) break;
      begun = { offset, length: 0, startMs: (run.time / timescale) * 1000, ms: (run.duration / timescale) * 1000, isKey: run.isKey };
    } else if (box.type === 'mdat' && begun) {
      fragments.push({ ...begun, length: end - begun.offset });
      begun = undefined;
    }
    offset = end;
  }
  return init && { init, fragments };
}

async function read(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, offset);
  return bytes.subarray(0, bytesRead);
}

function formatOf(init: Buffer): { codec: string; width: number; height: number } | undefined {
  const entry = sampleEntry(init);
  const avcC = entry && childOf(init, { ...entry, body: entry.body + 78 }, 'avcC');
  if (!entry || !avcC) return undefined;
  const codec = `avc1.${init.subarray(avcC.body + 1, avcC.body + 4).toString('hex')}`;
  return { codec, width: init.readUInt16BE(entry.body + 24), height: init.readUInt16BE(entry.body + 26) };
}

function channelsOf(init: Buffer): number {
  const entry = sampleEntry(init);
  return entry ? init.readUInt16BE(entry.body + 16) : 1;
}

function sampleEntry(init: Buffer): Box | undefined {
  const stsd = boxAt(init, 'moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd');
  return stsd && boxHeader(init, stsd.body + 8);
}
