// Owns which codec and how many simulcast layers a phone can send. Pure: from capabilities to encodings; what is sent of them is adaptation's.
import type { LayerPlan, VideoPlan } from './adaptation.ts';

/** Under this uplink (kbit/s) two layers take from each other: one is sent (docs: three near-equal layers flap, two need room). */
export const TWO_LAYERS_FROM_KBPS = 800;
/** Under this uplink (kbit/s) a show cannot be watched. */
export const LEAST_UPLINK_KBPS = 300;

export const AUDIO_BITRATE = 32_000;
const LARGE_LAYER_KBPS = 1_100;

export interface CodecChoice {
  kind: string;
  mimeType: string;
  parameters?: Record<string, unknown>;
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

/** How many layers are negotiated, and the most that the phone can encode. A weak one would be late with two. */
export function deviceLimits({ cores, memoryGb }: DeviceFacts): { layerCount: 1 | 2; deviceKbps: number } {
  const isWeak = (cores ?? 4) <= 2 || (memoryGb ?? 4) <= 1;
  return isWeak ? { layerCount: 1, deviceKbps: 600 } : { layerCount: 2, deviceKbps: LARGE_LAYER_KBPS };
}

/** The plan as it is negotiated. */
export function encodingsOf(plan: VideoPlan): (LayerPlan & { scalabilityMode: string })[] {
  // One temporal layer: hardware H.264 encoders of cheap phones know no other, and would be left for software.
  return plan.map((layer) => ({ ...layer, scalabilityMode: 'L1T1' }));
}
