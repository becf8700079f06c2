// Every figure of a small show against values that were worked out by hand.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStand, type Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

describe('who came and how long they stayed', () => {
  it('counts reach, entries, viewers and watch time', async () => {
    const [long, short] = [stand.page(), stand.page()];
    await stand.page().send([0, 0]); // Saw the card and did not come.
    await long.send([0, 500], [1, 0, 0, 0], [3, 0, 800, 0]);
    await short.send([0, 500], [1, 0, 3, 1], [3, 0, 2_400, 3]);
    await long.watch(70);
    // The clock moved for both: this one watched the last two seconds.
    await short.send([2, 0, 2_000, 3, 10]);
    const { live, replay, total } = (await stand.report()).figures;
    expect(live).toMatchObject({ reach: 3, entries: 2, viewers: 2, watchSeconds: 72, averageWatchSeconds: 36, validViews: 1, engagedViews: 1, notFollowing: 1, starts: 2 });
    expect(live).toMatchObject({ stayed30s: 1, stayed60s: 1, stayed180s: 0, retention30s: 0.5, retention60s: 0.5, retention300s: 0 });
    expect(live.enterRate).toBeCloseTo(2 / 3, 10);
    // A step is 10 % long.
    expect(live.startP50Ms).toBeGreaterThanOrEqual(800);
    expect(live.startP50Ms).toBeLessThanOrEqual(880);
    expect(live.startP95Ms).toBeGreaterThanOrEqual(2_400);
    expect(live.startP95Ms).toBeLessThanOrEqual(2_640);
    expect(live.receivedKbits).toBe((7 * 100 + 10) * 8);
    expect(replay.viewers).toBe(0);
    expect(total.viewers).toBe(2);
  });

  it('takes a return within 30 minutes for the same entry and a later one for another', async () => {
    const page = stand.page();
    await page.send([1, 0, 0, 0]);
    await page.watch(20);
    stand.clock.advance(29 * 60_000);
    await page.send([1, 0, 0, 0]);
    await page.watch(10);
    expect((await stand.report()).figures.live).toMatchObject({ entries: 1, viewers: 1, watchSeconds: 30 });
    stand.clock.advance(31 * 60_000);
    await page.send([1, 0, 0, 0]);
    expect((await stand.report()).figures.live).toMatchObject({ entries: 2, viewers: 1 });
  });

  it('says who is online, the most there were, and who entered and left in each minute', async () => {
    stand.clock.advance(40_000); // 1,800,000,040,000 is 40 s into its minute.
    const [first, second] = [stand.page(), stand.page()];
    const both = async (seconds: number): Promise<void> => {
      for (let left = seconds; left > 0; left -= 10) {
        stand.clock.advance(10_000);
        await first.send([2, 0, 10_000, 0, 0]);
        await second.send([2, 0, 10_000, 0, 0]);
      }
    };
    await both(20);
    expect(await stand.live()).toMatchObject({ online: 2, peakOnline: 2, viewers: 2, entries: 2 });
    await both(10);
    await first.watch(120);
    expect(await stand.live()).toMatchObject({ online: 1, peakOnline: 2 });
    await stand.end();
    const { minutes } = await stand.get<{ minutes: { entered: number; left: number; watchers: number; online: number; watchSeconds: number }[] }>(`/api/v1/analytics/shows/${stand.show.id}/minutes`);
    const told = minutes.map(({ entered, left, watchers, online, watchSeconds }) => [entered, left, watchers, online, watchSeconds]);
    // The minute of its start, then 20 s of both, then a minute in which one leaves after 10 s, then one that is watched by one, then 10 s.
    expect(told.slice(-4)).toEqual([[2, 0, 2, 2, 40], [0, 1, 2, 2, 70], [0, 0, 1, 1, 60], [0, 1, 1, 1, 10]]);
  });

  it('keeps live and replay apart and counts nobody twice in the total', async () => {
    const device = 'device_of_both_0001';
    await stand.page(device).watch(20);
    stand.clock.advance(1_000);
    await stand.end();
    stand.clock.advance(60_000);
    await stand.page(device, { replay: true }).watch(30, 5);
    await stand.page(undefined, { replay: true }).watch(10, 5);
    const { live, replay, total } = (await stand.report()).figures;
    expect([live.viewers, replay.viewers, total.viewers]).toEqual([1, 2, 2]);
    expect([live.watchSeconds, replay.watchSeconds, total.watchSeconds]).toEqual([20, 40, 60]);
    expect(replay.onAirSeconds).toBeNull();
  });
});

