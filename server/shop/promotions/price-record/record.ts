// Owns the record of prices: written with each change, read to tell whether an offer is one.
import { type Kysely, sql, type Transaction } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { PRICE_DAYS, type PriceRecord } from '../../../protocol/promotions.ts';
import type { ShopTables } from '../../schema.ts';

export const PRICE_MS = PRICE_DAYS * 24 * 3600_000;
/** Prices of one answer; nobody changes one so often. */
const LIST_LIMIT = 500;

/** Notes the list price of a variant from now on; the same one again is no change. */
export async function noteListPrice(transaction: Transaction<ShopTables>, variantId: string, priceMinor: number, now: number): Promise<void> {
  const last = await transaction
    .selectFrom('price_record')
    .select(['position', 'price_minor', 'from_at'])
    .where('variant_id', '=', variantId)
    .where('kind', '=', 'list')
    .where('until_at', 'is', null)
    .executeTakeFirst();
  if (last?.price_minor === priceMinor) return;
  // A clock that was set back makes no price end before it began.
  const at = Math.max(now, last?.from_at ?? 0);
  if (last) await transaction.updateTable('price_record').set({ until_at: at }).where('position', '=', last.position).execute();
  await transaction.insertInto('price_record').values({ variant_id: variantId, kind: 'list', price_minor: priceMinor, from_at: at, until_at: null, promotion_id: null }).execute();
}

/** Notes a deal price for the time of its promotion. */
export async function noteDeal(transaction: Transaction<ShopTables>, deal: { promotionId: string; variantId: string; priceMinor: number; from: number; until: number | null }): Promise<void> {
  const { promotionId, variantId, priceMinor, from, until } = deal;
  await transaction.insertInto('price_record').values({ variant_id: variantId, kind: 'deal', price_minor: priceMinor, from_at: from, until_at: until, promotion_id: promotionId }).execute();
}

/** A promotion ended before its time: what never was in force is no price. */
export async function endDeals(transaction: Transaction<ShopTables>, promotionId: string, now: number): Promise<void> {
  await transaction.deleteFrom('price_record').where('promotion_id', '=', promotionId).where('from_at', '>=', now).execute();
  await transaction
    .updateTable('price_record')
    .set({ until_at: now })
    .where('promotion_id', '=', promotionId)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', now)]))
    .execute();
}

interface Before {
  variantId: string;
  /** The days before this moment are looked at. */
  at: number;
  since: number;
  /** Whose own deal is left out; empty: nobody's. */
  promotionId: string;
}
const lowest = compileOnce<ShopTables, Before>()((database, param) =>
  database
    .selectFrom('price_record')
    .select(['kind', (eb) => eb.fn.min<number>('price_minor').as('lowestMinor')])
    .where('variant_id', '=', param('variantId'))
    .where('from_at', '<=', param('at'))
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', param('since'))]))
    .where(sql`coalesce(promotion_id, '')`, '<>', param('promotionId'))
    .groupBy('kind'),
);

/** Lowest list price and lowest deal price that were in force in the days before `at`; infinite where there was none. */
export async function lowestBefore(database: Kysely<ShopTables>, { variantId, at, promotionId = 'none' }: { variantId: string; at: number; promotionId?: string }): Promise<{ list: number; deal: number }> {
  const found = { list: Infinity, deal: Infinity };
  for (const { kind, lowestMinor } of (await lowest(database, { variantId, at, since: at - PRICE_MS, promotionId })).rows) found[kind] = lowestMinor;
  return found;
}

/** Prices of a product in the last days, newest first; a deal that has not begun is not among them. @throws FieldcastError `not-found`. */
export async function readPriceRecord(database: Kysely<ShopTables>, productId: string, now: number): Promise<PriceRecord> {
  const product = await database.selectFrom('products').select('id').where('id', '=', productId).executeTakeFirst();
  if (!product) throw new FieldcastError('not-found', 'There is no such product.');
  const rows = await database
    .selectFrom('price_record')
    .innerJoin('variants', 'variants.id', 'price_record.variant_id')
    .select(['variant_id as variantId', 'kind', 'price_record.price_minor as priceMinor', 'from_at as from', 'until_at as until', 'promotion_id as promotionId'])
    .where('variants.product_id', '=', productId)
    .where('from_at', '<=', now)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', now - PRICE_MS)]))
    .orderBy('from_at', 'desc')
    .orderBy('price_record.position', 'desc')
    .limit(LIST_LIMIT)
    .execute();
  const lowestOf = new Map<string, number>();
  for (const { variantId, priceMinor } of rows) lowestOf.set(variantId, Math.min(priceMinor, lowestOf.get(variantId) ?? Infinity));
  // Until when a deal will hold is a plan, and it may end before.
  const prices = rows.map((row) => ({ ...row, until: row.until !== null && row.until > now ? null : row.until }));
  return { days: PRICE_DAYS, lowest: [...lowestOf].map(([variantId, lowestMinor]) => ({ variantId, lowestMinor })), prices };
}
