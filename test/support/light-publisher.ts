// Owns one light publisher: made-up H.264 in one or two layers and Opus, a key frame for each request.
import type { types } from 'mediasoup';
import type { RtpParameters, TransportInfo } from '../../server/protocol/media.ts';
import type { Connection } from './light-connection.ts';
import type { Signalling } from './light-signalling.ts';
import { countKeyFrameRequests, SyntheticAudio, SyntheticVideo } from './synthetic-media.ts';

const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const FRAMES_PER_SECOND = 25;
const FRAME_MS = 1000 / FRAMES_PER_SECOND;

export interface PublishOptions {
  /** One number for each simulcast layer, the smallest first. Default one layer of 600. */
  videoKbps?: readonly number[];
  /** Default true. */
  hasAudio?: boolean;
  /** Signs packets with their m-line's mid (`0` video, `1` audio) as header extension 1, instead of being known by SSRC. */
  signsMid?: boolean;
}

interface Track {
  producer: types.Producer;
  consumer: types.Consumer;
  ssrc: number;
  payloadType: number;
}

export class LightPublisher {
  /** When each key frame was asked for, `performance.now()`. */
  readonly keyFrameRequests: number[] = [];
  /** Ids of the server's producers. */
  readonly producerIds: { video: string; audio?: string } = { video: '' };
  readonly #connection: Connection;
  readonly #videos: SyntheticVideo[] = [];
  #audio: SyntheticAudio | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async open(router: types.Router, connection: Connection, signalling: Signalling, options: PublishOptions): Promise<LightPublisher> {
    const publisher = new LightPublisher(connection);
    const { videoKbps = [600], hasAudio = true, signsMid = false } = options;
    const layers: { track: Track; video: SyntheticVideo; wantsKeyFrame: boolean }[] = [];
    for (const kbps of videoKbps) {
      const track = await openTrack(router, connection, 'video', signsMid, (rtcp) => {
        for (let n = countKeyFrameRequests(rtcp); n > 0; n -= 1) publisher.keyFrameRequests.push(performance.now());
        layer.wantsKeyFrame = true;
      });
      const layer = { track, video: new SyntheticVideo(track, kbps, FRAMES_PER_SECOND), wantsKeyFrame: true };
      layers.push(layer);
      publisher.#videos.push(layer.video);
    }
    const audioTrack = hasAudio ? await openTrack(router, connection, 'audio', signsMid) : undefined;
    const audio = audioTrack && { track: audioTrack, source: new SyntheticAudio(audioTrack) };
    publisher.#audio = audio?.source;

    publisher.producerIds.video = await signalling.produce(connection.far.id, { kind: 'video', rtpParameters: offered(layers.map((each) => each.track)) });
    if (audio) publisher.producerIds.audio = await signalling.produce(connection.far.id, { kind: 'audio', rtpParameters: offered([audio.track]) });

    let sentMs = 0;
    let heardMs = 0;
    const startedAt = performance.now();
    publisher.#timer = setInterval(() => {
      // A late timer sends what it missed, so that the bitrate is as asked for.
      for (; sentMs <= performance.now() - startedAt; sentMs += FRAME_MS) {
        if (audio) {
          for (; heardMs <= sentMs; heardMs += audio.source.packetMs) audio.track.producer.send(audio.source.packet());
        }
        for (const layer of layers) {
          for (const packet of layer.video.frame(layer.wantsKeyFrame)) layer.track.producer.send(packet);
          layer.wantsKeyFrame = false;
        }
      }
    }, FRAME_MS / 2);
    return publisher;
  }

  /** One number for each layer, as `PublishOptions` has them. */
  set videoKbps(layers: readonly number[]) {
    for (const [index, video] of this.#videos.entries()) video.kbps = layers[index] ?? 0;
  }

  set opusPacketMs(packetMs: 20 | 60) {
    if (this.#audio) this.#audio.packetMs = packetMs;
  }

  /** While true, nothing reaches the server and nothing comes back: the phone has no network. */
  set isCut(isCut: boolean) {
    this.#connection.link.isCut = isCut;
  }

  /** Goes on with the credentials of the server's ICE restart. */
  restartIce(iceParameters: TransportInfo['iceParameters']): void {
    this.#connection.link.restart(iceParameters);
  }

  /** Goes without a goodbye: the server has to notice by itself. */
  vanish(): void {
    this.isCut = true;
    this.close();
  }

  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#connection.transport.close();
    this.#connection.link.close();
  }
}

async function openTrack(
  router: types.Router,
  { transport }: Connection,
  kind: 'audio' | 'video',
  signsMid: boolean,
  onRtcp?: (packet: Buffer) => void,
): Promise<Track> {
  const codec = router.rtpCapabilities.codecs?.find((each) => each.mimeType === (kind === 'video' ? 'video/H264' : 'audio/opus'));
  if (codec?.preferredPayloadType === undefined) throw new Error(`the server has no codec for ${kind}`);
  const { mimeType, clockRate, channels, parameters, preferredPayloadType } = codec;
  const direct = await router.createDirectTransport();
  const ssrc = Math.ceil(Math.random() * 0x7fff_ffff);
  const producer = await direct.produce({
    kind,
    rtpParameters: {
      codecs: [
        {
          mimeType,
          clockRate,
          payloadType: preferredPayloadType,
          ...(channels === undefined ? {} : { channels }),
          ...(parameters ? { parameters } : {}),
          ...(kind === 'video' ? { rtcpFeedback: [{ type: 'nack', parameter: 'pli' }] } : {}),
        },
      ],
      encodings: [{ ssrc }],
    },
  });
  if (onRtcp) direct.on('rtcp', onRtcp);
  const headerExtensions = (router.rtpCapabilities.headerExtensions ?? []).filter((each) => signsMid && each.uri === MID);
  const rtpCapabilities = { codecs: router.rtpCapabilities.codecs ?? [], headerExtensions };
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities, enableRtx: false });
  return { producer, consumer, ssrc, payloadType: preferredPayloadType };
}

/** What the server is told of one track; several layers are several SSRCs. */
function offered(tracks: readonly Track[]): RtpParameters {
  const { codecs, rtcp } = tracks[0]?.consumer.rtpParameters ?? { codecs: [] };
  return {
    codecs: codecs as RtpParameters['codecs'],
    headerExtensions: [],
    encodings: tracks.flatMap(({ consumer }) => (consumer.rtpParameters.encodings ?? []).map(({ ssrc }) => ({ ssrc: ssrc as number }))),
    rtcp: { cname: rtcp?.cname ?? 'light' },
  };
}