describe('what they did with the goods', () => {
  it('counts impressions, clicks, carts and interactions, times and people', async () => {
    const [a, b] = [stand.page(), stand.page()];
    await a.send([1, 0, 0, 1], [6, 0, stand.apples.id], [6, 0, stand.apples.id], [7, 0, stand.apples.id], [8, 0, stand.apples.id, 3], [9, 0], [10, 0, 0, 1], [10, 0, 1, 7], [10, 0, 3, 1]);
    await b.send([1, 0, 0, 0], [6, 0, stand.apples.id], [6, 0, stand.pears.id], [7, 0, stand.pears.id], [7, 0, stand.pears.id], [10, 0, 4, 1]);
    const report = await stand.report();
    expect(report.figures.live).toMatchObject({
      productImpressions: 4, impressionPeople: 2, productClicks: 3, clickPeople: 2, cartPeople: 1, cartUnits: 3, checkoutPeople: 1, productClickRate: 1, impressionClickRate: 0.75, clickThrough: 1.5, cartRate: 0.5,
      interactors: 1, interactionRate: 0.5, comments: 1, commenters: 1, commentRate: 0.5, likes: 7, newFollowers: 1, notFollowing: 1, followRate: 1, negativeFeedback: 1,
    });
    const pears = report.products.find(({ productId }) => productId === stand.pears.id);
    expect(pears).toMatchObject({ name: 'Fuji apples', impressions: 1, impressionPeople: 1, clicks: 2, clickPeople: 1, cartPeople: 0, clickRate: 2, orderRate: 0 });
  });
});

describe('orders and money', () => {
  it('tells placed, paid and kept apart; cash on delivery is no money before it is collected', async () => {
    const money = stand.shop.shop.money.settling;
    const by = { role: 'host' as const, name: 'Zhang' };
    const collected = await stand.order({ units: 2 }); // 25.00
    const refused = await stand.order({ phone: '13800005678' }); // 12.50
    await stand.order({ phone: '13800005678' }); // 12.50, still on its way
    expect((await stand.report()).figures.live).toMatchObject({ orders: 3, units: 4, buyers: 2, placedMinor: 5_000, paidMinor: 0, keptMinor: 0, averageUnitMinor: 1_250 });
    for (const id of [collected.id, refused.id]) for (const to of ['confirmed', 'packed', 'shipped'] as const) await stand.shop.shop.orders.move(id, to, '', by);
    await stand.shop.shop.orders.move(collected.id, 'delivered', '', by);
    await money.collect(collected.id, { by, note: '' });
    await stand.shop.shop.orders.move(refused.id, 'refused', '', by);
    await stand.settle();
    expect((await stand.report()).figures.live).toMatchObject({ orders: 3, placedMinor: 5_000, paidMinor: 2_500, refundedMinor: 0, keptMinor: 2_500, codReached: 2, codRefused: 1, codRefusalRate: 0.5 });
    await money.refund(collected.id, 1_000, { by, note: '' }, undefined);
    await stand.settle();
    expect((await stand.report()).figures.live).toMatchObject({ placedMinor: 5_000, paidMinor: 2_500, refundedMinor: 1_000, keptMinor: 1_500, refundRate: 0.4 });
  });

  it('holds GPM = clicks per entry x orders per click x average order x 1,000', async () => {
    for (let viewer = 0; viewer < 7; viewer += 1) await stand.page().send([1, 0, 0, 0], ...(viewer < 5 ? [[7, 0, stand.apples.id] as [7, number, string]] : []));
    for (const units of [1, 2, 4]) await stand.order({ units, phone: `1380000000${units}` });
    const { live } = (await stand.report()).figures;
    expect(live).toMatchObject({ entries: 7, productClicks: 5, orders: 3, placedMinor: 8_750, clickToOrder: 0.6, clickToBuyer: 0.6 });
    expect(live.gpm).toBeCloseTo((live.clickThrough as number) * (live.clickToOrder as number) * (live.averageOrderMinor as number) * 1_000, 6);
    expect(live.gpm).toBeCloseTo(1_250_000, 6);
  });

  it('puts orders in the part of the show that they came from, and leaves out what came long after', async () => {
    await stand.order({ units: 1 });
    stand.clock.advance(3600_000);
    await stand.end();
    const fan = await stand.token('viewer', 'vwr_fan');
    await stand.page(undefined, { replay: true, token: fan }).watch(20, 5);
    await stand.order({ units: 2, identity: 'vwr_fan', phone: '13800000002' });
    await stand.order({ units: 4, identity: 'vwr_else', phone: '13800000003' });
    stand.clock.set(7 * 24 * 3600_000);
    await stand.order({ units: 8, identity: 'vwr_late', phone: '13800000004' });
    const { live, replay, after, total } = (await stand.report()).figures;
    expect([live.placedMinor, replay.placedMinor, after.placedMinor, total.placedMinor]).toEqual([1_250, 2_500, 5_000, 8_750]);
  });

  it('counts returning buyers by what was kept, and unpaid orders after half an hour', async () => {
    const by = { role: 'host' as const, name: 'Zhang' };
    const first = await stand.order({ phone: '13800000001' });
    for (const to of ['confirmed', 'packed', 'shipped', 'delivered'] as const) await stand.shop.shop.orders.move(first.id, to, '', by);
    await stand.shop.shop.money.settling.collect(first.id, { by, note: '' });
    stand.clock.advance(1_000);
    await stand.order({ phone: '138 0000 0001' });
    await stand.order({ phone: '13800000002' });
    expect((await stand.report()).figures.live).toMatchObject({ buyers: 2, returningBuyers: 1, returningBuyerRate: 0.5, begunOrders: 3, unpaidOrders: 0 });
  });
});

