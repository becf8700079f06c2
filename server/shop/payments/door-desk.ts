// Owns the way of an order to the door: calls before it, the courier, cash or refusal at its end, and how earlier ones of the buyer went.
import type { Transaction } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Role } from '../../protocol/access.ts';
import type { callRequest, deliveredRequest, DoorNotes, refusalRequest } from '../../protocol/cash.ts';
import { type Order, orderTransitions } from '../../protocol/order.ts';
import { type OrderWork, refuse, requireNoMoneyOnTheWay } from '../order-work.ts';
import type { ShopTables } from '../schema.ts';
import { takeCash } from './door-cash.ts';
import { noteDoor } from './door-rows.ts';

/** How far back earlier orders of a phone number are told of. */
const LOOK_BACK_MS = 365 * 24 * 3600_000;

export interface ByStaff {
  role: Role;
  name: string;
}

export class DoorDesk {
  readonly #database: Database;
  readonly #work: OrderWork;
  readonly #clock: Clock;

  constructor(deps: { database: Database; work: OrderWork; clock: Clock }) {
    this.#database = deps.database;
    this.#work = deps.work;
    this.#clock = deps.clock;
  }

  /**
   * What came of a call. `reached` confirms an order that is placed, `declined` cancels one that can still be; the rest is kept as an attempt.
   * @throws FieldcastError `not-found`, `order.wrong-state` for an order that is over, or gone too far to be declined; `payment.in-progress`
   * for one that is declined while its money is on the way.
   */
  noteCall(orderId: string, { outcome, note }: v.InferOutput<typeof callRequest>, by: ByStaff, once?: Once): Promise<Order> {
    return this.#work.run(orderId, once, async (order, work) => {
      if (orderTransitions[order.state].length === 0) refuse(order, `An order that is ${order.state} needs no call.`);
      if (outcome === 'declined' && !orderTransitions[order.state].includes('cancelled')) refuse(order, `An order that is ${order.state} can be refused at the door only.`);
      if (outcome === 'declined') requireNoMoneyOnTheWay(order);
      const { transaction, now } = work;
      const { position } = await transaction
        .selectFrom('delivery_calls')
        .select((eb) => eb.fn.countAll<number>().as('position'))
        .where('order_id', '=', orderId)
        .executeTakeFirstOrThrow();
      await transaction.insertInto('delivery_calls').values({ order_id: orderId, position, at: now, by_role: by.role, by_name: by.name, outcome, note }).execute();
      if (outcome === 'reached' && order.state === 'placed') await this.#work.change(work, order, { to: 'confirmed', note: '', by });
      else if (outcome === 'declined') await this.#work.change(work, order, { to: 'cancelled', note: '', by });
      else await touch(transaction, orderId, now);
    });
  }

  /** @throws FieldcastError `not-found` also for a courier of another seller or one who works no more, `order.wrong-state` unless it is packed or on its way. */
  handOver(orderId: string, courierId: string, by: ByStaff, once?: Once): Promise<Order> {
    return this.#work.run(orderId, once, async (order, work) => {
      const { transaction, now } = work;
      const courier = await transaction.selectFrom('couriers').select('id').where('id', '=', courierId).where('seller_id', '=', order.sellerId).where('is_archived', '=', 0).executeTakeFirst();
      if (!courier) throw new FieldcastError('not-found', 'There is no such courier.');
      if (order.state === 'packed') await this.#work.change(work, order, { to: 'shipped', note: '', by });
      else if (order.state === 'shipped') await touch(transaction, orderId, now);
      else refuse(order, `An order that is ${order.state} goes out with nobody.`);
      await noteDoor(transaction, orderId, { courier_id: courierId, handed_at: now });
    });
  }

  /**
   * Delivered, with the cash that was taken at the door; all that was due where nothing is said. Of one that was delivered before, the
   * cash is noted that was still due.
   * @throws FieldcastError `not-found`, `order.wrong-state`, `payment.wrong-state` where nothing is due any more, `input.invalid` for more
   * than twice what was due.
   */
  delivered(orderId: string, { collectedMinor, note }: v.InferOutput<typeof deliveredRequest>, by: ByStaff, once?: Once): Promise<Order> {
    return this.#work.run(orderId, once, async (order, work) => {
      if (order.state === 'shipped') await this.#work.change(work, order, { to: 'delivered', note: '', by });
      else if (order.state !== 'delivered') refuse(order, `An order that is ${order.state} cannot have been delivered.`);
      if (order.payment === 'cod') await takeCash(order, collectedMinor, note, by, work);
    });
  }

  /** @throws FieldcastError `not-found`, `order.wrong-state` unless it is on its way. */
  refused(orderId: string, { reason, note }: v.InferOutput<typeof refusalRequest>, by: ByStaff, once?: Once): Promise<Order> {
    return this.#work.run(orderId, once, async (order, work) => {
      if (order.state !== 'shipped') refuse(order, `An order that is ${order.state} cannot be refused at the door.`);
      await this.#work.change(work, order, { to: 'refused', note: '', by });
      await noteDoor(work.transaction, orderId, { refusal_reason: reason, refusal_note: note });
    });
  }

  /** All that is known of it; nothing of a number that is not this order's. */
  async read(orderId: string): Promise<DoorNotes> {
    const reader = this.#database.read<ShopTables>();
    const [row, calls, earlier] = await Promise.all([
      reader
        .selectFrom('deliveries')
        .leftJoin('couriers', 'couriers.id', 'deliveries.courier_id')
        .select(['courier_id', 'couriers.name as courier_name', 'handed_at', 'collected_minor', 'refusal_reason', 'refusal_note'])
        .where('order_id', '=', orderId)
        .executeTakeFirst(),
      reader.selectFrom('delivery_calls').select(['at', 'by_name as byName', 'outcome', 'note']).where('order_id', '=', orderId).orderBy('position').execute(),
      this.#earlier([orderId]),
    ]);
    return {
      orderId,
      calls,
      courier: row?.courier_id ? { id: row.courier_id, name: row.courier_name ?? '' } : null,
      handedAt: row?.handed_at ?? null,
      collectedMinor: row?.collected_minor ?? null,
      refusal: row?.refusal_reason ? { reason: row.refusal_reason, note: row.refusal_note } : null,
      before: countsOf(earlier, orderId),
    };
  }

  /** Of these orders of a seller those whose phone number has refused before, and how often it did and did not. */
  async risks(sellerId: string, orderIds: readonly string[]): Promise<({ orderId: string } & DoorNotes['before'])[]> {
    const rows = await this.#earlier(orderIds, sellerId);
    return orderIds.map((orderId) => ({ orderId, ...countsOf(rows, orderId) })).filter(({ refused }) => refused > 0);
  }

  /** How orders on delivery of the same numbers ended. */
  #earlier(orderIds: readonly string[], sellerId?: string): Promise<Earlier[]> {
    let query = this.#database
      .read<ShopTables>()
      .selectFrom('order_buyers as mine')
      .innerJoin('order_buyers as earlier', (join) => join.onRef('earlier.seller_id', '=', 'mine.seller_id').onRef('earlier.phone_key', '=', 'mine.phone_key'))
      .innerJoin('orders', 'orders.id', 'earlier.order_id')
      .select((eb) => ['mine.order_id as orderId', 'orders.state', eb.fn.countAll<number>().as('count')])
      .where('mine.order_id', 'in', orderIds)
      .where('mine.phone_key', '<>', '')
      .where('earlier.phone_key', '<>', '')
      .whereRef('earlier.order_id', '<>', 'mine.order_id')
      .where('earlier.placed_at', '>', this.#clock.now() - LOOK_BACK_MS)
      .where('orders.payment', '=', 'cod')
      .where('orders.state', 'in', ['delivered', 'refused']);
    if (sellerId !== undefined) query = query.where('mine.seller_id', '=', sellerId);
    return query.groupBy(['mine.order_id', 'orders.state']).execute();
  }
}

interface Earlier {
  orderId: string;
  state: Order['state'];
  count: number;
}

function countsOf(rows: readonly Earlier[], orderId: string): DoorNotes['before'] {
  const count = (state: Order['state']): number => rows.find((row) => row.orderId === orderId && row.state === state)?.count ?? 0;
  return { delivered: count('delivered'), refused: count('refused') };
}

/** Nothing of the order itself has changed, but pages that show it have to ask again. */
async function touch(transaction: Transaction<ShopTables>, orderId: string, at: number): Promise<void> {
  await transaction.updateTable('orders').set({ changed_at: at }).where('id', '=', orderId).execute();
}
