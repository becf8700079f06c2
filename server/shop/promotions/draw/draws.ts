// Owns lucky draws: opening one with the hash of its seed, and drawing when its time is up.
import { randomBytes } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database, Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { Draw, DrawRecord, DrawRequest } from '../../../protocol/draw.ts';
import { commitmentOf, drawWinners } from '../../../protocol/fair-draw.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import type { Common, KindOfPromotion, Promotions } from '../promotions.ts';
import { type PromotionRow, stateOf } from '../state.ts';
import type { Dated } from '../timetable.ts';

const SEED_BYTES = 32;

/** Where a draw is opened, and by whom. */
export interface DrawPlace {
  showId: string;
  sellerId: string;
  byName: string;
}

export type DrawRow = Selectable<ShopTables['draws']>;

const findDraw = compileOnce<ShopTables, { id: string }>()((database, param) => database.selectFrom('draws').selectAll().where('promotion_id', '=', param('id')));

/** @throws FieldcastError `not-found`. */
export async function drawRow(database: Kysely<ShopTables>, id: string): Promise<DrawRow> {
  const [row] = (await findDraw(database, { id })).rows;
  if (!row) throw new FieldcastError('not-found', 'There is no such draw.');
  return row;
}

export class Draws implements KindOfPromotion, Dated {
  readonly kind = 'draw';
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

  /** Opens a draw, or answers the one that this key opened. One at a time in a show. @throws FieldcastError `promotion.already-on` (params `promotionId`). */
  open(request: DrawRequest, place: DrawPlace, once: Once | undefined): Promise<Draw> {
    return this.#commits.run(once, (work) => this.#open(request, place, work), async (id) => asDraw(await this.#promotions.read(id)));
  }

  async #open({ title, prizes, entry, word, followersOnly, seconds }: DrawRequest, { showId, sellerId, byName }: DrawPlace, work: Work): Promise<Draw> {
    const { transaction, now } = work;
    await requireNoOther(transaction, showId, now);
    const { id } = await this.#promotions.open(work, { kind: 'draw', showId, sellerId, title, byName, shownAt: now, startsAt: now, endsAt: now + seconds * 1_000 });
    const seed = randomBytes(SEED_BYTES).toString('hex');
    const row = { promotion_id: id, prizes, entry, word: word ?? null, followers_only: followersOnly ? (1 as const) : (0 as const), seed, commitment: await commitmentOf(seed) };
    await transaction.insertInto('draws').values(row).execute();
    return asDraw(await this.#promotions.changed(work, id));
  }

  /** Draws before the time is up; one that is over stays as it is. @throws FieldcastError `not-found`. */
  async drawNow(id: string): Promise<Draw> {
    await this.#commits.run(
      undefined,
      async (work) => {
        const row = await this.#promotions.row(work.transaction, id);
        await drawRow(work.transaction, id);
        if (stateOf(row, work.now) === 'over') return { id };
        await work.transaction.updateTable('promotions').set({ ends_at: Math.max(work.now, row.starts_at + 1) }).where('id', '=', id).execute();
        await this.#promotions.changed(work, id);
        return { id };
      },
      async () => ({ id }),
    );
    await this.settle(this.#clock.now());
    return asDraw(await this.#promotions.read(id));
  }

  /** A draw with the list of its entries in their order. @throws FieldcastError `not-found`. */
  async record(id: string): Promise<DrawRecord> {
    const database = this.#database.read<ShopTables>();
    const row = await this.#promotions.row(database, id);
    return { draw: asDraw(await this.#promotions.view(database, row, this.#clock.now())), entries: await entriesOf(database, id) };
  }

  async view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<Draw> {
    const draw = await drawRow(database, row.id);
    const isDrawn = draw.drawn_at !== null;
    return {
      kind: 'draw',
      ...common,
      prizes: draw.prizes,
      entry: draw.entry,
      word: draw.word,
      followersOnly: draw.followers_only === 1,
      entries: draw.entries,
      commitment: draw.commitment,
      seed: isDrawn ? draw.seed : null,
      winners: isDrawn ? await winnersOf(database, row.id) : [],
      drawnAt: draw.drawn_at,
    };
  }

  async dueAt(): Promise<number | null> {
    const { due } = await waiting(this.#database.read<ShopTables>())
      .select((eb) => eb.fn.min<number | null>('ends_at').as('due'))
      .executeTakeFirstOrThrow();
    return due;
  }

  async settle(now: number): Promise<void> {
    const due = await waiting(this.#database.read<ShopTables>()).select('id').where('ends_at', '<=', now).execute();
    for (const { id } of due) {
      await this.#commits.run(
        undefined,
        async (work) => {
          await this.#draw(id, work);
          return { id };
        },
        async () => ({ id }),
      );
    }
  }

  /** Once: all entries there are by then, in one transaction with the winners, so that the list that is told is the list that was drawn from. */
  async #draw(id: string, work: Work): Promise<void> {
    const { transaction, now } = work;
    const { numUpdatedRows } = await transaction.updateTable('draws').set({ drawn_at: now }).where('promotion_id', '=', id).where('drawn_at', 'is', null).executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    const { seed, prizes } = await drawRow(transaction, id);
    const winners = await drawWinners({ seed, entries: await entriesOf(transaction, id), winners: prizes });
    const { show_id: showId } = await this.#promotions.row(transaction, id);
    for (const [place, entry] of winners.entries()) {
      const { position, identity } = await transaction.selectFrom('draw_entries').select(['position', 'identity']).where('promotion_id', '=', id).where('entry', '=', entry).executeTakeFirstOrThrow();
      await transaction.insertInto('draw_winners').values({ promotion_id: id, place, position }).execute();
      if (identity !== '') work.tell('promotion.mine', { showId, identity, mine: { what: 'won', promotionId: id, orderId: null } });
    }
    await this.#promotions.changed(work, id);
  }
}

/** Draws whose time ends them, and that have not been drawn; what the staff called off is none. */
function waiting(database: Kysely<ShopTables>) {
  return database
    .selectFrom('draws')
    .innerJoin('promotions', 'promotions.id', 'draws.promotion_id')
    .where('drawn_at', 'is', null)
    .where((eb) => eb.or([eb('ended_why', 'is', null), eb('ended_why', '=', 'time')]));
}

async function requireNoOther(transaction: Work['transaction'], showId: string, now: number): Promise<void> {
  const other = await transaction
    .selectFrom('promotions')
    .select('id')
    .where('show_id', '=', showId)
    .where('kind', '=', 'draw')
    .where('ended_at', 'is', null)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  if (other) throw new FieldcastError('promotion.already-on', 'Another draw of this show is on.', { params: { promotionId: other.id } });
}

async function entriesOf(database: Kysely<ShopTables>, id: string): Promise<string[]> {
  const rows = await database.selectFrom('draw_entries').select('entry').where('promotion_id', '=', id).orderBy('position').execute();
  return rows.map(({ entry }) => entry);
}

async function winnersOf(database: Kysely<ShopTables>, id: string): Promise<string[]> {
  const rows = await database
    .selectFrom('draw_winners')
    .innerJoin('draw_entries', (join) => join.onRef('draw_entries.promotion_id', '=', 'draw_winners.promotion_id').onRef('draw_entries.position', '=', 'draw_winners.position'))
    .select('entry')
    .where('draw_winners.promotion_id', '=', id)
    .orderBy('place')
    .execute();
  return rows.map(({ entry }) => entry);
}

export function asDraw(promotion: { kind: string }): Draw {
  if (promotion.kind !== 'draw') throw new FieldcastError('not-found', 'There is no such draw.');
  return promotion as Draw;
}
