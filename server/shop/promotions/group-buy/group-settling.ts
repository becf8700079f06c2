// Owns the end of a group buy: its result counted once, then brought to each order in a transaction of its own that is harmless when it is done already.
import { type Selectable, sql } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Order, OrderState } from '../../../protocol/order.ts';
import type { Commits, Work } from '../../commits.ts';
import type { OrderWork } from '../../order-work.ts';
import { bySystem, moveMoney, raiseProblem } from '../../payments/ledger.ts';
import type { Payments } from '../../payments/payment.ts';
import { askRefund } from '../../payments/settling.ts';
import type { ShopTables } from '../../schema.ts';
import { noteDeal } from '../price-record/record.ts';
import type { Promotions } from '../promotions.ts';
import { stateOf } from '../state.ts';
import type { Dated } from '../timetable.ts';
import { buyersOf } from './count.ts';
import { tiersOf } from './group-buys.ts';
import { differenceMinor, tierReached } from './tiers.ts';

/** Orders that are looked for at once. */
const BATCH = 50;
/** What is not with the buyer yet can still be called off. */
const stoppable: readonly OrderState[] = ['awaiting-payment', 'placed', 'confirmed', 'packed'];

/**
 * Orders to which the result can be brought now. One whose money is awaited waits for it, unless the group came to nothing; one that is
 * cancelled has nothing to settle until somebody takes it up again.
 */
const unsettled = compileOnce<ShopTables, { limit: number }>()((database, param) =>
  database
    .selectFrom('group_buy_orders')
    .innerJoin('group_buys', 'group_buys.promotion_id', 'group_buy_orders.promotion_id')
    .innerJoin('orders', 'orders.id', 'group_buy_orders.order_id')
    .innerJoin('payments', 'payments.order_id', 'group_buy_orders.order_id')
    .select('group_buy_orders.order_id')
    .where('group_buy_orders.settled_at', 'is', null)
    .where('closed_at', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('orders.state', 'in', sql<OrderState>`('placed', 'confirmed', 'packed', 'shipped', 'delivered')`),
        sql<boolean>`orders.state = 'awaiting-payment' and reached = -1 and payments.state = 'due' and is_processing = 0`,
      ]),
    )
    .limit(param('limit')),
);
// Asked after every sale of anything: what it costs must not be felt.
const nextDeadline = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('group_buys')
    .innerJoin('promotions', 'promotions.id', 'group_buys.promotion_id')
    .select((eb) => eb.fn.min<number | null>(eb.fn.coalesce('ended_at', 'ends_at')).as('at'))
    .where('closed_at', 'is', null),
);

type Joined = Selectable<ShopTables['group_buy_orders']> & { tiers: string; reached: number | null; variant_id: string; title: string };

export class GroupSettling implements Dated {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #promotions: Promotions;
  readonly #payments: Payments;
  readonly #orders: () => OrderWork;

  /** @param deps.orders asked when they are needed, because orders know promotions too */
  constructor(deps: { database: Database; commits: Commits; promotions: Promotions; payments: Payments; orders: () => OrderWork }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
    this.#payments = deps.payments;
    this.#orders = deps.orders;
  }

