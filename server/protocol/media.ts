// Owns the shapes of media signalling: what mediasoup and mediasoup-client hand each other, bounded before mediasoup sees it.
// mediasoup itself accepts a garbage fingerprint, SSRC -1, payload type 999 or 5,000 encodings, so every number has its range here.
import * as v from 'valibot';
import { id } from './ids.ts';

const int = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const short = (max: number) => v.pipe(v.string(), v.maxLength(max));

export const mediaKind = v.picklist(['audio', 'video']);
export type MediaKind = v.InferOutput<typeof mediaKind>;

const mimeType = v.pipe(v.string(), v.regex(/^(audio|video)\/[A-Za-z0-9.+-]{1,32}$/));
/** RFC 3550: 32 bits; 0 and 2^32-1 are not used by senders. */
const ssrc = int(1, 0xffff_fffe);
/** RFC 3551 leaves 96-127 to dynamic types; browsers also use 35-63 when those run out. */
const payloadType = v.union([int(35, 63), int(96, 127)]);
const parameterValue = v.union([short(256), v.pipe(v.number(), v.finite()), v.null()]);
const parameters = v.pipe(
  v.record(short(64), v.union([parameterValue, v.undefined()])),
  v.check((entries) => Object.keys(entries).length <= 32, 'too many parameters'),
);
const rtcpFeedback = v.pipe(v.array(v.object({ type: short(32), parameter: v.optional(short(32)) })), v.maxLength(16));

/** What a device can receive: mediasoup's `RtpCapabilities`. */
export const rtpCapabilities = v.object({
  codecs: v.optional(
    v.pipe(
      v.array(
        v.object({
          kind: mediaKind,
          mimeType,
          preferredPayloadType: v.optional(payloadType),
          clockRate: int(8_000, 192_000),
          channels: v.optional(int(1, 8)),
          parameters: v.optional(parameters),
          rtcpFeedback: v.optional(rtcpFeedback),
        }),
      ),
      v.maxLength(64),
    ),
  ),
  headerExtensions: v.optional(
    v.pipe(
      v.array(
        v.object({
          kind: mediaKind,
          uri: short(128),
          preferredId: int(1, 255),
          preferredEncrypt: v.optional(v.boolean()),
          direction: v.optional(v.picklist(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
        }),
      ),
      v.maxLength(48),
    ),
  ),
});
export type RtpCapabilities = v.InferOutput<typeof rtpCapabilities>;

/** What a producer sends: mediasoup's `RtpParameters`, at most 3 encodings. */
export const rtpParameters = v.object({
  mid: v.optional(short(32)),
  codecs: v.pipe(
    v.array(
      v.object({
        mimeType,
        payloadType,
        clockRate: int(8_000, 192_000),
        channels: v.optional(int(1, 8)),
        parameters: v.optional(parameters),
        rtcpFeedback: v.optional(rtcpFeedback),
      }),
    ),
    v.minLength(1),
    v.maxLength(8),
  ),
  headerExtensions: v.optional(
    v.pipe(
      v.array(v.object({ uri: short(128), id: int(1, 255), encrypt: v.optional(v.boolean()), parameters: v.optional(parameters) })),
      v.maxLength(24),
    ),
  ),
  encodings: v.pipe(
    v.array(
      v.object({
        ssrc: v.optional(ssrc),
        rid: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,16}$/))),
        codecPayloadType: v.optional(payloadType),
        rtx: v.optional(v.object({ ssrc })),
        dtx: v.optional(v.boolean()),
        scalabilityMode: v.optional(v.pipe(v.string(), v.regex(/^[LS][1-3]T[1-3](_KEY)?$/))),
        scaleResolutionDownBy: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(64))),
        maxBitrate: v.optional(int(1, 100_000_000)),
      }),
    ),
    v.minLength(1),
    v.maxLength(3),
    v.check((encodings) => areUnique(encodings.map((each) => each.rid)) && areUnique(encodings.map((each) => each.ssrc)), 'two layers have the same name'),
  ),
  rtcp: v.optional(
    v.object({ cname: v.optional(short(256)), reducedSize: v.optional(v.boolean()), mux: v.optional(v.boolean()) }),
  ),
  msid: v.optional(short(256)),
});
export type RtpParameters = v.InferOutput<typeof rtpParameters>;

