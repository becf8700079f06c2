// Owns couriers and their cash: what each took at doors, what they handed over, and the difference.
import type { Kysely } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Courier, CourierAccount } from '../../protocol/cash.ts';
import { newId } from '../../protocol/ids.ts';
import type { ShopTables } from '../schema.ts';
import type { ByStaff } from './door-desk.ts';

/** Lines of an account; the sums are of all there are. */
const ACCOUNT_LIMIT = 200;

export class Couriers {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Those who work, by name; and those who work no more as long as cash is open with them. */
  async list(sellerId: string): Promise<Courier[]> {
    const couriers = await readCouriers(this.#database.read<ShopTables>(), { sellerId });
    return couriers.filter((courier) => !courier.isArchived || courier.owedMinor !== 0 || courier.onTheRoad.count > 0);
  }

  /** @throws FieldcastError `not-found`. */
  async sellerOf(courierId: string): Promise<string> {
    const row = await this.#database.read<ShopTables>().selectFrom('couriers').select('seller_id').where('id', '=', courierId).executeTakeFirst();
    return row?.seller_id ?? missing();
  }

  async create(sellerId: string, { name, phone }: { name: string; phone: string }, once?: Once): Promise<Courier> {
    const now = this.#clock.now();
    const { value: id } = await this.#database.writeOnce<ShopTables, string>(once, now, async (transaction) => {
      const seller = await transaction.selectFrom('sellers').select('id').where('id', '=', sellerId).executeTakeFirst();
      if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
      const fresh = newId('cur');
      await transaction.insertInto('couriers').values({ id: fresh, seller_id: sellerId, name, phone, is_archived: 0, created_at: now }).execute();
      return fresh;
    });
    return this.#one(id);
  }

  /** Changes what is given. @throws FieldcastError `not-found`. */
  async change(courierId: string, patch: { name?: string | undefined; phone?: string | undefined; isArchived?: boolean | undefined }): Promise<Courier> {
    const set = {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.phone === undefined ? {} : { phone: patch.phone }),
      ...(patch.isArchived === undefined ? {} : { is_archived: patch.isArchived ? (1 as const) : (0 as const) }),
    };
    if (Object.keys(set).length > 0) {
      await this.#database.write<ShopTables, void>(async (transaction) => {
        await transaction.updateTable('couriers').set(set).where('id', '=', courierId).execute();
      });
    }
    return this.#one(courierId);
  }

  async account(courierId: string): Promise<CourierAccount> {
    const reader = this.#database.read<ShopTables>();
    const [courier, deliveries, cash] = await Promise.all([
      this.#one(courierId),
      reader
        .selectFrom('deliveries')
        .innerJoin('orders', 'orders.id', 'deliveries.order_id')
        .innerJoin('payments', 'payments.order_id', 'deliveries.order_id')
        .select(['orders.id as orderId', 'orders.number', 'deliveries.ended_at as at', 'payments.due_minor as dueMinor', 'deliveries.collected_minor as collectedMinor'])
        .where('deliveries.courier_id', '=', courierId)
        .where('deliveries.collected_minor', 'is not', null)
        .orderBy('deliveries.ended_at', 'desc')
        .limit(ACCOUNT_LIMIT)
        .execute(),
      reader
        .selectFrom('courier_cash')
        .select(['id', 'at', 'amount_minor as amountMinor', 'by_name as byName', 'note', 'taken_back_at as takenBackAt'])
        .where('courier_id', '=', courierId)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(ACCOUNT_LIMIT)
        .execute(),
    ]);
    return {
      courier,
      deliveries: deliveries.map(({ at, collectedMinor, ...each }) => ({ ...each, at: at ?? 0, collectedMinor: collectedMinor ?? 0 })),
      cash: cash.map(({ takenBackAt, ...each }) => ({ ...each, isTakenBack: takenBackAt !== null })),
    };
  }

  /** Notes cash that was handed over, once per key. @throws FieldcastError `not-found`. */
  async takeCash(courierId: string, { amountMinor, note }: { amountMinor: number; note: string }, by: ByStaff, once?: Once): Promise<CourierAccount> {
    const now = this.#clock.now();
    await this.#database.writeOnce<ShopTables, string>(once, now, async (transaction) => {
      const known = await transaction.selectFrom('couriers').select('id').where('id', '=', courierId).executeTakeFirst();
      if (!known) missing();
      const id = newId('csh');
      await transaction
        .insertInto('courier_cash')
        .values({ id, courier_id: courierId, at: now, amount_minor: amountMinor, by_role: by.role, by_name: by.name, note, taken_back_at: null, taken_back_by: '' })
        .execute();
      return id;
    });
    return this.account(courierId);
  }

  /** It was a mistake: counts no more, and stays in the list. Called again it changes nothing. @throws FieldcastError `not-found`. */
  async takeBack(courierId: string, cashId: string, by: ByStaff): Promise<CourierAccount> {
    const now = this.#clock.now();
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const known = await transaction.selectFrom('courier_cash').select('taken_back_at').where('id', '=', cashId).where('courier_id', '=', courierId).executeTakeFirst();
      if (!known) throw new FieldcastError('not-found', 'There is no such cash.');
      if (known.taken_back_at !== null) return;
      await transaction.updateTable('courier_cash').set({ taken_back_at: now, taken_back_by: by.name }).where('id', '=', cashId).execute();
    });
    return this.account(courierId);
  }

  async #one(courierId: string): Promise<Courier> {
    const [courier] = await readCouriers(this.#database.read<ShopTables>(), { courierId });
    return courier ?? missing();
  }
}

