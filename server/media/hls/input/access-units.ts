// Owns putting H.264 pictures together from RTP payloads (RFC 6184: single units, STAP-A, FU-A), and dropping what cannot be decoded.
import type { RtpPacket } from './rtp-packet.ts';

const TYPE_IDR = 5;
const TYPE_SPS = 7;
const TYPE_PPS = 8;
const TYPE_STAP_A = 24;
const TYPE_FU_A = 28;
const LENGTH_BYTES = 4;
/** No camera's picture is larger; a sender that never ends one must not take the memory. */
const LARGEST_UNIT_BYTES = 4 * 1024 * 1024;
const FIRST_SCRATCH_BYTES = 64 * 1024;

export interface AccessUnit {
  timestamp: number;
  /** Slices with 4-byte lengths, parameter sets taken out. */
  data: Uint8Array;
  isKey: boolean;
  /** The last ones that came; there whenever `isKey`. */
  sps: Uint8Array | undefined;
  pps: Uint8Array | undefined;
}

export class AccessUnits {
  /** Pictures that were dropped because a part of them, or of what they refer to, is missing. */
  dropped = 0;
  readonly #deliver: (unit: AccessUnit) => void;
  readonly #keyFrameNeeded: () => void;
  #scratch = new Uint8Array(FIRST_SCRATCH_BYTES);
  #length = 0;
  /** Where the length of an unfinished FU-A goes; undefined while there is none. */
  #fragmentAt: number | undefined;
  #timestamp: number | undefined;
  #isKey = false;
  #isDamaged = false;
  #waitsForKey = true;
  #sps: Uint8Array | undefined;
  #pps: Uint8Array | undefined;

  constructor(deliver: (unit: AccessUnit) => void, keyFrameNeeded: () => void) {
    this.#deliver = deliver;
    this.#keyFrameNeeded = keyFrameNeeded;
  }

  push({ timestamp, hasMarker, payload }: RtpPacket, isAfterHole: boolean): void {
    if (isAfterHole) this.#damage();
    if (timestamp !== this.#timestamp) {
      this.#finish();
      this.#timestamp = timestamp;
      // Its first slices may have been in the hole as well, unless it is seen to begin here.
      if (isAfterHole && !beginsPicture(payload)) this.#damage();
    }
    if (!this.#isDamaged && !this.#take(payload)) this.#damage();
    if (hasMarker) this.#finish();
  }

  /** What refers to earlier pictures is of no use any more. */
  waitForKey(): void {
    this.#waitsForKey = true;
  }

  #take(payload: Uint8Array): boolean {
    const type = (payload[0] as number) & 31;
    if (type === TYPE_FU_A) return this.#takeFragment(payload);
    if (this.#fragmentAt !== undefined) return false;
    if (type === TYPE_STAP_A) return this.#takeAggregate(payload);
    return type > 0 && type < TYPE_STAP_A && this.#takeUnit(payload);
  }

  #takeAggregate(payload: Uint8Array): boolean {
    for (let at = 1; at < payload.length; ) {
      if (at + 2 > payload.length) return false;
      const length = ((payload[at] as number) << 8) | (payload[at + 1] as number);
      at += 2;
      if (length === 0 || at + length > payload.length) return false;
      if (!this.#takeUnit(payload.subarray(at, at + length))) return false;
      at += length;
    }
    return true;
  }

  #takeFragment(payload: Uint8Array): boolean {
    if (payload.length < 3) return false;
    const indicator = payload[0] as number;
    const header = payload[1] as number;
    const type = header & 31;
    const isStart = (header & 0x80) !== 0;
    if (isStart !== (this.#fragmentAt === undefined)) return false;
    if (isStart) {
      // Parameter sets are small; in fragments they are nobody's.
      if (!isSlice(type)) return false;
      this.#fragmentAt = this.#length;
      if (type === TYPE_IDR) this.#isKey = true;
      if (!this.#reserve(LENGTH_BYTES + 1)) return false;
      this.#length += LENGTH_BYTES;
      this.#scratch[this.#length++] = (indicator & 0xe0) | type;
    }
    if (!this.#append(payload.subarray(2))) return false;
    if ((header & 0x40) !== 0) {
      this.#writeLength(this.#fragmentAt as number);
      this.#fragmentAt = undefined;
    }
    return true;
  }

  #takeUnit(unit: Uint8Array): boolean {
    const type = (unit[0] as number) & 31;
    if (type === TYPE_SPS) this.#sps = new Uint8Array(unit);
    else if (type === TYPE_PPS) this.#pps = new Uint8Array(unit);
    // Delimiters, fillers and messages to decoders are of no use here.
    if (!isSlice(type)) return true;
    if (type === TYPE_IDR) this.#isKey = true;
    const at = this.#length;
    if (!this.#reserve(LENGTH_BYTES)) return false;
    this.#length += LENGTH_BYTES;
    if (!this.#append(unit)) return false;
    this.#writeLength(at);
    return true;
  }

  #finish(): void {
    const { dropped } = this;
    const isWhole = !this.#isDamaged && this.#fragmentAt === undefined;
    const hasContent = this.#length > 0;
    if (!isWhole) {
      this.#waitsForKey = true;
      this.dropped += 1;
    } else if (hasContent) {
      const isDecodable = this.#isKey ? this.#sps !== undefined && this.#pps !== undefined : !this.#waitsForKey;
      if (isDecodable) this.#handOver();
      else {
        this.#waitsForKey = true;
        this.dropped += 1;
      }
    }
    this.#length = 0;
    this.#fragmentAt = undefined;
    this.#isKey = false;
    this.#isDamaged = false;
    this.#timestamp = undefined;
    if (this.dropped > dropped) this.#keyFrameNeeded();
  }

  #handOver(): void {
    this.#waitsForKey = false;
    this.#deliver({
      timestamp: this.#timestamp as number,
      data: this.#scratch.slice(0, this.#length),
      isKey: this.#isKey,
      sps: this.#sps,
      pps: this.#pps,
    });
  }

  #damage(): void {
    this.#isDamaged = true;
    this.#waitsForKey = true;
  }

  #append(bytes: Uint8Array): boolean {
    if (!this.#reserve(bytes.length)) return false;
    this.#scratch.set(bytes, this.#length);
    this.#length += bytes.length;
    return true;
  }

  #reserve(bytes: number): boolean {
    const needed = this.#length + bytes;
    if (needed > LARGEST_UNIT_BYTES) return false;
    if (needed > this.#scratch.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#scratch.length));
      larger.set(this.#scratch.subarray(0, this.#length));
      this.#scratch = larger;
    }
    return true;
  }

  #writeLength(at: number): void {
    const length = this.#length - at - LENGTH_BYTES;
    this.#scratch[at] = length >>> 24;
    this.#scratch[at + 1] = length >>> 16;
    this.#scratch[at + 2] = length >>> 8;
    this.#scratch[at + 3] = length;
  }
}

function beginsPicture(payload: Uint8Array): boolean {
  const type = (payload[0] as number) & 31;
  return (type === TYPE_STAP_A && payload.length > 3 ? (payload[3] as number) & 31 : type) === TYPE_SPS;
}

function isSlice(type: number): boolean {
  return type >= 1 && type <= TYPE_IDR;
}
