// Owns the list of a day's money, as a page shows it and as a table: what came by which way, what waits to be looked for, what is outside.
import { type Kysely, sql } from 'kysely';
import { csvFile } from '../../platform/csv.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { MoneyOfTime, MoneyStep } from '../../protocol/cash.ts';
import { type Currency, minorUnitExponent } from '../../protocol/money-format.ts';
import type { ShopTables } from '../schema.ts';

/** Longest stretch of time of one list. */
const LONGEST_MS = 62 * 24 * 3600_000;
/** Steps of a page; a table has all of them. */
const STEPS_LIMIT = 500;
/** Read in pieces, so that a long table stops nobody's order. */
const PIECE = 1_000;
const CLAIMS_LIMIT = 500;

const HEAD = ['time', 'order', 'way', 'step', 'amount', 'asked', 'currency', 'reference', 'buyer', 'by', 'note'];

export interface TimeAsked {
  from: number;
  to: number;
}

/** Whose money is listed. */
export interface MoneyOf {
  sellerId: string;
  /** Buyers are named of this show's orders alone; missing: of all. */
  namesOf?: string | undefined;
}

export class MoneyList {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws FieldcastError `not-found`, `input.invalid` for no time at all or more than 62 days. */
  async read({ sellerId, namesOf }: MoneyOf, time: TimeAsked): Promise<MoneyOfTime> {
    requireTime(time);
    const reader = this.#database.read<ShopTables>();
    const currency = await currencyOf(reader, sellerId);
    const [ways, begun, steps, claims, outside] = await Promise.all([
      waysOf(reader, sellerId, time),
      begunOf(reader, sellerId, time),
      stepsOf(reader, { sellerId, namesOf }, time).orderBy('change.at', 'desc').orderBy('change.order_id').orderBy('change.position', 'desc').limit(STEPS_LIMIT).execute(),
      claimsOf(reader, { sellerId, namesOf }),
      outsideOf(reader, sellerId),
    ]);
    return { ...time, currency, ways, ...begun, steps: steps.map((step) => ({ ...step, reference: step.reference ?? '' })), claims, outside };
  }

