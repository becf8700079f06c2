// Owns a show minute by minute, from its start to its end, with what happened marked on the same axis.
import type { Database } from '../../platform/db/database.ts';
import type { MinuteFigures, Trend, TrendMark } from '../../protocol/analytics.ts';
import type { Counter } from '../rollup/counters.ts';
import { MINUTE_MS, minuteOf } from '../rollup/fold.ts';
import type { AnalyticsTables } from '../store/tables.ts';
import { isPlaced } from './counts.ts';
import { pinnedMs, type ShowFacts } from './show-facts.ts';

/** A show of three days; what is longer is drawn to there. */
const MOST_MINUTES = 3 * 24 * 60;
const drawn = ['watchers', 'stayed', 'entries', 'watchMs', 'impressions', 'clicks', 'cartUnits', 'comments', 'likes', 'stallMs'] as const satisfies Counter[];

export async function trendOf(database: Database, show: number, facts: ShowFacts, nameOf: (productId: string) => string): Promise<Trend> {
  const { show: about, now } = facts;
  const minutes: MinuteFigures[] = [];
  const head = { showId: about.id, currency: about.currency, marks: marksOf(facts, nameOf) };
  if (about.startedAt === null) return { ...head, minutes };
  const first = minuteOf(about.startedAt);
  const last = Math.min(minuteOf(about.endedAt ?? now), first + MOST_MINUTES);
  const sums = await readMinutes(database, show);
  const of = (minute: number, counter: (typeof drawn)[number]): number => sums.get(counter)?.get(minute) ?? 0;
  const online = await readOnline(database, show);
  const sold = soldByMinute(facts);
  for (let minute = first; minute <= last; minute += 1) {
    const { orders, placedMinor } = sold.get(minute) ?? { orders: 0, placedMinor: 0 };
    minutes.push({
      at: minute * MINUTE_MS,
      online: online.get(minute) ?? 0,
      watchers: of(minute, 'watchers'),
      entered: of(minute, 'watchers') - of(minute - 1, 'stayed'),
      // Whether they will stay is not known before the minute is over.
      left: minute >= minuteOf(now) - 1 && about.endedAt === null ? 0 : of(minute, 'watchers') - of(minute, 'stayed'),
      entries: of(minute, 'entries'),
      watchSeconds: of(minute, 'watchMs') / 1000,
      impressions: of(minute, 'impressions'),
      clicks: of(minute, 'clicks'),
      cartUnits: of(minute, 'cartUnits'),
      comments: of(minute, 'comments'),
      likes: of(minute, 'likes'),
      orders,
      placedMinor,
      stallSeconds: of(minute, 'stallMs') / 1000,
    });
  }
  return { ...head, minutes };
}

async function readMinutes(database: Database, show: number): Promise<Map<string, Map<number, number>>> {
  const rows = await database
    .read<AnalyticsTables>()
    .selectFrom('sums')
    .select((eb) => ['counter', 'minute', eb.fn.sum<number>('amount').as('amount')])
    .where('show', '=', show)
    .where('phase', '=', 'live')
    .where('counter', 'in', drawn)
    .groupBy(['counter', 'minute'])
    .execute();
  const sums = new Map<string, Map<number, number>>(drawn.map((counter) => [counter, new Map()]));
  for (const { counter, minute, amount } of rows) sums.get(counter)?.set(minute, amount);
  return sums;
}

/** The most of the four quarters of each minute. */
async function readOnline(database: Database, show: number): Promise<Map<number, number>> {
  const rows = await database
    .read<AnalyticsTables>()
    .selectFrom('sums')
    .select((eb) => ['minute', eb.fn.max('amount').as('most')])
    .where('show', '=', show)
    .where('phase', '=', 'live')
    .where('counter', '=', 'online')
    .groupBy('minute')
    .execute();
  return new Map(rows.map(({ minute, most }) => [minute, most]));
}

function soldByMinute({ sales }: ShowFacts): Map<number, { orders: number; placedMinor: number }> {
  const sold = new Map<number, { orders: number; placedMinor: number }>();
  for (const sale of sales) {
    if (!isPlaced(sale)) continue;
    const minute = minuteOf(sale.placedAt);
    const { orders, placedMinor } = sold.get(minute) ?? { orders: 0, placedMinor: 0 };
    sold.set(minute, { orders: orders + 1, placedMinor: placedMinor + sale.totalMinor });
  }
  return sold;
}

function marksOf(facts: ShowFacts, nameOf: (productId: string) => string): TrendMark[] {
  const end = facts.show.endedAt;
  const pins = facts.pins
    .filter((pin) => pin.rank === 0 && pinnedMs(pin, facts) > 0)
    .map(({ productId, startedAt, endedAt }): TrendMark => ({ kind: 'pin', at: startedAt, until: endedAt ?? end, productId, name: nameOf(productId) }));
  const outages = facts.totals.outages.map(({ from, to }): TrendMark => ({ kind: 'outage', at: from, until: to, productId: null, name: '' }));
  const soldOut = facts.totals.soldOut.map(({ productId, from, to }): TrendMark => ({ kind: 'sold-out', at: from, until: to ?? end, productId, name: nameOf(productId) }));
  const promotions = facts.promotions
    .filter(({ promotion, endsAt }) => facts.show.startedAt !== null && (end === null || promotion.startsAt < end) && (endsAt === null || endsAt > facts.show.startedAt))
    .map(({ promotion, endsAt }): TrendMark => {
      const productId = 'productId' in promotion ? promotion.productId : null;
      return { kind: promotion.kind, at: promotion.startsAt, until: endsAt ?? end, productId, name: promotion.title || (productId === null ? '' : nameOf(productId)) };
    });
  return [...pins, ...outages, ...soldOut, ...promotions].sort((a, b) => a.at - b.at);
}
