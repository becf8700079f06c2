// Owns what of the processor goes where: each worker's share, the server's own, and what a packet to a viewer costs.
import type { PooledWorker } from '../workers.ts';
import type { Capacity } from './situation.ts';

/** Measured on a small machine: 1.8 ms for 138 packets a second, 1.4 ms for 105. */
const USUAL_MS_PER_PACKET = 0.012;
const MS_PER_VIEWER = 0.15;
/** A measurement far from that is another process in the way. */
const [LEAST_MS_PER_PACKET, MOST_MS_PER_PACKET] = [0.004, 0.05];
/** Fewer packets in a second say nothing of the price of one. */
const TELLING_PACKETS = 2_000;
/** Of all cores; the rest is for the system and what else runs. */
const USABLE = 0.85;
/** Of the one core that a worker can use. */
const WORKER_MOST_MS = 900;
const WORKER_LEAST_MS = 400;
const SMOOTHING = 0.2;

export interface WorkerLoad {
  workerId: string;
  /** ms of processor time in a second. */
  usedMs: number;
}

export class Processor {
  readonly #cores: number;
  readonly #used = new Map<PooledWorker, { totalMs: number; at: number; usedMs: number }>();
  #server: { totalMs: number; at: number } | undefined;
  #serverMs = 0;
  #msPerPacket = USUAL_MS_PER_PACKET;

  constructor(cores: number) {
    this.#cores = cores;
  }

  /** The server's own share, ms in a second. */
  get serverMs(): number {
    return this.#serverMs;
  }

  get workers(): WorkerLoad[] {
    return [...this.#used].map(([worker, { usedMs }]) => ({ workerId: worker.id, usedMs }));
  }

  /** Reads all shares. @param sent packets a second, and viewers, of all workers */
  async read(workers: readonly PooledWorker[], now: () => number, sent: { packetsPerS: number; viewers: number }): Promise<void> {
    for (const worker of this.#used.keys()) if (!workers.includes(worker)) this.#used.delete(worker);
    await Promise.all(
      workers.map(async (worker) => {
        const totalMs = await worker.processorMs().catch(() => undefined);
        if (totalMs === undefined) return;
        const [at, before] = [now(), this.#used.get(worker)];
        this.#used.set(worker, { totalMs, at, usedMs: before ? smooth(before.usedMs, rate(before, { totalMs, at })) : 0 });
      }),
    );
    const usage = process.cpuUsage();
    const own = { totalMs: (usage.user + usage.system) / 1000, at: now() };
    if (this.#server) this.#serverMs = smooth(this.#serverMs, rate(this.#server, own));
    this.#server = own;
    if (sent.packetsPerS < TELLING_PACKETS) return;
    const usedMs = this.workers.reduce((sum, worker) => sum + worker.usedMs, 0);
    const price = (usedMs - sent.viewers * MS_PER_VIEWER) / sent.packetsPerS;
    this.#msPerPacket = smooth(this.#msPerPacket, Math.min(MOST_MS_PER_PACKET, Math.max(LEAST_MS_PER_PACKET, price)));
  }

  capacity(workers: readonly PooledWorker[]): Pick<Capacity, 'workers' | 'msPerPacket' | 'msPerViewer'> {
    const all = this.#cores * 1000 * USABLE - this.#serverMs;
    const budgetMs = Math.min(WORKER_MOST_MS, Math.max(WORKER_LEAST_MS, all / Math.max(1, workers.length)));
    return { workers: workers.map((worker) => ({ workerId: worker.id, budgetMs })), msPerPacket: this.#msPerPacket, msPerViewer: MS_PER_VIEWER };
  }
}

function rate(before: { totalMs: number; at: number }, now: { totalMs: number; at: number }): number {
  return now.at > before.at ? ((now.totalMs - before.totalMs) * 1000) / (now.at - before.at) : 0;
}

function smooth(before: number, now: number): number {
  return before + (now - before) * SMOOTHING;
}
