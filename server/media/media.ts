// Owns the streams by id, on a pool of workers. What a stream is for, it does not know.
import { availableParallelism } from 'node:os';
import type { types } from 'mediasoup';
import * as ortc from 'mediasoup/ortc';
import type { Clock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Logger } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import type { RtpCapabilities } from '../protocol/media.ts';
import { mediaCodecs, UNWANTED_EXTENSIONS } from './codecs.ts';
import type { FactSink } from './facts.ts';
import { Packaging } from './hls/live-streams.ts';
import type { LiveStreams } from './hls/routes.ts';
import type { SegmentListener } from './hls/segment.ts';
import { listenAddress } from './listen.ts';
import { Relays } from './relays.ts';
import { PrivateStream } from './private-stream.ts';
import { Stream } from './stream.ts';
import { type UplinkAccount, UplinkJournal } from './budget/journal.ts';
import { meterUplink } from './budget/metrics.ts';
import { UplinkBudget } from './budget/uplink-budget.ts';
import { WorkerPool } from './workers.ts';

const VIEWERS_PER_WORKER = 150;

export interface MediaDeps {
  config: Pick<Config, 'host' | 'rtcPort' | 'announcedAddress' | 'workers' | 'workerBin' | 'turnUrls' | 'turnSecret' | 'uplinkKbps' | 'hlsBaseUrl'>;
  bus: FactSink;
  log: Logger;
  metrics: Metrics;
  clock: Clock;
  /** Bytes that have left by HTTP so far: the media gets what they leave of the uplink. */
  httpBytes?: () => number;
  /** Viewers of one worker beyond which a stream's further viewers go to other workers. */
  viewersPerWorker?: number;
}

export interface Media {
  /** The same for every stream and worker. */
  readonly rtpCapabilities: RtpCapabilities;
  /** For clients whose network lets nothing else through. */
  readonly relays: Relays;
  /** Who gets how much of the uplink. Whoever watches takes a seat first. */
  readonly uplink: UplinkBudget;
  /** What of the uplink goes where, and what was decided lately, for the operator. */
  uplinkAccount(): UplinkAccount;
  /** Made on first use. */
  stream(streamId: string): Stream;
  find(streamId: string): Stream | undefined;
  /**
   * A stream beside all others, which `stream`, `find`, `hls` and `feed` do not know and of which the bus hears nothing.
   * @param mayHear asked about everybody who wants to hear it
   */
  privateStream<Listener>(streamId: string, mayHear: (listener: Listener) => boolean): PrivateStream<Listener>;
  closeStream(streamId: string): Promise<void>;
  /** Streams as HLS; each is packaged only while somebody asks for it or it is recorded. */
  readonly hls: LiveStreams;
  /**
   * Hands every segment of a stream to `listener`, over all absences of its host, until the returned function is called. The last
   * segment is handed over before `closeStream` resolves.
   */
  feed(streamId: string, listener: SegmentListener): () => void;
  /** Not ready only while no worker runs at all; `reasons` names each one that does not. */
  workersReady(): { ready: boolean; reasons: string[] };
  close(): Promise<void>;
}

/** Starts the workers. @throws Error with what to set when one cannot start or cannot listen */
export async function createMedia(deps: MediaDeps): Promise<Media> {
  const { config, bus, log, metrics, clock, viewersPerWorker = VIEWERS_PER_WORKER, httpBytes = () => 0 } = deps;
  const streams = new Map<string, Stream>();
  const privateStreams = new Set<Stream>();
  const relays = new Relays({ urls: config.turnUrls, secret: config.turnSecret }, clock);
  const keyFrameRequests = metrics.counter('fieldcast_key_frame_requests_total', 'Key frames asked of publishers');
  const sum = (count: (stream: Stream) => number) => () => [...streams.values()].reduce((total, stream) => total + count(stream), 0);
  metrics.gauge('fieldcast_media_viewers', 'Viewers that media is sent to', sum((stream) => stream.viewers));
  metrics.gauge('fieldcast_media_producers', 'Tracks that publishers send', sum((stream) => stream.tracks.length));
  const pool = await WorkerPool.open({
    count: config.workers,
    rtcPort: config.rtcPort,
    address: await listenAddress(config.host, config.announcedAddress),
    workerBin: config.workerBin,
    bus,
    log,
    metrics,
    clock,
  });

  const journal = new UplinkJournal(clock);
  const uplink = new UplinkBudget({
    uplinkKbps: config.uplinkKbps,
    hasHlsCache: config.hlsBaseUrl !== '',
    cores: availableParallelism(),
    pool,
    streams: () => streams.values(),
    httpBytes,
    bus,
    clock,
    log,
    divided: (view) => journal.note(view),
  });
  const uplinkAccount = (): UplinkAccount => {
    const sent = [...streams.values()].filter((stream) => stream.tracks.length > 0);
    return journal.account(sent.map(({ id, viewers }) => ({ streamId: id, viewers })), uplink.isOn);
  };
  meterUplink(metrics, uplinkAccount);
  const packaging = new Packaging({ find: (id) => streams.get(id), clock, log, metrics });
  function open(id: string): Stream {
    let stream = streams.get(id);
    if (!stream) {
      stream = new Stream({ id, pool, relays, bus, clock, viewersPerWorker, keyFrameRequested: () => keyFrameRequests.inc() });
      streams.set(id, stream);
    }
    return stream;
  }

  const untold: FactSink = { emit: () => undefined };

  return {
    rtpCapabilities: routerCapabilities() as RtpCapabilities,
    relays,
    uplink,
    uplinkAccount,
    hls: packaging,
    stream: open,
    find: (id) => streams.get(id),
    privateStream(id, mayHear) {
      const stream = new Stream({ id, pool, relays, bus: untold, clock, viewersPerWorker, keyFrameRequested: () => undefined });
      privateStreams.add(stream);
      return new PrivateStream(stream, mayHear, () => privateStreams.delete(stream));
    },
    feed: (id, listener) => packaging.feed(id, open(id), listener),
    async closeStream(id) {
      packaging.end(id);
      const stream = streams.get(id);
      streams.delete(id);
      await stream?.close();
    },
    workersReady: () => pool.readiness(),
    async close() {
      uplink.close();
      packaging.close();
      await Promise.allSettled([...streams.values(), ...privateStreams].map((stream) => stream.close()));
      streams.clear();
      await pool.close();
    },
  };
}

// What every router will say, without having to make one.
function routerCapabilities(): types.RtpCapabilities {
  const { codecs = [], headerExtensions = [] } = ortc.generateRouterRtpCapabilities(structuredClone(mediaCodecs));
  return { codecs, headerExtensions: headerExtensions.filter((extension) => !UNWANTED_EXTENSIONS.has(extension.uri)) };
}
