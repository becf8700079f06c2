// Owns putting recorded fragments on the timeline of a download: track, number, time, and parameter sets in the samples.
import { type Box, boxesIn, childOf, runOf } from './boxes.ts';

export interface Placing {
  track: number;
  /** Ticks to add to each fragment's time. */
  shift: number;
  /** Ticks before which nothing may begin: the end of what was sent of this track. */
  notBefore: number;
  /** Number of the first fragment. */
  sequence: number;
}

/**
 * Changes `moof` and `mdat` boxes in place.
 * @returns end of the last sample in ticks, and how many fragments there were
 * @throws RangeError for bytes that are no fragments
 */
export function placeFragments(bytes: Buffer, placing: Placing): { end: number; fragments: number } {
  let { sequence } = placing;
  let end = placing.notBefore;
  for (const moof of boxesIn(bytes).filter(({ type }) => type === 'moof')) {
    const mfhd = childOf(bytes, moof, 'mfhd');
    const traf = childOf(bytes, moof, 'traf');
    const tfhd = traf && childOf(bytes, traf, 'tfhd');
    const tfdt = traf && childOf(bytes, traf, 'tfdt');
    const run = runOf(bytes, moof);
    if (!mfhd || !tfhd || !tfdt || !run) throw new RangeError('not a fragment');
    bytes.writeUInt32BE(sequence, mfhd.body + 4);
    bytes.writeUInt32BE(placing.track, tfhd.body + 4);
    const time = Math.max(end, Math.round(run.time + placing.shift));
    writeTime(bytes, tfdt, time);
    end = time + run.duration;
    sequence += 1;
  }
  return { end, fragments: sequence - placing.sequence };
}

function writeTime(bytes: Buffer, tfdt: Box, ticks: number): void {
  // 32 bits of a 90 kHz clock end after 13 h.
  if (bytes[tfdt.body] === 1) bytes.writeBigUInt64BE(BigInt(ticks), tfdt.body + 4);
  else bytes.writeUInt32BE(ticks, tfdt.body + 4);
}

/**
 * Puts NAL units (with their lengths) before the first sample of a segment's first fragment.
 * @throws RangeError where samples have no sizes of their own, or the fragment is not one `moof` and one `mdat`
 */
export function withParameterSets(bytes: Buffer, sets: Uint8Array): Buffer {
  const [moof, mdat] = boxesIn(bytes).filter(({ type }) => type === 'moof' || type === 'mdat');
  const traf = moof && childOf(bytes, moof, 'traf');
  const trun = traf && childOf(bytes, traf, 'trun');
  if (!trun || mdat?.type !== 'mdat' || mdat.body !== mdat.start + 8) throw new RangeError('not a fragment');
  const flags = bytes.readUIntBE(trun.body + 1, 3);
  if (!(flags & 0x200)) throw new RangeError('samples without sizes');
  const size = trun.body + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0) + (flags & 0x100 ? 4 : 0);
  const longer = Buffer.concat([bytes.subarray(0, mdat.body), sets, bytes.subarray(mdat.body)]);
  longer.writeUInt32BE(longer.readUInt32BE(size) + sets.length, size);
  longer.writeUInt32BE(mdat.end - mdat.start + sets.length, mdat.start);
  return longer;
}
