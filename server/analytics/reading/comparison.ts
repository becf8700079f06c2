// Owns a show beside the seller's own last ones. Pure.
import type { Comparison } from '../../protocol/analytics.ts';
import { type CountName, countNames, type FigureCounts, type FigureName, type FigureValues, withRatios } from '../../protocol/figures.ts';

/** How many earlier shows a show is compared with. */
export const COMPARED_SHOWS = 5;
const compared: readonly FigureName[] = [
  'entries', 'viewers', 'enterRate', 'averageWatchSeconds', 'retention60s', 'peakOnline', 'averageOnline', 'interactionRate', 'clickThrough', 'clickToOrder',
  'orders', 'placedMinor', 'keptMinor', 'averageOrderMinor', 'valuePerViewer', 'gpm', 'valuePerHour', 'stallRatio', 'startP95Ms', 'outageSeconds',
];
/** Of these a sum says nothing: the middle of them is taken, the largest of the most online. */
const notSummed: readonly CountName[] = ['startP50Ms', 'startP95Ms', 'peakOnline'];

/** Figures of several shows as one: counts summed, ratios of the sums. People are summed too, because each show knows only its own. */
export function together(shows: readonly FigureCounts[]): FigureValues {
  const sums: Partial<FigureCounts> = {};
  for (const name of countNames) {
    const known = shows.flatMap((counts) => counts[name] ?? []);
    if (known.length === 0) sums[name] = null;
    else if (name === 'peakOnline') sums[name] = Math.max(...known);
    else if (notSummed.includes(name)) sums[name] = middle(known);
    else sums[name] = known.reduce((sum, value) => sum + value, 0);
  }
  return withRatios(sums as FigureCounts);
}

/** @param before those compared with; none: nothing to compare */
export function comparisonOf(now: FigureValues, before: readonly FigureCounts[]): Comparison {
  const all = together(before);
  const figures: Comparison['figures'] = {};
  for (const name of compared) {
    const earlier = all[name];
    const isSum = (countNames as readonly string[]).includes(name) && !notSummed.includes(name as CountName);
    const usual = earlier === null ? null : isSum ? earlier / before.length : earlier;
    const own = now[name];
    figures[name] = { now: own, before: usual, change: own === null || usual === null || usual === 0 ? null : own / usual - 1 };
  }
  return { shows: before.length, figures };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] as number;
}
