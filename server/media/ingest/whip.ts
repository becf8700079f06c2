// Owns a WHIP publisher (RFC 9725): from its SDP offer to an ingest session and the answer.
import * as v from 'valibot';
import { type RtpParameters, rtpParameters } from '../../protocol/media.ts';
import { mediaCodecs, UNWANTED_EXTENSIONS } from '../codecs.ts';
import { type AnsweredTrack, writeAnswer } from '../sdp/answer.ts';
import { chooseCodec } from '../sdp/codec-choice.ts';
import { invalid, type Offer, type OfferedTrack, readOffer, unsupported } from '../sdp/offer.ts';
import type { Stream } from '../stream.ts';
import type { IngestSession } from './webrtc.ts';

const LAYER_LIMIT = 3;
const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const RID = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';
const ABS_SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

const TAKEN_EXTENSIONS = new Set([
  MID,
  RID,
  'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  ABS_SEND_TIME,
  TRANSPORT_CC,
  'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
]);

export interface WhipSession {
  session: IngestSession;
  offer: Offer;
  answer: string;
}

/** @throws FieldcastError `media.sdp-invalid`, `media.unsupported`, `media.unavailable` */
export async function openWhip(stream: Stream, sdp: string): Promise<WhipSession> {
  const offer = readOffer(sdp);
  const tracks = offer.tracks.map(answerTrack);
  // Everything is checked before the publisher that sends now could be replaced.
  const produced = tracks.map((track) => ({ kind: track.offered.kind, rtpParameters: produceParameters(track) }));
  const session = await stream.publish({ forceTcp: false });
  try {
    await session.connect(offer.dtlsParameters);
    for (const track of produced) await session.produce(track);
  } catch (error) {
    session.close();
    throw error;
  }
  return { session, offer, answer: writeAnswer(offer, session.transport, tracks) };
}

function answerTrack(offered: OfferedTrack): AnsweredTrack {
  if (offered.direction !== 'sendonly' && offered.direction !== 'sendrecv') throw unsupported(`the ${offered.kind} track is not sent`);
  const codec = chooseCodec(offered, mediaCodecs);
  if (!codec) throw unsupported(`the ${offered.kind} track has no codec in common with this server`);
  if (offered.rids.length > LAYER_LIMIT) throw unsupported(`a track has at most ${LAYER_LIMIT} layers`);
  const taken = offered.extensions.filter(({ uri }) => TAKEN_EXTENSIONS.has(uri) && !UNWANTED_EXTENSIONS.has(uri));
  // One way of bandwidth estimation is enough, and transport-cc is the better one.
  const usesTransportCc = taken.some(({ uri }) => uri === TRANSPORT_CC) && codec.feedback.some(({ type }) => type === 'transport-cc');
  const dropped = usesTransportCc ? { extension: ABS_SEND_TIME, feedback: 'goog-remb' } : { extension: TRANSPORT_CC, feedback: 'transport-cc' };
  const extensions = taken.filter(({ uri }) => uri !== dropped.extension);
  if (offered.rids.length > 0 && ![MID, RID].every((uri) => extensions.some((each) => each.uri === uri))) {
    throw unsupported('layers by rid need the header extensions of mid and rid');
  }
  return {
    offered,
    codec: { ...codec, feedback: codec.feedback.filter(({ type }) => type !== dropped.feedback) },
    direction: 'recvonly',
    extensions,
    hasRtx: true,
    rids: offered.rids,
  };
}

function produceParameters({ offered, codec, extensions }: AnsweredTrack): RtpParameters {
  const { media, rtx, feedback, capability } = codec;
  const outcome = v.safeParse(rtpParameters, {
    mid: offered.mid,
    codecs: [
      {
        mimeType: capability.mimeType,
        payloadType: media.payloadType,
        clockRate: media.clockRate,
        ...(media.channels === undefined ? {} : { channels: media.channels }),
        parameters: media.parameters,
        rtcpFeedback: feedback,
      },
      ...(rtx ? [{ mimeType: `${offered.kind}/rtx`, payloadType: rtx.payloadType, clockRate: rtx.clockRate, parameters: rtx.parameters }] : []),
    ],
    headerExtensions: extensions,
    encodings: encodings(offered, rtx !== undefined),
    rtcp: { cname: offered.ssrcs.find((each) => each.cname)?.cname?.slice(0, 256), reducedSize: true, mux: true },
  });
  if (outcome.success) return outcome.output;
  throw invalid(`the ${offered.kind} track is out of bounds at ${outcome.issues[0].path?.map((item) => String(item.key)).join('.') ?? 'its root'}`);
}

/** Layers, the smallest first, as mediasoup counts them. */
function encodings(offered: OfferedTrack, hasRtx: boolean): object[] {
  if (offered.rids.length > 0) return smallestFirst(offered.rids).map((rid) => ({ rid }));
  const repairs = new Map(offered.ssrcGroups.filter((group) => group.semantics === 'FID').map(({ ssrcs }) => [ssrcs[0], ssrcs[1]]));
  const isRepair = new Set(repairs.values());
  const layers = offered.ssrcGroups.find((group) => group.semantics === 'SIM')?.ssrcs;
  const sources = layers ?? offered.ssrcs.map((each) => each.ssrc).filter((ssrc) => !isRepair.has(ssrc)).slice(0, 1);
  // Without any SSRC (RFC 8843 allows it) the packets are told apart by their mid.
  if (sources.length === 0) return [{}];
  return sources.map((ssrc) => {
    const rtx = hasRtx ? repairs.get(ssrc) : undefined;
    return rtx === undefined ? { ssrc } : { ssrc, rtx: { ssrc: rtx } };
  });
}

const KNOWN_ORDERS = [
  ['q', 'h', 'f'],
  ['l', 'm', 'h'],
  ['low', 'mid', 'high'],
  ['low', 'medium', 'high'],
];

// A rid says nothing of its size. Well-known names do; otherwise browsers list the smallest first, because the default scaling of
// `sendEncodings` halves from the last one down.
function smallestFirst(rids: readonly string[]): string[] {
  const order = KNOWN_ORDERS.find((names) => rids.every((rid) => names.includes(rid)));
  return order ? rids.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)) : [...rids];
}
