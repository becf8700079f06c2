// Reading: who may, what leaves the seller, files, seller's view, the message at the end, erasure, roll-ups made again.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFigures } from '../../../server/analytics/store/open.ts';
import { createLogger } from '../../../server/platform/log.ts';
import type { SellerFigures, ShowReport } from '../../../server/protocol/analytics.ts';
import { openStand, type Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const path = (rest = '') => `/api/v1/analytics/shows/${stand.show.id}${rest}`;

describe('who reads', () => {
  it('is the show’s host or the operator', async () => {
    const status = async (token?: string) => (await stand.call('GET', path(), token ? { token } : {})).status;
    expect(await status()).toBe(401);
    expect(await status(await stand.token('viewer'))).toBe(403);
    expect(await status(await stand.token('host', 'per_other'))).toBe(403);
    expect(await status(await stand.token('host'))).toBe(200);
    expect(await status(await stand.token('operator'))).toBe(200);
    expect((await stand.call('GET', path('/raw.csv'), { token: await stand.token('host', 'per_other') })).status).toBe(403);
    expect((await stand.call('GET', `/api/v1/analytics/sellers/${stand.shop.sellerId}?from=1700000000000&to=1700000001000`, { token: await stand.token('host', 'per_other') })).status).toBe(403);
  });

  it('gets an empty report of a show that nothing was measured of', async () => {
    const report = await stand.report();
    expect(report.figures.total).toMatchObject({ viewers: 0, gpm: null, enterRate: null, orders: 0 });
    expect(report.suggestions).toEqual([]);
    expect(await stand.live()).toMatchObject({ online: 0, hint: null });
  });
});

describe('live numbers', () => {
  it('know of an order and a viewer within two seconds', async () => {
    await stand.live();
    await stand.page().watch(10);
    await stand.order({ units: 2 });
    stand.clock.advance(1_500);
    expect(await stand.live()).toMatchObject({ online: 1, viewers: 1, orders: 1, placedMinor: 2_500, lastMinute: { orders: 1, placedMinor: 2_500 }, topProducts: [{ productId: stand.apples.id, units: 2 }, { productId: stand.pears.id }] });
  });
});

describe('what leaves the seller', () => {
  it('hides groups of fewer than five and what could be worked out from them', async () => {
    for (let viewer = 0; viewer < 6; viewer += 1) await stand.page().send([1, 0, 0, 0], ...(viewer < 3 ? [[7, 0, stand.apples.id] as [7, number, string]] : []));
    await stand.order();
    const own = await stand.report();
    const shared = await stand.get<ShowReport>(path('?share=true'));
    expect(own.figures.total).toMatchObject({ viewers: 6, clickPeople: 3, productClickRate: 0.5, buyers: 1 });
    expect(shared.figures.total).toMatchObject({ viewers: 6, clickPeople: null, productClickRate: null, buyers: null, viewToBuyer: null, placedMinor: null, valuePerViewer: null, productClicks: 3 });
    expect(shared.funnel.find(({ step }) => step === 'clickPeople')).toEqual({ step: 'clickPeople', count: null, share: null });
    expect(shared.products[0]).toMatchObject({ clickPeople: null, orders: 1, units: null, placedMinor: null, placedMinorPerMinute: null });
    expect(own.comparison.figures).toMatchObject({ viewers: { now: 6 }, placedMinor: { now: 1_250 } });
    expect(shared.comparison.figures).toMatchObject({ viewers: { now: 6 }, placedMinor: { now: null, change: null } });
    expect(shared.quality.lostMinor).toBeNull();
    const minutes = (await stand.call('GET', path('/export.jsonl?of=minutes&share=true'), { token: await stand.token('host') })).text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(minutes.filter(({ orders }) => orders === 1)).toMatchObject([{ placedMinor: null }]);
  });

  it('tells the seller’s own system of the show once, a minute after its end', async () => {
    for (let viewer = 0; viewer < 5; viewer += 1) await stand.page().send([1, 0, 0, 0]);
    await stand.end();
    expect(stand.told).toEqual([]);
    stand.clock.advance(59_000);
    expect(stand.told).toEqual([]);
    await expect.poll(() => {
      stand.clock.advance(61_000);
      return stand.told.length;
    }).toBe(1);
    const { event, report } = JSON.parse(stand.told[0]?.body as string) as { event: string; report: ShowReport };
    expect([event, report.showId, report.figures.total.viewers]).toEqual(['show.reported', stand.show.id, 5]);
    await stand.reopen();
    // Its title is changed afterwards.
    await stand.end();
    for (let minute = 0; minute < 5; minute += 1) {
      stand.clock.advance(60_000);
      await stand.settle();
    }
    expect(stand.told).toHaveLength(1);
  });
});

describe('a report that cannot be made', () => {
  it('is tried again later, not all the time', async () => {
    await stand.page().send([1, 0, 0, 0]);
    stand.isBroken = true;
    await stand.end();
    const passed = async (): Promise<void> => {
      stand.clock.advance(5_000);
      await stand.settle();
    };
    await expect.poll(async () => (await passed(), stand.tries)).toBe(1);
    for (let seconds = 0; seconds < 25; seconds += 5) await passed();
    expect(stand.tries).toBe(1);
    stand.isBroken = false;
    await expect.poll(async () => (await passed(), stand.told.length)).toBe(1);
  });
});

describe('a broken file of figures', () => {
  it('is put aside and stops nothing', async () => {
    const dataDir = join(stand.shop.dataDir, 'broken');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'analytics.sqlite'), 'no database at all, and long enough to be looked at'.repeat(100));
    const database = await openFigures({ dataDir, clock: stand.clock, log: createLogger('silent') });
    await database.probe();
    await database.close();
    expect((await readdir(dataDir)).filter((name) => /^analytics\.sqlite\.broken-\d+$/.test(name))).toHaveLength(1);
  });

  it('is kept no longer than raw events are, and goes when a person or a show is erased', async () => {
    const { dataDir } = stand.shop;
    const aside = async () => (await readdir(dataDir)).filter((name) => name.includes('.broken-'));
    const erased: (() => unknown)[] = [
      () => stand.analytics.forgetPerson('vwr_gone'),
      () => stand.bus.emit('show.deleted', { showId: stand.show.id }),
      () => {
        stand.clock.set(91 * 86_400_000);
        stand.clock.advance(3600_000);
      },
    ];
    for (const erase of erased) {
      for (const part of ['', '-wal', '-shm']) await writeFile(join(dataDir, `analytics.sqlite.broken-${stand.clock.now()}${part}`), 'somebody');
      expect(await aside()).toHaveLength(3);
      await erase();
      await expect.poll(aside).toEqual([]);
    }
    expect(await stand.report()).toMatchObject({ figures: { live: { viewers: 0 } } });
  });
});

