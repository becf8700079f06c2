// Owns what the explorer shows in each of its views: the chart and the table of it, from what the server answered. Pure.
import type { Fulfilment, MinuteFigures, ProductFigures, SellerFigures, ShowReport, Trend } from '../../server/protocol/analytics.ts';
import { type FigureName, type FigurePhase, figures, type FulfilmentGroup, type FulfilmentName, fulfilmentNames } from '../../server/protocol/figures.ts';
import type { ExploreMessages } from '../i18n/explore.ts';
import type { ChartData } from './chart.ts';
import { everyFigure, formulaOf, groupName, nameOf, type OfFulfilment } from './figure-lists.ts';
import type { Writer } from './say.ts';

export interface Sheet {
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}
export interface Drawn {
  chart: ChartData | null;
  sheet: Sheet;
}
interface Words {
  text: ExploreMessages;
  say: Writer;
}

/** What is counted minute by minute, with the name of the figure that it is a part of. */
export const ofMinutes = ['online', 'orders', 'placedMinor', 'entered', 'left', 'comments', 'likes', 'impressions', 'clicks', 'cartUnits', 'stallSeconds'] as const satisfies readonly (keyof MinuteFigures)[];
export type OfMinutes = (typeof ofMinutes)[number];
const minuteUnits: Record<OfMinutes, FigureName> = { online: 'averageOnline', orders: 'orders', placedMinor: 'placedMinor', entered: 'entries', left: 'viewers', comments: 'comments', likes: 'likes', impressions: 'productImpressions', clicks: 'productClicks', cartUnits: 'cartUnits', stallSeconds: 'stallSeconds' };

export function minuteName({ text }: Pick<Words, 'text'>, name: OfMinutes): string {
  return name === 'online' ? text.explore.online : name === 'entered' ? text.explore.entered : name === 'left' ? text.explore.left : nameOf(text, minuteUnits[name]);
}

export const ofProducts = ['placedMinor', 'units', 'orders', 'clicks', 'impressions', 'pins', 'explainedSeconds', 'cartUnits'] as const satisfies readonly (keyof ProductFigures)[];
export type OfProducts = (typeof ofProducts)[number];
/** Of times pinned there is no figure of a show; they are counted as sightings are. */
const productUnits: Record<OfProducts, FigureName> = { pins: 'productImpressions', placedMinor: 'placedMinor', units: 'units', orders: 'orders', clicks: 'productClicks', impressions: 'productImpressions', explainedSeconds: 'explainedSeconds', cartUnits: 'cartUnits' };

export function productName({ text }: Pick<Words, 'text'>, name: OfProducts): string {
  return name === 'pins' ? text.explore.pins : name === 'explainedSeconds' ? text.explore.explained : nameOf(text, productUnits[name]);
}

export function minuteView({ minutes, marks }: Trend, name: OfMinutes, { text, say }: Words): Drawn {
  const unit = figures[minuteUnits[name]].unit;
  const write = (value: number): string => say.figure(value, unit);
  const title = minuteName({ text }, name);
  return {
    chart: minutes.length === 0 ? null : { label: `${title}. ${text.explore.chartHint}`, at: minutes.map(({ at }) => at / 1000), isTime: true, writeAt: (index) => say.clock(minutes[index]?.at ?? 0), series: [{ name: title, write, values: minutes.map((minute) => minute[name]) }] },
    sheet: {
      heads: [text.time, title, text.explore.online, text.explore.orders, text.explore.happened],
      rows: minutes.map((minute) => [say.clock(minute.at), write(minute[name]), say.number(minute.online), say.number(minute.orders), marks.filter(({ at }) => at >= minute.at && at < minute.at + 60_000).map((mark) => `${text.marks[mark.kind]} ${mark.name}`.trim()).join(', ')]),
    },
  };
}

/** Every figure of a show, with how it is counted. */
export function figureSheet(report: ShowReport, phase: FigurePhase, { text, say }: Words): Sheet {
  return {
    heads: [text.explore.what, text.explore.value, text.explore.formula],
    rows: everyFigure.map((name) => [nameOf(text, name), say.figure(report.figures[phase][name], figures[name].unit), formulaOf(text, name)]),
  };
}

/** What was sent late, refused and given back of each product, area, packer or courier; the worst first. */
export function fulfilmentView(all: readonly Fulfilment[], by: FulfilmentGroup, name: OfFulfilment, { text, say }: Words): Drawn {
  const groups = all.filter((group) => group.by === by).sort((a, b) => (b[name] ?? -1) - (a[name] ?? -1) || (b.orders ?? 0) - (a.orders ?? 0));
  const names = groups.map((group) => groupName(group, text));
  // On a phone the first columns are what is seen of it.
  const columns = [...new Set<FulfilmentName>([name, ...fulfilmentNames])];
  return {
    chart: barsOf(nameOf(text, name), names, groups.map((group) => group[name]), (value) => say.figure(value, figures[name].unit), text),
    sheet: {
      heads: [text.explore.groups[by], ...columns.map((each) => nameOf(text, each))],
      rows: groups.map((group, index) => [names[index] as string, ...columns.map((each) => say.figure(group[each], figures[each].unit))]),
    },
  };
}

