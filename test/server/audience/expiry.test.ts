// How long the chat of a show is kept: as long as the seller's replays, and as what is going on.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Expiry } from '../../../server/audience/expiry.ts';
import { audienceMigrations } from '../../../server/audience/index.ts';
import type { AudienceTables } from '../../../server/audience/tables.ts';
import { Database } from '../../../server/platform/db/database.ts';
import { createLogger } from '../../../server/platform/log.ts';
import type { Show } from '../../../server/protocol/show.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DAY_MS = 24 * 3600_000;

describe('the chat of a show', () => {
  let folder: string;
  let database: Database;
  let clock: FakeClock;
  let expiry: Expiry;
  let shows: Map<string, Pick<Show, 'sellerId' | 'status' | 'endedAt'>>;
  let daysOf: Record<string, number>;
  const faults: unknown[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldcast-expiry-'));
    database = await Database.open(join(folder, 'test.sqlite'), audienceMigrations, createLogger('silent'));
    clock = new FakeClock();
    shows = new Map();
    daysOf = { usual: 30, short: 7, none: 0 };
    expiry = new Expiry({
      database,
      clock,
      shows: { find: (showId) => Promise.resolve(shows.get(showId) as Show | undefined) },
      daysOf: (sellerId) => Promise.resolve(daysOf[sellerId]!),
      erase: (showId) => database.write<AudienceTables, void>(async (transaction) => void (await transaction.deleteFrom('chat_messages').where('show_id', '=', showId).execute())),
      onFault: (error) => faults.push(error),
    });
  });
  afterEach(async () => {
    expiry.close();
    await database.close();
    await rm(folder, { recursive: true });
    const [fault] = faults.splice(0);
    if (fault) throw fault;
  });

  async function saidIn(showId: string, show?: Pick<Show, 'sellerId' | 'status' | 'endedAt'>): Promise<void> {
    if (show) shows.set(showId, show);
    await database.write<AudienceTables, void>(async (transaction) => {
      await transaction
        .insertInto('chat_messages')
        .values({ id: `msg_${showId}`, show_id: showId, position: 1, revision: 1, at: clock.now(), identity: 'vwr_1', name: 'Li', role: 'viewer', place: '', text: 'Good morning', reply_to: null, state: 'shown', pinned: 0, removed_by: null, private_for: null, picture_at: null, answered: 0 })
        .execute();
    });
  }
  const kept = async () => (await database.read<AudienceTables>().selectFrom('chat_messages').select('show_id').orderBy('show_id').execute()).map((row) => row.show_id);
  const endedNow = (sellerId: string) => ({ sellerId, status: 'ended' as const, endedAt: clock.now() });

  it('goes with its seller’s days, the same evening never, and stays while the show is not over', async () => {
    await saidIn('usual', endedNow('usual'));
    await saidIn('short', endedNow('short'));
    await saidIn('none', endedNow('none'));
    await saidIn('open', { sellerId: 'none', status: 'paused', endedAt: null });
    const after = async (days: number) => {
      clock.set(days * DAY_MS);
      await expiry.sweep();
      return kept();
    };
    expect(await after(0.9)).toEqual(['none', 'open', 'short', 'usual']);
    expect(await after(0.2)).toEqual(['open', 'short', 'usual']);
    expect(await after(6)).toEqual(['open', 'usual']);
    expect(await after(24)).toEqual(['open']);
  });

  it('goes when its show is gone', async () => {
    await saidIn('lost');
    await expiry.sweep();
    expect(await kept()).toEqual([]);
  });

  it('is looked at by the hour', async () => {
    await saidIn('lost');
    clock.advance(3600_000);
    await expect.poll(kept).toEqual([]);
    await saidIn('lost');
    clock.advance(3600_000);
    await expect.poll(kept).toEqual([]);
  });
});
