// Owns made-up RTP: H.264 that an SFU recognises (key frames with parameter sets) and Opus, without an encoder.
import { randomBytes } from 'node:crypto';

const RTP_HEADER_BYTES = 12;
const FRAGMENT_BYTES = 1_100;
const VIDEO_CLOCK_HZ = 90_000;
/** Key frames of a camera are a few times larger than what follows. */
const KEY_FRAME_FACTOR = 4;

// Constrained baseline, level 3.1, 320x180, and its picture parameter set.
const SPS = Buffer.from('6742e01f95a014197a', 'hex');
const PPS = Buffer.from('68ce3c80', 'hex');
const NAL_IDR = 5;
const NAL_SLICE = 1;
const NAL_STAP_A = 24;
const NAL_FU_A = 28;

/** RFC 6716 section 3: CELT of full bandwidth, 20 ms, stereo; one frame, or three of equal size. Any bits decode to some noise. */
const OPUS_HEADERS = { 20: Buffer.from([0xfc]), 60: Buffer.from([0xff, 3]) };
const OPUS_FRAME_BYTES = 79;

interface Numbering {
  ssrc: number;
  payloadType: number;
}

export class SyntheticVideo {
  readonly #numbering: Numbering;
  readonly #ticks: number;
  readonly #framesPerSecond: number;
  #frameBytes = 0;
  readonly #noise = randomBytes(FRAGMENT_BYTES);
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();

  constructor(numbering: Numbering, kbps: number, framesPerSecond: number) {
    this.#numbering = numbering;
    this.#framesPerSecond = framesPerSecond;
    this.kbps = kbps;
    this.#ticks = VIDEO_CLOCK_HZ / framesPerSecond;
  }

  /** From the next frame on. */
  set kbps(kbps: number) {
    this.#frameBytes = Math.max(100, Math.round((kbps * 1000) / 8 / this.#framesPerSecond));
  }

  /** Packets of the next frame; the last one has the marker bit. */
  frame(isKeyFrame: boolean): Buffer[] {
    this.#timestamp = (this.#timestamp + this.#ticks) >>> 0;
    const packets: Buffer[] = [];
    if (isKeyFrame) packets.push(this.#packet(parameterSets(), false));
    let left = isKeyFrame ? this.#frameBytes * KEY_FRAME_FACTOR : this.#frameBytes;
    const type = isKeyFrame ? NAL_IDR : NAL_SLICE;
    for (let isFirst = true; left > 0; isFirst = false) {
      const size = Math.min(left, FRAGMENT_BYTES);
      left -= size;
      const isLast = left === 0;
      const header = Buffer.from([0x60 | NAL_FU_A, (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0) | type]);
      packets.push(this.#packet(Buffer.concat([header, this.#noise.subarray(0, size)]), isLast));
    }
    return packets;
  }

  #packet(payload: Buffer, hasMarker: boolean): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return rtpPacket(this.#numbering, this.#sequence, this.#timestamp, hasMarker, payload);
  }
}

export class SyntheticAudio {
  /** From the next packet on. */
  packetMs: 20 | 60 = 20;
  readonly #numbering: Numbering;
  readonly #payloads = { 20: opusPayload(20), 60: opusPayload(60) };
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();

  constructor(numbering: Numbering) {
    this.#numbering = numbering;
  }

  packet(): Buffer {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const packet = rtpPacket(this.#numbering, this.#sequence, this.#timestamp, false, this.#payloads[this.packetMs]);
    this.#timestamp = (this.#timestamp + 48 * this.packetMs) >>> 0;
    return packet;
  }
}

/** The picture loss indications and full intra requests among compound RTCP. */
export function countKeyFrameRequests(rtcp: Buffer): number {
  let count = 0;
  for (let at = 0; at + 4 <= rtcp.length; ) {
    const type = rtcp[at + 1];
    const format = (rtcp[at] ?? 0) & 31;
    if (type === 206 && (format === 1 || format === 4)) count += 1;
    at += 4 * (rtcp.readUInt16BE(at + 2) + 1);
  }
  return count;
}

function opusPayload(packetMs: 20 | 60): Buffer {
  return Buffer.concat([OPUS_HEADERS[packetMs], randomBytes((OPUS_FRAME_BYTES * packetMs) / 20)]);
}

function parameterSets(): Buffer {
  const aggregated = [SPS, PPS].flatMap((unit) => [Buffer.from([unit.length >> 8, unit.length & 0xff]), unit]);
  return Buffer.concat([Buffer.from([0x60 | NAL_STAP_A]), ...aggregated]);
}

function rtpPacket({ ssrc, payloadType }: Numbering, sequence: number, timestamp: number, hasMarker: boolean, payload: Buffer): Buffer {
  const header = Buffer.alloc(RTP_HEADER_BYTES);
  header[0] = 0x80;
  header[1] = (hasMarker ? 0x80 : 0) | payloadType;
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(timestamp, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
}
