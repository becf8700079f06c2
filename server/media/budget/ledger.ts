// Owns the account of a decision: how much of the line and of each worker's processor is spent, and whether more may be.
import type { Capacity } from './situation.ts';

/** What sending something for one second takes. */
export interface Cost {
  kbps: number;
  processorMs: number;
}

/** Kept for signalling and orders: a saturated line starves heartbeats and orders first. */
const RESERVED_SHARE = 0.04;
const RESERVED_AT_LEAST_KBPS = 200;
/** HTTP may really take more than is kept for it, but downloads never push those who watch out of the line. */
const LARGEST_HTTP_SHARE = 0.4;

/**
 * How far the line and the processors may be filled. The distance between holding and raising is what keeps levels from going up and
 * down with every change of the bitrate. Who is ahead may use what is left between: a viewer never holds what a buyer is refused.
 */
export const LIMITS = {
  /** Sound of those who are in. */
  keepIn: 1,
  holdAhead: 1,
  raiseAhead: 0.97,
  hold: 0.97,
  raise: 0.9,
} as const;
export type Limit = keyof typeof LIMITS;

/** kbit/s of the line that media does not get. */
export function reservedKbps({ uplinkKbps, httpKbps }: Capacity): number {
  if (uplinkKbps === null) return httpKbps;
  return Math.max(keptKbps(uplinkKbps), Math.min(httpKbps, uplinkKbps * LARGEST_HTTP_SHARE));
}

function keptKbps(uplinkKbps: number): number {
  return Math.min(Math.max(uplinkKbps * RESERVED_SHARE, RESERVED_AT_LEAST_KBPS), uplinkKbps / 2);
}

export class Ledger {
  /** For media, before any limit. */
  readonly lineKbps: number;
  /** For the sound of those who are in: without what downloads take. */
  readonly #leastLineKbps: number;
  readonly #resendFactor: number;
  readonly #workers: Map<string, { budgetMs: number; spentMs: number }>;
  #spentKbps = 0;

  constructor(capacity: Capacity) {
    this.lineKbps = capacity.uplinkKbps === null ? Infinity : Math.max(0, capacity.uplinkKbps - reservedKbps(capacity));
    this.#leastLineKbps = capacity.uplinkKbps === null ? Infinity : capacity.uplinkKbps - keptKbps(capacity.uplinkKbps);
    this.#resendFactor = Math.max(1, capacity.resendFactor);
    this.#workers = new Map(capacity.workers.map(({ workerId, budgetMs }) => [workerId, { budgetMs, spentMs: 0 }]));
  }

  get spentKbps(): number {
    return this.#spentKbps;
  }

  spentMs(workerId: string): number {
    return this.#workers.get(workerId)?.spentMs ?? 0;
  }

  /** The worker that a viewer without one would be sent from. */
  idlestWorker(): string | null {
    let idlest: string | null = null;
    let most = -Infinity;
    for (const [workerId, { budgetMs, spentMs }] of this.#workers) {
      if (budgetMs - spentMs <= most) continue;
      most = budgetMs - spentMs;
      idlest = workerId;
    }
    return idlest;
  }

  /** Spends, or spends nothing and says what does not suffice. */
  spend(cost: Cost, workerId: string | null, limit: Limit): 'uplink' | 'processor' | null {
    const kbps = cost.kbps * this.#resendFactor;
    const share = LIMITS[limit];
    const line = limit === 'keepIn' ? this.#leastLineKbps : this.lineKbps;
    if (kbps > 0 && this.#spentKbps + kbps > line * share) return 'uplink';
    const worker = workerId === null ? undefined : this.#workers.get(workerId);
    if (worker && cost.processorMs > 0 && worker.spentMs + cost.processorMs > worker.budgetMs * share) return 'processor';
    this.#spentKbps += kbps;
    if (worker) worker.spentMs += cost.processorMs;
    return null;
  }
}
