// Owns the H.264 parameter sets of a recorded stretch, as they stand in its initialisation segment.
import { childOf } from './boxes.ts';
import { sampleEntry } from './rebuild.ts';

/** SPS and PPS as NAL units with 4-byte lengths, ready to stand before a key frame. @throws RangeError when there are none */
export function parameterSets(init: Buffer): Buffer {
  const entry = sampleEntry(init);
  const avcC = entry && childOf(init, { ...entry, body: entry.body + 78 }, 'avcC');
  if (!avcC) throw new RangeError('no avcC');
  const units: Buffer[] = [];
  let at = avcC.body + 5;
  for (const mask of [0x1f, 0xff]) {
    const count = init.readUInt8(at) & mask;
    at += 1;
    for (let n = 0; n < count; n += 1) {
      const length = init.readUInt16BE(at);
      const unit = Buffer.alloc(4 + length);
      unit.writeUInt32BE(length, 0);
      init.copy(unit, 4, at + 2, at + 2 + length);
      units.push(unit);
      at += 2 + length;
    }
  }
  return Buffer.concat(units);
}
