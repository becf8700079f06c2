// Owns who takes part in a draw: once a person, under a name that says nothing of them; and what a winner leaves for the prize.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { DrawWinner, OwnEntry } from '../../../protocol/draw.ts';
import { newId } from '../../../protocol/new-id.ts';
import type { Buyer } from '../../../protocol/order.ts';
import type { Commits, Work } from '../../commits.ts';
import { phoneDigits } from '../../payments/buyer-keys.ts';
import type { ShopTables } from '../../schema.ts';
import type { Promotions } from '../promotions.ts';
import { requireRunning } from '../state.ts';
import { asDraw, drawRow } from './draws.ts';

/** How somebody takes part. */
export type EntryWay = 'tap' | 'word';

/** Draws of a show that one viewer is told of. */
const OWN_LIMIT = 20;
const ENTRY_SIGNS = 8;

const find = compileOnce<ShopTables, { promotionId: string; identity: string }>()((database, param) =>
  database.selectFrom('draw_entries').select(['position', 'entry']).where('identity', '=', param('identity')).where('promotion_id', '=', param('promotionId')),
);

const add = compileOnce<ShopTables, ShopTables['draw_entries']>()((database, param) =>
  database
    .insertInto('draw_entries')
    .values({ promotion_id: param('promotion_id'), position: param('position'), entry: param('entry'), identity: param('identity'), at: param('at') })
    // Two people with the same 8 signs: the second one gets others.
    .onConflict((conflict) => conflict.columns(['promotion_id', 'entry']).doNothing())
    .returning('position'),
);

const countUp = compileOnce<ShopTables, { promotionId: string }>()((database, param) =>
  database
    .updateTable('draws')
    .set((eb) => ({ entries: eb('entries', '+', sql.lit(1)) }))
    .where('promotion_id', '=', param('promotionId'))
    .returning('entries'),
);

export class DrawEntries {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #clock: Clock;
  readonly #promotions: Promotions;

  constructor(deps: { database: Database; commits: Commits; clock: Clock; promotions: Promotions }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#clock = deps.clock;
    this.#promotions = deps.promotions;
  }

