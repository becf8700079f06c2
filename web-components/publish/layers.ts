// Owns which codec and how many simulcast layers a phone sends. Pure: from capabilities and the measured uplink to encodings.

/** Under this uplink (kbit/s) two layers take from each other: one is sent (docs: three near-equal layers flap, two need room). */
export const TWO_LAYERS_FROM_KBPS = 800;
/** Under this uplink (kbit/s) a show cannot be watched. */
export const LEAST_UPLINK_KBPS = 300;

export const AUDIO_BITRATE = 32_000;
const SMALL_LAYER_BITRATE = 150_000;
const LARGE_LAYER_BITRATE = 1_100_000;
/** Share of the measured uplink that may be planned: the rest is for retransmission, headers and other apps. */
const USABLE_SHARE = 0.75;

export interface CodecChoice {
  kind: string;
  mimeType: string;
  parameters?: Record<string, unknown>;
}

/** One layer as `RTCRtpSender` and mediasoup want it. Bit rates in bit/s. */
export interface Layer {
  maxBitrate: number;
  maxFramerate: number;
  scaleResolutionDownBy: number;
  scalabilityMode: string;
}

export interface DeviceFacts {
  /** Measured uplink; null when it could not be measured. */
  uplinkKbps: number | null;
  /** `navigator.hardwareConcurrency` */
  cores?: number | undefined;
  /** `navigator.deviceMemory` in GB; only Chromium tells */
  memoryGb?: number | undefined;
}

/**
 * H.264 constrained baseline first, because phones encode it in hardware and HLS then needs no transcoding; else VP8, which all have.
 * @returns the codec to ask for, or undefined when neither is there
 */
export function chooseCodec<C extends CodecChoice>(codecs: readonly C[]): C | undefined {
  const video = codecs.filter((codec) => codec.kind === 'video');
  const isH264 = (codec: C): boolean => codec.mimeType.toLowerCase() === 'video/h264' && Number(codec.parameters?.['packetization-mode'] ?? 0) === 1;
  const baseline = video.find((codec) => isH264(codec) && /^42[0-9a-f]{4}$/i.test(String(codec.parameters?.['profile-level-id'] ?? '')));
  return baseline ?? video.find(isH264) ?? video.find((codec) => codec.mimeType.toLowerCase() === 'video/vp8');
}

/** Two layers well apart where uplink and phone allow it, else one that fits. The smallest is first, as mediasoup counts them. */
export function chooseLayers(facts: DeviceFacts): Layer[] {
  const isWeak = (facts.cores ?? 4) <= 2 || (facts.memoryGb ?? 4) <= 1;
  const uplinkKbps = facts.uplinkKbps ?? TWO_LAYERS_FROM_KBPS;
  const budget = Math.max(100_000, uplinkKbps * 1000 * USABLE_SHARE - AUDIO_BITRATE);
  // One temporal layer: hardware H.264 encoders of cheap phones know no other, and would be left for software.
  const scalabilityMode = 'L1T1';
  if (isWeak || uplinkKbps < TWO_LAYERS_FROM_KBPS) {
    const maxBitrate = Math.round(Math.min(budget, isWeak ? 600_000 : LARGE_LAYER_BITRATE));
    return [{ maxBitrate, maxFramerate: maxBitrate < 250_000 ? 15 : 20, scaleResolutionDownBy: scaleFor(maxBitrate), scalabilityMode }];
  }
  const large = Math.round(Math.min(LARGE_LAYER_BITRATE, budget - SMALL_LAYER_BITRATE));
  return [
    { maxBitrate: SMALL_LAYER_BITRATE, maxFramerate: 15, scaleResolutionDownBy: 3, scalabilityMode },
    { maxBitrate: large, maxFramerate: 25, scaleResolutionDownBy: 1, scalabilityMode },
  ];
}

/** 540x960 looks clean from about 500 kbit/s, 360x640 from 250, 270x480 below. */
function scaleFor(bitrate: number): number {
  if (bitrate >= 500_000) return 1;
  return bitrate >= 250_000 ? 1.5 : 2;
}
