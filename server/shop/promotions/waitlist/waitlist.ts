// Owns places on waitlists: joining, leaving, the end of a hold, and the order that uses one.
import { type Kysely, type Selectable, sql } from 'kysely';
import type * as v from 'valibot';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { newId } from '../../../protocol/ids.ts';
import type { Wait, WaitlistDesk, WaitState, waitRequest } from '../../../protocol/waitlist.ts';
import { offerOf } from '../../catalogue.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import { putBack } from '../../stock.ts';
import type { Asked, Offer, OrderPart } from '../part.ts';
import type { Dated } from '../timetable.ts';

type Row = Selectable<ShopTables['waits']>;

/** Places that one person may have at a time, and one variant. */
const PLACES_OF_ONE = 20;
const PLACES_FOR_ONE = 5_000;
/** Whoever comes back reads for so long how it ended. */
const SHOWN_AFTER_MS = 10 * 60_000;
/** For so long somebody waits, and is remembered after the end. */
const KEPT_MS = 7 * 24 * 3600_000;
/** Places ended at a time; the rest follows at once. */
const AT_ONCE = 100;

export interface WaitPlace {
  showId: string;
  sellerId: string;
  allowedProductIds: ReadonlySet<string>;
}

const heldFor = compileOnce<ShopTables, { identity: string; waitId: string; sellerId: string; now: number }>()((database, param) =>
  database
    .selectFrom('waits')
    .select(['id', 'variant_id', 'held', 'show_id'])
    .where('state', '=', sql.lit('held'))
    .where('hold_until', '>', param('now'))
    .where('seller_id', '=', param('sellerId'))
    .where((eb) => eb.or([eb('identity', '=', param('identity')), eb('id', '=', param('waitId'))])),
);

export class Waitlist implements OrderPart, Dated {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #clock: Clock;

  constructor(deps: { database: Database; commits: Commits; clock: Clock }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#clock = deps.clock;
  }