  async dueAt(): Promise<number | null> {
    if ((await this.#unsettled(1)).length > 0) return 0;
    return (await nextDeadline(this.#database.read<ShopTables>(), {})).rows[0]?.at ?? null;
  }

  async settle(now: number): Promise<void> {
    const over = await this.#database
      .read<ShopTables>()
      .selectFrom('group_buys')
      .innerJoin('promotions', 'promotions.id', 'group_buys.promotion_id')
      .select('id')
      .where('closed_at', 'is', null)
      .where((eb) => eb(eb.fn.coalesce('ended_at', 'ends_at'), '<=', now))
      .execute();
    for (const { id } of over) await this.#close(id);
    const tried = new Set<string>();
    const faults: unknown[] = [];
    for (;;) {
      const due = (await this.#unsettled(BATCH + tried.size)).filter((orderId) => !tried.has(orderId));
      if (due.length === 0) break;
      for (const orderId of due) {
        tried.add(orderId);
        // One order that cannot be settled now keeps no other waiting; it is tried again by the next look.
        await this.#settleOrder(orderId).catch((error: unknown) => faults.push(error));
      }
    }
    if (faults.length > 0) throw faults[0];
  }

  async #unsettled(limit: number): Promise<string[]> {
    return (await unsettled(this.#database.read<ShopTables>(), { limit })).rows.map((row) => row.order_id);
  }

  /** Counts for good: whatever happens to its orders from here on, the price of all stands. */
  async #close(id: string): Promise<void> {
    await this.#commits.run(
      undefined,
      async (work) => {
        const { transaction, now } = work;
        const row = await this.#promotions.row(transaction, id);
        const group = await transaction.selectFrom('group_buys').selectAll().where('promotion_id', '=', id).executeTakeFirstOrThrow();
        if (group.closed_at !== null || stateOf(row, now) !== 'over') return { id };
        const { buyers } = await buyersOf(transaction, id);
        const tiers = tiersOf(group);
        const reached = tierReached(tiers, buyers);
        await transaction.updateTable('group_buys').set({ closed_at: now, reached, buyers }).where('promotion_id', '=', id).execute();
        const tier = tiers[reached];
        const until = row.ended_at ?? row.ends_at ?? now;
        if (tier && reached > 0) await noteDeal(transaction, { promotionId: id, variantId: group.variant_id, priceMinor: tier.priceMinor, from: row.starts_at, until });
        await this.#promotions.changed(work, id);
        return { id };
      },
      async () => ({ id }),
    );
  }

  async #settleOrder(orderId: string): Promise<void> {
    await this.#orders().run(orderId, undefined, async (order, work) => {
      const joined = await work.transaction
        .selectFrom('group_buy_orders')
        .innerJoin('group_buys', 'group_buys.promotion_id', 'group_buy_orders.promotion_id')
        .innerJoin('promotions', 'promotions.id', 'group_buys.promotion_id')
        .selectAll('group_buy_orders')
        .select(['tiers', 'reached', 'variant_id', 'title'])
        .where('order_id', '=', orderId)
        .executeTakeFirst();
      if (!joined || joined.settled_at !== null || joined.reached === null) return;
      const isSettled = joined.reached < 0 ? await this.#callOff(work, order) : await this.#lower(work, order, joined);
      if (isSettled) await work.transaction.updateTable('group_buy_orders').set({ settled_at: work.now }).where('order_id', '=', orderId).execute();
    });
  }

  /** Too few: the order is cancelled, its goods go back on the shelf and its money to the buyer. What has left already is left alone. */
  async #callOff(work: Work, order: Order): Promise<boolean> {
    const { state, money } = order;
    if (state === 'cancelled' || state === 'refused') return false;
    if (!stoppable.includes(state)) return true;
    if (state === 'awaiting-payment' && (money.state !== 'due' || money.isProcessing)) return false;
    await this.#orders().change(work, order, { to: 'cancelled', note: 'too few joined the group', by: bySystem });
    const owedMinor = leftOf(order);
    if (owedMinor > 0 && this.#payments[order.payment]?.refund) await askRefund(work, order, owedMinor, { by: bySystem, note: 'too few joined the group' });
    return true;
  }

  /** Reached: the order costs what all pay now. What was paid above that goes back, what is still to be collected is less. */
  async #lower(work: Work, order: Order, joined: Joined): Promise<boolean> {
    if (order.state === 'cancelled' || order.state === 'refused' || order.state === 'awaiting-payment') return false;
    const wantedMinor = differenceMinor(tiersOf(joined), joined.reached ?? -1, { goodsMinor: joined.goods_minor, quantity: joined.quantity });
    const offMinor = Math.min(wantedMinor, order.totalMinor - 1);
    if (offMinor <= 0) return true;
    await takeOff(work, order, joined, offMinor);
    const { state } = order.money;
    if (state === 'due') {
      const set = { due_minor: Math.max(0, order.money.dueMinor - offMinor) };
      await moveMoney(work.transaction, order, { to: 'due', amountMinor: 0, by: bySystem, why: 'group buy', at: work.now, set });
      return true;
    }
    const owedMinor = Math.min(offMinor, leftOf(order));
    if (owedMinor > 0) await this.#payBack(work, order, owedMinor);
    return true;
  }

  /** By itself where a gateway holds the money; elsewhere somebody has to do it, and is told so until they say that they have. */
  async #payBack(work: Work, order: Order, owedMinor: number): Promise<void> {
    if (this.#payments[order.payment]?.refund) return askRefund(work, order, owedMinor, { by: bySystem, note: 'group buy' });
    const detail = 'The group made it cheaper after it was paid.';
    await raiseProblem(work.transaction, { kind: 'difference-owed', orderId: order.id, amountMinor: owedMinor, currency: order.currency, gatewayRef: null, detail, at: work.now });
  }
}

/** What was paid and is not on its way back. */
function leftOf({ money: { paidMinor, refundedMinor, refundingMinor } }: Order): number {
  return paidMinor - refundedMinor - refundingMinor;
}

async function takeOff({ transaction, now }: Work, order: Order, joined: Joined, offMinor: number): Promise<void> {
  const { promotion_id: promotionId, variant_id: variantId, quantity, title } = joined;
  const own = order.discounts.findIndex((discount) => discount.promotionId === promotionId);
  if (own >= 0) {
    await transaction
      .updateTable('order_discounts')
      .set((eb) => ({ amount_minor: eb('amount_minor', '+', offMinor) }))
      .where('order_id', '=', order.id)
      .where('promotion_id', '=', promotionId)
      .execute();
  } else {
    await transaction
      .insertInto('order_discounts')
      .values({ order_id: order.id, position: order.discounts.length, promotion_id: promotionId, kind: 'group-buy', title, variant_id: variantId, quantity, amount_minor: offMinor })
      .execute();
  }
  await transaction
    .updateTable('orders')
    .set({ total_minor: order.totalMinor - offMinor, changed_at: now })
    .where('id', '=', order.id)
    .where('total_minor', '=', order.totalMinor)
    .execute();
}
