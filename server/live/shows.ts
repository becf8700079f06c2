// Owns shows in the database: planning, reading, and the only writes of their status.
import type { Kysely, Selectable } from 'kysely';
import { newId } from '../protocol/ids.ts';
import type { Currency } from '../protocol/money.ts';
import type { Host, Show, ShowKind, ShowStatus } from '../protocol/show.ts';
import type { Clock } from '../platform/clock.ts';
import { compileOnce } from '../platform/db/compile-once.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import type { LiveTables } from './tables.ts';

/** What the shop knows of a seller. */
export interface SellerLookup {
  find(sellerId: string): Promise<{ id: string; name: string; currency: Currency } | undefined>;
}

export interface NewShow {
  title: string;
  sellerId: string;
  hostId?: string | undefined;
  hostName?: string | undefined;
  plannedAt?: number | undefined;
  posterPictureId?: string | undefined;
  pageUrl?: string | undefined;
  kind?: ShowKind;
  /** Whose hosts may hold it, where that is another seller than whose goods they are: in a rehearsal. */
  hostsOf?: string;
}

type ShowRow = Selectable<LiveTables['shows']> & { host_name: string; needs_code: 0 | 1 | null; is_hidden: 0 | 1 | null };

const select = (database: Kysely<LiveTables>) =>
  database
    .selectFrom('shows')
    .innerJoin('hosts', 'hosts.id', 'shows.host_id')
    .leftJoin('gates', 'gates.show_id', 'shows.id')
    .selectAll('shows')
    .select(['hosts.name as host_name', 'gates.needs_code', 'gates.is_hidden']);

const byId = compileOnce<LiveTables, { id: string }>()((database, param) => select(database).where('shows.id', '=', param('id')));

export class Shows {
  readonly #database: Database;
  readonly #sellers: SellerLookup;
  readonly #clock: Clock;

  constructor(deps: { database: Database; sellers: SellerLookup; clock: Clock }) {
    this.#database = deps.database;
    this.#sellers = deps.sellers;
    this.#clock = deps.clock;
  }