  /**
   * Takes a place; whoever has one keeps it, with the pieces asked for last.
   * @throws FieldcastError `shelf.not-on-shelf` (params `variantId`), `waitlist.in-stock` (params `left`), `waitlist.full` (params `limit`).
   */
  join({ variantId, quantity }: v.InferOutput<typeof waitRequest>, { showId, sellerId, allowedProductIds }: WaitPlace, identity: string): Promise<Wait> {
    return this.#run(async (work) => {
      const { transaction, now } = work;
      const standing = await transaction
        .selectFrom('waits')
        .selectAll()
        .where('identity', '=', identity)
        .where('show_id', '=', showId)
        .where('variant_id', '=', variantId)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      if (standing?.state === 'held') return viewOf(standing, transaction);
      if (standing) {
        await transaction.updateTable('waits').set({ quantity }).where('id', '=', standing.id).execute();
        work.tell('waitlist.changed', { showId });
        return viewOf({ ...standing, quantity }, transaction);
      }
      const [goods] = (await offerOf(transaction, { variantId })).rows;
      if (!goods || goods.archived === 1 || goods.sellerId !== sellerId || !allowedProductIds.has(goods.productId)) {
        throw new FieldcastError('shelf.not-on-shelf', 'This is not sold here.', { params: { variantId } });
      }
      if (goods.stock > 0) throw new FieldcastError('waitlist.in-stock', 'It is there: it can be ordered.', { params: { left: goods.stock } });
      await requireRoom(transaction, identity, variantId);
      const { last } = await transaction
        .selectFrom('waits')
        .select((eb) => eb.fn.max<number | null>('position').as('last'))
        .where('variant_id', '=', variantId)
        .executeTakeFirstOrThrow();
      const fresh = { id: newId('wai'), show_id: showId, seller_id: sellerId, product_id: goods.productId, variant_id: variantId, identity };
      const row: Row = { ...fresh, position: (last ?? 0) + 1, quantity, state: 'waiting', joined_at: now, held: 0, hold_until: null, ended_at: null };
      await transaction.insertInto('waits').values(row).execute();
      work.tell('waitlist.changed', { showId });
      return viewOf(row, transaction);
    });
  }

  /** Gives a place up; one that is over is left alone. @throws FieldcastError `not-found` for one that is not this person's. */
  async leave(showId: string, waitId: string, identity: string): Promise<void> {
    const own = this.#database.read<ShopTables>().selectFrom('waits').select('id').where('id', '=', waitId).where('show_id', '=', showId).where('identity', '=', identity);
    if (!(await own.executeTakeFirst())) throw new FieldcastError('not-found', 'There is no such place.');
    await this.#end('left', (eb) => eb.where('id', '=', waitId).where('show_id', '=', showId).where('identity', '=', identity));
  }

  /** Closes the list of a variant in a show, also one that nobody is on. @throws FieldcastError `not-found` for an unknown variant. */
  async close(showId: string, variantId: string): Promise<void> {
    const variant = this.#database.read<ShopTables>().selectFrom('variants').select('id').where('id', '=', variantId);
    if (!(await variant.executeTakeFirst())) throw new FieldcastError('not-found', 'There is no such variant.');
    await this.#end('closed', (eb) => eb.where('show_id', '=', showId).where('variant_id', '=', variantId));
  }

  /** What is not on the shelf of a show any more is not waited for in it either. */
  async keepOnly(showId: string, productIds: ReadonlySet<string>): Promise<void> {
    const rows = await this.#database.read<ShopTables>().selectFrom('waits').select('product_id').distinct().where('show_id', '=', showId).where('ended_at', 'is', null).execute();
    const gone = rows.map((row) => row.product_id).filter((productId) => !productIds.has(productId));
    if (gone.length > 0) await this.#end('closed', (eb) => eb.where('show_id', '=', showId).where('product_id', 'in', gone));
  }

  /** A person is forgotten: what was held for them goes to the next. */
  async forgetPerson(identity: string): Promise<void> {
    await this.#end('left', (eb) => eb.where('identity', '=', identity));
    await this.#run(async ({ transaction }) => void (await transaction.deleteFrom('waits').where('identity', '=', identity).execute()));
  }

  /** A show is gone. */
  async forgetShow(showId: string): Promise<void> {
    await this.#end('closed', (eb) => eb.where('show_id', '=', showId));
    await this.#run(async ({ transaction }) => void (await transaction.deleteFrom('waits').where('show_id', '=', showId).execute()));
  }

  /** Somebody's own places in a show, the newest first. */
  async of(showId: string, identity: string): Promise<{ waits: Wait[]; serverTime: number }> {
    const now = this.#clock.now();
    const database = this.#database.read<ShopTables>();
    const rows = await database
      .selectFrom('waits')
      .selectAll()
      .where('identity', '=', identity)
      .where('show_id', '=', showId)
      .where((eb) => eb.or([eb('ended_at', 'is', null), eb.and([eb('ended_at', '>', now - SHOWN_AFTER_MS), eb('state', 'in', ['lapsed', 'closed'])])]))
      .orderBy('joined_at', 'desc')
      .orderBy('id')
      .limit(PLACES_OF_ONE * 2)
      .execute();
    return { waits: await Promise.all(rows.map((row) => viewOf(row, database))), serverTime: now };
  }

  /** What is waited for in a show, for its staff; the longest list first. */
  async desk(showId: string): Promise<WaitlistDesk> {
    const count = (state: WaitState) => sql<number>`count(*) filter (where state = ${sql.lit(state)})`;
    const variants = await this.#database
      .read<ShopTables>()
      .selectFrom('waits')
      .select((eb) => [
        'product_id as productId',
        'variant_id as variantId',
        count('waiting').as('waiting'),
        sql<number>`coalesce(sum(quantity) filter (where state = 'waiting'), 0)`.as('wanted'),
        eb.fn.sum<number>('held').as('held'),
        eb.fn.min<number | null>('hold_until').as('holdUntil'),
        count('taken').as('taken'),
        count('lapsed').as('lapsed'),
      ])
      .where('show_id', '=', showId)
      .groupBy('variant_id')
      .orderBy('waiting', 'desc')
      .orderBy('variant_id')
      .execute();
    return { variants, serverTime: this.#clock.now() };
  }

  async offers(asked: Asked, database: Kysely<ShopTables>): Promise<Offer> {
    const held = await this.#heldFor(asked, database);
    return { kept: held.map((row) => ({ variantId: row.variant_id, quantity: row.held })) };
  }

  /** What is held goes to the shelf, from which this order takes it before anybody else can; what it leaves there goes to the next. */
  async taking(asked: Asked, work: Work): Promise<void> {
    for (const { id, variant_id: variantId, held, show_id: showId } of await this.#heldFor(asked, work.transaction)) {
      await work.transaction.updateTable('waits').set({ state: 'taken', held: 0, hold_until: null, ended_at: work.now }).where('id', '=', id).execute();
      await putBack(work.transaction, variantId, held);
      work.tell('waitlist.changed', { showId });
    }
  }

  async dueAt(): Promise<number | null> {
    const { due } = await this.#database
      .read<ShopTables>()
      .selectFrom('waits')
      .select((eb) => eb.fn.min<number | null>('hold_until').as('due'))
      .where('state', '=', sql.lit('held'))
      .executeTakeFirstOrThrow();
    return due;
  }

  /** Ends holds that have run out; the next ones have their turn in the same transaction. */
  async settle(now: number): Promise<void> {
    await this.#end('lapsed', (eb) => eb.where('state', '=', sql.lit('held')).where('hold_until', '<=', now));
  }

  /** Nobody waits, or is remembered for it, longer than a week. */
  async expire(): Promise<void> {
    const before = this.#clock.now() - KEPT_MS;
    await this.#end('lapsed', (eb) => eb.where('state', '=', sql.lit('waiting')).where('joined_at', '<=', before));
    await this.#run(async ({ transaction }) => void (await transaction.deleteFrom('waits').where('ended_at', '<=', before).execute()));
  }

  async #heldFor({ sellerId, lines, identity, waitId = '', now }: Asked, database: Kysely<ShopTables>) {
    const { rows } = await heldFor(database, { identity, waitId, sellerId, now });
    return rows.filter((row) => lines.some((line) => line.variantId === row.variant_id));
  }

  /** Ends places that stand, a hundred in a transaction, and gives back what was held for them. */
  async #end(state: 'lapsed' | 'left' | 'closed', which: (query: ReturnType<typeof standing>) => ReturnType<typeof standing>): Promise<void> {
    for (let ended = AT_ONCE; ended === AT_ONCE; ) {
      ended = await this.#run(async (work) => {
        const rows = await which(standing(work.transaction)).execute();
        for (const row of rows) {
          await work.transaction.updateTable('waits').set({ state, held: 0, hold_until: null, ended_at: work.now }).where('id', '=', row.id).execute();
          if (row.held > 0) work.tell('variants.changed', { sellerId: row.seller_id, variants: [await putBack(work.transaction, row.variant_id, row.held)] });
          work.tell('promotion.mine', { showId: row.show_id, identity: row.identity, mine: { what: 'wait-over', waitId: row.id, variantId: row.variant_id, why: state } });
        }
        for (const showId of new Set(rows.map((row) => row.show_id))) work.tell('waitlist.changed', { showId });
        return rows.length;
      });
    }
  }

  /** One transaction that answers what `act` does; it has no key, because doing it again changes nothing. */
  async #run<Value>(act: (work: Work) => Promise<Value>): Promise<Value> {
    const { value } = await this.#commits.run<{ id: string; value: Value }>(
      undefined,
      async (work) => ({ id: '', value: await act(work) }),
      () => Promise.reject(new Error('a call without a key is never repeated')),
    );
    return value;
  }
}

