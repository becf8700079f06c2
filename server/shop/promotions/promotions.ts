// Owns promotions whatever their kind: opening one, its end, what viewers and staff are told, and the moments at which they have to be told.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import { PROMOTION_SHOWN_AFTER_MS, type PromotionEnd, type PromotionKind } from '../../protocol/promotion-shape.ts';
import type { Promotion, PromotionDesk } from '../../protocol/promotions.ts';
import type { Commits, Work } from '../commits.ts';
import type { ShopTables } from '../schema.ts';
import { figuresOf } from './figures.ts';
import { type PromotionRow, stateOf } from './state.ts';
import type { Dated } from './timetable.ts';

/** Fields that every view begins with. */
export type Common = Pick<Promotion, 'id' | 'title' | 'startsAt' | 'endsAt' | 'state' | 'endedWhy' | 'revision'>;

/** What a kind of promotion brings to its public view and to its end. */
export interface KindOfPromotion {
  readonly kind: PromotionKind;
  view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<Promotion>;
  /** Whether viewers hear of it; missing: of all. */
  isListed?(promotion: Promotion): boolean;
  /** It has just been ended, in this transaction, by the staff or because it was sold out; by its time it ends without a word. */
  ended?(row: PromotionRow, work: Work): Promise<void>;
}

/** One that has begun. */
export interface PastPromotion {
  promotion: Promotion;
  /** When it ended, or is to end; null: by somebody's hand. */
  endsAt: number | null;
}

/** Where a promotion is: it belongs to a show, and to the seller of its goods. */
export interface Opening {
  kind: PromotionKind;
  showId: string;
  sellerId: string;
  title: string;
  byName: string;
  /** From when viewers see it. */
  shownAt: number;
  startsAt: number;
  endsAt: number | null;
}

const findRow = compileOnce<ShopTables, { id: string }>()((database, param) => database.selectFrom('promotions').selectAll().where('id', '=', param('id')));
const countUp = compileOnce<ShopTables, { id: string }>()((database, param) =>
  database
    .updateTable('promotions')
    .set((eb) => ({ revision: eb('revision', '+', sql.lit(1)) }))
    .where('id', '=', param('id'))
    .returningAll(),
);

/** When the state that was told last is no more the present one; null: only by somebody's hand. */
const nextMoment = sql<number | null>`case told_state when 'planned' then shown_at when 'countdown' then starts_at else ends_at end`;
// Asked after every sale of anything.
const firstMoment = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('promotions')
    .select((eb) => eb.fn.min<number | null>(nextMoment).as('at'))
    .where('told_state', '<>', sql.lit('over')),
);

export class Promotions implements Dated {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #clock: Clock;
  readonly #kinds = new Map<PromotionKind, KindOfPromotion>();

  constructor(deps: { database: Database; commits: Commits; clock: Clock }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#clock = deps.clock;
  }

  register(kind: KindOfPromotion): void {
    this.#kinds.set(kind.kind, kind);
  }