  async find(showId: string): Promise<Show | undefined> {
    const { rows } = await byId(this.#database.read<LiveTables>(), { id: showId });
    return rows[0] && this.#toShow(rows[0]);
  }

  /** @throws FieldcastError `not-found`. */
  async require(showId: string): Promise<Show> {
    const show = await this.find(showId);
    if (!show) throw new FieldcastError('not-found', 'There is no such show.');
    return show;
  }

  /** @param filter.seenBy leaves out hidden shows of others */
  async list(filter: {
    status?: ShowStatus | undefined;
    hostId?: string | undefined;
    showId?: string | undefined;
    /** Left out: of both kinds. */
    kind?: ShowKind | undefined;
    seenBy?: { identity: string; showId?: string | undefined } | undefined;
    limit: number;
  }): Promise<Show[]> {
    let query = select(this.#database.read<LiveTables>()).orderBy('shows.created_at', 'desc').limit(filter.limit);
    if (filter.status) query = query.where('shows.status', '=', filter.status);
    if (filter.hostId) query = query.where('shows.host_id', '=', filter.hostId);
    if (filter.kind) query = query.where('shows.kind', '=', filter.kind);
    if (filter.showId) query = query.where('shows.id', '=', filter.showId);
    const { seenBy } = filter;
    if (seenBy) {
      query = query.where((eb) =>
        eb.or([
          eb(eb.fn.coalesce('gates.is_hidden', eb.lit(0)), '=', 0),
          eb('shows.host_id', '=', seenBy.identity),
          ...(seenBy.showId === undefined ? [] : [eb('shows.id', '=', seenBy.showId)]),
        ]),
      );
    }
    return Promise.all((await query.execute()).map((row) => this.#toShow(row)));
  }

  /** Shows that are not hidden: on the air, then coming (soonest first, those without a time last), then past (newest first). */
  async programme(filter: { sellerId?: string | undefined; hostId?: string | undefined; plannedAfter: number; limit: number }): Promise<Show[]> {
    const listed = () => {
      let query = select(this.#database.read<LiveTables>()).where('shows.kind', '=', 'live').where((eb) => eb(eb.fn.coalesce('gates.is_hidden', eb.lit(0)), '=', 0));
      if (filter.sellerId) query = query.where('shows.seller_id', '=', filter.sellerId);
      if (filter.hostId) query = query.where('shows.host_id', '=', filter.hostId);
      return query.limit(filter.limit);
    };
    const parts = await Promise.all([
      // By its name 'live' comes before 'paused'.
      listed().where('shows.status', 'in', ['live', 'paused']).orderBy('shows.status').orderBy('shows.started_at', 'desc').execute(),
      listed()
        .where('shows.status', '=', 'planned')
        .where((eb) => eb.or([eb('shows.planned_at', 'is', null), eb('shows.planned_at', '>=', filter.plannedAfter)]))
        .orderBy('shows.planned_at', (order) => order.asc().nullsLast())
        .orderBy('shows.created_at', 'desc')
        .execute(),
      listed().where('shows.status', '=', 'ended').orderBy('shows.ended_at', 'desc').execute(),
    ]);
    return Promise.all(parts.flat().slice(0, filter.limit).map((row) => this.#toShow(row)));
  }

  /** How often what a calendar tells of a show has changed. */
  async calendarSequence(showId: string): Promise<number> {
    const row = await this.#database.read<LiveTables>().selectFrom('shows').select('calendar_sequence').where('id', '=', showId).executeTakeFirst();
    return row?.calendar_sequence ?? 0;
  }

  async create(request: NewShow, once: Once | undefined): Promise<Show> {
    const now = this.#clock.now();
    const { value } = await this.#database.writeOnce<LiveTables, { showId: string }>(once, now, async (transaction) => {
      let hostId = request.hostId;
      if (hostId === undefined) {
        hostId = newId('per');
        await transaction
          .insertInto('hosts')
          .values({ id: hostId, seller_id: request.sellerId, name: request.hostName ?? '', created_at: now })
          .execute();
      } else {
        const host = await transaction.selectFrom('hosts').select('seller_id').where('id', '=', hostId).executeTakeFirst();
        if (host?.seller_id !== (request.hostsOf ?? request.sellerId)) throw new FieldcastError('not-found', 'There is no such host of this seller.');
      }
      const showId = newId('shw');
      await transaction
        .insertInto('shows')
        .values({
          id: showId,
          title: request.title,
          status: 'planned',
          seller_id: request.sellerId,
          host_id: hostId,
          poster_picture_id: request.posterPictureId ?? null,
          created_at: now,
          planned_at: request.plannedAt ?? null,
          started_at: null,
          paused_at: null,
          grace_until: null,
          ended_at: null,
          page_url: request.pageUrl ?? null,
          calendar_sequence: 0,
          kind: request.kind ?? 'live',
        })
        .execute();
      return { showId };
    });
    return this.require(value.showId);
  }

  async change(
    showId: string,
    patch: {
      title?: string | undefined;
      plannedAt?: number | null | undefined;
      posterPictureId?: string | null | undefined;
      pageUrl?: string | null | undefined;
    },
  ): Promise<Show> {
    const set = {
      ...(patch.title === undefined ? {} : { title: patch.title }),
      ...(patch.plannedAt === undefined ? {} : { planned_at: patch.plannedAt }),
      ...(patch.posterPictureId === undefined ? {} : { poster_picture_id: patch.posterPictureId }),
      ...(patch.pageUrl === undefined ? {} : { page_url: patch.pageUrl }),
    };
    if (Object.keys(set).length > 0) {
      await this.#database.write<LiveTables, void>(async (transaction) => {
        await transaction
          .updateTable('shows')
          .set((eb) => ({ ...set, calendar_sequence: eb('calendar_sequence', '+', 1) }))
          .where('id', '=', showId)
          .execute();
      });
    }
    return this.require(showId);
  }

  /**
   * Moves a show from one of `from` to `to`, or leaves it alone.
   * @returns whether it moved: two causes at the same time move it once.
   */
  async move(
    showId: string,
    from: readonly ShowStatus[],
    to: ShowStatus,
    times: { startedAt?: number; pausedAt?: number | null; graceUntil?: number | null; endedAt?: number },
  ): Promise<boolean> {
    return this.#database.write<LiveTables, boolean>(async (transaction) => {
      const outcome = await transaction
        .updateTable('shows')
        .set((eb) => ({
          status: to,
          // The first start counts: a show that was paused and came back is the same show.
          ...(times.startedAt === undefined ? {} : { started_at: eb.fn.coalesce('started_at', eb.val(times.startedAt)) }),
          ...(times.pausedAt === undefined ? {} : { paused_at: times.pausedAt }),
          ...(times.graceUntil === undefined ? {} : { grace_until: times.graceUntil }),
          ...(times.endedAt === undefined ? {} : { ended_at: times.endedAt }),
        }))
        .where('id', '=', showId)
        .where('status', 'in', from)
        .executeTakeFirst();
      return outcome.numUpdatedRows > 0n;
    });
  }

  async hosts(): Promise<Host[]> {
    return this.#database.read<LiveTables>().selectFrom('hosts').select(['id', 'name']).orderBy('created_at').limit(500).execute();
  }

  async findHost(hostId: string): Promise<Host | undefined> {
    return this.#database.read<LiveTables>().selectFrom('hosts').select(['id', 'name']).where('id', '=', hostId).executeTakeFirst();
  }

  async hostSeller(hostId: string): Promise<string | undefined> {
    const row = await this.#database.read<LiveTables>().selectFrom('hosts').select('seller_id').where('id', '=', hostId).executeTakeFirst();
    return row?.seller_id;
  }

  async #toShow(row: ShowRow): Promise<Show> {
    const seller = await this.#sellers.find(row.seller_id);
    if (!seller) throw new Error(`show ${row.id} has no seller`);
    return {
      id: row.id,
      kind: row.kind,
      title: row.title,
      status: row.status,
      sellerId: row.seller_id,
      sellerName: seller.name,
      hostId: row.host_id,
      hostName: row.host_name,
      currency: seller.currency,
      posterPictureId: row.poster_picture_id,
      plannedAt: row.planned_at,
      startedAt: row.started_at,
      pausedAt: row.paused_at,
      graceUntil: row.grace_until,
      endedAt: row.ended_at,
      pageUrl: row.page_url,
      needsCode: row.needs_code === 1,
      isHidden: row.is_hidden === 1,
    };
  }
}
