// Owns signalling of light peers by WHIP and WHEP, written from the standards and not from the server's own code.
import type { ConsumerInfo, MediaKind, TransportInfo } from '../../server/protocol/media.ts';
import type { Signalling } from './light-signalling.ts';

export interface OfferOptions {
  direction: 'sendonly' | 'recvonly';
  fingerprint: string;
  /** Payload types; a client's own choice. */
  audio?: number;
  video?: number;
  kinds?: readonly MediaKind[];
}

/** A browser-like offer: BUNDLE, video as mid 0 and sound as mid 1, known by mid alone. */
export function writeOffer({ direction, fingerprint, audio = 111, video = 108, kinds = ['video', 'audio'] }: OfferOptions): string {
  const common = [
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:sha-256 ${fingerprint}`,
    'a=setup:actpass',
    'a=rtcp-mux',
    'a=rtcp-rsize',
    `a=${direction}`,
    'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  ];
  const sections = {
    video: [
      `m=video 9 UDP/TLS/RTP/SAVPF ${video}`,
      'a=mid:0',
      ...common,
      `a=rtpmap:${video} H264/90000`,
      `a=fmtp:${video} level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f`,
      `a=rtcp-fb:${video} nack`,
      `a=rtcp-fb:${video} nack pli`,
    ],
    audio: [`m=audio 9 UDP/TLS/RTP/SAVPF ${audio}`, 'a=mid:1', ...common, `a=rtpmap:${audio} opus/48000/2`, `a=fmtp:${audio} useinbandfec=1`],
  };
  const mids = kinds.map((kind) => (kind === 'video' ? '0' : '1')).join(' ');
  const head = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', `a=group:BUNDLE ${mids}`, 'a=msid-semantic: WMS *'];
  return `${[...head, ...kinds.flatMap((kind) => sections[kind])].join('\r\n')}\r\n`;
}

export interface WireTarget {
  url: string;
  token?: string;
  offer: OfferOptions;
}

/** Sends by WHIP, or receives by WHEP, according to the direction of the offer. Peers have to sign packets with their mid. */
export function throughWire({ url, token, offer }: WireTarget): Signalling & { location: string; etag: string; answer: string } {
  const post = async (): Promise<TransportInfo> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: writeOffer(offer),
    });
    const text = await response.text();
    if (response.status !== 201) throw new Error(`${response.status} ${text}`);
    signalling.location = response.headers.get('location') ?? '';
    signalling.etag = response.headers.get('etag') ?? '';
    signalling.answer = text;
    return readTransport(text);
  };
  const signalling = {
    location: '',
    etag: '',
    answer: '',
    publish: post,
    produce: async () => '',
    watch: async () => ({ transport: await post(), consumers: readConsumers(signalling.answer) }),
    consume: async () => [],
    resume: async () => undefined,
    connect: async () => undefined,
  };
  return signalling;
}

function readTransport(answer: string): TransportInfo {
  const value = (pattern: RegExp) => pattern.exec(answer)?.[1] ?? '';
  return {
    id: 'wire',
    iceParameters: { usernameFragment: value(/a=ice-ufrag:(\S+)/), password: value(/a=ice-pwd:(\S+)/), iceLite: true },
    iceCandidates: [...answer.matchAll(/a=candidate:(\S+) 1 (udp|tcp) (\d+) (\S+) (\d+) typ host/g)].map((match) => ({
      foundation: match[1] as string,
      protocol: match[2] as 'udp' | 'tcp',
      priority: Number(match[3]),
      ip: match[4] as string,
      address: match[4] as string,
      port: Number(match[5]),
      type: 'host' as const,
    })),
    dtlsParameters: { fingerprints: [{ algorithm: 'sha-256', value: value(/a=fingerprint:sha-256 (\S+)/) }] },
    iceServers: [],
  };
}

function readConsumers(answer: string): ConsumerInfo[] {
  return answer.split(/(?=^m=)/m).flatMap((section) => {
    const kind = /^m=(audio|video)/.exec(section)?.[1] as MediaKind | undefined;
    const ssrc = /a=ssrc:(\d+) /.exec(section)?.[1];
    const payloadType = Number(/^m=\S+ 9 \S+ (\d+)/.exec(section)?.[1]);
    if (!kind || ssrc === undefined) return [];
    const codec = kind === 'video' ? { mimeType: 'video/H264', clockRate: 90_000 } : { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
    const parameters = kind === 'video' ? { 'packetization-mode': 1, 'profile-level-id': '42e01f' } : {};
    const rtpParameters = { codecs: [{ ...codec, payloadType, parameters }], encodings: [{ ssrc: Number(ssrc) }] };
    return [{ id: kind, producerId: kind, kind, rtpParameters, layers: 1 }];
  });
}