  /** What viewers of a show see: what is on, or has just ended; newest first. */
  async list(showId: string): Promise<{ promotions: Promotion[]; serverTime: number }> {
    const now = this.#clock.now();
    const database = this.#database.read<ShopTables>();
    const rows = await database
      .selectFrom('promotions')
      .selectAll()
      .where('show_id', '=', showId)
      .where('shown_at', '<=', now)
      .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', eb.ref('shown_at'))]))
      .where((eb) => {
        const end = eb.fn.coalesce('ended_at', 'ends_at');
        return eb.or([eb(end, 'is', null), eb(end, '>', now - PROMOTION_SHOWN_AFTER_MS)]);
      })
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    const views = await this.#views(rows, now, database);
    return { promotions: views.filter((promotion) => this.#isListed(promotion)), serverTime: now };
  }

  /** All of a show's, for its staff; newest first. */
  async desk(showId: string): Promise<PromotionDesk> {
    const now = this.#clock.now();
    const database = this.#database.read<ShopTables>();
    const rows = await database.selectFrom('promotions').selectAll().where('show_id', '=', showId).orderBy('created_at', 'desc').orderBy('id').execute();
    const [views, figures] = await Promise.all([this.#views(rows, now, database), figuresOf(database, showId)]);
    const nothing = { orders: 0, units: 0, takenOffMinor: 0 };
    const promotions = rows.flatMap((row, index) => {
      const promotion = views[index];
      return promotion ? [{ promotion, figures: figures.get(row.id) ?? nothing, byName: row.by_name, createdAt: row.created_at }] : [];
    });
    return { promotions, serverTime: now };
  }

  /** Those of a show that viewers could see or use, with when they really ended, oldest first. */
  async past(showId: string): Promise<PastPromotion[]> {
    const now = this.#clock.now();
    const database = this.#database.read<ShopTables>();
    const rows = await database
      .selectFrom('promotions')
      .selectAll()
      .where('show_id', '=', showId)
      .where('starts_at', '<=', now)
      .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', eb.ref('starts_at'))]))
      .orderBy('starts_at')
      .orderBy('id')
      .execute();
    const views = await this.#views(rows, now, database);
    return views.map((promotion, index) => ({ promotion, endsAt: rows[index]?.ended_at ?? promotion.endsAt }));
  }

  /** @throws FieldcastError `not-found`. */
  async row(database: Kysely<ShopTables>, id: string): Promise<PromotionRow> {
    const [row] = (await findRow(database, { id })).rows;
    return row ?? missing();
  }

  /** @throws FieldcastError `not-found`. */
  async showOf(id: string): Promise<string> {
    return (await this.row(this.#database.read<ShopTables>(), id)).show_id;
  }

  /** A new promotion's row, inside the transaction in which its kind adds what is its own and then calls {@link changed}. */
  async open(work: Work, { kind, showId, sellerId, title, byName, shownAt, startsAt, endsAt }: Opening): Promise<PromotionRow> {
    const times = { shown_at: shownAt, starts_at: startsAt, ends_at: endsAt };
    const fresh = { id: newId('pro'), show_id: showId, seller_id: sellerId, kind, title, by_name: byName, created_at: work.now, ...times, revision: 0, told_state: 'planned' as const };
    await work.transaction.insertInto('promotions').values(fresh).execute();
    const row: PromotionRow = { ...fresh, ended_at: null, ended_why: null };
    await this.#noteTold(work, row);
    return row;
  }

  /** Tells everybody how a promotion stands after a change in this transaction; to be called last in it. */
  async changed(work: Work, id: string): Promise<Promotion> {
    const [row] = (await countUp(work.transaction, { id })).rows;
    if (!row) return missing();
    const promotion = await this.view(work.transaction, row, work.now);
    // What is planned nobody is told, and neither that it was given up; nor what is only for those who have its code.
    const isShown = row.ended_at === null ? row.shown_at <= work.now : row.shown_at <= row.ended_at;
    if (isShown && this.#isListed(promotion)) work.tell('promotion.changed', { showId: row.show_id, promotion });
    else work.tell('promotion.planned', { showId: row.show_id });
    return promotion;
  }

  /** Ends one that is not over, at once. */
  async finish(work: Work, row: PromotionRow, why: PromotionEnd): Promise<Promotion> {
    await work.transaction
      .updateTable('promotions')
      .set({ ended_at: work.now, ended_why: why, told_state: 'over' })
      .where('id', '=', row.id)
      .execute();
    await this.#kinds.get(row.kind)?.ended?.(row, work);
    return this.changed(work, row.id);
  }

  /** Ends a promotion for the staff; one that is over stays as it is. @throws FieldcastError `not-found`. */
  end(id: string): Promise<Promotion> {
    const present = async (database: Kysely<ShopTables>, now: number): Promise<Promotion> => this.view(database, await this.row(database, id), now);
    return this.#commits.run(
      undefined,
      async (work) => {
        const row = await this.row(work.transaction, id);
        if (stateOf(row, work.now) === 'over') return present(work.transaction, work.now);
        return this.finish(work, row, 'staff');
      },
      () => present(this.#database.read<ShopTables>(), this.#clock.now()),
    );
  }

  /** A promotion again, for the answer of a repeated call. @throws FieldcastError `not-found`. */
  async read(id: string): Promise<Promotion> {
    const database = this.#database.read<ShopTables>();
    return this.view(database, await this.row(database, id), this.#clock.now());
  }

  async view(database: Kysely<ShopTables>, row: PromotionRow, now: number): Promise<Promotion> {
    const { id, title, starts_at: startsAt, ends_at: endsAt, revision } = row;
    const state = stateOf(row, now);
    const endedWhy = row.ended_why ?? (state === 'over' ? 'time' : null);
    const kind = this.#kinds.get(row.kind);
    if (!kind) throw new Error(`no promotions of kind ${row.kind} here`);
    return kind.view(row, { id, title, startsAt, endsAt, state, endedWhy, revision }, database);
  }

  async dueAt(): Promise<number | null> {
    const [first] = (await firstMoment(this.#database.read<ShopTables>(), {})).rows;
    return first?.at ?? null;
  }

  /** Tells of each promotion that the clock has moved on: it is announced, has begun, is over. */
  async settle(now: number): Promise<void> {
    const due = await this.#database.read<ShopTables>().selectFrom('promotions').select('id').where('told_state', '<>', sql.lit('over')).where(nextMoment, '<=', now).execute();
    for (const { id } of due) {
      await this.#commits.run(
        undefined,
        async (work) => {
          const row = await this.row(work.transaction, id);
          if (stateOf(row, work.now) !== row.told_state) {
            await this.#noteTold(work, row);
            await this.changed(work, id);
          }
          return { id };
        },
        async () => ({ id }),
      );
    }
  }

  #isListed(promotion: Promotion): boolean {
    return this.#kinds.get(promotion.kind)?.isListed?.(promotion) ?? true;
  }

  async #noteTold({ transaction, now }: Work, row: PromotionRow): Promise<void> {
    const state = stateOf(row, now);
    const isOver = state === 'over' && row.ended_at === null;
    await transaction
      .updateTable('promotions')
      .set({ told_state: state, ...(isOver ? { ended_at: row.ends_at, ended_why: 'time' } : {}) })
      .where('id', '=', row.id)
      .execute();
  }

  #views(rows: readonly PromotionRow[], now: number, database: Kysely<ShopTables>): Promise<Promotion[]> {
    return Promise.all(rows.map((row) => this.view(database, row, now)));
  }
}

function missing(): never {
  throw new FieldcastError('not-found', 'There is no such promotion.');
}
