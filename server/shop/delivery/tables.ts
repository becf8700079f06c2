// Owns the table of delivery rules, and the columns for what else is told and limited of a product.
import type { Migration } from '../../platform/db/database.ts';

export interface DeliveryTables {
  /** Of sellers who have any; as JSON, because it is always read and written whole. */
  delivery_rules: { seller_id: string; rules: string; changed_at: number };
}

export const deliveryMigrations: readonly Migration[] = [
  {
    name: '100-shop-8-delivery',
    statements: [
      `create table delivery_rules (
         seller_id text primary key references sellers (id),
         rules text not null check (json_valid(rules)),
         changed_at integer not null
       ) strict, without rowid`,
      `alter table products add column facts text not null default '{}' check (json_valid(facts))`,
      `alter table products add column limit_per_buyer integer check (limit_per_buyer between 1 and 999)`,
      `alter table variants add column sku text not null default ''`,
      `alter table variants add column weight_grams integer check (weight_grams > 0)`,
      `create index variants_by_sku on variants (sku) where sku <> ''`,
    ],
  },
];
