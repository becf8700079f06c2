// Owns reading the box structure of an MP4 (ISO 14496-12): where boxes lie, and what a movie fragment says of its samples.

export interface Box {
  type: string;
  start: number;
  /** Where its content begins. */
  body: number;
  end: number;
}

/** Boxes side by side, as far as they are whole. */
export function boxesIn(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const found: Box[] = [];
  for (let start = from; start + 8 <= to; ) {
    const box = boxHeader(bytes, start);
    if (!box || box.end > to) break;
    found.push(box);
    start = box.end;
  }
  return found;
}

/** The box that begins at `start`; `end` may lie beyond the bytes. Undefined for what cannot be one. */
export function boxHeader(bytes: Buffer, start: number): Box | undefined {
  if (start + 8 > bytes.length) return undefined;
  const short = bytes.readUInt32BE(start);
  const isLarge = short === 1;
  if (isLarge && start + 16 > bytes.length) return undefined;
  const size = isLarge ? Number(bytes.readBigUInt64BE(start + 8)) : short;
  const body = start + (isLarge ? 16 : 8);
  if (start + size < body) return undefined;
  return { type: bytes.toString('latin1', start + 4, start + 8), start, body, end: start + size };
}

/** Whether the bytes are whole movie fragments and nothing else. */
export function areWholeFragments(bytes: Buffer): boolean {
  const boxes = boxesIn(bytes);
  const types = boxes.map((box) => box.type);
  return boxes.at(-1)?.end === bytes.length && types.includes('moof') && types.at(-1) === 'mdat';
}

export function childOf(bytes: Buffer, parent: Box, type: string): Box | undefined {
  return boxesIn(bytes, parent.body, parent.end).find((box) => box.type === type);
}

/** The first box along a path of types, from the outermost. */
export function boxAt(bytes: Buffer, ...path: string[]): Box | undefined {
  let within: Box | undefined = { type: '', start: 0, body: 0, end: bytes.length };
  for (const type of path) within = within && childOf(bytes, within, type);
  return within;
}

/** Ticks a second of the only track of an initialisation segment. */
export function timescaleOf(init: Buffer): number | undefined {
  const mdhd = boxAt(init, 'moov', 'trak', 'mdia', 'mdhd');
  return mdhd && init.readUInt32BE(mdhd.body + (init[mdhd.body] === 1 ? 20 : 12));
}

export interface Run {
  /** Ticks since the stretch began. */
  time: number;
  duration: number;
  /** Its first sample is a key frame. */
  isKey: boolean;
}

const NOT_SYNC = 0x01_00_00;

/**
 * What the only track of a movie fragment says of its samples.
 * @throws RangeError for boxes that are shorter than what they promise
 */
export function runOf(bytes: Buffer, moof: Box): Run | undefined {
  const traf = childOf(bytes, moof, 'traf');
  const tfhd = traf && childOf(bytes, traf, 'tfhd');
  const tfdt = traf && childOf(bytes, traf, 'tfdt');
  if (!traf || !tfhd || !tfdt) return undefined;
  const time = bytes[tfdt.body] === 1 ? Number(bytes.readBigUInt64BE(tfdt.body + 4)) : bytes.readUInt32BE(tfdt.body + 4);
  const defaults = trackDefaults(bytes, tfhd);
  let duration = 0;
  let firstFlags: number | undefined;
  for (const trun of boxesIn(bytes, traf.body, traf.end).filter((box) => box.type === 'trun')) {
    const flags = bytes.readUIntBE(trun.body + 1, 3);
    const count = bytes.readUInt32BE(trun.body + 4);
    let at = trun.body + 8 + (flags & 0x1 ? 4 : 0);
    if (flags & 0x4) {
      firstFlags ??= bytes.readUInt32BE(at);
      at += 4;
    }
    const stride = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag).length * 4;
    if (flags & 0x400) firstFlags ??= bytes.readUInt32BE(at + (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0));
    if (flags & 0x100) for (let n = 0; n < count; n += 1) duration += bytes.readUInt32BE(at + n * stride);
    else duration += count * defaults.duration;
  }
  return { time, duration, isKey: ((firstFlags ?? defaults.flags) & NOT_SYNC) === 0 };
}

function trackDefaults(bytes: Buffer, tfhd: Box): { duration: number; flags: number } {
  const flags = bytes.readUIntBE(tfhd.body + 1, 3);
  let at = tfhd.body + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const duration = flags & 0x8 ? bytes.readUInt32BE(at) : 0;
  at += (flags & 0x8 ? 4 : 0) + (flags & 0x10 ? 4 : 0);
  return { duration, flags: flags & 0x20 ? bytes.readUInt32BE(at) : 0 };
}