async function readCouriers(reader: Kysely<ShopTables>, which: { sellerId: string } | { courierId: string }): Promise<Courier[]> {
  let query = reader.selectFrom('couriers').selectAll();
  query = 'sellerId' in which ? query.where('seller_id', '=', which.sellerId) : query.where('id', '=', which.courierId);
  const couriers = await query.orderBy('name').orderBy('id').execute();
  if (couriers.length === 0) return [];
  const ids = couriers.map(({ id }) => id);
  const [road, collected, handed] = await Promise.all([
    reader
      .selectFrom('deliveries')
      .innerJoin('orders', 'orders.id', 'deliveries.order_id')
      .innerJoin('payments', 'payments.order_id', 'deliveries.order_id')
      .select((eb) => ['courier_id', eb.fn.countAll<number>().as('count'), eb.fn.sum<number>(eb.case().when('orders.payment', '=', 'cod').then(eb('due_minor', '-', eb.ref('paid_minor'))).else(0).end()).as('amount')])
      .where('courier_id', 'in', ids)
      .where('ended_at', 'is', null)
      .where('orders.state', '=', 'shipped')
      .groupBy('courier_id')
      .execute(),
    reader.selectFrom('deliveries').select((eb) => ['courier_id', eb.fn.sum<number>('collected_minor').as('amount')]).where('courier_id', 'in', ids).where('collected_minor', 'is not', null).groupBy('courier_id').execute(),
    reader.selectFrom('courier_cash').select((eb) => ['courier_id', eb.fn.sum<number>('amount_minor').as('amount')]).where('courier_id', 'in', ids).where('taken_back_at', 'is', null).groupBy('courier_id').execute(),
  ]);
  return couriers.map(({ id, seller_id, name, phone, is_archived }) => {
    const mine = <Row extends { courier_id: string | null }>(rows: readonly Row[]): Row | undefined => rows.find((row) => row.courier_id === id);
    const collectedMinor = mine(collected)?.amount ?? 0;
    const handedOverMinor = mine(handed)?.amount ?? 0;
    const onTheRoad = { count: mine(road)?.count ?? 0, amountMinor: mine(road)?.amount ?? 0 };
    return { id, sellerId: seller_id, name, phone, isArchived: is_archived === 1, onTheRoad, collectedMinor, handedOverMinor, owedMinor: collectedMinor - handedOverMinor };
  });
}

function missing(): never {
  throw new FieldcastError('not-found', 'There is no such courier.');
}
