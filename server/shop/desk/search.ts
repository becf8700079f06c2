// Owns finding orders by what somebody says on the phone: a name, the last digits of a number, an order's number, a product.
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { deskReader, type DeskScope, scopeOf } from './scope.ts';

/** Fewer digits than that are an order's number only. */
const LEAST_PHONE_DIGITS = 3;
/** Products whose names fit; beyond that the words say nothing. */
const MOST_PRODUCTS = 50;
/** Below this, all orders of a product are fetched and sorted; above it, walking from the newest finds a page sooner. */
const FEW_LINES = 2_000;

export interface Search {
  words: string;
  before?: number | undefined;
  limit: number;
  /** Of a phone number, how many of its last digits may be looked for. */
  phoneDigits: number;
}

/** Numbers of the orders that fit, the newest first. */
export async function findNumbers(database: Database, scope: DeskScope, search: Search): Promise<number[]> {
  const words = search.words.normalize('NFKC').trim();
  const isNumber = /^(?:#|no\.?|№)?\s*[\d\s()+-]+$/i.test(words);
  const digits = isNumber ? words.replaceAll(/\D/g, '') : '';
  const found = digits !== '' ? await byDigits(database, scope, search, digits) : [...(await byName(database, scope, search, words)), ...(await byProduct(database, scope, search, words))];
  return [...new Set(found)].sort((a, b) => b - a).slice(0, search.limit);
}

async function byDigits(database: Database, scope: DeskScope, { before, limit, phoneDigits }: Search, digits: string): Promise<number[]> {
  const asNumber = digits.length <= 9 ? Number(digits) : 0;
  const tail = digits.replace(/^(?:00)?86(?=1\d{10}$)/, '').slice(-phoneDigits);
  const isPhone = digits.length >= LEAST_PHONE_DIGITS && (digits.length <= phoneDigits || phoneDigits >= digits.length);
  const rows = await deskReader(database)
    .selectFrom('orders')
    .select('number')
    .where(...scopeOf(scope))
    .where('number', '<', before ?? Number.MAX_SAFE_INTEGER)
    .where((eb) => eb.or([eb('number', '=', asNumber), ...(isPhone ? [endsWith(tail)] : [])]))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

async function byName(database: Database, scope: DeskScope, { before, limit }: Search, words: string): Promise<number[]> {
  const rows = await deskReader(database)
    .selectFrom('orders')
    .select('number')
    .where(...scopeOf(scope))
    .where('number', '<', before ?? Number.MAX_SAFE_INTEGER)
    .where(sql<boolean>`buyer_name like ${pattern(words)} escape '\\'`)
    .orderBy('number', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => number);
}

async function byProduct(database: Database, scope: DeskScope, { before, limit }: Search, words: string): Promise<number[]> {
  const reader = deskReader(database);
  const products = await reader.selectFrom('products').select('id').where('seller_id', '=', scope.sellerId).where(sql<boolean>`name like ${pattern(words)} escape '\\'`).limit(MOST_PRODUCTS).execute();
  const ids = products.map(({ id }) => id);
  if (ids.length === 0) return [];
  const some = await reader.selectFrom('order_lines').select('order_id').where('product_id', 'in', ids).limit(FEW_LINES).execute();
  const base = reader.selectFrom('orders').select('number').where(...scopeOf(scope)).where('number', '<', before ?? Number.MAX_SAFE_INTEGER).orderBy('number', 'desc').limit(limit);
  const rows =
    some.length < FEW_LINES
      ? await base.where('id', 'in', [...new Set(some.map(({ order_id }) => order_id))].concat('')).execute()
      : await base.where((eb) => eb.exists(eb.selectFrom('order_lines').select('order_id').whereRef('order_lines.order_id', '=', 'orders.id').where('product_id', 'in', ids))).execute();
  return rows.map(({ number }) => number);
}

/** A phone number, however it was written: the cheap look is for those digits in that order, the dear one at what is left. */
function endsWith(digits: string): RawBuilder<boolean> {
  const plain = sql`replace(replace(replace(replace(buyer_phone, ' ', ''), '-', ''), '(', ''), ')', '')`;
  return sql<boolean>`(buyer_phone like ${`%${[...digits].join('%')}`} and ${plain} like ${`%${digits}`})`;
}

function pattern(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
