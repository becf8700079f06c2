// Owns a WHEP viewer (draft-ietf-wish-whep): from its SDP offer to an egress session and the answer. Still a draft, so it is only here.
// A mediasoup consumer has its router's payload types, and a WHEP viewer dictates its own: so a viewer whose numbers are not those of
// the stream's router gets a router with that layout, which the stream is piped to. Few layouts exist, one for each family of clients.
import type { types } from 'mediasoup';
import { FieldcastError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RtpCapabilities } from '../../protocol/media.ts';
import { mediaCodecs } from '../codecs.ts';
import { type AnsweredTrack, writeAnswer } from '../sdp/answer.ts';
import { chooseCodec, type CodecChoice } from '../sdp/codec-choice.ts';
import { type Offer, type OfferedTrack, readOffer, unsupported } from '../sdp/offer.ts';
import type { Seat } from '../budget/seat.ts';
import type { Stream } from '../stream.ts';
import { type Layout, NATIVE_LAYOUT } from './outlets.ts';
import type { EgressSession } from './webrtc.ts';

/** A publisher's second track comes a moment after its first; an answer without it could not be mended. */
const SETTLED_AFTER_MS = 1_000;

export interface WhepSession {
  session: EgressSession;
  offer: Offer;
  answer: string;
}

interface Reception {
  offered: OfferedTrack;
  codec: CodecChoice;
  /** Undefined where the stream has no such track. */
  track: types.Producer | undefined;
}

/** @throws FieldcastError `show.not-live` (try again soon), `media.queued` or `media.use-hls` (no room), `media.sdp-invalid`, `media.unsupported`, `media.unavailable` */
export async function openWhep(stream: Stream | undefined, sdp: string, clock: Clock, seat: Seat): Promise<WhepSession> {
  const offer = readOffer(sdp);
  const tracks = stream?.tracks ?? [];
  const isSettling = clock.now() - (stream?.startedAt ?? 0) < SETTLED_AFTER_MS;
  if (!stream || tracks.length === 0 || (isSettling && tracks.length < offer.tracks.length)) throw notLive();
  const receptions = offer.tracks.map((offered) => receive(offered, tracks));
  const wanted = receptions.filter((each) => each.track !== undefined);
  if (wanted.length === 0) throw notLive();
  await seat.ask();
  const session = await stream.watch(
    { rtpCapabilities: capabilitiesOf(wanted), forceTcp: false },
    { layout: layoutOf(wanted), kinds: wanted.map((each) => each.offered.kind) },
  );
  session.onClosed(() => seat.giveUp());
  try {
    await seat.occupy(session);
    // SDP cannot be changed later: when a track ends, the player has to come again.
    session.onTrackEnded(() => session.close());
    session.expectConnection();
    await session.connect(offer.dtlsParameters);
    const answered = receptions.map((reception) => answerTrack(reception, session));
    if (!answered.some((each) => each.sent)) throw notLive();
    // They start when DTLS is up; the worker then asks for a key frame by itself.
    await session.resume(session.consumers.map((consumer) => consumer.id));
    return { session, offer, answer: writeAnswer(offer, session.transport, answered) };
  } catch (error) {
    session.close();
    throw error;
  }
}

function notLive(): FieldcastError {
  return new FieldcastError('show.not-live', 'Nothing is sent yet; try again soon.', { headers: { 'retry-after': '2' } });
}

function receive(offered: OfferedTrack, tracks: readonly types.Producer[]): Reception {
  if (offered.direction !== 'recvonly' && offered.direction !== 'sendrecv') throw unsupported(`the ${offered.kind} track is not received`);
  const track = tracks.find((each) => each.kind === offered.kind);
  const used = track?.rtpParameters.codecs[0]?.mimeType.toLowerCase();
  const codec = chooseCodec(offered, mediaCodecs.filter((each) => used === undefined || each.mimeType.toLowerCase() === used));
  if (!codec) throw unsupported(`the stream's ${offered.kind} is ${used ?? 'in no codec'} that the offer has`);
  return { offered, track, codec };
}

/** No header extensions, whose numbers the viewer dictates too; lost packets are sent again as they were, without RTX. */
function capabilitiesOf(receptions: readonly Reception[]): RtpCapabilities {
  const codecs = receptions.map(({ codec }) => ({
    kind: codec.capability.kind,
    mimeType: codec.capability.mimeType,
    preferredPayloadType: codec.media.payloadType,
    clockRate: codec.capability.clockRate,
    ...(codec.capability.channels === undefined ? {} : { channels: codec.capability.channels }),
    parameters: { ...codec.capability.parameters },
    rtcpFeedback: codec.feedback.filter(({ type }) => type === 'nack' || type === 'ccm'),
  }));
  return { codecs, headerExtensions: [] } as RtpCapabilities;
}

function layoutOf(receptions: readonly Reception[]): Layout {
  const isNative = receptions.every(({ codec }) => codec.media.payloadType === codec.capability.preferredPayloadType);
  if (isNative) return NATIVE_LAYOUT;
  // Sound first: the worker then gives RTX a number that neither has.
  const codecs = receptions
    .map(({ codec }) => ({ ...codec.capability, preferredPayloadType: codec.media.payloadType }))
    .toSorted((a, b) => a.kind.localeCompare(b.kind));
  return { key: codecs.map((codec) => `${codec.mimeType}:${codec.preferredPayloadType}`).join(','), codecs };
}

function answerTrack({ offered, codec, track }: Reception, session: EgressSession): AnsweredTrack {
  const consumer = session.consumers.find((each) => each.producerId === track?.id);
  const used = consumer?.rtpParameters;
  const ssrc = used?.encodings[0]?.ssrc;
  const feedback = (used?.codecs[0]?.rtcpFeedback ?? []).map(({ type, parameter }) => (parameter ? { type, parameter } : { type }));
  const base = { offered, codec: { ...codec, feedback }, extensions: [], hasRtx: false, rids: [] };
  if (ssrc === undefined) return { ...base, direction: 'inactive' };
  // One MediaStream for both kinds, so that the player keeps them in step.
  return { ...base, direction: 'sendonly', sent: { ssrc, cname: used?.rtcp?.cname ?? 'fieldcast', msid: 'fieldcast' } };
}
