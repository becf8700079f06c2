// Owns reading one RTP packet (RFC 3550 section 5.1): header, contributing sources, extension, padding. Never throws.

export interface RtpPacket {
  ssrc: number;
  sequence: number;
  timestamp: number;
  hasMarker: boolean;
  /** A view into the packet. */
  payload: Uint8Array;
}

const HEADER_BYTES = 12;

/** Undefined for what is truncated, of another version, or without a payload. */
export function readRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length <= HEADER_BYTES) return undefined;
  const first = bytes[0] as number;
  if (first >> 6 !== 2) return undefined;
  let start = HEADER_BYTES + 4 * (first & 15);
  if (first & 0x10) {
    if (start + 4 > bytes.length) return undefined;
    start += 4 + 4 * uint16(bytes, start + 2);
  }
  let end = bytes.length;
  if (first & 0x20) {
    const padding = bytes[end - 1] as number;
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start >= end) return undefined;
  return {
    ssrc: uint32(bytes, 8),
    sequence: uint16(bytes, 2),
    timestamp: uint32(bytes, 4),
    hasMarker: (bytes[1] as number) >= 128,
    payload: bytes.subarray(start, end),
  };
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((uint16(bytes, at) << 16) | uint16(bytes, at + 2)) >>> 0;
}

/** The distance from `from` to `to` in a counter of `bits` bits that wraps around, the short way. */
export function wrappedDistance(from: number, to: number, bits: 16 | 32): number {
  const range = 2 ** bits;
  const ahead = (to - from + range) % range;
  return ahead >= range / 2 ? ahead - range : ahead;
}
