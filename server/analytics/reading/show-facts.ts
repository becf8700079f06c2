// Owns all that the figures of one show are made of, read at one moment: roll-ups, orders, pins, times.
import type { PinRow } from '../../live/index.ts';
import type { Show } from '../../protocol/show.ts';
import type { CouponTaken, PastPromotion, Sale, SaleLine, SalePromotion } from '../../shop/index.ts';
import type { Phase } from '../rollup/raw-event.ts';
import type { Totals } from './totals.ts';

const DAY_MS = 24 * 3600_000;

export interface ShowFacts {
  show: Show;
  now: number;
  totals: Totals;
  pins: readonly PinRow[];
  /** Orders that count for the show, each with its part of it. */
  sales: readonly PhasedSale[];
  linesOf: (orderId: string) => readonly SaleLine[];
  promotionsBy: (orderId: string) => readonly SalePromotion[];
  /** In the order in which they began. */
  promotions: readonly PastPromotion[];
  /** Those of them that are coupons, and that anybody took. */
  coupons: readonly CouponTaken[];
  /** Value placed by the seller's other shows meanwhile. */
  otherMinor: number;
}

export interface PhasedSale extends Sale {
  phase: Phase;
}

/** Orders long after the show are not counted for it. */
export function phased(sales: readonly Sale[], { show, replayOrders, attributionDays }: { show: Pick<Show, 'endedAt'>; replayOrders: ReadonlySet<string>; attributionDays: number }): PhasedSale[] {
  return sales.flatMap((sale): PhasedSale[] => {
    const at = sale.placedAt ?? sale.begunAt;
    if (show.endedAt === null || at <= show.endedAt) return [{ ...sale, phase: 'live' }];
    if (at > countsUntil(show.endedAt, attributionDays)) return [];
    return [{ ...sale, phase: replayOrders.has(sale.orderId) ? 'replay' : 'after' }];
  });
}

/** Until when what comes after a show counts for it. */
export function countsUntil(endedAt: number, attributionDays: number): number {
  return endedAt + attributionDays * DAY_MS;
}

/** How long something was pinned while the show was on, ms. */
export function pinnedMs({ startedAt, endedAt }: PinRow, { show, now }: Pick<ShowFacts, 'show' | 'now'>): number {
  if (show.startedAt === null) return 0;
  const until = Math.min(endedAt ?? now, show.endedAt ?? now);
  return Math.max(0, until - Math.max(startedAt, show.startedAt));
}
