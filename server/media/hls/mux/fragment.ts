// Owns fragments: `moof` and `mdat` of a run of samples of one track (ISO/IEC 14496-12 section 8.8).
import type { Sample } from '../sample.ts';
import { box, fullBox, u32, u64 } from './box.ts';
import { TRACK_ID } from './init.ts';

/** Needs no other sample. */
const INDEPENDENT = 0x0200_0000;
/** Needs others, and playing cannot start with it. */
const DEPENDENT = 0x0101_0000;

const DEFAULT_BASE_IS_MOOF = 0x02_0000;
const DATA_OFFSET_PRESENT = 0x1;
const DURATION_SIZE_FLAGS_PRESENT = 0x700;

/**
 * @param number of the fragment in its track; grows by one
 * @param samples at least one, each beginning where the one before ends
 */
export function fragment(number: number, samples: readonly Sample[]): Buffer {
  const run = u32(...samples.flatMap(({ duration, data, isKey }) => [duration, data.length, isKey ? INDEPENDENT : DEPENDENT]));
  const movie = (dataOffset: number) =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(number)),
      box(
        'traf',
        fullBox('tfhd', 0, DEFAULT_BASE_IS_MOOF, u32(TRACK_ID)),
        fullBox('tfdt', 1, 0, u64(samples[0]?.time ?? 0)),
        fullBox('trun', 0, DATA_OFFSET_PRESENT | DURATION_SIZE_FLAGS_PRESENT, u32(samples.length, dataOffset), run),
      ),
    );
  // The data begins behind the head of `mdat`.
  const moof = movie(movie(0).length + 8);
  return Buffer.concat([moof, box('mdat', ...samples.map(({ data }) => data))]);
}
