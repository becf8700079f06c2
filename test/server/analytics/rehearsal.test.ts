// Practice is in no figure: nothing that happens in a rehearsal is kept, told, or read of.
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SellerFigures } from '../../../server/protocol/analytics.ts';
import type { Show } from '../../../server/protocol/show.ts';
import { openStand, type Stand } from './stand.ts';

let stand: Stand;
beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

/** All that figures come from, in a show of one kind, until a minute after its end. @returns what pages were answered */
async function goThrough(kind: Show['kind']): Promise<number[]> {
  const { bus, clock, show, apples } = stand;
  Object.assign(show, { kind });
  bus.emit('show.changed', { show: { ...show } });
  bus.emit('stream.started', { streamId: show.id });
  await stand.settle();
  const viewer = stand.page(undefined, { token: await stand.token('viewer', 'vwr_buyer') });
  const answers = [await viewer.send([1, 0, 0, 0])];
  await stand.analytics.commands['telemetry.send']({ d: 'device_of_a_connection', p: 'page_of_it', n: 0, t: 5_000_000, e: [[1, 5_000_000, 0, 0]] } as never, { caller: { claims: { role: 'viewer', identity: 'vwr_other' }, isKnown: true, address: '127.0.0.1' }, userAgent: '' } as never);
  await viewer.watch(20);
  await stand.order();
  bus.emit('variants.changed', { sellerId: show.sellerId, variants: [{ productId: apples.id, variantId: apples.variants[0]?.id as string, priceMinor: 1_250, stock: 0 }] });
  await stand.settle();
  bus.emit('stream.stopped', { streamId: show.id, reason: 'host-gone' });
  await stand.settle();
  clock.advance(60_000);
  bus.emit('stream.started', { streamId: show.id });
  await stand.settle();
  await stand.end();
  // The replay is watched, and an order comes of it.
  await stand.page(undefined, { token: await stand.token('viewer', 'vwr_buyer'), replay: true }).watch(20);
  await stand.order();
  clock.advance(61_000);
  await stand.settle();
  return answers;
}

/** Rows of the file of figures, by table. */
async function kept(): Promise<Record<string, number>> {
  await stand.reopen();
  const file = new SqliteDatabase(`${stand.shop.dataDir}/analytics.sqlite`, { readonly: true });
  const tables = ['shows', 'raw_chunks', 'sums', 'sets', 'devices', 'replay_orders', 'reports_to_tell'];
  const rows = tables.map((table) => [table, (file.prepare(`select count(*) as count from ${table}`).get() as { count: number }).count]);
  file.close();
  return Object.fromEntries(rows) as Record<string, number>;
}

describe('a rehearsal', () => {
  it('leaves nothing in the file of figures and is told to no system; a show that goes the same way does and is', async () => {
    expect(await goThrough('rehearsal')).toEqual([200]);
    expect(Object.values(await kept())).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(stand.told).toEqual([]);
    Object.assign(stand.show, { status: 'live', endedAt: null });
    expect(await goThrough('live')).toEqual([200]);
    // It is told beside what the clock does, in its own time.
    await expect.poll(() => stand.told.length).toBe(1);
    expect(Object.entries(await kept()).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('is in no report, no export and no figures of a seller, even where something was measured', async () => {
    await goThrough('live');
    await expect.poll(() => stand.told.length).toBe(1);
    Object.assign(stand.show, { kind: 'rehearsal' });
    await stand.reopen();
    const token = await stand.token('host');
    const pages = ['', '/live', '/minutes', '/export.csv', '/export.jsonl', '/raw.csv', '/raw.jsonl'];
    const answers = await Promise.all(pages.map((page) => stand.call('GET', `/api/v1/analytics/shows/${stand.show.id}${page}`, { token })));
    expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 404));
    expect((await stand.call('POST', `/api/v1/analytics/shows/${stand.show.id}/recompute`, { token: await stand.token('operator') })).status).toBe(404);
    const seller = await stand.get<SellerFigures>(`/api/v1/analytics/sellers/${stand.show.sellerId}?to=${stand.clock.now()}`);
    expect([seller.shows, seller.days]).toEqual([[], []]);
  });
});
