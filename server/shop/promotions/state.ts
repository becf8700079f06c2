// Owns what a promotion's row says at a moment: its state, and whether somebody may act in it.
import type { Selectable } from 'kysely';
import { FieldcastError } from '../../platform/errors.ts';
import { type PromotionState, stateAt } from '../../protocol/promotion-shape.ts';
import type { PromotionTables } from './tables.ts';

export type PromotionRow = Selectable<PromotionTables['promotions']>;

/** State of a promotion at `now`, to be asked inside the transaction that acts on it. */
export function stateOf(row: PromotionRow, now: number): PromotionState {
  return stateAt({ shownAt: row.shown_at, startsAt: row.starts_at, endsAt: row.ends_at, endedAt: row.ended_at }, now);
}

/** @throws FieldcastError `promotion.not-yet` (params `startsAt`), `promotion.over`. */
export function requireRunning(row: PromotionRow, now: number): void {
  const state = stateOf(row, now);
  if (state === 'over') throw new FieldcastError('promotion.over', 'This promotion is over.');
  if (state !== 'running') throw new FieldcastError('promotion.not-yet', 'This promotion has not begun.', { params: { startsAt: row.starts_at } });
}
