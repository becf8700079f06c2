// Owns the crowd's processes: starts them, asks them, and adds up what they have seen.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { getPriority, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { CrowdOrder, CrowdReport } from './crowd-process.ts';

/** Each keeps below the limit of open files, and the cores of the machine are two. */
const PROCESSES = 2;
/** Below the server's: phones are machines of their own, and what they do here must not take its time. */
const NICENESS = 5;

export class Crowd {
  readonly #children: ChildProcess[];

  constructor() {
    this.#children = Array.from({ length: PROCESSES }, () => fork(fileURLToPath(new URL('./crowd-process.js', import.meta.url))));
    for (const { pid } of this.#children) if (pid !== undefined) setPriority(pid, Math.min(19, getPriority() + NICENESS));
  }

  get pids(): number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  async open(order: CrowdOrder): Promise<void> {
    await this.#all({ method: 'open', order: { ...order, sockets: Math.ceil(order.sockets / PROCESSES), perSecond: order.perSecond / PROCESSES } });
  }

  /** Forgets what was measured so far. */
  async reset(): Promise<void> {
    await this.#all({ method: 'reset' });
  }

  async report(): Promise<CrowdReport> {
    const [first, ...rest] = (await this.#all({ method: 'report' })) as CrowdReport[];
    if (!first) throw new Error('there is no crowd');
    for (const other of rest) {
      for (const name of ['sockets', 'faults', 'received', 'holes', 'doubled'] as const) first[name] += other[name];
      first.tookMs = first.tookMs.map((count, step) => count + (other.tookMs[step] ?? 0));
    }
    return first;
  }

  close(): void {
    for (const child of this.#children) child.disconnect();
  }

  #all(call: object): Promise<unknown[]> {
    return Promise.all(
      this.#children.map(async (child) => {
        const answer = once(child, 'message');
        child.send(call);
        return (await answer)[0] as unknown;
      }),
    );
  }
}

/** @param share 0.95 for p95 */
export function tookAtMost({ tookMs, stepMs }: CrowdReport, share: number): number {
  let left = tookMs.reduce((sum, count) => sum + count, 0) * share;
  for (const [step, count] of tookMs.entries()) {
    left -= count;
    if (left <= 0) return (step + 1) * stepMs;
  }
  return Number.NaN;
}
