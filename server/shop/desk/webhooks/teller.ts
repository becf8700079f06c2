// Owns the work of telling shops' own systems: takes up what is due, one seller's system at a time by itself, and sleeps until the next.
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Logger } from '../../../platform/log.ts';
import { readOrder } from '../../orders.ts';
import type { ShopTables } from '../../schema.ts';
import type { Due, WebhookOutbox } from './outbox.ts';
import { type Answer, send } from './send.ts';

const LONGEST_SLEEP_MS = 10 * 60_000;

export class WebhookTeller {
  readonly #outbox: WebhookOutbox;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Logger;
  #cancel: () => void = () => undefined;
  #round: Promise<void> | undefined;
  #isAwake = false;
  #isClosed = false;

  constructor(deps: { outbox: WebhookOutbox; database: Database; clock: Clock; log: Logger }) {
    this.#outbox = deps.outbox;
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Something may be due. */
  wake(): void {
    if (this.#isClosed) return;
    this.#isAwake = true;
    this.#round ??= this.#work().finally(() => (this.#round = undefined));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#round;
  }

  /** One signed message that is no order's, once. @returns undefined where the seller wants none */
  async tell(sellerId: string, message: { id: string; body: string }): Promise<Answer | undefined> {
    const target = await this.#outbox.target(sellerId);
    return target?.isOn === true ? send(target, message, this.#clock.now()) : undefined;
  }

  /** A signed message that says only that it is a test. */
  async test(sellerId: string): Promise<Answer> {
    const target = await this.#outbox.target(sellerId);
    if (!target) return { isTaken: false, status: null, error: 'there is no address yet' };
    const at = this.#clock.now();
    return send(target, { id: `test-${at}`, body: JSON.stringify({ event: 'test', at, sellerId }) }, at);
  }

  async #work(): Promise<void> {
    this.#cancel();
    try {
      while (this.#isAwake && !this.#isClosed) {
        this.#isAwake = false;
        const due = await this.#outbox.due();
        const bySeller = groupBySeller(due);
        const results = await Promise.all([...bySeller.values()].map((messages) => this.#tell(messages)));
        // A full round that went well may have left some behind.
        if (results.some((count) => count > 0)) this.#isAwake = true;
      }
      const nextAt = this.#isClosed ? undefined : await this.#outbox.nextDueAt();
      if (nextAt !== undefined && !this.#isClosed) this.#cancel = this.#clock.after(Math.min(Math.max(nextAt - this.#clock.now(), 50), LONGEST_SLEEP_MS), () => this.wake());
    } catch (error) {
      this.#log.error({ err: error }, 'telling a shop of its orders failed');
      if (!this.#isClosed) this.#cancel = this.#clock.after(LONGEST_SLEEP_MS, () => this.wake());
    }
  }

  /** One after the other; a system that does not answer is not asked for the rest of the round. @returns how many were told */
  async #tell(messages: readonly Due[]): Promise<number> {
    let told = 0;
    let fault: Answer | undefined;
    for (const message of messages) {
      if (this.#isClosed) return told;
      const answer: Answer = fault ?? (await this.#deliver(message));
      if (answer.isTaken) {
        await this.#outbox.sent(message);
        told += 1;
      } else {
        await this.#outbox.failed(message, answer);
        if (answer.status === null) fault = answer;
      }
    }
    return told;
  }

  async #deliver(message: Due): Promise<Answer> {
    const order = await readOrder(this.#database.read<ShopTables>(), message.orderId);
    const { id, state, position, at } = message;
    // The order as it is now; `state`, `position` and `at` are those of the change. Nothing of the buyer waits in the outbox.
    const body = JSON.stringify({ event: `order.${state}`, id: String(id), at, state, position, order: order ?? null });
    return send(message, { id: String(id), body }, this.#clock.now());
  }
}

function groupBySeller(due: readonly Due[]): Map<string, Due[]> {
  const groups = new Map<string, Due[]>();
  for (const each of due) groups.set(each.sellerId, [...(groups.get(each.sellerId) ?? []), each]);
  return groups;
}
