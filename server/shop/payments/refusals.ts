// Owns how often cash on delivery is refused at the door: of which goods, where, and why.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Refusals } from '../../protocol/cash.ts';
import type { ShopTables } from '../schema.ts';

const LIST_LIMIT = 100;
const ended = ['delivered', 'refused'] as const;

/** Orders on delivery of the last `days` that reached a door. Those that came from before this was kept have no area. */
export async function readRefusals(deps: { database: Database; clock: Clock }, sellerId: string, days: number): Promise<Refusals> {
  const since = deps.clock.now() - days * 24 * 3600_000;
  const reader = deps.database.read<ShopTables>();
  const reached = reader.selectFrom('orders').where('orders.seller_id', '=', sellerId).where('orders.placed_at', '>', since).where('orders.payment', '=', 'cod').where('orders.state', 'in', ended);
  const [products, areas, reasons, all] = await Promise.all([
    reached
      .innerJoin('order_lines as line', 'line.order_id', 'orders.id')
      .select((eb) => ['line.product_id as productId', eb.fn.max('line.name').as('name'), 'orders.state', eb.fn.count<number>('orders.id').distinct().as('count')])
      .groupBy(['line.product_id', 'orders.state'])
      .execute(),
    reached
      .leftJoin('order_buyers as buyer', 'buyer.order_id', 'orders.id')
      .select((eb) => [eb.fn.coalesce('buyer.area', eb.val('')).as('area'), 'orders.state', eb.fn.countAll<number>().as('count')])
      .groupBy(['area', 'orders.state'])
      .execute(),
    reached
      .innerJoin('deliveries as door', 'door.order_id', 'orders.id')
      .select((eb) => ['door.refusal_reason as reason', eb.fn.countAll<number>().as('count')])
      .where('orders.state', '=', 'refused')
      .where('door.refusal_reason', 'is not', null)
      .groupBy('door.refusal_reason')
      .orderBy('count', 'desc')
      .execute(),
    reached.select((eb) => ['orders.state', eb.fn.countAll<number>().as('count')]).groupBy('orders.state').execute(),
  ]);
  return {
    days,
    delivered: all.find(({ state }) => state === 'delivered')?.count ?? 0,
    refused: all.find(({ state }) => state === 'refused')?.count ?? 0,
    products: gathered(products, ({ productId, name }) => ({ key: productId, entry: { productId, name } })),
    areas: gathered(areas, ({ area }) => ({ key: area, entry: { area } })),
    reasons: reasons.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }])),
  };
}

/** Rows of one thing become one, those refused most often first. */
function gathered<Row extends { state: string; count: number }, Entry extends object>(
  rows: readonly Row[],
  name: (row: Row) => { key: string; entry: Entry },
): (Entry & { delivered: number; refused: number })[] {
  const found = new Map<string, Entry & { delivered: number; refused: number }>();
  for (const row of rows) {
    const { key, entry } = name(row);
    const known = found.get(key) ?? { ...entry, delivered: 0, refused: 0 };
    known[row.state === 'refused' ? 'refused' : 'delivered'] += row.count;
    found.set(key, known);
  }
  return [...found.values()].sort((a, b) => b.refused - a.refused || b.delivered - a.delivered).slice(0, LIST_LIMIT);
}
