// Owns the queues of the desk: what is in each, in the order in which to work it, and how many.
import { sql } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { DESK_PAGE, type DeskCounts, type Queue, queues, STUCK_MS } from '../../protocol/desk.ts';
import type { Order } from '../../protocol/order.ts';
import { readOrders } from '../orders.ts';
import type { ShopTables } from '../schema.ts';
import { findNumbers } from './search.ts';
import { deskReader, type DeskScope, scopeOf } from './scope.ts';

/** What waits is worked from its oldest end; what is over is looked up from its newest. */
const OLDEST_FIRST: readonly Queue[] = ['confirm', 'claimed', 'pack', 'ship', 'sent', 'problems'];
const stuckQueues = ['confirm', 'pack', 'ship', 'sent'] as const;
/** Few beside what is over, which is counted as the rest. */
const atWork = [...stuckQueues, 'refused', 'unpaid'] as const;
/** More open problems than that nobody reads one by one. */
const MOST_PROBLEMS = 1_000;

export interface DeskFilter {
  queue: Queue;
  search: string;
  cursor?: number | undefined;
  limit?: number | undefined;
  /** Of a phone number, how many of its last digits the asker may look for. */
  phoneDigits: number;
}

export class Queues {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** A page of whole orders; `next` is the cursor of the one after it. */
  async list(scope: DeskScope, filter: DeskFilter): Promise<{ orders: Order[]; next: number | null }> {
    const limit = filter.limit ?? DESK_PAGE;
    const numbers = await this.#numbers(scope, filter, limit + 1);
    const shown = numbers.slice(0, limit);
    const rows = shown.length === 0 ? [] : await deskReader(this.#database).selectFrom('orders').select(['id', 'number']).where('seller_id', '=', scope.sellerId).where('number', 'in', shown).execute();
    const ids = new Map(rows.map(({ number, id }) => [number, id]));
    const orders = await readOrders(this.#database.read<ShopTables>(), shown.flatMap((number) => ids.get(number) ?? []));
    return { orders, next: numbers.length > limit ? (shown.at(-1) ?? null) : null };
  }

  async count(scope: DeskScope): Promise<DeskCounts> {
    const now = this.#clock.now();
    const reader = deskReader(this.#database);
    const rows = await reader
      .selectFrom('orders')
      .select((eb) => [
        'queue',
        eb.fn.countAll<number>().as('count'),
        sql<number>`sum(changed_at < case queue ${sql.join(stuckQueues.map((queue) => sql`when ${queue} then ${now - stuckMs(queue)}`), sql` `)} else 0 end)`.as('stuck'),
      ])
      .where(...scopeOf(scope))
      .where('queue', 'in', atWork)
      .groupBy('queue')
      .execute();
    const { all } = await reader.selectFrom('orders').select((eb) => eb.fn.countAll<number>().as('all')).where(...scopeOf(scope)).executeTakeFirstOrThrow();
    const counts = Object.fromEntries(queues.map((queue) => [queue, 0])) as DeskCounts;
    counts.all = counts.done = all;
    for (const { queue, count, stuck } of rows) {
      counts[queue] = count;
      counts.problems += stuck;
      counts.done -= count;
    }
    const open = await this.#openProblems(scope);
    counts.problems += open.filter(({ queue, changed_at }) => changed_at >= now - (STUCK_MS[queue] ?? Number.POSITIVE_INFINITY)).length;
    const claimed = await this.#claimed(scope);
    counts.claimed = claimed.length;
    return counts;
  }

  async #numbers(scope: DeskScope, { queue, search, cursor, phoneDigits }: DeskFilter, limit: number): Promise<number[]> {
    if (search !== '') return findNumbers(this.#database, scope, { words: search, before: cursor, limit, phoneDigits });
    const isRising = OLDEST_FIRST.includes(queue);
    const inOrder = (numbers: readonly number[]): number[] =>
      [...new Set(numbers)].filter((number) => cursor === undefined || (isRising ? number > cursor : number < cursor)).sort((a, b) => (isRising ? a - b : b - a)).slice(0, limit);
    if (queue === 'claimed') return inOrder((await this.#claimed(scope)).map(({ number }) => number));
    if (queue === 'problems') return inOrder([...(await this.#openProblems(scope)).map(({ number }) => number), ...(await this.#stuck(scope, cursor, limit))]);
    let query = deskReader(this.#database).selectFrom('orders').select('number').where(...scopeOf(scope));
    if (queue !== 'all') query = query.where('queue', '=', queue);
    if (cursor !== undefined) query = query.where('number', isRising ? '>' : '<', cursor);
    const rows = await query.orderBy('number', isRising ? 'asc' : 'desc').limit(limit).execute();
    return rows.map(({ number }) => number);
  }

  #claimed(scope: DeskScope): Promise<{ number: number }[]> {
    return deskReader(this.#database)
      .selectFrom('payments')
      .innerJoin('orders', 'orders.id', 'payments.order_id')
      .select('number')
      .where('payments.state', '=', sql.lit('claimed'))
      .where('orders.state', '=', 'awaiting-payment')
      .where(...scopeOf(scope))
      .orderBy('number')
      .limit(MOST_PROBLEMS)
      .execute();
  }

  /** Orders that somebody has to look at for their money. */
  async #openProblems(scope: DeskScope): Promise<{ number: number; queue: Queue; changed_at: number }[]> {
    const reader = deskReader(this.#database);
    // In two steps: there are few of them, and asked in one SQLite looks through all orders instead.
    const open = await reader.selectFrom('payment_problems').select('order_id').distinct().where('settled_at', 'is', null).where('order_id', 'is not', null).limit(MOST_PROBLEMS).execute();
    const ids = open.flatMap(({ order_id }) => order_id ?? []);
    if (ids.length === 0) return [];
    const rows = await reader.selectFrom('orders').select(['number', 'queue', 'changed_at', 'show_id', 'seller_id']).where('id', 'in', ids).execute();
    return rows.filter((row) => (scope.showId === null ? row.seller_id === scope.sellerId : row.show_id === scope.showId));
  }

  async #stuck(scope: DeskScope, after: number | undefined, limit: number): Promise<number[]> {
    const now = this.#clock.now();
    const found = await Promise.all(
      stuckQueues.map((queue) =>
        deskReader(this.#database)
          .selectFrom('orders')
          .select('number')
          .where(...scopeOf(scope))
          .where('queue', '=', queue)
          .where('number', '>', after ?? 0)
          .where('changed_at', '<', now - stuckMs(queue))
          .orderBy('number')
          .limit(limit)
          .execute(),
      ),
    );
    return found.flat().map(({ number }) => number);
  }
}

function stuckMs(queue: (typeof stuckQueues)[number]): number {
  return STUCK_MS[queue] ?? 0;
}
