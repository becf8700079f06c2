// Owns taking people out of auctions. What was bid stays, of nobody; the order of who won is erased as orders are.
import type { Transaction } from 'kysely';
import { phoneDigits } from '../../payments/buyer-keys.ts';
import type { ShopTables } from '../../schema.ts';
import { putBack } from '../../stock.ts';

const NOBODY = { identity: '', name: '', phone: '', address: '', note: '' } as const;

/** Who bid in one auction; with `onlyForgotten` those of them who asked for it. */
export async function eraseBidders(transaction: Transaction<ShopTables>, promotionId: string, { onlyForgotten = false } = {}): Promise<void> {
  let theirs = transaction.updateTable('auction_bidders').set(NOBODY).where('promotion_id', '=', promotionId);
  if (onlyForgotten) theirs = theirs.where('is_forgotten', '=', 1);
  await theirs.execute();
}

/** A person, in all auctions that are over. In one that goes on their bid stands, as an open order does: they are erased when it is over. */
export async function eraseBidder(transaction: Transaction<ShopTables>, identity: string): Promise<void> {
  const theirs = await transaction
    .selectFrom('auction_bidders')
    .innerJoin('auctions', 'auctions.promotion_id', 'auction_bidders.promotion_id')
    .select(['auctions.promotion_id', 'bidder', 'settled_at'])
    .where('identity', '=', identity)
    .execute();
  await eraseEach(transaction, theirs);
}

/** The same, known by their phone number however it was written. */
export async function eraseBidderByPhone(transaction: Transaction<ShopTables>, phone: string): Promise<void> {
  const known = await transaction
    .selectFrom('auction_bidders')
    .innerJoin('auctions', 'auctions.promotion_id', 'auction_bidders.promotion_id')
    .select(['auctions.promotion_id', 'bidder', 'settled_at', 'phone'])
    .where('phone', '<>', '')
    .execute();
  await eraseEach(transaction, known.filter((row) => phoneDigits(row.phone) === phoneDigits(phone)));
}

async function eraseEach(transaction: Transaction<ShopTables>, bidders: readonly { promotion_id: string; bidder: number; settled_at: number | null }[]): Promise<void> {
  for (const { promotion_id: id, bidder, settled_at: settledAt } of bidders) {
    const set = settledAt === null ? { is_forgotten: 1 as const } : NOBODY;
    await transaction.updateTable('auction_bidders').set(set).where('promotion_id', '=', id).where('bidder', '=', bidder).execute();
  }
}

/** A show is deleted: pieces that its auctions keep go back, and nobody who bid is known any more. */
export async function eraseAuctions(transaction: Transaction<ShopTables>, showId: string): Promise<void> {
  const auctions = await transaction
    .selectFrom('auctions')
    .innerJoin('promotions', 'promotions.id', 'auctions.promotion_id')
    .select(['promotion_id', 'variant_id', 'holds_unit'])
    .where('show_id', '=', showId)
    .execute();
  for (const { promotion_id: id, variant_id: variantId, holds_unit: holdsUnit } of auctions) {
    await eraseBidders(transaction, id);
    if (holdsUnit === 0) continue;
    await transaction.updateTable('auctions').set({ holds_unit: 0 }).where('promotion_id', '=', id).execute();
    await putBack(transaction, variantId, 1);
  }
}
