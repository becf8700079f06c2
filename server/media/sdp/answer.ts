// Owns writing SDP answers and ICE fragments: one BUNDLE group over one ICE-lite transport (RFC 9143, 8839, 8840).
import { randomInt } from 'node:crypto';
import type { TransportInfo } from '../../protocol/media.ts';
import type { CodecChoice } from './codec-choice.ts';
import type { Offer, OfferedTrack } from './offer.ts';

export interface AnsweredTrack {
  offered: OfferedTrack;
  codec: CodecChoice;
  direction: 'recvonly' | 'sendonly' | 'inactive';
  extensions: { id: number; uri: string }[];
  /** Whether the answer takes the client's retransmission format. */
  hasRtx: boolean;
  /** Layers taken by rid, in the order of the offer. */
  rids: string[];
  /** What is sent to the client. */
  sent?: { ssrc: number; cname: string; msid: string };
}

/** @param tracks in the order of the offer's m-lines */
export function writeAnswer(offer: Offer, transport: TransportInfo, tracks: readonly AnsweredTrack[]): string {
  return toText([
    'v=0',
    `o=- ${randomInt(1, 2 ** 47)} 1 IN IP4 0.0.0.0`,
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${tracks.map((track) => track.offered.mid).join(' ')}`,
    'a=msid-semantic: WMS *',
    ...tracks.flatMap((track) => mediaSection(offer, transport, track)),
  ]);
}

/**
 * The body of an answer to an ICE restart.
 * @param protocol of the path in use. Only its candidate is named: a client that puts the fragment into its remote description
 * (npm `whip-whep`) can take one.
 */
export function writeRestartFragment(
  ice: TransportInfo['iceParameters'],
  candidates: TransportInfo['iceCandidates'],
  protocol: 'udp' | 'tcp',
  first: Pick<OfferedTrack, 'kind' | 'mid' | 'protocol'>,
): string {
  const used = candidates.filter((candidate) => candidate.protocol === protocol).slice(0, 1);
  return toText([
    'a=ice-lite',
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    `m=${first.kind} 9 ${first.protocol} 0`,
    `a=mid:${first.mid}`,
    ...(used.length > 0 ? used : candidates.slice(0, 1)).map(candidateLine),
    'a=end-of-candidates',
  ]);
}

function mediaSection(offer: Offer, transport: TransportInfo, track: AnsweredTrack): string[] {
  const { offered, codec } = track;
  const { media, rtx } = codec;
  const hasRtx = track.hasRtx && rtx !== undefined;
  const channels = media.channels === undefined ? '' : `/${media.channels}`;
  // `sprop-` describes the sender's own stream; an answer has no use for it.
  const parameters = Object.entries(media.parameters)
    .filter(([name]) => !name.startsWith('sprop-'))
    .map(([name, value]) => `${name}=${value}`);
  return [
    `m=${offered.kind} 9 ${offered.protocol} ${[media.payloadType, ...(hasRtx ? [rtx.payloadType] : [])].join(' ')}`,
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=mid:${offered.mid}`,
    `a=${track.direction}`,
    `a=ice-ufrag:${transport.iceParameters.usernameFragment}`,
    `a=ice-pwd:${transport.iceParameters.password}`,
    ...transport.dtlsParameters.fingerprints.filter((print) => print.algorithm === 'sha-256').map((print) => `a=fingerprint:sha-256 ${print.value}`),
    `a=setup:${offer.dtlsParameters.role === 'client' ? 'passive' : 'active'}`,
    'a=rtcp-mux',
    ...(offered.hasReducedSizeRtcp ? ['a=rtcp-rsize'] : []),
    ...track.extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    `a=rtpmap:${media.payloadType} ${media.name}/${media.clockRate}${channels}`,
    ...(parameters.length > 0 ? [`a=fmtp:${media.payloadType} ${parameters.join(';')}`] : []),
    ...codec.feedback.map(({ type, parameter }) => `a=rtcp-fb:${media.payloadType} ${type}${parameter === undefined ? '' : ` ${parameter}`}`),
    ...(hasRtx ? [`a=rtpmap:${rtx.payloadType} rtx/${rtx.clockRate}`, `a=fmtp:${rtx.payloadType} apt=${media.payloadType}`] : []),
    ...track.rids.map((rid) => `a=rid:${rid} recv`),
    ...(track.rids.length > 0 ? [`a=simulcast:recv ${track.rids.join(';')}`] : []),
    ...(track.sent ? [`a=msid:${track.sent.msid} ${offered.kind}`, `a=ssrc:${track.sent.ssrc} cname:${track.sent.cname}`] : []),
    ...transport.iceCandidates.map(candidateLine),
    'a=end-of-candidates',
  ];
}

function candidateLine(candidate: TransportInfo['iceCandidates'][number]): string {
  const { foundation, protocol, priority, address, port, type, tcpType } = candidate;
  return `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${tcpType ? ` tcptype ${tcpType}` : ''}`;
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}
