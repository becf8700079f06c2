// Owns how picture and sound arrived, and what a drop of the host cost in orders. Pure.
import type { Outage, Quality } from '../../protocol/analytics.ts';
import { watchPaths } from '../../protocol/telemetry.ts';
import { phases } from '../rollup/raw-event.ts';
import { areasOf } from './areas.ts';
import { isPlaced } from './counts.ts';
import type { ShowFacts } from './show-facts.ts';

/** After a drop people come back within a minute, or not. */
const AFTER_MS = 60_000;
/** Orders of this time before a drop say how many would have come during it. */
const BEFORE_MS = 5 * 60_000;

export function qualityOf(facts: ShowFacts): Quality {
  const { totals } = facts;
  const watched = totals.bySubject(phases, 'watchMs');
  const stalled = totals.bySubject(phases, 'stallMs');
  const failed = totals.bySubject(phases, 'failed');
  const all = totals.sum(phases, 'watchMs');
  const paths = watchPaths.flatMap((path) => {
    const watchMs = watched.get(path) ?? 0;
    const stallMs = stalled.get(path) ?? 0;
    const failedStarts = failed.get(path) ?? 0;
    if (watchMs + stallMs + failedStarts === 0) return [];
    return [{ path, watchSeconds: watchMs / 1000, share: all > 0 ? watchMs / all : null, stallSeconds: stallMs / 1000, stallRatio: watchMs > 0 ? stallMs / watchMs : null, failedStarts }];
  });
  const outages = outagesOf(facts);
  return { paths, areas: areasOf(totals), outages, lostOrders: total(outages, 'lostOrders'), lostMinor: total(outages, 'lostMinor') };
}

/** Orders from a drop's beginning to a minute after its end, beside what the five minutes before it let expect. */
function outagesOf({ totals, sales }: ShowFacts): Outage[] {
  const placed = sales.filter(isPlaced).filter(({ phase }) => phase === 'live');
  const value = placed.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const average = placed.length > 0 ? value / placed.length : 0;
  const between = (from: number, to: number): number => placed.filter(({ placedAt }) => placedAt >= from && placedAt < to).length;
  return totals.outages.map(({ from, to }) => {
    const orders = between(from, to + AFTER_MS);
    const expectedOrders = (between(from - BEFORE_MS, from) * (to + AFTER_MS - from)) / BEFORE_MS;
    const lostOrders = Math.max(0, expectedOrders - orders);
    return { from, to, orders, expectedOrders, lostOrders, lostMinor: Math.round(lostOrders * average) };
  });
}

function total(outages: readonly Outage[], what: 'lostOrders' | 'lostMinor'): number {
  return outages.reduce((sum, outage) => sum + outage[what], 0);
}
