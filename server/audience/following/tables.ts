// Owns the table of who follows which seller.
import type { Migration } from '../../platform/db/database.ts';

export interface FollowingTables {
  follows: { seller_id: string; identity: string; at: number };
}

export const followingMigration: Migration = {
  name: '350-following',
  statements: [
    `create table follows (seller_id text not null, identity text not null, at integer not null, primary key (seller_id, identity)) strict, without rowid`,
    `create index follows_by_identity on follows (identity, at)`,
  ],
};