describe('what was explained, and drops of the host', () => {
  it('values a product by the minutes in which it was the main pin', async () => {
    const at = stand.clock.now();
    stand.pins.push({ productId: stand.apples.id, rank: 0, startedAt: at, endedAt: at + 120_000 }, { productId: stand.pears.id, rank: 1, startedAt: at, endedAt: at + 60_000 }, { productId: stand.pears.id, rank: 0, startedAt: at + 120_000, endedAt: null });
    stand.clock.advance(60_000);
    await stand.order({ units: 4 });
    stand.clock.advance(120_000);
    const { products, figures } = await stand.report();
    expect(products[0]).toMatchObject({ productId: stand.apples.id, pins: 1, explainedSeconds: 120, orders: 1, units: 4, placedMinor: 5_000, placedMinorPerMinute: 2_500 });
    expect(products[1]).toMatchObject({ productId: stand.pears.id, pins: 2, explainedSeconds: 60, placedMinor: 0, placedMinorPerMinute: 0 });
    expect(figures.live).toMatchObject({ explainedSeconds: 180 });
    expect(figures.live.valuePerExplainedMinute).toBeCloseTo(5_000 / 3, 6);
  });

  it('measures time on the air and drops, and what a drop cost', async () => {
    const on = async (): Promise<void> => {
      stand.bus.emit('stream.started', { streamId: stand.show.id });
      await stand.settle();
    };
    await on();
    // An order each half minute, then 60 s of nothing.
    for (let order = 0; order < 10; order += 1) {
      stand.clock.advance(30_000);
      await stand.order({ phone: `1380000000${order}` });
    }
    stand.clock.advance(100);
    stand.bus.emit('stream.stopped', { streamId: stand.show.id, reason: 'host-gone' });
    await stand.settle();
    stand.clock.advance(60_000);
    await on();
    stand.clock.advance(20_000);
    await stand.order({ phone: '13800000099' });
    const { figures, quality } = await stand.report();
    expect(figures.live).toMatchObject({ outages: 1, outageSeconds: 60, ordersAfterOutage: 1, onAirSeconds: 320.1 });
    // Two minutes at two a minute, and one came.
    expect(quality.outages[0]).toMatchObject({ orders: 1, expectedOrders: 4, lostOrders: 3, lostMinor: 3_750 });
    expect((await stand.live()).network).toMatchObject({ isOnAir: true, outages: 1, outageSeconds: 60 });
  });
});