function standing(database: Kysely<ShopTables>) {
  return database.selectFrom('waits').selectAll().where('ended_at', 'is', null).orderBy('variant_id').orderBy('position').limit(AT_ONCE);
}

async function viewOf(row: Row, database: Kysely<ShopTables>): Promise<Wait> {
  const { id, show_id: showId, product_id: productId, variant_id: variantId, quantity, state, held: heldQuantity, hold_until: holdUntil } = row;
  return { id, showId, productId, variantId, quantity, state, place: state === 'waiting' ? await placeOf(row, database) : 0, heldQuantity, holdUntil };
}

async function placeOf({ variant_id, position }: Row, database: Kysely<ShopTables>): Promise<number> {
  const { before } = await database
    .selectFrom('waits')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('variant_id', '=', variant_id)
    .where('state', '=', sql.lit('waiting'))
    .where('position', '<', position)
    .executeTakeFirstOrThrow();
  return before + 1;
}

/** @throws FieldcastError `waitlist.full` (params `limit`). */
async function requireRoom(database: Kysely<ShopTables>, identity: string, variantId: string): Promise<void> {
  const count = database.selectFrom('waits').select((eb) => eb.fn.countAll<number>().as('count')).where('ended_at', 'is', null);
  const [own, all] = await Promise.all([count.where('identity', '=', identity).executeTakeFirstOrThrow(), count.where('variant_id', '=', variantId).executeTakeFirstOrThrow()]);
  const limit = own.count >= PLACES_OF_ONE ? PLACES_OF_ONE : all.count >= PLACES_FOR_ONE ? PLACES_FOR_ONE : null;
  if (limit !== null) throw new FieldcastError('waitlist.full', 'There is no room on the list.', { params: { limit } });
}
