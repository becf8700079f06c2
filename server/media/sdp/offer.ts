// Owns reading an SDP offer (RFC 8866, JSEP) into what a session needs. Everything in it comes from strangers: bounded, then parsed,
// then validated, and only then handed on; mediasoup itself would take nearly anything.
import { type MediaDescription, parse, type SessionDescription } from 'sdp-transform';
import * as v from 'valibot';
import { FieldcastError } from '../../platform/errors.ts';
import { type DtlsParameters, dtlsParameters, type MediaKind } from '../../protocol/media.ts';

export const SDP_LIMIT_BYTES = 64 * 1024;
/** A browser's offer of both kinds has about 300. */
const LINE_LIMIT = 1_500;
const LINE_BYTES = 1_024;
const M_LINE_LIMIT = 4;

/** Attributes that are read. Others never reach the parser and its many regular expressions. */
const READ_ATTRIBUTES = new Set([
  'group', 'mid', 'rtpmap', 'fmtp', 'rtcp-fb', 'extmap', 'ice-ufrag', 'ice-pwd', 'fingerprint', 'setup', 'rtcp-mux', 'rtcp-rsize',
  'sendrecv', 'sendonly', 'recvonly', 'inactive', 'ssrc', 'ssrc-group', 'rid', 'simulcast', 'bundle-only',
]);

export interface OfferedCodec {
  payloadType: number;
  /** As in rtpmap, e.g. `H264`. */
  name: string;
  clockRate: number;
  channels: number | undefined;
  parameters: Record<string, string | number>;
  feedback: { type: string; parameter?: string }[];
}

export interface OfferedTrack {
  kind: MediaKind;
  mid: string;
  protocol: string;
  direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
  hasReducedSizeRtcp: boolean;
  /** In the order of the client's preference. */
  codecs: OfferedCodec[];
  extensions: { id: number; uri: string }[];
  ssrcs: { ssrc: number; cname: string | undefined }[];
  /** SSRCs of one source: `FID` pairs a stream with its retransmission, `SIM` names simulcast layers. */
  ssrcGroups: { semantics: string; ssrcs: number[] }[];
  /** Layers by RFC 8853, in the order of the offer. */
  rids: string[];
}

export interface Offer {
  tracks: OfferedTrack[];
  /** Of the client; its `role` is the DTLS role the client will have. */
  dtlsParameters: DtlsParameters;
  ice: { usernameFragment: string; password: string };
}

/** @throws FieldcastError `media.sdp-invalid` (cannot be read, out of bounds) or `media.unsupported` (understood and not taken) */
export function readOffer(text: string): Offer {
  const session = parse(bounded(text)) as SessionDescription;
  const medias = session.media;
  if (medias.length === 0) throw invalid('it has no m-line');
  const tracks = medias.map(readTrack);
  const mids = new Set(tracks.map((track) => track.mid));
  if (mids.size !== tracks.length) throw invalid('two m-lines have the same mid');
  if (new Set(tracks.map((track) => track.kind)).size !== tracks.length) {
    throw unsupported('a stream has at most one video and one audio track');
  }
  const bundled = new Set((session.groups ?? []).filter((group) => group.type === 'BUNDLE').flatMap((group) => String(group.mids).split(' ')));
  if (tracks.length > 1 && !tracks.every((track) => bundled.has(track.mid))) throw unsupported('all m-lines have to be in one BUNDLE group');
  if (!medias.every((media) => media.rtcpMux !== undefined)) throw unsupported('every m-line needs a=rtcp-mux');
  const [first] = medias as [MediaDescription];
  return {
    tracks,
    dtlsParameters: readDtls(first, session),
    ice: readIce(first.iceUfrag ?? session.iceUfrag, first.icePwd ?? session.icePwd),
  };
}

/** ICE credentials as RFC 8839 allows them. */
export function readIce(usernameFragment: unknown, password: unknown): Offer['ice'] {
  // The parser turns digits into numbers.
  const ice = { usernameFragment: String(usernameFragment ?? ''), password: String(password ?? '') };
  if (!/^[A-Za-z0-9+/=_-]{4,256}$/.test(ice.usernameFragment)) throw invalid('a=ice-ufrag is missing or wrong');
  if (!/^[A-Za-z0-9+/=_-]{22,256}$/.test(ice.password)) throw invalid('a=ice-pwd is missing or wrong');
  return ice;
}

export function invalid(why: string): FieldcastError {
  return new FieldcastError('media.sdp-invalid', `The SDP cannot be used: ${why}.`);
}

export function unsupported(why: string): FieldcastError {
  return new FieldcastError('media.unsupported', `The offer is not supported: ${why}.`);
}

/** Lines of SDP within bounds, without those that nobody reads. @throws FieldcastError `media.sdp-invalid` */
function bounded(text: string): string {
  if (text.length > SDP_LIMIT_BYTES) throw invalid('it is longer than 64 kB');
  if (!text.startsWith('v=0')) throw invalid('it does not start with v=0');
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > LINE_LIMIT) throw invalid(`it has more than ${LINE_LIMIT} lines`);
  if (lines.some((line) => line.length > LINE_BYTES)) throw invalid(`it has a line of more than ${LINE_BYTES} characters`);
  if (lines.some((line) => line !== '' && !/^[a-z]=/.test(line))) throw invalid('it has a line without a type');
  if (lines.filter((line) => line.startsWith('m=')).length > M_LINE_LIMIT) throw invalid(`it has more than ${M_LINE_LIMIT} m-lines`);
  if (lines.some((line) => line.startsWith('a=ssrc:') && !(Number(/^a=ssrc:(\d{1,10}) /.exec(line)?.[1]) <= 0xffff_ffff))) throw invalid('a=ssrc has no SSRC');
  return lines.filter((line) => !line.startsWith('a=') || READ_ATTRIBUTES.has(attributeName(line))).join('\r\n');
}

