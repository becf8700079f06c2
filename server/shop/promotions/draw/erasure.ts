// Owns taking people out of draws. Their entries stay in the lists, or nobody could check who won.
import type { Transaction } from 'kysely';
import { phoneDigits } from '../../payments/buyer-keys.ts';
import type { ShopTables } from '../../schema.ts';

const NOBODY = { name: '', phone: '', address: '', left_at: null };

/** Forgets who took part by this identity, and where their prizes were to go. */
export async function eraseEntrant(transaction: Transaction<ShopTables>, identity: string): Promise<void> {
  const theirs = await transaction.selectFrom('draw_entries').select(['promotion_id', 'position']).where('identity', '=', identity).where('identity', '<>', '').execute();
  for (const { promotion_id: promotionId, position } of theirs) {
    await transaction.updateTable('draw_winners').set(NOBODY).where('promotion_id', '=', promotionId).where('position', '=', position).execute();
  }
  await transaction.updateTable('draw_entries').set({ identity: '' }).where('identity', '=', identity).execute();
}

/** Forgets where the prizes of a phone number were to go. */
export async function erasePrizesOf(transaction: Transaction<ShopTables>, phone: string): Promise<void> {
  const rows = await transaction.selectFrom('draw_winners').select(['promotion_id', 'place', 'phone']).where('phone', '<>', '').execute();
  for (const row of rows.filter((each) => phoneDigits(each.phone) === phoneDigits(phone))) {
    await transaction.updateTable('draw_winners').set(NOBODY).where('promotion_id', '=', row.promotion_id).where('place', '=', row.place).execute();
  }
}
