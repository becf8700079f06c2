// Owns the amount of a transfer: a total whose last cents name the order, so that the seller knows it by the amount alone.
import { type Currency, minorUnitExponent } from '../../protocol/money-format.ts';

/** Largest discount in minor units: 0.99 in a currency with cents. */
export const TRANSFER_DISCOUNT_LIMIT_MINOR = 99;

/** An amount that another transfer of the seller has, or had not long ago. `closedAt` (ms since epoch) is null while money is still awaited. */
export interface TakenAmount {
  amountMinor: number;
  closedAt: number | null;
}

export interface TransferAmount {
  /** What the buyer sends: `totalMinor - discountMinor`, 1 at least. */
  amountMinor: number;
  discountMinor: number;
  /** False: others of the same amount are awaited too, and only the reference tells them apart. */
  isUnique: boolean;
}

/**
 * The cents that are taken off a total, so that no two awaited transfers of a seller have the same amount.
 *
 * - All is whole minor units, so nothing is ever rounded: discount and amount add up to the total, always.
 * - The discount is the smallest that gives a free amount; alone with its total a transfer is not discounted at all. It is 99 minor
 *   units at most, and never so much that less than one unit is left: no amount is zero or below.
 * - A currency without cents (JPY, KRW, VND) has no discount: a whole unit of it is no cent. There equal totals collide.
 * - Amounts of transfers that are over stay taken for a while, because money can come late. When all are taken, the one that is over
 *   for the longest is used again. When all of them are still awaited, the total is asked undiscounted and shared: `isUnique` is
 *   false, and the reference has to name the order.
 *
 * @param taken amounts of the seller's other transfers; those far from the total do not matter
 */
export function transferAmount(totalMinor: number, currency: Currency, taken: Iterable<TakenAmount>): TransferAmount {
  const limit = minorUnitExponent(currency) === 2 ? Math.max(0, Math.min(TRANSFER_DISCOUNT_LIMIT_MINOR, totalMinor - 1)) : 0;
  // Amount -> when it was last let go of; Infinity while somebody still has it.
  const heldUntil = new Map<number, number>();
  for (const { amountMinor, closedAt } of taken) heldUntil.set(amountMinor, Math.max(heldUntil.get(amountMinor) ?? 0, closedAt ?? Infinity));
  let oldest: { discountMinor: number; at: number } | null = null;
  for (let discountMinor = 0; discountMinor <= limit; discountMinor += 1) {
    const at = heldUntil.get(totalMinor - discountMinor);
    if (at === undefined) return { amountMinor: totalMinor - discountMinor, discountMinor, isUnique: true };
    if (at !== Infinity && (oldest === null || at < oldest.at)) oldest = { discountMinor, at };
  }
  if (oldest) return { amountMinor: totalMinor - oldest.discountMinor, discountMinor: oldest.discountMinor, isUnique: true };
  return { amountMinor: totalMinor, discountMinor: 0, isUnique: false };
}
