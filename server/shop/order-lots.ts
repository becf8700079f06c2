// Owns reading which lots the pieces of orders are from.
import type { Kysely } from 'kysely';
import { amongJson, compileOnce } from '../platform/db/compile-once.ts';
import type { OrderLot } from '../protocol/order-lot.ts';
import type { ShopTables } from './schema.ts';

const lotsAmong = compileOnce<ShopTables, { ids: string }>()((database, param) =>
  database
    .selectFrom('order_lots')
    .innerJoin('lots', 'lots.id', 'order_lots.lot_id')
    .select(['order_id', 'order_lots.variant_id', 'lot_id', 'name', 'harvested_on', 'first_number', 'quantity', 'is_numbered', 'quota'])
    .where('order_id', 'in', amongJson(param('ids')))
    .orderBy('order_id')
    .orderBy('lots.position')
    .orderBy('first_number'),
);

/** By order and variant; an order without lots is missing. */
export async function lotsOfOrders(database: Kysely<ShopTables>, orderIds: readonly string[]): Promise<Map<string, Map<string, OrderLot[]>>> {
  const { rows } = await lotsAmong(database, { ids: JSON.stringify(orderIds) });
  const orders = new Map<string, Map<string, OrderLot[]>>();
  for (const row of rows) {
    const variants = orders.get(row.order_id) ?? new Map<string, OrderLot[]>();
    orders.set(row.order_id, variants);
    const lots = variants.get(row.variant_id) ?? [];
    variants.set(row.variant_id, lots);
    const last = lots.at(-1);
    const { lot_id: lotId, name, harvested_on: harvestedOn, quantity, quota } = row;
    // Pieces without numbers are one part, and so are numbers that follow each other.
    const follows = last?.lotId === lotId && (last.first === null || last.first + last.quantity === row.first_number);
    if (last && follows) last.quantity += quantity;
    else lots.push({ lotId, name, harvestedOn, quantity, first: row.is_numbered === 1 ? row.first_number : null, quota });
  }
  return orders;
}
