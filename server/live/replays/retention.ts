// Owns that recordings fit: it deletes what is too old or too much, the oldest first and never of a show that goes on, and tells how things stand.
import type { Storage, StoredRecording } from '../../protocol/replay.ts';
import type { ShowStatus } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { ignore } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import { type Kept, type Recording, type Replays, RESERVE_MARGIN_BYTES, whatToDelete } from '../../media/index.ts';
import type { LiveTables } from '../tables.ts';
import { DAY_MS, endOf, type RetentionRules } from './retention-rules.ts';

/** How often it looks while something is being recorded: the disk fills. */
const CHECK_MS = 60_000;
const HOUSEKEEPING_MS = 3600_000;

interface ShowOfRecording {
  id: string;
  title: string;
  status: ShowStatus;
  sellerId: string;
}

export interface RetentionDeps {
  database: Database;
  replays: Pick<Replays, 'list' | 'storage'>;
  rules: RetentionRules;
  sellers: { list(which: { practice: boolean }): Promise<{ id: string; name: string }[]> };
  /** Deletes one for good. */
  remove: (showId: string) => Promise<boolean>;
  clock: Clock;
  log: Logger;
}

export class Retention {
  readonly #deps: RetentionDeps;
  #sweptAt: number;
  #sweeping: Promise<void> | undefined;
  #isAskedAgain = false;
  #isClosed = false;
  #cancel: () => void;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
    this.#sweptAt = deps.clock.now();
    this.#cancel = deps.clock.after(CHECK_MS, () => this.#tick());
  }

  /** Deletes what has to go. Calls while it is under way share one more look. */
  async sweep(): Promise<void> {
    if (this.#isClosed) return;
    if (this.#sweeping) {
      this.#isAskedAgain = true;
      return this.#sweeping;
    }
    this.#sweeping = this.#sweepUntilCalm().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async overview(): Promise<Storage> {
    const { replays, rules, sellers } = this.#deps;
    const [recordings, { bytes, freeBytes }, owners, names] = await Promise.all([replays.list(), replays.storage(), rules.owners(), sellers.list({ practice: true })]);
    const nameOf = new Map(names.map(({ id, name }) => [id, name]));
    const shows = await this.#showsOf(recordings);
    const { days, budgetBytes, reserveBytes } = rules.settings;
    const rows = recordings.map((recording): StoredRecording => {
      const show = shows.get(recording.streamId);
      const isOver = show?.status !== 'live' && show?.status !== 'paused' && !recording.isRecording;
      const ownDays = owners.get(show?.sellerId ?? '')?.days ?? days;
      return {
        showId: recording.streamId,
        title: show?.title ?? '',
        sellerId: show?.sellerId ?? '',
        sellerName: nameOf.get(show?.sellerId ?? '') ?? '',
        state: isOver ? 'ready' : 'recording',
        startedAt: recording.startedAt,
        durationMs: Math.round(recording.durationMs),
        bytes: recording.bytes,
        keptUntil: isOver ? Math.round(endOf(recording)) + ownDays * DAY_MS : null,
      };
    });
    const last = Number.POSITIVE_INFINITY;
    return {
      budgetBytes,
      usedBytes: bytes,
      freeBytes,
      reserveBytes,
      state: freeBytes < reserveBytes ? 'disk-full' : 'ok',
      retentionDays: days,
      recordings: rows.sort((a, b) => (a.keptUntil ?? last) - (b.keptUntil ?? last) || a.startedAt - b.startedAt),
    };
  }

  /** What is being deleted is deleted to its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancel();
    await this.#sweeping?.catch(ignore('told to whoever asked for it'));
  }

  #tick(): void {
    const { clock, log, replays } = this.#deps;
    this.#cancel = clock.after(CHECK_MS, () => this.#tick());
    const isDue = clock.now() - this.#sweptAt >= HOUSEKEEPING_MS;
    const look = async () => {
      if (isDue || (await replays.list()).some(({ isRecording }) => isRecording)) await this.sweep();
    };
    look().catch((error: unknown) => log.error({ err: error }, 'housekeeping of replays failed'));
  }

  async #sweepUntilCalm(): Promise<void> {
    do {
      this.#isAskedAgain = false;
      await this.#sweepOnce();
    } while (this.#isAskedAgain && !this.#isClosed);
  }

  async #sweepOnce(): Promise<void> {
    const { replays, rules, remove, clock, log } = this.#deps;
    const now = clock.now();
    this.#sweptAt = now;
    const [recordings, { freeBytes }, owners] = await Promise.all([replays.list(), replays.storage(), rules.owners()]);
    const shows = await this.#showsOf(recordings);
    const kept = recordings.map((recording): Kept => {
      const show = shows.get(recording.streamId);
      // A show that waits for its host after a restart has nobody writing, and is not over.
      const isRecording = recording.isRecording || show?.status === 'live' || show?.status === 'paused';
      const at = isRecording ? recording.startedAt : endOf(recording);
      return { id: recording.streamId, owner: show?.sellerId ?? null, at, bytes: recording.bytes, isRecording };
    });
    const { days, budgetBytes, reserveBytes } = rules.settings;
    // With less than the margin on top, a recording that has stopped for want of space would not go on.
    const lackingBytes = Math.max(0, reserveBytes + RESERVE_MARGIN_BYTES - freeBytes);
    for (const showId of whatToDelete(kept, { days, bytes: budgetBytes, owners, lackingBytes }, now)) {
      if (await remove(showId)) log.info({ showId }, 'replay deleted, its time or its room is over');
    }
  }

  async #showsOf(recordings: readonly Recording[]): Promise<Map<string, ShowOfRecording>> {
    const rows = await this.#deps.database
      .read<LiveTables>()
      .selectFrom('shows')
      .select(['id', 'title', 'status', 'seller_id as sellerId'])
      .where('id', 'in', recordings.map(({ streamId }) => streamId))
      .execute();
    return new Map(rows.map((row) => [row.id, row]));
  }
}
