// Owns the units of a variant that can still be sold: taking them, giving them back, setting them. Nothing else writes stock.
import type { Kysely, Transaction } from 'kysely';
import { compileOnce } from '../platform/db/compile-once.ts';
import { FieldcastError } from '../platform/errors.ts';
import { stock as stockSchema } from '../protocol/shop.ts';
import * as v from 'valibot';
import type { VariantFact } from './facts.ts';
import type { ShopTables } from './schema.ts';

const factColumns = ['product_id as productId', 'id as variantId', 'price_minor as priceMinor', 'stock'] as const;

const take = compileOnce<ShopTables, { variantId: string; quantity: number }>()((database, param) =>
  database
    .updateTable('variants')
    .set((eb) => ({ stock: eb('stock', '-', param('quantity')) }))
    .where('id', '=', param('variantId'))
    .where('stock', '>=', param('quantity'))
    .returning(factColumns),
);

/**
 * Takes `quantity` units in one conditional update, so that no order of events can sell a unit twice.
 * @throws FieldcastError `stock.insufficient` with params `variantId` and `left`.
 */
export async function reserve(transaction: Transaction<ShopTables>, variantId: string, quantity: number): Promise<VariantFact> {
  const [taken] = (await take(transaction, { variantId, quantity })).rows;
  return taken ?? refuse(transaction, variantId);
}

/** Puts the units of an order back. The caller makes sure that it happens once per cancelled order. */
export async function giveBack(transaction: Transaction<ShopTables>, orderId: string): Promise<VariantFact[]> {
  return transaction
    .updateTable('variants')
    .from('order_lines')
    .set((eb) => ({ stock: eb('variants.stock', '+', eb.ref('order_lines.quantity')) }))
    .whereRef('order_lines.variant_id', '=', 'variants.id')
    .where('order_lines.order_id', '=', orderId)
    .returning(['variants.product_id as productId', 'variants.id as variantId', 'variants.price_minor as priceMinor', 'variants.stock as stock'])
    .execute();
}

/** Puts units back that were taken for something else than an order. The caller makes sure that it happens once. */
export async function putBack(transaction: Transaction<ShopTables>, variantId: string, quantity: number): Promise<VariantFact> {
  return transaction
    .updateTable('variants')
    .set((eb) => ({ stock: eb('stock', '+', quantity) }))
    .where('id', '=', variantId)
    .returning(factColumns)
    .executeTakeFirstOrThrow();
}

/** Takes the units of an order, all or (by the exception) none. @throws FieldcastError `stock.insufficient`. */
export async function reserveAll(transaction: Transaction<ShopTables>, orderId: string): Promise<VariantFact[]> {
  const lines = await transaction
    .selectFrom('order_lines')
    .select(['variant_id', 'quantity'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute();
  const facts: VariantFact[] = [];
  for (const line of lines) facts.push(await reserve(transaction, line.variant_id, line.quantity));
  return facts;
}

/** The first line of an order that the shelf has too few units for; undefined: all of it is there. */
export async function shortLine(database: Kysely<ShopTables>, orderId: string): Promise<{ variantId: string; left: number } | undefined> {
  return database
    .selectFrom('order_lines')
    .innerJoin('variants', 'variants.id', 'order_lines.variant_id')
    .select(['variants.id as variantId', 'variants.stock as left'])
    .where('order_id', '=', orderId)
    .whereRef('variants.stock', '<', 'order_lines.quantity')
    .orderBy('order_lines.position')
    .executeTakeFirst();
}

/**
 * Adds `delta` units (negative takes away), so that two phones counting crates do not overwrite each other.
 * @throws FieldcastError `stock.insufficient` below zero, `input.invalid` above the most that a variant may have.
 */
export async function adjust(transaction: Transaction<ShopTables>, variantId: string, delta: number): Promise<void> {
  if (delta < 0) {
    await reserve(transaction, variantId, -delta);
    return;
  }
  const after = await transaction
    .updateTable('variants')
    .set((eb) => ({ stock: eb('stock', '+', delta) }))
    .where('id', '=', variantId)
    .returning('stock')
    .executeTakeFirstOrThrow();
  if (!v.is(stockSchema, after.stock)) {
    throw new FieldcastError('input.invalid', 'That is more stock than a variant may have.', {
      issues: [{ path: 'body.stockDelta', message: 'too much stock' }],
    });
  }
}

/** Price and stock of a variant as the transaction sees them. */
export function factOf(transaction: Transaction<ShopTables>, variantId: string): Promise<VariantFact> {
  return transaction.selectFrom('variants').select(factColumns).where('id', '=', variantId).executeTakeFirstOrThrow();
}

async function refuse(transaction: Transaction<ShopTables>, variantId: string): Promise<never> {
  const row = await transaction.selectFrom('variants').select('stock').where('id', '=', variantId).executeTakeFirst();
  if (!row) throw new FieldcastError('not-found', 'There is no such variant.');
  throw new FieldcastError('stock.insufficient', 'There is not enough stock left.', { params: { variantId, left: row.stock } });
}
