// Owns polls as they are stored: one open at a time in a show, one vote an identity, counts from the votes themselves.
import type { Kysely, Selectable, Transaction } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import type { Poll, pollRequest } from '../../protocol/stage.ts';
import type { StageTables } from './tables.ts';

type PollRow = Selectable<StageTables['polls']>;
type Reading = Kysely<StageTables>;

/** What is more than this in one show is not a conversation. */
const SHOW_LIMIT = 200;
/** The result stands so long after the end. */
const RESULT_MS = 60_000;

export class Polls {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Opens a poll, or answers the one that this key opened. @throws FieldcastError `poll.already-open`, `rate.limited`. */
  async open(showId: string, { question, options, seconds }: v.InferOutput<typeof pollRequest>, byName: string, once: Once | undefined): Promise<Poll> {
    const { value: id } = await this.#database.writeOnce<StageTables, string>(once, this.#clock.now(), async (transaction) => {
      const now = this.#clock.now();
      await this.#requireNoneOpen(transaction, showId);
      const newest = await transaction.selectFrom('polls').select('position').where('show_id', '=', showId).orderBy('position', 'desc').limit(1).executeTakeFirst();
      const position = (newest?.position ?? 0) + 1;
      if (position > SHOW_LIMIT) throw new FieldcastError('rate.limited', 'This show has had too many polls.', { params: { seconds: 3600 } });
      const row = { id: newId('pol'), show_id: showId, position, revision: 1, question, options: JSON.stringify(options), opened_at: now };
      await transaction
        .insertInto('polls')
        .values({ ...row, closes_at: seconds === undefined ? null : now + seconds * 1000, closed_at: null, withdrawn: 0, by_name: byName })
        .execute();
      return row.id;
    });
    return this.get(showId, id);
  }

  /** Closes, withdraws or opens again. @throws FieldcastError `not-found`, `poll.already-open`. */
  async change(showId: string, pollId: string, state: Poll['state']): Promise<Poll> {
    await this.#database.write<StageTables, void>(async (transaction) => {
      const row = await this.#require(transaction, showId, pollId);
      if (this.#stateOf(row) === state) return;
      const now = this.#clock.now();
      if (state === 'open') await this.#requireNoneOpen(transaction, showId);
      const change = {
        open: { closes_at: null, closed_at: null, withdrawn: 0 },
        closed: { closed_at: this.#closedAt(row) ?? now, withdrawn: 0 },
        withdrawn: { closed_at: this.#closedAt(row) ?? now, withdrawn: 1 },
      }[state];
      await transaction.updateTable('polls').set({ ...change, revision: row.revision + 1 }).where('id', '=', pollId).execute();
    });
    return this.get(showId, pollId);
  }

  /** Counts a vote, once an identity; the last one holds. @throws FieldcastError `not-found`, `poll.closed`, `input.invalid`. */
  async vote(showId: string, pollId: string, identity: string, option: number): Promise<void> {
    await this.#database.write<StageTables, void>(async (transaction) => {
      const row = await this.#require(transaction, showId, pollId);
      if (this.#stateOf(row) !== 'open') throw new FieldcastError('poll.closed', 'This poll takes no more votes.');
      if (option >= answersOf(row).length) throw new FieldcastError('input.invalid', 'There is no such answer.', { issues: [{ path: 'option', message: 'one of the answers' }] });
      const earlier = await transaction.selectFrom('poll_votes').select('option').where('poll_id', '=', pollId).where('identity', '=', identity).executeTakeFirst();
      if (earlier?.option === option) return;
      const at = this.#clock.now();
      await transaction
        .insertInto('poll_votes')
        .values({ poll_id: pollId, identity, option, at })
        .onConflict((conflict) => conflict.columns(['poll_id', 'identity']).doUpdateSet({ option, at }))
        .execute();
      await transaction.updateTable('polls').set({ revision: row.revision + 1 }).where('id', '=', pollId).execute();
    });
  }

  /** @throws FieldcastError `not-found`. */
  async get(showId: string, pollId: string): Promise<Poll> {
    const read = this.#database.read<StageTables>();
    return this.#view(read, await this.#require(read, showId, pollId));
  }

  /** What viewers see now: the open poll, or one that was closed a moment ago; and what somebody has answered to it. */
  async standing(showId: string, identity: string): Promise<{ poll: Poll | null; ownOption: number | null }> {
    const read = this.#database.read<StageTables>();
    const row = await read.selectFrom('polls').selectAll().where('show_id', '=', showId).where('withdrawn', '=', 0).orderBy('position', 'desc').limit(1).executeTakeFirst();
    const closedAt = row && this.#closedAt(row);
    if (!row || (closedAt != null && closedAt + RESULT_MS <= this.#clock.now())) return { poll: null, ownOption: null };
    const own = await read.selectFrom('poll_votes').select('option').where('poll_id', '=', row.id).where('identity', '=', identity).executeTakeFirst();
    return { poll: await this.#view(read, row), ownOption: own?.option ?? null };
  }

  /** Newest first. */
  async list(showId: string): Promise<Poll[]> {
    const read = this.#database.read<StageTables>();
    const rows = await read.selectFrom('polls').selectAll().where('show_id', '=', showId).orderBy('position', 'desc').execute();
    return Promise.all(rows.map((row) => this.#view(read, row)));
  }

  #closedAt({ closed_at: closedAt, closes_at: closesAt }: PollRow): number | null {
    return closedAt ?? (closesAt !== null && closesAt <= this.#clock.now() ? closesAt : null);
  }

  #stateOf(row: PollRow): Poll['state'] {
    if (row.withdrawn === 1) return 'withdrawn';
    return this.#closedAt(row) === null ? 'open' : 'closed';
  }

  async #view(database: Reading, row: PollRow): Promise<Poll> {
    const counted = await database
      .selectFrom('poll_votes')
      .select((eb) => ['option', eb.fn.countAll<number>().as('votes')])
      .where('poll_id', '=', row.id)
      .groupBy('option')
      .execute();
    const options = answersOf(row).map((text, index) => ({ text, votes: counted.find(({ option }) => option === index)?.votes ?? 0 }));
    return {
      id: row.id,
      revision: row.revision,
      question: row.question,
      options,
      votes: options.reduce((total, { votes }) => total + votes, 0),
      state: this.#stateOf(row),
      openedAt: row.opened_at,
      closesAt: row.closes_at,
      closedAt: this.#closedAt(row),
    };
  }

  async #require(database: Reading, showId: string, pollId: string): Promise<PollRow> {
    const row = await database.selectFrom('polls').selectAll().where('id', '=', pollId).where('show_id', '=', showId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such poll.');
    return row;
  }

  async #requireNoneOpen(transaction: Transaction<StageTables>, showId: string): Promise<void> {
    const last = await transaction.selectFrom('polls').selectAll().where('show_id', '=', showId).where('withdrawn', '=', 0).where('closed_at', 'is', null).execute();
    if (last.some((row) => this.#stateOf(row) === 'open')) throw new FieldcastError('poll.already-open', 'Another poll of this show is open.');
  }
}

function answersOf(row: PollRow): string[] {
  return JSON.parse(row.options) as string[];
}
