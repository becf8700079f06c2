// Owns which codecs a stream may have, and what a consumer is told of its receiver's abilities.
import type { types } from 'mediasoup';

/**
 * H.264 constrained baseline comes first because phones encode it in hardware; VP8 is for those that cannot.
 * The payload types are Chromium's own, so that most WHEP viewers need no router with another layout.
 */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    preferredPayloadType: 111,
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, minptime: 10, usedtx: 0 },
  },
  {
    kind: 'video',
    mimeType: 'video/H264',
    preferredPayloadType: 108,
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', preferredPayloadType: 96, clockRate: 90_000 },
];

/** At most one key frame a layer in this time is asked of a publisher, however many viewers come. */
export const KEY_FRAME_REQUEST_DELAY_MS = 500;

/** High enough that a viewer starts on the large layer (1.2 Mbit/s and sound) instead of climbing to it. */
export const INITIAL_OUTGOING_BPS = 2_000_000;

/**
 * A phone that may send its orientation beside the picture does not turn the picture; Firefox and WHEP players then show it lying
 * on its side. Without this extension it turns the picture itself.
 */
export const UNWANTED_EXTENSIONS: ReadonlySet<string> = new Set(['urn:3gpp:video-orientation']);

const ESTIMATION_EXTENSIONS = new Set([
  'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
]);
const ESTIMATION_FEEDBACK = new Set(['transport-cc', 'goog-remb']);

/** Bandwidth estimation is a third of a viewer's cost, and useless where there is only one layer to send. */
export function withoutBandwidthEstimation(capabilities: types.RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter((feedback) => !ESTIMATION_FEEDBACK.has(feedback.type)),
    })),
    headerExtensions: (capabilities.headerExtensions ?? []).filter((extension) => !ESTIMATION_EXTENSIONS.has(extension.uri)),
  };
}

/** Spatial layers of a producer; 1 when there is nothing to choose. */
export function layerCount(producer: types.Producer): number {
  return producer.kind === 'video' ? Math.max(1, producer.rtpParameters.encodings?.length ?? 1) : 1;
}