describe('files', () => {
  it('hold every figure, every minute, every product and every raw event', async () => {
    await stand.page().watch(20);
    const token = await stand.token('host');
    const text = async (rest: string) => (await stand.call('GET', path(rest), { token })).text;
    expect(await text('/export.csv')).toMatch(/^\ufeff"figure","name","unit","live","replay","after","total","formula","window"\r\n/);
    expect(await text('/export.csv')).toContain('"watchSeconds","Watch time","seconds",20,0,0,20,');
    expect((await text('/export.jsonl?of=products')).trim().split('\n').map((line) => (JSON.parse(line) as { productId: string }).productId).sort()).toEqual([stand.apples.id, stand.pears.id].sort());
    expect(await text('/export.csv?of=minutes')).toContain('"time_utc","at","online","watchers","entered","left"');
    const raw = (await text('/raw.csv')).trim().split('\r\n');
    expect(raw[0]).toBe('time_utc,at,device,event,phase,apart,path,productId,deed,ms,amount');
    expect(raw.slice(1).map((line) => line.split(',').slice(3, 5))).toEqual([['"watch"', '"live"'], ['"watch"', '"live"']]);
    expect((await stand.call('GET', path('/export.csv?of=buyers'), { token })).status).toBe(400);
  });
});

describe('a seller’s shows together', () => {
  it('are summed, by days of a zone, with each who agreed once', async () => {
    const token = await stand.token('viewer', 'vwr_agreed');
    await stand.page(undefined, { token, consents: true }).watch(10);
    await stand.page().watch(20);
    await stand.order({ units: 2 });
    await stand.end();
    const from = stand.clock.now() - 86_400_000;
    const seller = await stand.get<SellerFigures>(`/api/v1/analytics/sellers/${stand.shop.sellerId}?from=${from}&to=${stand.clock.now()}&zone=Asia/Shanghai`);
    expect(seller).toMatchObject({ people: { known: 1, perShow: 1 }, figures: { viewers: 2, watchSeconds: 30, placedMinor: 2_500, averageOrderMinor: 2_500 } });
    expect(seller.days).toMatchObject([{ day: '2027-01-15', shows: 1 }]);
    expect(seller.shows).toMatchObject([{ showId: stand.show.id, figures: { viewers: 2 } }]);
    const bad = await stand.call('GET', `/api/v1/analytics/sellers/${stand.shop.sellerId}?from=${from}&to=${stand.clock.now()}&zone=Nowhere`, { token: await stand.token('host') });
    expect(bad.status).toBe(400);
  });
});

