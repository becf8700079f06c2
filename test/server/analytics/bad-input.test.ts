// What forged, repeated, negative, huge and future events do to figures: nothing, and the marks say why.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEVICES_PER_ADDRESS } from '../../../server/analytics/intake/marks.ts';
import { openStand, PHONE_BROWSER, START, type Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const live = async () => (await stand.report()).figures.live;
const post = async (batch: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  stand.call('POST', `/api/v1/shows/${stand.show.id}/telemetry`, { body: typeof batch === 'string' ? batch : JSON.stringify(batch), headers });
const batch = (change: object = {}) => ({ d: 'device_of_somebody', p: 'page', n: 0, t: 50_000, e: [[1, 0, 0, 0]], ...change });

describe('a batch', () => {
  const refused: [string, unknown, number][] = [
    ['that is no JSON', '{"d":', 400],
    ['that is nothing', 'null', 400],
    ['of no event', batch({ e: [] }), 400],
    ['of an unknown event', batch({ e: [[99, 0]] }), 400],
    ['of the server’s own events', batch({ e: [[20, 0, 60_000]] }), 400],
    ['after its own sending', batch({ e: [[1, 50_001, 0, 0]] }), 400],
    ['before all time', batch({ e: [[1, -1, 0, 0]] }), 400],
    ['with negative watch time', batch({ e: [[2, 0, -5_000, 0, 0]] }), 400],
    ['with more watch time than a heartbeat has', batch({ e: [[2, 40_000, 25 * 3600_000, 0, 0]] }), 400],
    ['with half a unit', batch({ e: [[8, 0, 'prd_x', 0.5]] }), 400],
    ['with no number', batch({ t: '50000' }), 400],
    ['with more than it may have', batch({ extra: 1 }), 400],
    ['with too many events', batch({ e: Array.from({ length: 61 }, () => [9, 0]) }), 400],
    ['that is too large', JSON.stringify(batch({ k: 'x'.repeat(9_000) })), 413],
  ];

  it('that is none is refused and counts nothing', async () => {
    for (const [what, body, status] of refused) expect([what, (await post(body)).status]).toEqual([what, status]);
    expect(await live()).toMatchObject({ entries: 0, viewers: 0, watchSeconds: 0 });
  });

  it('may come as a beacon sends it, and as nothing else', async () => {
    expect((await post(batch(), { 'content-type': 'text/plain;charset=UTF-8' })).status).toBe(200);
    expect((await post(batch(), { 'content-type': 'application/xml' })).status).toBe(415);
  });

  it('for a show that is not there answers so', async () => {
    expect(await stand.page(undefined, { showId: 'shw_other' }).send([1, 0, 0, 0])).toBe(404);
  });
});

describe('watch time', () => {
  it('counts a repeated batch once, also after a restart', async () => {
    const page = stand.page();
    await page.watch(30);
    expect(await page.again()).toBe(200);
    expect((await live()).watchSeconds).toBe(30);
    await stand.reopen();
    expect(await page.again()).toBe(200);
    expect(await live()).toMatchObject({ watchSeconds: 30, entries: 1, viewers: 1 });
    await page.watch(10);
    expect(await live()).toMatchObject({ watchSeconds: 40, entries: 1, viewers: 1 });
  });

  it('is no more than real time, however many pages tell of it', async () => {
    const device = 'device_of_a_liar_01';
    for (let page = 0; page < 5; page += 1) await stand.page(device).send([2, 0, 10_000, 0, 0], [2, 0, 10_000, 3, 0], [2, 5_000, 10_000, 0, 0]);
    // Ten seconds on the air before, and nobody watched before the start.
    expect((await live()).watchSeconds).toBeLessThanOrEqual(10);
    const page = stand.page(device);
    // An hour at once, of a page that was never heard of.
    stand.clock.advance(3600_000);
    expect(await page.send(...Array.from({ length: 60 }, (_, index) => [2, index * 20_000, 20_000, 0, 0] as [2, number, number, number, number]))).toBe(200);
    expect((await live()).watchSeconds).toBeLessThanOrEqual(10 + 60);
  });

  it('of a page whose clock is wrong by years is right', async () => {
    const clock = (n: number, t: number, e: unknown) => post({ d: 'device_in_the_past', p: 'page', n, t, e }, { 'content-type': 'text/plain', 'user-agent': PHONE_BROWSER });
    await clock(0, 1_000_000, [[1, 1_000_000, 0, 0]]);
    stand.clock.advance(10_000);
    await clock(1, 1_010_000, [[2, 1_010_000, 10_000, 0, 0]]);
    stand.clock.advance(10_000);
    // Its clock was set.
    await clock(2, 9_999_020_000, [[2, 9_999_020_000, 10_000, 0, 0]]);
    expect(await live()).toMatchObject({ entries: 1, watchSeconds: 20 });
  });

  it('comes up to an hour late, and not later', async () => {
    const page = stand.page();
    await page.send([1, 0, 0, 0]);
    stand.clock.advance(59 * 60_000);
    await page.send([2, 58 * 60_000, 10_000, 0, 0]);
    expect((await live()).watchSeconds).toBe(10);
    stand.clock.advance(59 * 60_000);
    await page.send([2, 61 * 60_000, 10_000, 0, 0]);
    expect((await live()).watchSeconds).toBe(10);
  });

  it('off the air counts nothing', async () => {
    await stand.page().watch(10);
    await stand.end();
    stand.clock.advance(60_000);
    const page = stand.page();
    await page.send([1, 0, 0, 0], [2, 0, 10_000, 0, 0], [6, 0, stand.apples.id]);
    const { total, after } = (await stand.report()).figures;
    expect(total).toMatchObject({ entries: 1, watchSeconds: 10 });
    expect(after.productImpressions).toBe(1);
  });
});

describe('who is no viewer', () => {
  it('is counted apart: the seller’s own devices and programs', async () => {
    const host = await stand.token('host');
    await stand.page(undefined, { token: host }).send([1, 0, 0, 0], [7, 0, stand.apples.id]);
    await stand.page(undefined, { userAgent: 'Googlebot/2.1' }).send([1, 0, 0, 0]);
    await stand.page(undefined, { userAgent: '' }).send([0, 0]);
    await stand.page(undefined, { userAgent: 'Mozilla/5.0 (Linux; Android 9; CUBOT X19) Chrome/90 Mobile' }).send([1, 0, 0, 0]);
    await stand.page(undefined, { token: 'eyJub3RoaW5n.at.all' }).send([1, 0, 0, 0]);
    const report = await stand.report();
    expect(report.figures.total).toMatchObject({ entries: 2, viewers: 2, productClicks: 0, reach: 0 });
    expect(report.apart).toEqual([{ reason: 'own', devices: 1, events: 2 }, { reason: 'bot', devices: 2, events: 2 }]);
  });

  it('a thousand devices of one address move figures no further than a full hall would', async () => {
    for (let device = 0; device < 1_000; device += 1) await stand.page(undefined, { address: '203.0.113.7' }).send([1, 0, 0, 0]);
    await stand.page(undefined, { address: '203.0.113.8' }).send([1, 0, 0, 0]);
    const report = await stand.report();
    expect(report.figures.live.viewers).toBe(DEVICES_PER_ADDRESS + 1);
    expect(report.apart).toEqual([{ reason: 'crowded', devices: 1_000 - DEVICES_PER_ADDRESS, events: 1_000 - DEVICES_PER_ADDRESS }]);
  });

  it('one device cannot click by the thousand', async () => {
    const page = stand.page();
    const answers = new Set<number>();
    for (let batches = 0; batches < 40; batches += 1) answers.add(await page.send(...Array.from({ length: 60 }, () => [7, 0, stand.apples.id] as [7, number, string])));
    expect(answers).toEqual(new Set([200, 429]));
    expect((await live()).productClicks).toBe(600);
  });
});

describe('events that count nowhere', () => {
  it('move nothing, and the report says how many and why', async () => {
    const page = stand.page();
    await page.watch(20);
    await page.again();
    // The same ten seconds as if they were new, an hour ago, of a product of somebody else's.
    await page.send([2, 0, 10_000, 0, 0], [9, 3_600_001], [6, 0, 'prd_of_another_show']);
    // A new page of it that says it played long before it was heard of.
    await stand.page(page.device).send([2, 65_000, 5_000, 0, 0]);
    stand.clock.advance(3_000_000);
    await stand.end();
    stand.clock.advance(60_000);
    await page.send([2, 0, 10_000, 0, 0]);
    const report = await stand.report();
    expect(report.figures.total).toMatchObject({ entries: 1, viewers: 1, watchSeconds: 20, checkoutPeople: 0, productImpressions: 0 });
    expect(report.leftOut).toEqual([{ reason: 'late', events: 1 }, { reason: 'off-air', events: 2 }, { reason: 'foreign', events: 1 }, { reason: 'repeated', events: 1 }, { reason: 'twice', events: 1 }]);
    expect(report.apart).toEqual([]);
  });

  it('are no more of one who says that they watched for 25 hours', async () => {
    const page = stand.page();
    const answers = new Set<number>();
    // 75 batches of 60 heartbeats of 20 s, each of them an honest one by itself.
    for (let batch = 0; batch < 75; batch += 1) answers.add(await page.send(...Array.from({ length: 60 }, (_, index) => [2, index * 20_000, 20_000, 0, 0] as [2, number, number, number, number])));
    expect(answers).toEqual(new Set([200, 429]));
    const report = await stand.report();
    // The show is on since ten seconds.
    expect(report.figures.live).toMatchObject({ viewers: 1, entries: 1, watchSeconds: 10 });
    expect(report.leftOut.map(({ reason }) => reason)).toEqual(['off-air', 'twice']);
  });

  it('are kept with the others, so that figures made again come out the same', async () => {
    const page = stand.page();
    await page.watch(10);
    await page.again();
    await page.send([6, 0, 'prd_of_another_show']);
    const { leftOut } = await stand.report();
    const again = await stand.call('POST', `/api/v1/analytics/shows/${stand.show.id}/recompute`, { token: await stand.token('operator') });
    expect(JSON.parse(again.text)).toMatchObject({ changed: 0 });
    expect((await stand.report()).leftOut).toEqual(leftOut);
  });

  it('never move money, whatever a page says of carts and orders', async () => {
    await stand.page().send([1, 0, 0, 0], [7, 0, stand.apples.id], ...Array.from({ length: 20 }, () => [8, 0, stand.apples.id, 999] as [8, number, string, number]), [9, 0]);
    expect(await live()).toMatchObject({ cartPeople: 1, checkoutPeople: 1, orders: 0, units: 0, buyers: 0, placedMinor: 0, paidMinor: 0, keptMinor: 0, gpm: 0 });
  });
});

it('products that the show does not sell are nobody’s', async () => {
  await stand.page().send([1, 0, 0, 0], [7, 0, 'prd_of_another_show']);
  expect(await live()).toMatchObject({ entries: 1, productClicks: 0 });
});

it('no event is dated before it was sent or after it arrived', async () => {
  await stand.page().send([1, 1_000, 0, 0]);
  await stand.report();
  const raw = await stand.call('GET', `/api/v1/analytics/shows/${stand.show.id}/raw.jsonl`, { token: await stand.token('host') });
  expect(JSON.parse(raw.text)).toMatchObject({ at: START - 1_000, device: 1, event: 'entry', phase: 'live', apart: '', path: 'udp' });
});