  /**
   * All steps, oldest first, amounts in whole units of the currency.
   * @param zone of the times, as IANA names them
   * @throws FieldcastError as `read`, and `input.invalid` for a zone that is none.
   */
  async table(of: MoneyOf, time: TimeAsked, zone: string): Promise<Uint8Array> {
    requireTime(time);
    const clock = clockIn(zone);
    const reader = this.#database.read<ShopTables>();
    const currency = await currencyOf(reader, of.sellerId);
    const unit = 10 ** minorUnitExponent(currency);
    const rows: (string | number)[][] = [];
    for (let offset = 0; ; offset += PIECE) {
      const piece = await stepsOf(reader, of, time).orderBy('change.at').orderBy('change.order_id').orderBy('change.position').limit(PIECE).offset(offset).execute();
      for (const step of piece) {
        rows.push([clock(step.at), step.number, step.method, step.to, step.amountMinor / unit, step.dueMinor / unit, currency, step.reference ?? '', step.buyerName, step.byName, step.why]);
      }
      if (piece.length < PIECE) return csvFile(HEAD, rows);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

export type Claim = MoneyOfTime['claims'][number];

/** Transfers that buyers say they have sent and nobody has looked for yet, the longest waiting first. */
export async function claimsOf(reader: Kysely<ShopTables>, { sellerId, namesOf }: Partial<MoneyOf>): Promise<Claim[]> {
  let query = reader
    .selectFrom('payments as payment')
    .innerJoin('orders', 'orders.id', 'payment.order_id')
    .leftJoin('transfers', 'transfers.order_id', 'orders.id')
    .select(['orders.id as orderId', 'orders.number', 'orders.show_id as showId', nameOf(namesOf).as('buyerName'), 'payment.due_minor as amountMinor', 'payment.reference', 'transfers.is_unique'])
    .select((eb) =>
      eb
        .selectFrom('payment_changes as change')
        .select((of) => of.fn.max<number>('change.at').as('at'))
        .whereRef('change.order_id', '=', 'payment.order_id')
        .where('change.to_state', '=', 'claimed')
        .as('claimedAt'),
    )
    // Written out: SQLite takes the index of claimed payments only where it can read the word.
    .where('payment.state', '=', sql.lit('claimed'));
  if (sellerId !== undefined) query = query.where('orders.seller_id', '=', sellerId);
  const rows = await query.orderBy('claimedAt').orderBy('orders.number').limit(CLAIMS_LIMIT).execute();
  return rows.map(({ is_unique, claimedAt, reference, ...claim }) => ({ ...claim, reference: reference ?? '', claimedAt: claimedAt ?? 0, isUnique: is_unique !== 0 }));
}

/** A helper works in one show: who bought in another is nothing to them. */
function nameOf(showId: string | undefined) {
  return showId === undefined ? sql<string>`orders.buyer_name` : sql<string>`case when orders.show_id = ${showId} then orders.buyer_name else '' end`;
}

function stepsOf(reader: Kysely<ShopTables>, { sellerId, namesOf }: MoneyOf, { from, to }: TimeAsked) {
  return reader
    .selectFrom('payment_changes as change')
    .innerJoin('orders', 'orders.id', 'change.order_id')
    .innerJoin('payments', 'payments.order_id', 'orders.id')
    .select(['change.at', 'orders.id as orderId', 'orders.number', 'payments.method', 'payments.reference', nameOf(namesOf).as('buyerName')])
    .select(['change.to_state as to', 'change.amount_minor as amountMinor', 'payments.due_minor as dueMinor', 'change.by_name as byName', 'change.why'])
    .where('orders.seller_id', '=', sellerId)
    .where('change.at', '>=', from)
    .where('change.at', '<', to)
    .$castTo<Omit<MoneyStep, 'reference'> & { reference: string | null }>();
}

async function waysOf(reader: Kysely<ShopTables>, sellerId: string, { from, to }: TimeAsked): Promise<MoneyOfTime['ways']> {
  return reader
    .selectFrom('payment_changes as change')
    .innerJoin('orders', 'orders.id', 'change.order_id')
    .select((eb) => [
      'orders.payment as method',
      eb.fn.sum<number>(eb.case().when('change.amount_minor', '>', 0).then(eb.ref('change.amount_minor')).else(0).end()).as('inMinor'),
      eb.fn.sum<number>(eb.case().when('change.amount_minor', '<', 0).then(eb.ref('change.amount_minor')).else(0).end()).as('backMinor'),
    ])
    .where('orders.seller_id', '=', sellerId)
    .where('change.at', '>=', from)
    .where('change.at', '<', to)
    .where('change.amount_minor', '<>', 0)
    .groupBy('orders.payment')
    .orderBy('orders.payment')
    .execute();
}

/** Told apart, because an order on delivery is no money before the door: some count it the moment it is begun. */
async function begunOf(reader: Kysely<ShopTables>, sellerId: string, { from, to }: TimeAsked): Promise<Pick<MoneyOfTime, 'begun' | 'confirmed' | 'paid'>> {
  const rows = await reader
    .selectFrom('orders')
    .innerJoin('payments', 'payments.order_id', 'orders.id')
    .select((eb) => [
      'orders.state',
      'orders.payment',
      'payments.state as money',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>('orders.total_minor').as('total'),
      eb.fn.sum<number>(eb('payments.paid_minor', '-', eb.ref('payments.refunded_minor'))).as('paid'),
    ])
    .where('orders.seller_id', '=', sellerId)
    .where('orders.placed_at', '>=', from)
    .where('orders.placed_at', '<', to)
    .groupBy(['orders.state', 'orders.payment', 'payments.state'])
    .execute();
  const sum = (some: typeof rows, amount: 'total' | 'paid') => ({ count: some.reduce((count, row) => count + row.count, 0), amountMinor: some.reduce((total, row) => total + row[amount], 0) });
  const isConfirmed = ({ state, payment }: (typeof rows)[number]): boolean => ['confirmed', 'packed', 'shipped', 'delivered'].includes(state) || (state === 'placed' && payment !== 'cod');
  const isPaid = ({ money }: (typeof rows)[number]): boolean => money === 'paid' || money === 'part-refunded';
  return { begun: sum(rows, 'total'), confirmed: sum(rows.filter(isConfirmed), 'total'), paid: sum(rows.filter(isPaid), 'paid') };
}

async function outsideOf(reader: Kysely<ShopTables>, sellerId: string): Promise<MoneyOfTime['outside']> {
  const [road, collected, handed] = await Promise.all([
    reader
      .selectFrom('orders')
      .innerJoin('payments', 'payments.order_id', 'orders.id')
      .select((eb) => eb.fn.sum<number | null>(eb('payments.due_minor', '-', eb.ref('payments.paid_minor'))).as('amount'))
      .where('orders.seller_id', '=', sellerId)
      .where('orders.payment', '=', 'cod')
      .where('orders.state', '=', 'shipped')
      .executeTakeFirst(),
    reader
      .selectFrom('deliveries')
      .innerJoin('couriers', 'couriers.id', 'deliveries.courier_id')
      .select((eb) => eb.fn.sum<number | null>('deliveries.collected_minor').as('amount'))
      .where('couriers.seller_id', '=', sellerId)
      .executeTakeFirst(),
    reader
      .selectFrom('courier_cash')
      .innerJoin('couriers', 'couriers.id', 'courier_cash.courier_id')
      .select((eb) => eb.fn.sum<number | null>('courier_cash.amount_minor').as('amount'))
      .where('couriers.seller_id', '=', sellerId)
      .where('courier_cash.taken_back_at', 'is', null)
      .executeTakeFirst(),
  ]);
  return { onTheRoadMinor: road?.amount ?? 0, withCouriersMinor: (collected?.amount ?? 0) - (handed?.amount ?? 0) };
}

async function currencyOf(reader: Kysely<ShopTables>, sellerId: string): Promise<Currency> {
  const seller = await reader.selectFrom('sellers').select('currency').where('id', '=', sellerId).executeTakeFirst();
  if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
  return seller.currency;
}

function requireTime({ from, to }: TimeAsked): void {
  if (to > from && to - from <= LONGEST_MS) return;
  throw new FieldcastError('input.invalid', 'From before to, 62 days at most.', { issues: [{ path: 'query.to', message: 'after from, by 62 days at most' }] });
}

/** `2026-06-14 19:30:05` in that zone. */
function clockIn(zone: string): (at: number) => string {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    return (at) => format.format(at);
  } catch {
    throw new FieldcastError('input.invalid', 'There is no such time zone.', { issues: [{ path: 'query.zone', message: 'an IANA time zone' }] });
  }
}
