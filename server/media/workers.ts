// Owns the worker processes: one per core, each with one port for all its media, replaced when it dies.
import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { mediaCodecs } from './codecs.ts';
import type { FactSink } from './facts.ts';
import { unavailable } from './faults.ts';
import type { ListenAddress } from './listen.ts';

/** A worker that lived shorter than this died of its own start, so the next one waits. */
const SETTLED_AFTER_MS = 10_000;
const LONGEST_BACKOFF_MS = 10_000;
/** How long a caller waits for a replacement while no worker runs. */
const REPLACEMENT_WAIT_MS = 3_000;
/** A worker that was asked to end and has not is killed. */
const STUBBORN_AFTER_MS = 2_000;

export interface WorkerPoolOptions {
  count: number;
  /** Worker n listens on `rtcPort + n`; 0 lets the system choose. */
  rtcPort: number;
  address: ListenAddress;
  /** Empty: the package's own. */
  workerBin: string;
  bus: FactSink;
  log: Logger;
  metrics: Metrics;
  clock: Clock;
}

/** One running worker. It is never reused: what replaces a dead one is a new object in its slot. */
export class PooledWorker {
  readonly id: string;
  readonly pid: number;
  /** What every WebRTC transport of this worker listens on. */
  readonly server: types.WebRtcServer;
  /** Viewers whose media this worker sends; counted by those who place them. */
  viewers = 0;
  readonly #worker: types.Worker;
  readonly #streamIds = new Map<types.Router, string>();

  constructor(worker: types.Worker, server: types.WebRtcServer) {
    this.#worker = worker;
    this.server = server;
    this.pid = worker.pid;
    this.id = `worker-${worker.pid}`;
  }

  get isRunning(): boolean {
    return !this.#worker.closed;
  }

  /** A stream without viewers counts too, so that shows spread before anybody watches. */
  get load(): number {
    return this.viewers + this.#streamIds.size;
  }

  /** Processor time of its process so far, ms. */
  async processorMs(): Promise<number> {
    const { ru_utime, ru_stime } = await this.#worker.getResourceUsage();
    return ru_utime + ru_stime;
  }

  get streamIds(): string[] {
    return [...new Set(this.#streamIds.values())];
  }

  async openRouter(streamId: string, codecs: types.RouterRtpCodecCapability[] = mediaCodecs): Promise<types.Router> {
    if (!this.isRunning) throw unavailable();
    const router = await this.#worker.createRouter({ mediaCodecs: codecs });
    this.#streamIds.set(router, streamId);
    // A dead worker's streams are still named in `worker.died`, so only an asked-for end forgets them.
    router.observer.once('close', () => {
      if (this.isRunning) this.#streamIds.delete(router);
    });
    return router;
  }
}

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #slots: (PooledWorker | undefined)[];
  readonly #processes = new Set<types.Worker>();
  readonly #waiting = new Set<() => void>();
  readonly #delays = new Map<number, () => void>();
  readonly #restarts: { inc(): void };
  #isClosed = false;

  private constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#slots = Array.from({ length: options.count }, () => undefined);
    this.#restarts = options.metrics.counter('fieldcast_worker_restarts_total', 'Media workers that died and were replaced');
  }

  /** @throws when a worker cannot start or its port is taken; those that did start are closed again. */
  static async open(options: WorkerPoolOptions): Promise<WorkerPool> {
    const pool = new WorkerPool(options);
    const started = await Promise.allSettled(pool.#slots.map((_, slot) => pool.#start(slot)));
    const failed = started.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      await pool.close();
      throw failed.reason;
    }
    return pool;
  }

  /** Running workers, the least loaded first. */
  get running(): PooledWorker[] {
    return this.#slots
      .filter((worker): worker is PooledWorker => worker?.isRunning === true)
      .toSorted((a, b) => a.load - b.load);
  }