  /** The draw of a show that takes entries by a word in the chat; undefined without one. */
  async byWord(showId: string): Promise<{ promotionId: string; word: string; followersOnly: boolean } | undefined> {
    const row = await this.#database
      .read<ShopTables>()
      .selectFrom('promotions')
      .innerJoin('draws', 'draws.promotion_id', 'promotions.id')
      .select(['id', 'word', 'followers_only'])
      .where('show_id', '=', showId)
      .where('kind', '=', 'draw')
      .where('ended_at', 'is', null)
      .where('ends_at', '>', this.#clock.now())
      .where('word', 'is not', null)
      .executeTakeFirst();
    return row && { promotionId: row.id, word: row.word ?? '', followersOnly: row.followers_only === 1 };
  }

  /** What somebody has to do to take part. @throws FieldcastError `not-found`. */
  async terms(promotionId: string): Promise<{ showId: string; sellerId: string; followersOnly: boolean }> {
    const database = this.#database.read<ShopTables>();
    const [row, draw] = await Promise.all([this.#promotions.row(database, promotionId), drawRow(database, promotionId)]);
    return { showId: row.show_id, sellerId: row.seller_id, followersOnly: draw.followers_only === 1 };
  }

  /**
   * Takes part; whoever does already keeps their entry. That they follow, where they have to, the caller has made sure of.
   * @throws FieldcastError `not-found`, `promotion.over`, `draw.word-needed` (params `word`) for a tap where a word is asked for.
   */
  async enter(promotionId: string, identity: string, way: EntryWay): Promise<OwnEntry> {
    await this.#commits.run(
      undefined,
      async (work) => {
        await this.#enter(promotionId, identity, way, work);
        return { id: promotionId };
      },
      async () => ({ id: promotionId }),
    );
    return this.#own(promotionId, identity);
  }

  async #enter(promotionId: string, identity: string, way: EntryWay, work: Work): Promise<void> {
    const { transaction, now } = work;
    const [known] = (await find(transaction, { promotionId, identity })).rows;
    if (known) return;
    const [promotion, draw] = [await this.#promotions.row(transaction, promotionId), await drawRow(transaction, promotionId)];
    requireRunning(promotion, now);
    // Drawn by a clock that is ahead of this transaction's: the list is told already.
    if (draw.drawn_at !== null) throw new FieldcastError('promotion.over', 'This draw is over.');
    if (draw.entry === 'word' && way === 'tap') throw new FieldcastError('draw.word-needed', 'Write the word in the chat.', { params: { word: draw.word ?? '' } });
    const [counted] = (await countUp(transaction, { promotionId })).rows;
    const position = counted?.entries ?? 0;
    let entry = '';
    while (entry === '') {
      const fresh = newId('pro').slice(-ENTRY_SIGNS);
      const [added] = (await add(transaction, { promotion_id: promotionId, position, entry: fresh, identity, at: now })).rows;
      if (added) entry = fresh;
    }
    await this.#promotions.changed(work, promotionId);
    work.tell('promotion.mine', { showId: promotion.show_id, identity, mine: { what: 'entered', promotionId, entry } });
  }

  /** What a viewer has in the draws of a show, newest first. */
  async own(showId: string, identity: string): Promise<OwnEntry[]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('draw_entries')
      .innerJoin('promotions', 'promotions.id', 'draw_entries.promotion_id')
      .select('promotions.id')
      .where('identity', '=', identity)
      .where('show_id', '=', showId)
      .orderBy('created_at', 'desc')
      .limit(OWN_LIMIT)
      .execute();
    return Promise.all(rows.map(({ id }) => this.#own(id, identity)));
  }

  /**
   * Keeps where a winner's prize is to go. @throws FieldcastError `not-found`, `draw.not-won`, `promotion.limit-reached` where the phone
   * number has another prize of this draw, `promotion.over` once it was sent.
   */
  async claim(promotionId: string, identity: string, { name, phone, address }: Buyer): Promise<OwnEntry> {
    await this.#commits.run(
      undefined,
      async ({ transaction, now }) => {
        const [own] = (await find(transaction, { promotionId, identity })).rows;
        const winners = await transaction.selectFrom('draw_winners').select(['place', 'position', 'phone', 'sent_at']).where('promotion_id', '=', promotionId).execute();
        const won = winners.find(({ position }) => position === own?.position);
        if (!won) throw new FieldcastError('draw.not-won', 'This prize is not yours.');
        if (won.sent_at !== null) throw new FieldcastError('promotion.over', 'This prize is on its way already.');
        const isTheirs = (other: { phone: string }): boolean => other.phone !== '' && phoneDigits(other.phone) === phoneDigits(phone);
        if (winners.some((other) => other !== won && isTheirs(other))) {
          throw new FieldcastError('promotion.limit-reached', 'This phone number has another prize of this draw.', { params: { promotionId, left: 0 } });
        }
        await transaction
          .updateTable('draw_winners')
          .set({ name, phone, address, left_at: now })
          .where('promotion_id', '=', promotionId)
          .where('place', '=', won.place)
          .execute();
        return { id: promotionId };
      },
      async () => ({ id: promotionId }),
    );
    return this.#own(promotionId, identity);
  }

  /** Notes that a prize was sent, or takes that back; noted again it keeps its time. @throws FieldcastError `not-found` where nobody has won it. */
  async mark(promotionId: string, place: number, isSent: boolean): Promise<{ title: string; winner: DrawWinner }> {
    await this.#commits.run(
      undefined,
      async ({ transaction, now }) => {
        const won = await transaction.selectFrom('draw_winners').select('sent_at').where('promotion_id', '=', promotionId).where('place', '=', place).executeTakeFirst();
        if (!won) throw new FieldcastError('not-found', 'There is no such winner.');
        const sentAt = isSent ? (won.sent_at ?? now) : null;
        await transaction.updateTable('draw_winners').set({ sent_at: sentAt }).where('promotion_id', '=', promotionId).where('place', '=', place).execute();
        return { id: promotionId };
      },
      async () => ({ id: promotionId }),
    );
    const [{ title }, winners] = await Promise.all([this.#promotions.row(this.#database.read<ShopTables>(), promotionId), this.winners(promotionId)]);
    const winner = winners.find((each) => each.place === place);
    if (!winner) throw new FieldcastError('not-found', 'There is no such winner.');
    return { title, winner };
  }

  /** Winners of a draw with what they left, the first prize first. */
  async winners(promotionId: string): Promise<DrawWinner[]> {
    const rows = await prizes(this.#database.read<ShopTables>()).where('draw_winners.promotion_id', '=', promotionId).orderBy('place').execute();
    return rows.map(({ place, entry, left_at: leftAt, sent_at: sentAt, ...to }) => ({ place, entry, prizeTo: leftAt === null ? null : to, leftAt, sentAt }));
  }

  async #own(promotionId: string, identity: string): Promise<OwnEntry> {
    const database = this.#database.read<ShopTables>();
    const [own] = (await find(database, { promotionId, identity })).rows;
    if (!own) throw new FieldcastError('not-found', 'There is no entry of yours.');
    const row = await this.#promotions.row(database, promotionId);
    const draw = asDraw(await this.#promotions.view(database, row, this.#clock.now()));
    const won = await prizes(database).where('draw_winners.promotion_id', '=', promotionId).where('draw_winners.position', '=', own.position).executeTakeFirst();
    const { name, phone, address } = won ?? { name: '', phone: '', address: '' };
    return { draw, entry: own.entry, place: won?.place ?? null, prizeTo: won && won.left_at !== null ? { name, phone, address } : null, sentAt: won?.sent_at ?? null };
  }
}

function prizes(database: Kysely<ShopTables>) {
  return database
    .selectFrom('draw_winners')
    .innerJoin('draw_entries', (join) => join.onRef('draw_entries.promotion_id', '=', 'draw_winners.promotion_id').onRef('draw_entries.position', '=', 'draw_winners.position'))
    .select(['place', 'entry', 'name', 'phone', 'address', 'left_at', 'sent_at']);
}
