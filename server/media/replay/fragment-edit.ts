// Owns putting recorded fragments on the timeline of a download: track, number and time.
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