  /** The least loaded worker; waits a moment for a replacement when none runs. @throws FieldcastError `media.unavailable` */
  async leastLoaded(): Promise<PooledWorker> {
    const [first] = this.running;
    if (first) return first;
    if (this.#isClosed) throw unavailable();
    await new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        this.#waiting.delete(wake);
        resolve();
      };
      const cancel = this.#options.clock.after(REPLACEMENT_WAIT_MS, wake);
      this.#waiting.add(wake);
    });
    const [replacement] = this.running;
    if (!replacement) throw unavailable();
    return replacement;
  }

  readiness(): { ready: boolean; reasons: string[] } {
    const reasons = this.#slots.flatMap((worker, slot) => (worker?.isRunning ? [] : [`media worker ${slot} is not running`]));
    return { ready: reasons.length < this.#slots.length, reasons };
  }

  /** Ends all workers and resolves when their processes have gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const cancel of this.#delays.values()) cancel();
    for (const wake of this.#waiting) wake();
    await Promise.all([...this.#processes].map((worker) => this.#end(worker)));
  }

  #end(worker: types.Worker): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.clock.after(STUBBORN_AFTER_MS, () => process.kill(worker.pid, 'SIGKILL'));
      worker.once('subprocessclose', () => {
        cancel();
        resolve();
      });
      worker.close();
    });
  }

  async #start(slot: number, failures = 0): Promise<void> {
    const { workerBin, rtcPort, address, clock } = this.#options;
    const worker = await withoutSignalListeners(() =>
      mediasoup.createWorker({ logLevel: 'error', ...(workerBin === '' ? {} : { workerBin }) }),
    );
    this.#processes.add(worker);
    worker.once('subprocessclose', () => this.#processes.delete(worker));
    if (this.#isClosed) return worker.close();
    const startedAt = clock.now();
    const listen = {
      ip: address.ip,
      ...(address.announcedAddress === undefined ? {} : { announcedAddress: address.announcedAddress }),
      ...(rtcPort === 0 ? {} : { port: rtcPort + slot }),
    };
    try {
      const server = await worker.createWebRtcServer({
        listenInfos: [
          { protocol: 'udp', ...listen },
          { protocol: 'tcp', ...listen },
        ],
      });
      const pooled = new PooledWorker(worker, server);
      worker.once('died', () => {
        this.#replace(slot, pooled, clock.now() - startedAt >= SETTLED_AFTER_MS ? 0 : failures + 1);
      });
      this.#slots[slot] = pooled;
    } catch (cause) {
      worker.close();
      const place = rtcPort === 0 ? address.ip : `${address.ip} port ${rtcPort + slot} (UDP and TCP)`;
      throw new Error(`A media worker cannot listen on ${place}; is it taken? Set FIELDCAST_RTC_PORT to a free one.`, { cause });
    }
    for (const wake of this.#waiting) wake();
  }

  #replace(slot: number, dead: PooledWorker, failures: number): void {
    this.#slots[slot] = undefined;
    if (this.#isClosed) return;
    this.#options.log.error({ slot, pid: dead.pid, streams: dead.streamIds.length }, 'media worker died');
    this.#options.bus.emit('worker.died', { streamIds: dead.streamIds });
    this.#restart(slot, failures);
  }

  // The first replacement comes at once; each further death soon after a start doubles the pause.
  #restart(slot: number, failures: number): void {
    const again = () => {
      this.#delays.delete(slot);
      this.#restarts.inc();
      this.#start(slot, failures).catch((error: unknown) => {
        if (this.#isClosed) return;
        this.#options.log.error({ err: error, slot }, 'media worker cannot be replaced');
        this.#restart(slot, failures + 1);
      });
    };
    if (failures <= 1) return again();
    this.#delays.set(slot, this.#options.clock.after(Math.min(100 * 2 ** failures, LONGEST_BACKOFF_MS), again));
  }
}

// mediasoup adds SIGINT and SIGTERM listeners per worker that close it. They would take the media away before viewers are told,
// and a process with a listener no longer ends by the signal. They are added before createWorker first waits.
async function withoutSignalListeners<T>(create: () => Promise<T>): Promise<T> {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = signals.map((signal) => new Set(process.listeners(signal)));
  const creating = create();
  for (const [index, signal] of signals.entries()) {
    for (const listener of process.listeners(signal)) {
      if (!before[index]?.has(listener)) process.removeListener(signal, listener);
    }
  }
  return creating;
}
