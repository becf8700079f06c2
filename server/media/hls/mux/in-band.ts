// Owns parameter sets in the stream: players that keep their decoder over a discontinuity (ffmpeg) do not read the next stretch's own.
import type { Sample, VideoFormat } from '../sample.ts';
import { u32 } from './box.ts';

const TYPE_SPS = 7;

/** The sample with SPS and PPS before it, unless it is no key frame or has them. About 40 bytes every two seconds. */
export function withParameterSets(sample: Sample, { sps, pps }: VideoFormat): Sample {
  // Behind the 4 bytes of its length.
  const firstType = (sample.data[4] ?? 0) & 31;
  if (!sample.isKey || firstType === TYPE_SPS) return sample;
  return { ...sample, data: Buffer.concat([u32(sps.length), sps, u32(pps.length), pps, sample.data]) };
}
