// Owns how many orders somebody may have open without having paid: goods that are held for nobody cannot be sold to anybody.
import type { Transaction } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { OrderRequest } from '../../protocol/order.ts';
import type { ShopTables } from '../schema.ts';
import type { BuyerKeys } from './buyer-keys.ts';
import type { PaymentSettings } from './settings.ts';

/** What holds for orders that wait for money while the seller has set nothing. A household may be more than one buyer. */
export const USUAL_UNPAID_LIMITS = { perBuyer: 5, perAddress: 10 } as const;

/** Older orders are not looked at: nothing is held that long. */
const LOOK_BACK_MS = 7 * 24 * 3600_000;

type Asked = { sellerId: string; key: string; since: number; limit: number };
const openOf = (column: 'phone_key' | 'address_key') =>
  compileOnce<ShopTables, Asked>()((database, param) =>
    database
      .selectFrom('order_buyers')
      .innerJoin('orders', 'orders.id', 'order_buyers.order_id')
      .select('orders.id')
      .where('order_buyers.seller_id', '=', param('sellerId'))
      .where(column, '=', param('key'))
      .where('order_buyers.placed_at', '>', param('since'))
      .where((eb) => eb.or([eb('orders.state', '=', 'awaiting-payment'), eb.and([eb('orders.state', '=', 'placed'), eb('orders.payment', '=', 'cod')])]))
      .limit(param('limit')),
  );
const heldOf = (column: 'phone_key' | 'address_key') =>
  compileOnce<ShopTables, Asked>()((database, param) =>
    database
      .selectFrom('order_buyers')
      .innerJoin('orders', 'orders.id', 'order_buyers.order_id')
      .select('orders.id')
      .where('order_buyers.seller_id', '=', param('sellerId'))
      .where(column, '=', param('key'))
      .where('order_buyers.placed_at', '>', param('since'))
      .where('orders.state', '=', 'awaiting-payment')
      .limit(param('limit')),
  );
const queries = { phone_key: { open: openOf('phone_key'), held: heldOf('phone_key') }, address_key: { open: openOf('address_key'), held: heldOf('address_key') } };

/**
 * Where the seller has set a limit it counts every order that is neither paid nor, for cash on delivery, confirmed. Where they have not,
 * only orders that hold goods for money are counted, against the usual limits: cash on delivery is then not limited.
 * @throws FieldcastError `order.too-many-unpaid` (params `open`) before anything is reserved.
 */
export async function requireFewUnpaid(
  transaction: Transaction<ShopTables>,
  request: Pick<OrderRequest, 'buyer' | 'payment'>,
  deps: { sellerId: string; settings: PaymentSettings; keys: BuyerKeys; now: number; /** All buyers of a group have the address where they fetch. */ isFetched?: boolean },
): Promise<void> {
  const { sellerId, settings, keys, now } = deps;
  const checks = [
    { column: 'phone_key', set: settings.unpaidPerBuyer, usual: USUAL_UNPAID_LIMITS.perBuyer, key: () => keys.phone(sellerId, request.buyer.phone) },
    { column: 'address_key', set: settings.unpaidPerAddress, usual: USUAL_UNPAID_LIMITS.perAddress, key: () => keys.address(sellerId, request.buyer.address) },
  ] as const;
  for (const { column, set, usual, key } of checks) {
    if (set === null && request.payment === 'cod') continue;
    if (column === 'address_key' && deps.isFetched) continue;
    const limit = set ?? usual;
    const { rows } = await queries[column][set === null ? 'held' : 'open'](transaction, { sellerId, key: key(), since: now - LOOK_BACK_MS, limit });
    if (rows.length >= limit) {
      throw new FieldcastError('order.too-many-unpaid', 'There are open orders that are not paid yet.', { params: { open: rows.length } });
    }
  }
}