describe('networks', () => {
  it('of five viewers and more are told apart by the first half of their addresses, all others together', async () => {
    for (let viewer = 1; viewer <= 6; viewer += 1) await stand.page(undefined, { address: `112.96.${viewer}.7` }).send([1, 0, 0, 0], [3, 0, 1_000, 0], [2, 0, 10_000, 0, 300], ...(viewer === 1 ? ([[9, 0], [5, 0, 2_000, 0]] as [9, number][]) : []));
    for (let viewer = 1; viewer <= 4; viewer += 1) await stand.page(undefined, { address: `2409:8a00:${viewer}::7` }).send([1, 0, 0, 0], [2, 0, 5_000, 3, 60]);
    await stand.page(undefined, { address: '198.51.100.7' }).send([1, 0, 0, 0], [4, 0, 0]);
    const { quality } = await stand.report();
    expect(quality.areas).toMatchObject([
      { area: '112.96', viewers: 6, watchSeconds: 60, averageKbps: 240, failedStarts: 0, checkoutPeople: 1 },
      { area: '', viewers: 5, watchSeconds: 20, stallRatio: 0, averageKbps: 96, failedStarts: 1, startP50Ms: null, checkoutPeople: 0 },
    ]);
    expect(quality.areas[0]?.stallRatio).toBeCloseTo(2 / 60, 9);
    expect(quality.areas[0]?.startP95Ms).toBeLessThanOrEqual(1_100);
    await stand.reopen();
    await stand.page(undefined, { address: '112.96.9.9' }).watch(10);
    expect((await stand.report()).quality.areas[0]).toMatchObject({ area: '112.96', viewers: 7, watchSeconds: 70 });
    const again = await stand.call('POST', `/api/v1/analytics/shows/${stand.show.id}/recompute`, { token: await stand.token('operator') });
    expect(JSON.parse(again.text)).toMatchObject({ changed: 0 });
  });

  it('are nobody’s of those who work for the show, and leave the seller only where five were', async () => {
    await stand.page(undefined, { address: '112.96.1.7', token: await stand.token('host') }).send([1, 0, 0, 0], [4, 0, 0]);
    for (let viewer = 1; viewer <= 4; viewer += 1) await stand.page(undefined, { address: `203.0.${viewer}.7` }).send([1, 0, 0, 0]);
    const shared = await stand.get<{ quality: { areas: unknown[] } }>(`/api/v1/analytics/shows/${stand.show.id}?share=true`);
    expect([(await stand.report()).quality.areas, shared.quality.areas]).toMatchObject([[{ area: '', viewers: 4, failedStarts: 0 }], []]);
  });
});

describe('marks', () => {
  const marks = async () => (await stand.get<{ marks: { kind: string; at: number; until: number | null; productId: string | null }[] }>(`/api/v1/analytics/shows/${stand.show.id}/minutes`)).marks;
  const stock = async (left: number): Promise<void> => {
    const [variant] = stand.apples.variants;
    stand.bus.emit('variants.changed', { sellerId: stand.shop.sellerId, variants: [{ productId: stand.apples.id, variantId: variant?.id as string, priceMinor: 1_250, stock: left }] });
    await stand.settle();
  };

  it('say from when to when nothing was left of a product, over a restart too', async () => {
    await stand.page().send([1, 0, 0, 0]);
    const at = stand.clock.now();
    await stock(3);
    await stock(0);
    await stock(0);
    expect(await marks()).toEqual([{ kind: 'sold-out', at, until: null, productId: stand.apples.id, name: 'Fuji apples' }]);
    await stand.reopen();
    stand.clock.advance(30_000);
    await stock(5);
    expect(await marks()).toMatchObject([{ kind: 'sold-out', at, until: at + 30_000 }]);
    stand.clock.advance(30_000);
    await stock(0);
    stand.clock.advance(30_000);
    await stand.end();
    expect(await marks()).toMatchObject([{ at, until: at + 30_000 }, { at: at + 60_000, until: at + 90_000 }]);
  });
});
