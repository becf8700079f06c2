// Owns what is to be done with Stripe when nobody waits for it: events, refunds, payments to look after. All of it is on the disk, so a stop loses nothing.
import type { Clock } from '../../../platform/clock.ts';
import type { Logger } from '../../../platform/log.ts';
import { GatewayFault } from './client.ts';
import type { StripeEvents } from './events.ts';
import type { Gateway, Ui } from './gateway.ts';
import type { StripeRefunds } from './refunds.ts';
import { refOf, type StripeRows } from './rows.ts';
import type { Settlement } from './settlement.ts';

const LOOK_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3600_000;
/** Questions to Stripe at a time: one that hangs may not stop the others. */
const AT_A_TIME = 8;
/** Stripe allows a hundred questions a second, and those who wait for an answer of ours come before what nobody waits for. */
const EVERY_MS = 25;
/** A payment is told by several events in the same moment: gathered, they are one question, and answering them comes first. */
const GATHER_MS = 200;
const BATCH = 200;

interface Errands {
  events: StripeEvents;
  refunds: StripeRefunds;
  rows: StripeRows;
  settlement: Settlement;
  gateways: Readonly<Record<Ui, Gateway>>;
  clock: Clock;
  log: Logger;
}

export class StripeErrands {
  readonly #deps: Errands;
  #cancel: () => void = () => undefined;
  #running: Promise<void> | undefined;
  #isWanted = false;
  #isClosed = false;
  #gathering: NodeJS.Timeout | undefined;
  #forgotAt = 0;
  #nextAt = 0;

  constructor(deps: Errands) {
    this.#deps = deps;
  }

  start(): void {
    this.kick();
    this.#arm();
  }

  /** There is something to do: begun in a moment, with what comes until then. */
  kick(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      if (!this.#isClosed) void this.run();
    }, GATHER_MS).unref();
  }

  /** Does all that is due; resolves when nothing is. */
  run(): Promise<void> {
    this.#isWanted = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#gathering);
    this.#cancel();
    await this.#running;
  }

  #arm(): void {
    if (this.#isClosed) return;
    this.#cancel = this.#deps.clock.after(LOOK_EVERY_MS, () => void this.run().finally(() => this.#arm()));
  }

  async #run(): Promise<void> {
    const { events, refunds, rows, clock, log } = this.#deps;
    // What fails is put off; should even that fail, it is not tried again in this run.
    const tried = new Set<string>();
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      try {
        const groups = (await events.waiting(BATCH)).filter(([first]) => first && !tried.has(first.id));
        for (const [first] of groups) if (first) tried.add(first.id);
        await this.#each(groups, (group) => events.work(group));
        await this.#each(await refunds.due(BATCH), (orderId) => refunds.send(orderId));
        await this.#each(await rows.toCheck(BATCH), (row) => this.#check(row));
        if (groups.length > 0) this.#isWanted = true;
        if (clock.now() - this.#forgotAt < FORGET_EVERY_MS) continue;
        this.#forgotAt = clock.now();
        await events.forget();
      } catch (error) {
        log.error({ err: error }, 'errands to Stripe failed');
        return;
      }
    }
  }

  async #check(row: Parameters<StripeRows['later']>[0]): Promise<void> {
    const { rows, settlement, gateways } = this.#deps;
    const ref = refOf(row);
    if (!ref) return rows.looked(row, { state: row.is_closing === 1 ? 'closed' : 'open', intentId: null });
    try {
      if (row.is_closing === 1) await gateways[row.ui].close(ref);
      await settlement.settle(row.order_id);
    } catch (error) {
      await rows.later(row);
      throw error;
    }
  }

  // By the machine's own time: it is the load of this moment that is spread.
  async #pace(): Promise<void> {
    const now = performance.now();
    this.#nextAt = Math.max(now, this.#nextAt + EVERY_MS);
    if (this.#nextAt > now) await new Promise((resolve) => setTimeout(resolve, this.#nextAt - now));
  }

  async #each<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
    const queue = items.values();
    const worker = async (): Promise<void> => {
      for (const item of queue) {
        if (this.#isClosed) return;
        try {
          await this.#pace();
          await act(item);
        } catch (error) {
          if (error instanceof GatewayFault) this.#deps.log.warn({ reason: error.reason }, 'Stripe could not be asked');
          else this.#deps.log.error({ err: error }, 'an errand to Stripe failed');
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  }
}
