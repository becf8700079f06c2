// How a show moves between planned, live, paused and ended, on a clock that the test moves and a real database.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveFacts } from '../../../server/live/facts.ts';
import { Lifecycle } from '../../../server/live/lifecycle.ts';
import { Shows } from '../../../server/live/shows.ts';
import { liveMigrations } from '../../../server/live/tables.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { Bus } from '../../../server/platform/events.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const GRACE_MS = 600_000;

describe('the life of a show', () => {
  let folder: string;
  let database: Database;
  let clock: FakeClock;
  let shows: Shows;
  let lifecycle: Lifecycle;
  let showId: string;
  let bus: Bus<LiveFacts>;

  const log = createLogger('silent');
  const start = () => new Lifecycle({ shows, bus, clock, log, graceMs: GRACE_MS });
  /** The next time the show is told to have changed. */
  const told = () => new Promise<string>((resolve) => {
    const stop = bus.on('show.changed', ({ show }) => {
      stop();
      resolve(show.status);
    });
  });
  const status = async () => (await shows.require(showId)).status;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldcast-life-'));
    database = await Database.open(join(folder, 'test.sqlite'), liveMigrations, log);
    clock = new FakeClock();
    bus = new Bus(() => undefined);
    const sellers = { find: async (id: string) => ({ id, name: 'Orchard', currency: 'CNY' as const }) };
    shows = new Shows({ database, sellers, clock });
    showId = (await shows.create({ title: 'Apples', sellerId: 'sel_1', hostName: 'Zhang' }, undefined)).id;
    lifecycle = start();
  });
  afterEach(async () => {
    lifecycle.close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('is live when its picture comes, and keeps its first start when it comes back', async () => {
    await lifecycle.started(showId);
    const startedAt = (await shows.require(showId)).startedAt;
    lifecycle.stopped(showId);
    const paused = told();
    clock.advance(3_000);
    expect(await paused).toBe('paused');
    clock.advance(60_000);
    await lifecycle.started(showId);
    expect(await shows.require(showId)).toMatchObject({ status: 'live', startedAt, pausedAt: null, graceUntil: null });
  });

  it('does not pause for a host who is back within two seconds', async () => {
    await lifecycle.started(showId);
    lifecycle.stopped(showId);
    clock.advance(2_000);
    await lifecycle.started(showId);
    clock.advance(GRACE_MS * 2);
    expect(await status()).toBe('live');
  });

  it('waits for its host for the whole grace time, then ends', async () => {
    await lifecycle.started(showId);
    lifecycle.stopped(showId);
    const paused = told();
    clock.advance(2_500);
    await paused;
    expect((await shows.require(showId)).graceUntil).toBe(clock.now() + GRACE_MS);
    clock.advance(GRACE_MS - 1);
    expect(await status()).toBe('paused');
    const ended = told();
    clock.advance(1);
    expect(await ended).toBe('ended');
  });

  it('is paused after a restart of the server, with a new grace time, and live again as the same show', async () => {
    await lifecycle.started(showId);
    lifecycle.close();
    clock.advance(GRACE_MS * 3);
    lifecycle = start();
    await lifecycle.recover();
    expect(await shows.require(showId)).toMatchObject({ status: 'paused', graceUntil: clock.now() + GRACE_MS });
    clock.advance(GRACE_MS - 1);
    await lifecycle.started(showId);
    expect(await status()).toBe('live');
    clock.advance(GRACE_MS * 2);
    expect(await status()).toBe('live');
  });

  it('ends once, and not before it began', async () => {
    await expect(lifecycle.end(showId)).rejects.toMatchObject({ code: 'show.wrong-state' });
    await lifecycle.started(showId);
    const outcomes = await Promise.allSettled([lifecycle.end(showId), lifecycle.end(showId)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await lifecycle.started(showId);
    expect(await status()).toBe('ended');
  });
});