function areUnique(names: readonly unknown[]): boolean {
  const given = names.filter((name) => name !== undefined);
  return new Set(given).size === given.length;
}

const fingerprintLength = { 'sha-1': 20, 'sha-224': 28, 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 } as const;

/** mediasoup's `DtlsParameters`: fingerprints must have the length that their algorithm gives (RFC 8122). */
export const dtlsParameters = v.object({
  role: v.optional(v.picklist(['auto', 'client', 'server'])),
  fingerprints: v.pipe(
    v.array(
      v.pipe(
        v.object({
          algorithm: v.picklist(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
          value: v.pipe(v.string(), v.maxLength(200), v.regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+$/)),
        }),
        v.check((print) => print.value.split(':').length === fingerprintLength[print.algorithm], 'wrong length'),
      ),
    ),
    v.minLength(1),
    v.maxLength(5),
  ),
});
export type DtlsParameters = v.InferOutput<typeof dtlsParameters>;

const iceParameters = v.object({
  usernameFragment: v.string(),
  password: v.string(),
  iceLite: v.optional(v.boolean()),
});

/** A relay with a name and a password for this one client; a browser takes it as `RTCIceServer`. */
export const iceServer = v.object({ urls: v.array(v.string()), username: v.string(), credential: v.string() });
export type IceServer = v.InferOutput<typeof iceServer>;

/** A transport as the client has to build it. */
export const transportInfo = v.object({
  id,
  iceParameters,
  iceCandidates: v.array(
    v.object({
      foundation: v.string(),
      priority: v.number(),
      ip: v.string(),
      address: v.string(),
      protocol: v.picklist(['udp', 'tcp']),
      port: v.number(),
      type: v.picklist(['host', 'srflx', 'prflx', 'relay']),
      tcpType: v.optional(v.picklist(['active', 'passive', 'so'])),
    }),
  ),
  dtlsParameters,
  /** Ways round a network that lets nothing through; empty until the direct ways were tried, or where there are none. */
  iceServers: v.array(iceServer),
});
export type TransportInfo = v.InferOutput<typeof transportInfo>;

/** A consumer as the client has to build it. It is paused on the server until `media.resume`, else its first key frame would be lost. */
export const consumerInfo = v.object({
  id,
  producerId: id,
  kind: mediaKind,
  rtpParameters: v.unknown(),
  /** Spatial layers to choose from; 1 when there is nothing to choose. */
  layers: v.number(),
});
export type ConsumerInfo = Omit<v.InferOutput<typeof consumerInfo>, 'rtpParameters'> & { rtpParameters: RtpParameters };

/** What a viewer has of the picture: the large layer, the small one, or sound with stills. `full` is `small` where the host sends one layer. */
export const levels = ['full', 'small', 'sound'] as const;
export type Level = (typeof levels)[number];

/**
 * What the server gives a viewer, and what holds it down: the line out of the server (`uplink`), its processor, or the viewer's own
 * `media.want`; null when it is all there is.
 */
export const allotment = v.object({ level: v.picklist(levels), reason: v.nullable(v.picklist(['uplink', 'processor', 'wish'])) });
export type Allotment = v.InferOutput<typeof allotment>;

/** Who paused a track: the host's own hand, or the host's page because its uplink carries no picture (`network`). */
export const pauseReasons = ['host', 'network'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** What a stream carries now. `epoch` grows when all transports of the stream are gone and must be made anew. */
export const streamInfo = v.object({
  epoch: v.number(),
  producers: v.array(v.object({ id, kind: mediaKind, paused: v.boolean(), pausedBy: v.nullable(v.picklist(pauseReasons)) })),
  /** Whether the stream can be had as HLS: false while the host sends nothing, or VP8, which only WebRTC carries. */
  hls: v.boolean(),
  /** `disk-full`: the stream goes on and is not recorded. */
  recording: v.picklist(['off', 'on', 'disk-full']),
});
export type StreamInfo = v.InferOutput<typeof streamInfo>;

/** Of a stream that nobody sends or has sent. */
export const NO_STREAM: StreamInfo = { epoch: 0, producers: [], hls: false, recording: 'off' };
