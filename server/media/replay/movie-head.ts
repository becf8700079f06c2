// Owns the head of a downloaded MP4: one `moov` for both tracks, made of the two that the tracks were recorded with.
import { type Box, boxAt, boxesIn, boxHeader, childOf } from './boxes.ts';

export const VIDEO_TRACK = 1;
export const OPUS_TRACK = 2;

/**
 * @param isMixed parameter sets change on the way, so those in the samples count: sample entry `avc3` (ISO 14496-15 section 5.3.1)
 * @throws RangeError for an initialisation segment that is none
 */
export function movieHead(video: Buffer, opus: Buffer, durationMs: number, isMixed: boolean): Buffer {
  const ftyp = boxAt(video, 'ftyp');
  const moov = boxAt(video, 'moov');
  const mvhd = moov && childOf(video, moov, 'mvhd');
  if (!ftyp || !mvhd) throw new RangeError('no initialisation segment');
  const videoTrack = trackOf(video, VIDEO_TRACK);
  if (isMixed) {
    const stsd = descend(videoTrack, 'mdia', 'minf', 'stbl', 'stsd');
    const entry = stsd && boxHeader(videoTrack, stsd.body + 8);
    if (entry) videoTrack.write('avc3', entry.start + 4, 'latin1');
  }
  const head = Buffer.from(video.subarray(mvhd.start, mvhd.end));
  head.writeUInt32BE(OPUS_TRACK + 1, head.length - 4);
  const mvex = box('mvex', mehd(head, durationMs), trexOf(video, VIDEO_TRACK), trexOf(opus, OPUS_TRACK));
  return Buffer.concat([video.subarray(ftyp.start, ftyp.end), box('moov', head, videoTrack, trackOf(opus, OPUS_TRACK), mvex)]);
}

// Players show the length before they have read every fragment.
function mehd(mvhd: Buffer, durationMs: number): Buffer {
  const timescale = mvhd.readUInt32BE(mvhd[8] === 1 ? 28 : 20);
  const content = Buffer.alloc(12);
  content[0] = 1;
  content.writeBigUInt64BE(BigInt(Math.round((durationMs * timescale) / 1000)), 4);
  return box('mehd', content);
}

function trackOf(init: Buffer, id: number): Buffer {
  const trak = boxAt(init, 'moov', 'trak');
  if (!trak) throw new RangeError('no track');
  // Edit lists belong to the file it was recorded in; here both tracks have one timeline.
  const kept = boxesIn(init, trak.body, trak.end).filter(({ type }) => type !== 'edts');
  const copy = box('trak', ...kept.map(({ start, end }) => init.subarray(start, end)));
  const tkhd = descend(copy, 'tkhd');
  if (tkhd) copy.writeUInt32BE(id, tkhd.body + (copy[tkhd.body] === 1 ? 20 : 12));
  return copy;
}

function trexOf(init: Buffer, id: number): Buffer {
  const trex = boxAt(init, 'moov', 'mvex', 'trex');
  if (!trex) throw new RangeError('not fragmented');
  const copy = Buffer.from(init.subarray(trex.start, trex.end));
  copy.writeUInt32BE(id, 12);
  return copy;
}

function descend(bytes: Buffer, ...path: string[]): Box | undefined {
  let within = boxHeader(bytes, 0);
  for (const type of path) within = within && childOf(bytes, within, type);
  return within;
}

function box(type: string, ...content: Uint8Array[]): Buffer {
  const size = content.reduce((total, { length }) => total + length, 8);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(size, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, ...content], size);
}
