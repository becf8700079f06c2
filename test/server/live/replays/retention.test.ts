// What is deleted and when, on a clock that the test moves, with a real database and recordings that only have a size.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Retention } from '../../../../server/live/replays/retention.ts';
import { RetentionRules } from '../../../../server/live/replays/retention-rules.ts';
import { Shows } from '../../../../server/live/shows.ts';
import { liveMigrations } from '../../../../server/live/tables.ts';
import type { Recording } from '../../../../server/media/index.ts';
import { Database } from '../../../../server/platform/db/database.ts';
import { createLogger } from '../../../../server/platform/log.ts';
import type { Seller } from '../../../../server/protocol/shop.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { recordingOf } from './recording-of.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const GB = 1e9;
const LENGTH_MS = 60_000;

let folder: string;
let database: Database;
let clock: FakeClock;
let shows: Shows;
let retention: Retention;
let recordings: Recording[];
let freeBytes: number;
let removed: string[];
let looked: number;
const seller = (id: string, retentionDays: number | null = null, retentionGb: number | null = null): Seller => ({ id, name: `Seller ${id}`, currency: 'CNY', retentionDays, retentionGb });
let sellers: Seller[];

beforeEach(async () => {
  const log = createLogger('silent');
  folder = await mkdtemp(join(tmpdir(), 'fieldcast-retention-'));
  database = await Database.open(join(folder, 'test.sqlite'), liveMigrations, log);
  clock = new FakeClock();
  sellers = [seller('sel_1')];
  const found = { list: async () => sellers, find: async (id: string) => sellers.find((each) => each.id === id) };
  shows = new Shows({ database, sellers: found, clock });
  recordings = [];
  removed = [];
  looked = 0;
  freeBytes = 100 * GB;
  retention = new Retention({
    database,
    replays: {
      async list() {
        looked += 1;
        return recordings;
      },
      storage: async () => ({ bytes: recordings.reduce((total, { bytes }) => total + bytes, 0), freeBytes }),
    },
    rules: new RetentionRules({ days: 30, budgetBytes: 20 * GB, reserveBytes: GB }, found),
    sellers: found,
    async remove(showId) {
      removed.push(showId);
      recordings = recordings.filter(({ streamId }) => streamId !== showId);
      return true;
    },
    clock,
    log,
  });
});
afterEach(async () => {
  await retention.close();
  await database.close();
  await rm(folder, { recursive: true });
});

/** A show that ended now, with its recording. */
async function kept(gb: number, more: { sellerId?: string; status?: 'live' | 'paused'; isRecording?: boolean } = {}): Promise<string> {
  const { id } = await shows.create({ title: 'Apples', sellerId: more.sellerId ?? 'sel_1', hostName: 'Zhang' }, undefined);
  await shows.move(id, ['planned'], more.status ?? 'ended', {});
  recordings.push(recordingOf([{ at: clock.now() - LENGTH_MS, durationMs: LENGTH_MS }], { streamId: id, bytes: gb * GB, isRecording: more.isRecording ?? false }));
  return id;
}

describe('retention', () => {
  it('deletes a replay when its days are over, and tells until when each is kept', async () => {
    const first = await kept(1);
    const until = clock.now() + 30 * DAY_MS;
    expect((await retention.overview()).recordings).toMatchObject([{ showId: first, state: 'ready', keptUntil: until, sellerName: 'Seller sel_1' }]);
    clock.advance(29 * DAY_MS);
    const second = await kept(1);
    await retention.sweep();
    expect(removed).toEqual([]);
    clock.advance(DAY_MS);
    await retention.sweep();
    expect(removed).toEqual([first]);
    expect((await retention.overview()).recordings.map(({ showId }) => showId)).toEqual([second]);
  });

  it('lets a seller have other days and a share of the room', async () => {
    sellers = [seller('sel_1'), seller('sel_2', 7), seller('sel_3', 90, 2)];
    const [own, short, long] = [await kept(1), await kept(1, { sellerId: 'sel_2' }), await kept(1, { sellerId: 'sel_3' })];
    clock.advance(8 * DAY_MS);
    const newer = await kept(1, { sellerId: 'sel_3' });
    await retention.sweep();
    expect(removed).toEqual([short]);
    clock.advance(30 * DAY_MS);
    await retention.sweep();
    expect(removed).toEqual([short, own]);
    await kept(1, { sellerId: 'sel_3' });
    await retention.sweep();
    expect(removed).toEqual([short, own, long]);
    expect((await retention.overview()).recordings[0]?.showId).toBe(newer);
  });

  it('deletes the oldest when all together are too large, and never a show that goes on', async () => {
    const waiting = await kept(15, { status: 'paused' });
    clock.advance(HOUR_MS);
    const old = await kept(4);
    clock.advance(HOUR_MS);
    const young = await kept(4);
    await retention.sweep();
    expect(removed).toEqual([old]);
    expect((await retention.overview()).recordings).toMatchObject([
      { showId: young, state: 'ready' },
      { showId: waiting, state: 'recording', keptUntil: null },
    ]);
  });

  it('gives the disk back what it lacks to its reserve, and says that it is full', async () => {
    const [old, young] = [await kept(0.4), await kept(0.4)];
    freeBytes = 0.7 * GB;
    expect((await retention.overview()).state).toBe('disk-full');
    await retention.sweep();
    expect(removed).toEqual([old]);
    freeBytes = 1.1 * GB;
    expect(await retention.overview()).toMatchObject({ state: 'ok', recordings: [{ showId: young }] });
  });

  it('looks by itself: once an hour, and each minute while something is being recorded', async () => {
    clock.advance(59 * 60_000);
    await retention.sweep();
    const before = looked;
    await kept(25);
    const running = await kept(1, { status: 'live', isRecording: true });
    clock.advance(60_000);
    await expect.poll(() => removed.length).toBe(1);
    expect(removed).not.toContain(running);
    expect(looked).toBeGreaterThan(before);
  });
});
