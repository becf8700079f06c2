// Owns the numbers of a show that is on: what a host reads from the side of the picture, and one thing to do now.
import type { Database } from '../../platform/db/database.ts';
import type { LiveFigures, Suggestion } from '../../protocol/analytics.ts';
import { withRatios } from '../../protocol/figures.ts';
import type { Product } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import { HEARTBEAT_MS, ONLINE_MS } from '../../protocol/telemetry.ts';
import { MINUTE_MS, minuteOf, QUARTER_MS } from '../rollup/fold.ts';
import type { AnalyticsTables } from '../store/tables.ts';
import { comparisonOf } from './comparison.ts';
import { countsOf, isPlaced } from './counts.ts';
import { funnelOf } from './funnel.ts';
import { productsOf } from './products.ts';
import { qualityOf } from './quality.ts';
import type { Reader } from './reader.ts';
import { headOf } from './report.ts';
import type { ShowFacts } from './show-facts.ts';
import { suggestionsFrom } from './suggestions.ts';

const NETWORK_MINUTES = 5;
const TOP_PRODUCTS = 5;
/** What can be changed while the show is on. */
const FOR_NOW: readonly Suggestion['kind'][] = ['explain-longer', 'show-more', 'price-or-card', 'network'];

export interface LiveDeps {
  database: Database;
  reader: Reader;
  shelfOf: (showId: string) => Promise<readonly Product[]>;
  /** Who watches may not have told of it for so long, ms. */
  silentMs: () => number;
}

export async function liveFiguresOf(show: Show, { database, reader, shelfOf, silentMs }: LiveDeps): Promise<LiveFigures> {
  const [{ facts, row }, shelf] = await Promise.all([reader.facts(show), shelfOf(show.id)]);
  const values = withRatios(countsOf(facts, 'total'));
  const products = productsOf(facts, shelf);
  const minutes = row ? await lastMinutes(database, row.number, facts.now) : [];
  const quality = qualityOf(facts);
  const heardUntil = facts.now - (silentMs() - HEARTBEAT_MS);
  const hints = suggestionsFrom({ values, products, quality, comparison: comparisonOf(values, []) }, 10);
  return {
    ...headOf(show, facts.now),
    online: row ? await onlineNow(database, row.number, { from: heardUntil - ONLINE_MS, to: facts.now }) : 0,
    peakOnline: values.peakOnline ?? 0,
    entries: values.entries ?? 0,
    viewers: values.viewers ?? 0,
    lastMinute: { ...movement(minutes, minuteOf(heardUntil) - 1), ...soldSince(facts, facts.now - MINUTE_MS) },
    orders: values.orders ?? 0,
    placedMinor: values.placedMinor ?? 0,
    paidMinor: values.paidMinor ?? 0,
    keptMinor: values.keptMinor ?? 0,
    funnel: funnelOf(values, facts.sales),
    topProducts: products.slice(0, TOP_PRODUCTS),
    network: networkOf(facts, minutes, row?.air_until ?? 0),
    hint: hints.find(({ kind }) => FOR_NOW.includes(kind)) ?? null,
  };
}

interface MinuteSum {
  minute: number;
  counter: string;
  subject: string;
  amount: number;
}

function lastMinutes(database: Database, show: number, now: number): Promise<MinuteSum[]> {
  return database
    .read<AnalyticsTables>()
    .selectFrom('sums')
    .select(['minute', 'counter', 'subject', 'amount'])
    .where('show', '=', show)
    .where('phase', '=', 'live')
    .where('counter', 'in', ['watchers', 'stayed', 'watchMs', 'stallMs', 'failed'])
    .where('minute', '>=', minuteOf(now) - NETWORK_MINUTES)
    .execute();
}

/** Devices that watched in one quarter of a minute: in the one of `to`, or in one since `from` of which more have told. */
async function onlineNow(database: Database, show: number, { from, to }: { from: number; to: number }): Promise<number> {
  const [first, last] = [Math.floor(from / QUARTER_MS), Math.floor(to / QUARTER_MS)];
  const rows = await database.read<AnalyticsTables>().selectFrom('sums').select(['minute', 'subject', 'amount']).where('show', '=', show).where('phase', '=', 'live').where('counter', '=', 'online').where('minute', '>=', Math.floor(first / 4)).execute();
  const inTime = rows.filter(({ minute, subject }) => {
    const quarter = minute * 4 + Number(subject);
    return quarter >= first && quarter <= last;
  });
  return Math.max(0, ...inTime.map(({ amount }) => amount));
}

function sumOf(rows: readonly MinuteSum[], counter: string, minute?: number): number {
  return rows.filter((row) => row.counter === counter && (minute === undefined || row.minute === minute)).reduce((sum, { amount }) => sum + amount, 0);
}

function movement(rows: readonly MinuteSum[], minute: number): { entered: number; left: number } {
  const watchers = sumOf(rows, 'watchers', minute);
  return { entered: watchers - sumOf(rows, 'stayed', minute - 1), left: Math.max(0, sumOf(rows, 'watchers', minute - 1) - sumOf(rows, 'stayed', minute - 1)) };
}

function soldSince({ sales }: ShowFacts, since: number): { orders: number; placedMinor: number } {
  const sold = sales.filter(isPlaced).filter(({ placedAt }) => placedAt >= since);
  return { orders: sold.length, placedMinor: sold.reduce((sum, { totalMinor }) => sum + totalMinor, 0) };
}

function networkOf({ totals, now }: ShowFacts, rows: readonly MinuteSum[], airUntil: number): LiveFigures['network'] {
  const watchMs = sumOf(rows, 'watchMs');
  const outages = totals.outages.filter(({ to }) => to >= now - NETWORK_MINUTES * MINUTE_MS);
  const paths: Record<string, number> = {};
  for (const { counter, subject, amount } of rows) if (counter === 'watchMs') paths[subject] = (paths[subject] ?? 0) + amount / Math.max(1, watchMs);
  return {
    isOnAir: airUntil >= now - ONLINE_MS,
    stallRatio: watchMs > 0 ? sumOf(rows, 'stallMs') / watchMs : null,
    failedStarts: sumOf(rows, 'failed'),
    outages: outages.length,
    outageSeconds: outages.reduce((ms, { from, to }) => ms + to - from, 0) / 1000,
    paths,
  };
}
