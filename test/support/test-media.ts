// Owns a media module as tests use it: real workers on free ports, its facts written down, and light peers for it.
import { EventEmitter, once } from 'node:events';
import { pino } from 'pino';
import { createMedia, type Media, type MediaFacts } from '../../server/media/index.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { Metrics } from '../../server/platform/metrics.ts';
import { LightPeers } from './light-peer.ts';

export interface TestMedia {
  media: Media;
  metrics: Metrics;
  peers: LightPeers;
  /** Everything told so far, oldest first. */
  facts: { [K in keyof MediaFacts]: { name: K; payload: MediaFacts[K] } }[keyof MediaFacts][];
  /** Names of the facts told so far. */
  factNames(): string[];
  /** Resolves with the next fact of this name. */
  next<K extends keyof MediaFacts>(name: K, withinMs?: number): Promise<MediaFacts[K]>;
  close(): Promise<void>;
}

export async function openTestMedia(options: { workers?: number; viewersPerWorker?: number; rtcPort?: number; uplinkKbps?: number | 'auto'; hlsBaseUrl?: string; httpBytes?: () => number } = {}): Promise<TestMedia> {
  const told = new EventEmitter();
  const metrics = new Metrics();
  const facts: TestMedia['facts'] = [];
  const { workers = 1, rtcPort = 0, uplinkKbps = 0, hlsBaseUrl = '', ...rest } = options;
  const media = await createMedia({
    config: { host: '127.0.0.1', rtcPort, announcedAddress: '', workers, workerBin: process.env['MEDIASOUP_WORKER_BIN'] ?? '', turnUrls: [], turnSecret: undefined, uplinkKbps, hlsBaseUrl },
    bus: {
      emit(name, payload) {
        facts.push({ name, payload } as TestMedia['facts'][number]);
        told.emit(name, payload);
      },
    },
    log: pino({ level: 'silent' }),
    metrics,
    clock: systemClock,
    ...rest,
  });
  const peers = await LightPeers.open(media.rtpCapabilities);
  return {
    media,
    metrics,
    peers,
    facts,
    factNames: () => facts.map((fact) => fact.name),
    async next(name, withinMs = 5_000) {
      const [payload] = await once(told, name, { signal: AbortSignal.timeout(withinMs) });
      return payload;
    },
    async close() {
      peers.close();
      await media.close();
      metrics.close();
    },
  };
}

/** Pids of this process's media workers, oldest first. */
export async function workerPids(): Promise<number[]> {
  const { readdir, readFile } = await import('node:fs/promises');
  const pids: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const status = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    const [, comm = '', parent = ''] = /^\d+ \((.*)\) \S (\d+)/.exec(status) ?? [];
    if (comm.startsWith('mediasoup') && Number(parent) === process.pid) pids.push(Number(entry));
  }
  return pids.toSorted((a, b) => a - b);
}
