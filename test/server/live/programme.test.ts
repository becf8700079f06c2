// The list of shows as people look for them: its order, what is left out, what it tells of each. A real database, a clock that the test moves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProgramme, type ReplayDurations } from '../../../server/live/programme.ts';
import { Shows } from '../../../server/live/shows.ts';
import { liveMigrations } from '../../../server/live/tables.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const HOUR_MS = 3600_000;

describe('the programme', () => {
  let folder: string;
  let database: Database;
  let clock: FakeClock;
  let shows: Shows;

  const noReplays: ReplayDurations = { durations: async () => new Map() };
  const plan = async (title: string, more: { plannedAt?: number; sellerId?: string } = {}) =>
    (await shows.create({ title, sellerId: 'sel_1', hostName: 'Zhang', ...more }, undefined)).id;
  const start = async (showId: string) => {
    clock.advance(1_000);
    await shows.move(showId, ['planned'], 'live', { startedAt: clock.now() });
  };
  const end = async (showId: string) => {
    await start(showId);
    clock.advance(1_000);
    await shows.move(showId, ['live'], 'ended', { endedAt: clock.now() });
  };
  const read = (filter: { sellerId?: string; hostId?: string; limit?: number } = {}, replays = noReplays) =>
    readProgramme({ shows, replays, viewers: () => 3, clock }, { limit: 20, ...filter });
  const titles = async (filter?: Parameters<typeof read>[0]) => (await read(filter)).entries.map(({ show }) => show.title);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldcast-programme-'));
    database = await Database.open(join(folder, 'test.sqlite'), liveMigrations, createLogger('silent'));
    clock = new FakeClock();
    shows = new Shows({ database, sellers: { find: async (id) => ({ id, name: 'Orchard', currency: 'CNY' as const }) }, clock });
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('has what is live first, then what comes soonest, then what was last', async () => {
    const now = clock.now();
    await plan('sometime');
    await plan('later', { plannedAt: now + 5 * HOUR_MS });
    await plan('sooner', { plannedAt: now + HOUR_MS });
    await end(await plan('older'));
    await end(await plan('newer'));
    await start(await plan('first live'));
    await start(await plan('second live'));
    const away = await plan('away');
    await start(away);
    await shows.move(away, ['live'], 'paused', { pausedAt: clock.now() });
    expect(await titles()).toEqual(['second live', 'first live', 'away', 'sooner', 'later', 'sometime', 'newer', 'older']);
    expect(await titles({ limit: 5 })).toEqual(['second live', 'first live', 'away', 'sooner', 'later']);
  });

  it('keeps a show that is late, and drops one that nobody started for half a day', async () => {
    const plannedAt = clock.now();
    await plan('late', { plannedAt });
    clock.advance(11 * HOUR_MS);
    expect(await titles()).toEqual(['late']);
    clock.advance(2 * HOUR_MS);
    expect(await titles()).toEqual([]);
  });

  it('is of one seller or one host where asked', async () => {
    const mine = await plan('mine');
    await plan('of another', { sellerId: 'sel_2' });
    expect(await titles({ sellerId: 'sel_1' })).toEqual(['mine']);
    expect(await titles({ hostId: (await shows.require(mine)).hostId })).toEqual(['mine']);
    expect(await titles({ sellerId: 'sel_1', hostId: 'per_nobody' })).toEqual([]);
  });

  it('counts viewers of what is on the air, and tells of past shows whether they can be watched again', async () => {
    const [live, kept, gone] = [await plan('live'), await plan('kept'), await plan('gone')];
    await end(gone);
    await end(kept);
    await start(live);
    const asked: string[] = [];
    const { entries, serverTime } = await read({}, { durations: async (ids) => (asked.push(...ids), new Map([[kept, 90_000]])) });
    expect(entries.map(({ show, viewers, replay }) => [show.title, viewers, replay])).toEqual([
      ['live', 3, null],
      ['kept', null, { durationMs: 90_000 }],
      ['gone', null, null],
    ]);
    expect(asked).toEqual([kept, gone]);
    expect(serverTime).toBe(clock.now());
  });
});
