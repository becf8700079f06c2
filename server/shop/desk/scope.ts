// Owns whose orders a desk is about: those of one show, or all of a seller.
import type { Kysely } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import type { ShopTables } from '../schema.ts';
import type { DeskColumns } from './tables.ts';

/** Worked out by who knows shows; the shop takes it as it is. */
export type DeskScope = { showId: string; sellerId: string } | { showId: null; sellerId: string };

/** The tables with what the database computes of each order. */
export type DeskDatabase = Omit<ShopTables, 'orders'> & { orders: ShopTables['orders'] & DeskColumns };

export function deskReader(database: Database): Kysely<DeskDatabase> {
  return database.read<DeskDatabase>();
}

/** The condition of a scope, as `where(...scopeOf(scope))`. */
export function scopeOf(scope: DeskScope): ['show_id' | 'seller_id', '=', string] {
  return scope.showId === null ? ['seller_id', '=', scope.sellerId] : ['show_id', '=', scope.showId];
}
