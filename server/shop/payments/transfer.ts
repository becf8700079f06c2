// Owns transfer by the seller's own receive code: the buyer pays on their phone, the seller sees it on theirs and says so.
import { sql, type Transaction } from 'kysely';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { ShopTables } from '../schema.ts';
import type { Payment } from './payment.ts';
import { readSettings } from './settings.ts';
import { type TakenAmount, TRANSFER_DISCOUNT_LIMIT_MINOR, transferAmount } from './transfer-amount.ts';
import { transferReference } from './transfer-reference.ts';

/** How long the amount of a transfer that is over names no other order: money can come late. */
const AMOUNT_RESTS_MS = 24 * 3600_000;

export function transferTo(database: Database): Payment {
  return {
    method: 'transfer',
    firstState: 'awaiting-payment',
    async terms({ id, sellerId, number, totalMinor, currency }, { transferHoldMinutes }, { transaction, now }) {
      const taken = await takenNear(transaction, sellerId, totalMinor, now);
      const { amountMinor, isUnique } = transferAmount(totalMinor, currency, taken);
      await transaction
        .insertInto('transfers')
        .values({ order_id: id, seller_id: sellerId, amount_minor: amountMinor, is_unique: isUnique ? 1 : 0, closed_at: null })
        .execute();
      return { dueMinor: amountMinor, holdUntil: now + transferHoldMinutes * 60_000, reference: transferReference(number, currency) };
    },
    async start({ id, sellerId, currency, money }) {
      const { qrPictureId, payeeName } = await readSettings(database.read<ShopTables>(), sellerId);
      // Taken away since the order was placed: then nobody can say where to send it.
      if (qrPictureId === null) throw new FieldcastError('payment.not-offered', 'The seller has taken the receive code away.', { params: { method: 'transfer' } });
      return { method: 'transfer', orderId: id, amountMinor: money.dueMinor, currency, holdUntil: money.holdUntil, reference: money.reference ?? '', qrPictureId, payeeName };
    },
    async moved({ id, state }, to, { transaction, now }) {
      if (state !== 'awaiting-payment' || to === 'awaiting-payment') return;
      await transaction.updateTable('transfers').set({ closed_at: now }).where('order_id', '=', id).execute();
    },
  };
}

/** Amounts that this total could be given and that others have. */
async function takenNear(transaction: Transaction<ShopTables>, sellerId: string, totalMinor: number, now: number): Promise<TakenAmount[]> {
  const rows = await transaction
    .selectFrom('transfers')
    .select((eb) => ['amount_minor as amountMinor', eb.fn.max('closed_at').as('closedAt'), sql<0 | 1>`max(closed_at is null)`.as('isAwaited')])
    .where('seller_id', '=', sellerId)
    .where('amount_minor', '>=', totalMinor - TRANSFER_DISCOUNT_LIMIT_MINOR)
    .where('amount_minor', '<=', totalMinor)
    .where((eb) => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', now - AMOUNT_RESTS_MS)]))
    // One row an amount: in a rush thousands share one.
    .groupBy('amount_minor')
    .execute();
  return rows.map(({ amountMinor, closedAt, isAwaited }) => ({ amountMinor, closedAt: isAwaited === 1 ? null : closedAt }));
}
