// Owns the figures of a seller over many shows: together, day by day, show by show.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { SellerFigures } from '../../protocol/analytics.ts';
import { type FigureValues, withRatios } from '../../protocol/figures.ts';
import type { Seller } from '../../protocol/shop.ts';
import { together } from './comparison.ts';
import { fulfilmentOver, fulfilmentTold } from './fulfilment.ts';
import { isSmall, withoutSmallGroups } from './hiding.ts';
import type { KnownCounts } from './known-counts.ts';
import { knownAcross } from './people-across.ts';
import type { Reader, ShowCounts } from './reader.ts';

const USUAL_MS = 30 * 24 * 3600_000;
const LONGEST_MS = 366 * 24 * 3600_000;
const MOST_SHOWS = 200;

export interface SellerQuestion {
  /** 30 days before `to`. */
  from?: number | undefined;
  /** Now. */
  to?: number | undefined;
  /** IANA name; days begin there. */
  zone: string;
  share: boolean;
}

/** @throws FieldcastError `input.invalid` for no time at all, more than a year, or no such zone. */
export async function sellerFiguresOf(seller: Seller, { zone, share, ...time }: SellerQuestion, deps: { database: Database; reader: Reader; known: KnownCounts; clock: Clock }): Promise<SellerFigures> {
  const to = time.to ?? deps.clock.now();
  const from = time.from ?? to - USUAL_MS;
  if (to <= from || to - from > LONGEST_MS) throw invalid('to', 'after from, by a year at most');
  const dayOf = daysIn(zone);
  await deps.reader.keep();
  const rows = await deps.reader.shows.ofSeller(seller.id, { from, to, limit: MOST_SHOWS });
  const shows: (ShowCounts & { startedAt: number })[] = [];
  for (const row of rows) {
    const counts = await deps.known.of(row.show_id);
    if (counts && row.started_at !== null) shows.push({ ...counts, startedAt: row.started_at });
  }
  const told = (values: FigureValues): FigureValues => (share ? withoutSmallGroups(values) : values);
  const people = { known: await knownAcross(deps.database, rows.map(({ number }) => number)), perShow: shows.reduce((sum, { unknownDevices }) => sum + unknownDevices, 0) };
  const hidden = (count: number): number | null => (share && isSmall(count) ? null : count);
  return {
    sellerId: seller.id,
    currency: seller.currency,
    from,
    to,
    figures: told(together(shows.map(({ total }) => total))),
    people: { known: hidden(people.known), perShow: hidden(people.perShow) },
    fulfilment: fulfilmentTold(fulfilmentOver(shows.map(({ fulfilment }) => fulfilment)), share),
    days: [...new Set(shows.map(({ startedAt }) => dayOf(startedAt)))].map((day) => {
      const ofDay = shows.filter(({ startedAt }) => dayOf(startedAt) === day);
      return { day, shows: ofDay.length, figures: told(together(ofDay.map(({ total }) => total))) };
    }),
    shows: shows.map(({ show, startedAt, total }) => ({ showId: show.id, title: show.title, startedAt, endedAt: show.endedAt, figures: told(withRatios(total)) })),
  };
}

/** `2026-06-14` in that zone. */
function daysIn(zone: string): (at: number) => string {
  try {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    return (at) => format.format(at);
  } catch {
    throw invalid('zone', 'an IANA time zone');
  }
}

function invalid(field: string, message: string): FieldcastError {
  return new FieldcastError('input.invalid', `Not valid: query.${field}.`, { issues: [{ path: `query.${field}`, message }] });
}
