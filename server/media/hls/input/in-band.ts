// Owns parameter sets in the stream: players that keep their decoder over a discontinuity (ffmpeg) do not read the next stretch's own.
import type { VideoFormat } from '../sample.ts';

/**
 * The NAL units of a key frame with SPS and PPS before them, about 40 bytes. Some encoders number theirs anew with every key frame, and a
 * stretch for each would be a stumble every two seconds; so what differs from the sample description goes along too.
 */
export function withParameterSets(keyFrame: Uint8Array, { sps, pps }: VideoFormat): Uint8Array {
  return Buffer.concat([withLength(sps), withLength(pps), keyFrame]);
}

function withLength(unit: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(unit.length);
  return Buffer.concat([length, unit]);
}
