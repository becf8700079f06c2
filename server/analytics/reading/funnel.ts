// Owns the way from the first sight of a show to money that was kept, step by step. Pure.
import { funnelSteps, type ShowReport } from '../../protocol/analytics.ts';
import type { FigureValues } from '../../protocol/figures.ts';
import { isPlaced, keptMinor } from './counts.ts';
import type { PhasedSale } from './show-facts.ts';

/** @param values those of all phases together */
export function funnelOf(values: FigureValues, sales: readonly PhasedSale[]): ShowReport['funnel'] {
  const placed = sales.filter(isPlaced);
  const ofOrders = { paidOrders: placed.filter(({ paidMinor }) => paidMinor > 0).length, keptOrders: placed.filter((sale) => keptMinor(sale) > 0).length };
  let before: number | null = null;
  return funnelSteps.map((step) => {
    const count = step === 'paidOrders' || step === 'keptOrders' ? ofOrders[step] : values[step];
    const share = before === null || before === 0 || count === null ? null : count / before;
    before = count;
    return { step, count, share };
  });
}