describe('who agreed to be known again', () => {
  it('is forgotten at once on saying so, what was counted stays, and may agree anew', async () => {
    const token = await stand.token('viewer', 'vwr_agreed');
    const people = async () => (await stand.get<SellerFigures>(`/api/v1/analytics/sellers/${stand.shop.sellerId}?from=${stand.clock.now() - 86_400_000}&to=${stand.clock.now()}&zone=Asia/Shanghai`)).people;
    const forget = (as: string) => stand.call('DELETE', '/api/v1/me/recognition', { token: as });
    await stand.page(undefined, { token, consents: true }).watch(10);
    await stand.page(undefined, { token: await stand.token('viewer', 'vwr_other'), consents: true }).watch(10);
    expect(await people()).toEqual({ known: 2, perShow: 0 });
    expect((await forget(token)).status).toBe(204);
    expect(await people()).toEqual({ known: 1, perShow: 1 });
    await stand.reopen();
    expect(await people()).toEqual({ known: 1, perShow: 1 });
    expect(await stand.report()).toMatchObject({ isWhole: true, figures: { live: { viewers: 2, watchSeconds: 20 } } });
    expect((await forget(await stand.token('host'))).status).toBe(403);
    await stand.page(undefined, { token, consents: true }).watch(10);
    expect(await people()).toEqual({ known: 2, perShow: 1 });
  });
});

describe('roll-ups made again from raw', () => {
  it('are what they were, while events go on coming, and after a restart', async () => {
    const operator = await stand.token('operator');
    const again = async () => JSON.parse((await stand.call('POST', path('/recompute'), { token: operator })).text) as { events: number; changed: number };
    const [one, two] = [stand.page(), stand.page()];
    await one.send([1, 0, 0, 0], [6, 0, stand.apples.id]);
    await one.watch(40);
    const before = (await stand.report()).figures;
    expect(await again()).toMatchObject({ events: 6, changed: 0 });
    expect((await stand.report()).figures).toEqual(before);
    const [remade] = await Promise.all([again(), two.send([1, 0, 3, 1])]);
    expect(remade.changed).toBe(0);
    await stand.reopen();
    await one.watch(10);
    expect(await again()).toMatchObject({ events: 8, changed: 0 });
    expect((await stand.report()).figures.live).toMatchObject({ viewers: 2, entries: 2, watchSeconds: 50 });
    expect((await stand.call('POST', path('/recompute'), { token: await stand.token('host') })).status).toBe(403);
  });
});

describe('raw events', () => {
  it('of an erased person are gone; sums stay and say that they cannot be made again', async () => {
    const token = await stand.token('viewer', 'vwr_gone');
    const gone = stand.page(undefined, { token });
    const other = stand.page();
    await gone.watch(20);
    await other.watch(10);
    await stand.analytics.forgetPerson('vwr_gone');
    const lines = (await stand.call('GET', path('/raw.jsonl'), { token: await stand.token('host') })).text.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { device: number }).device)).toEqual([2]);
    const report = await stand.report();
    expect(report).toMatchObject({ isWhole: false, figures: { live: { viewers: 2, watchSeconds: 30 } } });
    expect((await stand.call('POST', path('/recompute'), { token: await stand.token('operator') })).status).toBe(409);
    // Who comes back is somebody new.
    await gone.watch(10);
    expect((await stand.report()).figures.live).toMatchObject({ viewers: 3, watchSeconds: 40 });
  });

  it('of a show go when their days are over, and with a show that is deleted', async () => {
    await stand.page().watch(10);
    await stand.end();
    await stand.report();
    stand.clock.set(91 * 86_400_000);
    stand.clock.advance(3600_000);
    const raw = async () => (await stand.call('GET', path('/raw.jsonl'), { token: await stand.token('host') })).text;
    await expect.poll(raw).toBe('');
    expect(await stand.report()).toMatchObject({ isWhole: false, figures: { live: { viewers: 1, watchSeconds: 10 } } });
    stand.bus.emit('show.deleted', { showId: stand.show.id });
    await expect.poll(async () => (await stand.report()).figures.live.viewers).toBe(0);
  });
});
