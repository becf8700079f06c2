// Owns how an auction's rows are read: the auction as it stands, and who bids.
import type { Kysely, Selectable } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { ShopTables } from '../../schema.ts';
import type { BidRules, BidStep, Standing } from './bidding.ts';

export type AuctionRow = Selectable<ShopTables['auctions']>;
export type BidderRow = Selectable<ShopTables['auction_bidders']>;

const findAuction = compileOnce<ShopTables, { id: string }>()((database, param) => database.selectFrom('auctions').selectAll().where('promotion_id', '=', param('id')));
const findBidder = compileOnce<ShopTables, { id: string; identity: string }>()((database, param) =>
  database.selectFrom('auction_bidders').selectAll().where('identity', '=', param('identity')).where('promotion_id', '=', param('id')),
);
const countBidders = compileOnce<ShopTables, { id: string }>()((database, param) =>
  database
    .selectFrom('auction_bidders')
    .select((eb) => eb.fn.countAll<number>().as('bidders'))
    .where('promotion_id', '=', param('id')),
);

/** @throws FieldcastError `not-found` for what is no auction. */
export async function auctionOf(database: Kysely<ShopTables>, id: string): Promise<AuctionRow> {
  const [row] = (await findAuction(database, { id })).rows;
  if (!row) throw new FieldcastError('not-found', 'There is no such auction.');
  return row;
}

export async function bidderOf(database: Kysely<ShopTables>, id: string, identity: string): Promise<BidderRow | undefined> {
  const [row] = (await findBidder(database, { id, identity })).rows;
  return row;
}

export async function biddersIn(database: Kysely<ShopTables>, id: string): Promise<number> {
  const [row] = (await countBidders(database, { id })).rows;
  return row?.bidders ?? 0;
}

export function stepsOf(row: AuctionRow): BidStep[] {
  return JSON.parse(row.steps) as BidStep[];
}

export function rulesOf(row: AuctionRow): BidRules {
  return { startMinor: row.start_minor, steps: stepsOf(row) };
}

export function standingOf({ leader, leader_max_minor: maxMinor, price_minor: priceMinor }: AuctionRow): Standing | null {
  return leader === null || maxMinor === null ? null : { leader, maxMinor, priceMinor };
}
