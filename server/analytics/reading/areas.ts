// Owns how the networks that viewers came from received a show: none by itself in which fewer than five of them were. Pure.
import type { AreaQuality } from '../../protocol/analytics.ts';
import { phases } from '../rollup/raw-event.ts';
import { percentileMs } from './counts.ts';
import { isSmall } from './hiding.ts';
import type { Totals } from './totals.ts';

interface Area {
  viewers: number;
  watchMs: number;
  stallMs: number;
  kilobytes: number;
  failedStarts: number;
  starts: Map<string, number>;
  checkoutPeople: number;
}

/** The most viewers first, small networks together at the end. */
export function areasOf(totals: Totals): AreaQuality[] {
  const areas = new Map<string, Area>();
  const viewersOf = new Map([...totals.subjects(phases, 'area')].map((area) => [area, totals.people(phases, 'area', area)] as const));
  const areaOf = (area: string): Area => {
    const count = viewersOf.get(area) ?? 0;
    const name = count === 0 || isSmall(count) ? '' : area;
    let known = areas.get(name);
    if (!known) areas.set(name, (known = { viewers: 0, watchMs: 0, stallMs: 0, kilobytes: 0, failedStarts: 0, starts: new Map(), checkoutPeople: 0 }));
    return known;
  };
  // A device has one network for the whole show, so that nobody is in two of them.
  for (const [area, count] of viewersOf) {
    const known = areaOf(area);
    known.viewers += count;
    known.checkoutPeople += totals.peopleInBoth(phases, 'area', area, 'checkout');
  }
  for (const [area, ms] of totals.bySubject(phases, 'areaWatchMs')) areaOf(area).watchMs += ms;
  for (const [area, ms] of totals.bySubject(phases, 'areaStallMs')) areaOf(area).stallMs += ms;
  for (const [area, kilobytes] of totals.bySubject(phases, 'areaKilobytes')) areaOf(area).kilobytes += kilobytes;
  for (const [area, count] of totals.bySubject(phases, 'areaFailed')) areaOf(area).failedStarts += count;
  for (const [subject, count] of totals.bySubject(phases, 'areaStarts')) {
    const [area = '', step = ''] = subject.split(' ');
    const { starts } = areaOf(area);
    starts.set(step, (starts.get(step) ?? 0) + count);
  }
  return [...areas].map(([area, known]) => qualityOf(area, known)).sort((a, b) => Number(a.area === '') - Number(b.area === '') || (b.viewers ?? 0) - (a.viewers ?? 0) || a.area.localeCompare(b.area));
}

function qualityOf(area: string, { viewers, watchMs, stallMs, kilobytes, failedStarts, starts, checkoutPeople }: Area): AreaQuality {
  const startCount = [...starts.values()].reduce((sum, count) => sum + count, 0);
  return {
    area,
    viewers,
    watchSeconds: watchMs / 1000,
    stallRatio: watchMs > 0 ? stallMs / watchMs : null,
    averageKbps: watchMs > 0 ? (kilobytes * 8_000) / watchMs : null,
    failedStarts,
    startP50Ms: percentileMs(starts, startCount, 0.5),
    startP95Ms: percentileMs(starts, startCount, 0.95),
    checkoutPeople,
  };
}
