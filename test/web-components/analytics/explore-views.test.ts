// What the screens of figures make of the server's answers: steps of a trend, goods over shows, tables to take along.
import { describe, expect, it } from 'vitest';
import type { Fulfilment, MinuteFigures, ProductFigures, ShowReport } from '../../../server/protocol/analytics.ts';
import { exploreEn } from '../../../web-components/i18n/explore.en.ts';
import { csvOf, fulfilmentView, jsonLinesOf, productView } from '../../../web-components/analytics/explore-views.ts';
import { DASH, shortMoney, type Writer } from '../../../web-components/analytics/say.ts';
import { stepsOf } from '../../../web-components/analytics/trend-drawing.ts';

const minute = (at: number, online: number, orders: number) => ({ at: at * 60_000, online, orders }) as MinuteFigures;
const written: Record<string, (value: number) => string> = { minor: (minor) => `¥${minor / 100}`, seconds: (seconds) => `${seconds} s` };
const say = { number: String, share: String, figure: (value, unit) => (value === null ? DASH : (written[unit] ?? String)(value)), clock: String } as Writer;
const product = (productId: string, part: Partial<ProductFigures>) => ({ productId, name: productId, pins: 0, explainedSeconds: 0, impressions: 0, clicks: 0, cartUnits: 0, orders: 0, units: 0, placedMinor: 0, ...part }) as ProductFigures;
const report = (...products: ProductFigures[]) => ({ title: 'A show', products }) as ShowReport;

describe('the steps of a trend', () => {
  it('are minutes where a phone has room for them, holes drawn as nobody', () => {
    const { stepMs, steps } = stepsOf([minute(10, 3, 1), minute(12, 5, 0)]);
    expect(stepMs).toBe(60_000);
    expect(steps.map(({ online, orders }) => [online, orders])).toEqual([[3, 1], [0, 0], [5, 0]]);
  });

  it('gather the minutes of ten hours: the most who watched, all who ordered', () => {
    const { stepMs, steps } = stepsOf(Array.from({ length: 600 }, (_, index) => minute(index, index % 7, 1)));
    expect(stepMs).toBe(5 * 60_000);
    expect(steps).toHaveLength(120);
    expect(steps.reduce((sum, { orders }) => sum + orders, 0)).toBe(600);
    expect(Math.max(...steps.map(({ online }) => online))).toBe(6);
  });

  it('are none before anything was', () => {
    expect(stepsOf([]).steps).toEqual([]);
  });
});

describe('goods over several shows', () => {
  const shows = [report(product('pears', { placedMinor: 100, explainedSeconds: 60 }), product('tea', { placedMinor: 900, explainedSeconds: 120 })), report(product('tea', { placedMinor: 300, explainedSeconds: 0 }))];

  it('are added up, and divided only then', () => {
    const { sheet, chart } = productView(shows, 'placedMinor', '', { text: exploreEn, say });
    expect(sheet.rows.map((row) => [row[0], row.at(-2), row.at(-1)])).toEqual([['tea', '¥12', '¥6'], ['pears', '¥1', '¥1']]);
    expect(chart?.series[0]?.values).toEqual([1_200, 100]);
  });

  it('stand show by show for one of them', () => {
    const { sheet } = productView(shows, 'placedMinor', 'tea', { text: exploreEn, say });
    expect(sheet.rows.map((row) => [row[0], row.at(-2), row.at(-1)])).toEqual([['A show', '¥9', '¥4.5'], ['A show', '¥3', '–']]);
  });
});

it('what was sent late stands by whoever packed it, the worst first, with words for who is not known', () => {
  const group = (id: string, name: string, orders: number, lateShipRate: number | null) => ({ by: 'staff', id, name, orders, lateShipRate }) as Fulfilment;
  const all = [group('host Zhang', 'Zhang', 9, 0), group('operator ', 'operator', 3, null), group('', '', 2, 1), { ...group('prd_tea', 'Tea', 14, 0.2), by: 'product' as const }];
  const { chart, sheet } = fulfilmentView(all, 'staff', 'lateShipRate', { text: exploreEn, say });
  expect(sheet.heads.slice(0, 3)).toEqual(['Packed by', 'Late-ship rate', 'Orders']);
  expect(sheet.rows.map((row) => row.slice(0, 3))).toEqual([['Not packed yet', '1', '2'], ['Zhang', '0', '9'], ['The office', DASH, '3']]);
  expect(chart?.series[0]?.values).toEqual([1, 0, null]);
});

describe('a table to take along', () => {
  const sheet = { heads: ['Show', 'Change'], rows: [['=HYPERLINK("x")', '-12.5%'], ['苹果, "红"', '3']] };

  it('is a CSV in which nothing runs as a formula', () => {
    expect(csvOf(sheet)).toBe(`\u{feff}"Show","Change"\r\n"'=HYPERLINK(""x"")","-12.5%"\r\n"苹果, ""红""","3"\r\n`);
  });

  it('is an object a line', () => {
    expect(jsonLinesOf(sheet).trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([{ Show: '=HYPERLINK("x")', Change: '-12.5%' }, { Show: '苹果, "红"', Change: '3' }]);
  });
});

it('money on a small screen has no cents, and none to leave out where a currency has none', () => {
  expect([shortMoney(6_120, 'CNY', 'zh-CN'), shortMoney(6_120, 'JPY', 'en')]).toEqual(['¥61', '¥6,120']);
});
