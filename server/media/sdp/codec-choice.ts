// Owns which of a client's codecs a stream takes: the pairing of an offer with the codecs in codecs.ts.
import type { types } from 'mediasoup';
import type { OfferedCodec, OfferedTrack } from './offer.ts';

export interface CodecChoice {
  media: OfferedCodec;
  /** The codec's retransmission format, when the client has one. */
  rtx: OfferedCodec | undefined;
  /** Ours. */
  capability: types.RouterRtpCodecCapability;
  /** What both sides understand. */
  feedback: OfferedCodec['feedback'];
}

const FEEDBACK = ['nack', 'nack pli', 'ccm fir', 'transport-cc', 'goog-remb'];

/** The first of `capabilities` that the client has too. */
export function chooseCodec(track: OfferedTrack, capabilities: readonly types.RouterRtpCodecCapability[]): CodecChoice | undefined {
  for (const capability of capabilities) {
    const media = capability.kind === track.kind ? track.codecs.find((each) => isSame(each, capability)) : undefined;
    if (!media) continue;
    const rtx = track.codecs.find((each) => each.name.toLowerCase() === 'rtx' && each.parameters['apt'] === media.payloadType);
    const feedback = media.feedback.filter(({ type, parameter }) => FEEDBACK.includes(parameter === undefined ? type : `${type} ${parameter}`));
    return { media, rtx, capability, feedback };
  }
  return undefined;
}

function isSame(codec: OfferedCodec, capability: types.RouterRtpCodecCapability): boolean {
  if (`${capability.kind}/${codec.name}`.toLowerCase() !== capability.mimeType.toLowerCase()) return false;
  if (codec.clockRate !== capability.clockRate || (codec.channels ?? 1) !== (capability.channels ?? 1)) return false;
  if (codec.name.toLowerCase() !== 'h264') return true;
  return codec.parameters['packetization-mode'] === 1 && isConstrainedBaseline(String(codec.parameters['profile-level-id'] ?? ''));
}

/** RFC 6184 table 5: three spellings of constrained baseline. */
function isConstrainedBaseline(profileLevelId: string): boolean {
  if (!/^[0-9A-Fa-f]{6}$/.test(profileLevelId)) return false;
  const profile = Number.parseInt(profileLevelId.slice(0, 2), 16);
  const constraints = Number.parseInt(profileLevelId.slice(2, 4), 16);
  if ((constraints & 0x0f) !== 0) return false;
  if (profile === 0x42) return (constraints & 0x40) !== 0;
  if (profile === 0x4d) return (constraints & 0x80) !== 0;
  return profile === 0x58 && (constraints & 0xc0) === 0xc0;
}