function attributeName(line: string): string {
  return /^a=([A-Za-z0-9-]+)/.exec(line)?.[1] ?? '';
}

function readTrack(media: MediaDescription): OfferedTrack {
  if (media.type !== 'audio' && media.type !== 'video') throw unsupported('only m-lines of audio and video are taken');
  if (!/^(UDP\/TLS\/)?RTP\/SAVPF$/.test(media.protocol)) throw unsupported('media has to be UDP/TLS/RTP/SAVPF');
  // RFC 9143: port 0 with bundle-only is a track that travels with the first one.
  if (media.port === 0 && media.bundleOnly === undefined) throw unsupported('an m-line is switched off');
  const mid = String(media.mid ?? '');
  if (!/^[A-Za-z0-9._+-]{1,32}$/.test(mid)) throw invalid('an m-line has no usable a=mid');
  return {
    kind: media.type,
    mid,
    protocol: media.protocol,
    direction: (media.direction ?? 'sendrecv') as OfferedTrack['direction'],
    hasReducedSizeRtcp: media.rtcpRsize !== undefined,
    codecs: readCodecs(media),
    extensions: (media.ext ?? []).map(({ value, uri }) => ({ id: Number(value), uri: String(uri) })),
    ssrcs: readSsrcs(media),
    ssrcGroups: (media.ssrcGroups ?? []).map(({ semantics, ssrcs }) => ({ semantics: String(semantics), ssrcs: String(ssrcs).split(' ').map(Number) })),
    rids: readRids(media),
  };
}

function readCodecs(media: MediaDescription): OfferedCodec[] {
  const payloadTypes = String(media.payloads ?? '').trim().split(/\s+/).map(Number);
  if (!payloadTypes.every((each) => Number.isInteger(each) && each >= 0 && each <= 127)) throw invalid('a payload type is not 0 to 127');
  if (payloadTypes.some((each) => each > 63 && each < 96)) throw invalid('a payload type of 64 to 95 would be taken for RTCP (RFC 5761)');
  if (payloadTypes.length > 128) throw invalid('an m-line has too many payload types');
  return payloadTypes.flatMap((payloadType) => {
    const rtp = media.rtp.find((each) => each.payload === payloadType);
    // Static types (G.711 and the like) are none that a stream has.
    if (!rtp || payloadType < 35) return [];
    return [
      {
        payloadType,
        name: String(rtp.codec),
        clockRate: Number(rtp.rate),
        channels: rtp.encoding === undefined ? undefined : Number(rtp.encoding),
        parameters: readParameters(media.fmtp.find((each) => each.payload === payloadType)?.config ?? ''),
        feedback: (media.rtcpFb ?? [])
          .filter((each) => String(each.payload) === '*' || Number(each.payload) === payloadType)
          .map(({ type, subtype }) => (subtype === undefined ? { type: String(type) } : { type: String(type), parameter: String(subtype) })),
      },
    ];
  });
}

function readParameters(config: string): Record<string, string | number> {
  const entries = String(config)
    .split(';')
    .map((each) => /^\s*([A-Za-z0-9-]{1,64})=([^\s;]{1,256})\s*$/.exec(each))
    .flatMap((match) => (match ? [[match[1] as string, asNumber(match[2] as string)] as const] : []));
  return Object.fromEntries(entries.slice(0, 32));
}

// "42001f" is a profile and "1" a number; mediasoup compares numbers.
function asNumber(value: string): string | number {
  return /^\d{1,9}$/.test(value) && String(Number(value)) === value ? Number(value) : value;
}

function readSsrcs(media: MediaDescription): OfferedTrack['ssrcs'] {
  const cnames = new Map<number, string | undefined>();
  for (const { id, attribute, value } of media.ssrcs ?? []) {
    const ssrc = Number(id);
    cnames.set(ssrc, attribute === 'cname' ? String(value) : cnames.get(ssrc));
  }
  return [...cnames].map(([ssrc, cname]) => ({ ssrc, cname }));
}

function readRids(media: MediaDescription): string[] {
  const simulcast = media.simulcast as { dir1?: string; list1?: unknown; dir2?: string; list2?: unknown } | undefined;
  if (!simulcast) return [];
  const list = simulcast.dir1 === 'send' ? simulcast.list1 : simulcast.dir2 === 'send' ? simulcast.list2 : undefined;
  if (list === undefined) return [];
  // `a,b` are alternatives of one layer, `~` says it starts paused.
  return String(list)
    .split(';')
    .map((layer) => (layer.split(',')[0] ?? '').replace(/^~/, ''));
}

function readDtls(media: MediaDescription, session: SessionDescription): DtlsParameters {
  const print = media.fingerprint ?? session.fingerprint;
  const setup = String(media.setup ?? (session as { setup?: unknown }).setup ?? '');
  // RFC 9725 section 4.4.4: actpass is the rule, and we then take the server's part.
  const role = { actpass: 'client', active: 'client', passive: 'server' }[setup];
  if (role === undefined) throw invalid('a=setup is missing or wrong');
  const outcome = v.safeParse(dtlsParameters, {
    role,
    fingerprints: [{ algorithm: String(print?.type).toLowerCase(), value: String(print?.hash) }],
  });
  if (!outcome.success) throw invalid('a=fingerprint is missing or wrong');
  return outcome.output;
}
