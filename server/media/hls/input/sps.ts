// Owns what an H.264 sequence parameter set says of its pictures (ITU-T H.264 section 7.3.2.1.1).
export interface PictureFormat {
  width: number;
  height: number;
  /** RFC 6381. */
  codec: string;
}

const LARGEST_SIDE = 8_192;
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Undefined for what is cut off or makes no sense. @param unit with its header, without start code */
export function readSps(unit: Uint8Array): PictureFormat | undefined {
  if (unit.length < 5 || ((unit[0] as number) & 31) !== 7) return undefined;
  const bits = new BitReader(withoutEmulation(unit.subarray(1)));
  const profile = bits.read(8);
  const constraints = bits.read(8);
  const level = bits.read(8);
  bits.ue();
  const { chroma, isInterlaced, size, crop } = readBody(bits, profile);
  // The unit in which cropping counts: whole chroma samples, and pairs of lines where a frame is two fields.
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = (chroma === 1 ? 2 : 1) * (isInterlaced ? 2 : 1);
  const width = size.width - cropX * (crop.left + crop.right);
  const height = size.height - cropY * (crop.top + crop.bottom);
  const isSound = !bits.isPastEnd && width > 0 && height > 0 && width <= LARGEST_SIDE && height <= LARGEST_SIDE;
  if (!isSound) return undefined;
  return { width, height, codec: `avc1.${[profile, constraints, level].map((byte) => byte.toString(16).padStart(2, '0')).join('')}` };
}

function readBody(bits: BitReader, profile: number) {
  let chroma = 1;
  if (HIGH_PROFILES.has(profile)) {
    chroma = bits.ue();
    if (chroma === 3) chroma = bits.read(1) === 1 ? 0 : 3;
    bits.ue();
    bits.ue();
    bits.read(1);
    if (bits.read(1) === 1) skipScalingLists(bits, chroma === 3 ? 12 : 8);
  }
  bits.ue();
  const orderType = bits.ue();
  if (orderType === 0) bits.ue();
  else if (orderType === 1) {
    bits.read(1);
    bits.ue();
    bits.ue();
    for (let left = Math.min(bits.ue(), 255); left > 0; left -= 1) bits.ue();
  }
  bits.ue();
  bits.read(1);
  const width = 16 * (bits.ue() + 1);
  const mapUnits = bits.ue() + 1;
  const isInterlaced = bits.read(1) === 0;
  if (isInterlaced) bits.read(1);
  bits.read(1);
  const isCropped = bits.read(1) === 1;
  const crop = isCropped
    ? { left: bits.ue(), right: bits.ue(), top: bits.ue(), bottom: bits.ue() }
    : { left: 0, right: 0, top: 0, bottom: 0 };
  return { chroma, isInterlaced, size: { width, height: 16 * mapUnits * (isInterlaced ? 2 : 1) }, crop };
}

function skipScalingLists(bits: BitReader, lists: number): void {
  for (let list = 0; list < lists; list += 1) {
    if (bits.read(1) === 0) continue;
    let next = 8;
    let last = 8;
    for (let n = 0; n < (list < 6 ? 16 : 64); n += 1) {
      if (next !== 0) next = (last + bits.se() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

/** Section 7.4.1.1: a 3 after two zeros is there only so that no start code appears. */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  const plain = new Uint8Array(bytes.length);
  let length = 0;
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain[length++] = byte;
  }
  return plain.subarray(0, length);
}

/** Reads zeros beyond the end and remembers it, so that nothing has to be checked at each step. */
class BitReader {
  isPastEnd = false;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(count: number): number {
    let value = 0;
    for (let n = 0; n < count; n += 1) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) this.isPastEnd = true;
      value = value * 2 + (((byte ?? 0) >> (7 - (this.#at & 7))) & 1);
      this.#at += 1;
    }
    return value;
  }

  ue(): number {
    let zeros = 0;
    while (zeros < 32 && !this.isPastEnd && this.read(1) === 0) zeros += 1;
    return 2 ** zeros - 1 + this.read(zeros);
  }

  se(): number {
    const code = this.ue();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}