/** Offers of a show: what they brought, and how many took a coupon and used it. */
export function promotionSheet({ promotions }: ShowReport, { text, say }: Words): Sheet {
  const of = ['orders', 'units', 'placedMinor', 'couponClaims', 'couponUsers', 'couponUseRate'] as const;
  return {
    heads: [text.explore.offer, ...of.map((name) => nameOf(text, name)), text.explore.takenOff],
    rows: promotions.map((promotion) => [promotion.title ? `${text.marks[promotion.kind]} · ${promotion.title}` : text.marks[promotion.kind], ...of.map((name) => say.figure(promotion[name], figures[name].unit)), say.figure(promotion.takenOffMinor, 'minor')]),
  };
}

/** Goods over several shows: counts added up, ratios of the sums. */
export function productView(reports: readonly ShowReport[], name: OfProducts, productId: string, { text, say }: Words): Drawn {
  const unit = figures[productUnits[name]].unit;
  const write = (value: number): string => say.figure(value, unit);
  const title = productName({ text }, name);
  const heads = [productId ? text.explore.show : text.explore.good, text.explore.pins, text.explore.explained, text.explore.seen, text.explore.opened, text.explore.carted, text.explore.orders, text.explore.units, text.explore.money, text.explore.perMinute];
  const lines = productId
    ? reports.flatMap(({ title: show, products }) => products.filter((product) => product.productId === productId).map((product) => ({ ...product, name: show })))
    : [...reports.flatMap(({ products }) => products).reduce((all, product) => all.set(product.productId, added(all.get(product.productId), product)), new Map<string, Line>()).values()].sort((a, b) => (b[name] ?? 0) - (a[name] ?? 0));
  const rows = lines.map((line) => {
    const written = (['explainedSeconds', 'impressions', 'clicks', 'cartUnits', 'orders', 'units', 'placedMinor'] as const).map((of) => say.figure(line[of], figures[productUnits[of]].unit));
    const perMinute = line.explainedSeconds && line.placedMinor !== null ? (line.placedMinor / line.explainedSeconds) * 60 : null;
    return [line.name, say.figure(line.pins, 'times'), ...written, say.figure(perMinute, 'minor')];
  });
  return { chart: barsOf(title, lines.map((line) => line.name), lines.map((line) => line[name]), write, text), sheet: { heads, rows } };
}

type Line = Record<OfProducts, number | null> & { name: string };
function added(known: Line | undefined, product: ProductFigures): Line {
  const sum = { name: product.name } as Line;
  for (const name of ofProducts) {
    const before = known ? known[name] : 0;
    const more = product[name];
    // What is hidden of one show is hidden of the sum.
    sum[name] = before === null || more === null ? null : before + more;
  }
  return sum;
}

export function dayView({ days }: SellerFigures, name: FigureName, { text, say }: Words): Drawn {
  const title = nameOf(text, name);
  const write = (value: number): string => say.figure(value, figures[name].unit);
  return {
    chart: barsOf(title, days.map(({ day }) => day.slice(5)), days.map((day) => day.figures[name]), write, text),
    sheet: sheetOf([text.explore.day, text.explore.shows], name, days.map((day) => ({ heads: [day.day, say.number(day.shows)], figures: day.figures })), { text, say }),
  };
}

export function showsView({ shows }: SellerFigures, name: FigureName, dateOf: (at: number) => string, { text, say }: Words): Drawn {
  const title = nameOf(text, name);
  const write = (value: number): string => say.figure(value, figures[name].unit);
  return {
    // Time goes to the right in a chart; in the table the last show comes first.
    chart: barsOf(title, [...shows].reverse().map(({ startedAt }) => dateOf(startedAt)), [...shows].reverse().map((show) => show.figures[name]), write, text),
    sheet: sheetOf([text.explore.show, text.explore.day], name, shows.map((show) => ({ heads: [show.title, dateOf(show.startedAt)], figures: show.figures })), { text, say }),
  };
}

/** The figure that was chosen, and what always stands beside it. */
function sheetOf(heads: readonly string[], name: FigureName, lines: readonly { heads: readonly string[]; figures: SellerFigures['figures'] }[], { text, say }: Words): Sheet {
  const columns = [...new Set<FigureName>([name, 'viewers', 'orders', 'placedMinor'])];
  return { heads: [...heads, ...columns.map((column) => nameOf(text, column))], rows: lines.map((line) => [...line.heads, ...columns.map((column) => say.figure(line.figures[column], figures[column].unit))]) };
}

function barsOf(title: string, names: readonly string[], values: readonly (number | null)[], write: (value: number) => string, text: ExploreMessages): ChartData | null {
  if (names.length === 0) return null;
  return { label: `${title}. ${text.explore.chartHint}`, at: names.map((_, index) => index), isTime: false, writeAt: (index) => names[index] ?? '', series: [{ name: title, write, values }], bars: true };
}

/** A table as CSV (RFC 4180); what a spreadsheet would take for a formula is marked as text. */
export function csvOf({ heads, rows }: Sheet): string {
  const cell = (value: string): string => `"${(/^[=+\-@\t]/.test(value) && !/^-?[\d.,]+%?$/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  return `\u{feff}${[heads, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function jsonLinesOf({ heads, rows }: Sheet): string {
  return rows.map((row) => `${JSON.stringify(Object.fromEntries(heads.map((head, index) => [head, row[index] ?? ''])))}\n`).join('');
}
