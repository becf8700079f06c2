// Owns rehearsals: opened beside a real seller, read with what of them would go live, erased whole when their time is over.
import type { Selectable } from 'kysely';
import type { Rehearsal } from '../../protocol/training.ts';
import type { Show } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Logger } from '../../platform/log.ts';
import type { Live } from '../../live/index.ts';
import type { Shop } from '../../shop/index.ts';
import type { RehearsalTables } from './tables.ts';

const DAY_MS = 24 * 3600_000;
const SWEEP_MS = 3600_000;

export interface RehearsalsDeps {
  database: Database;
  clock: Clock;
  log: Logger;
  shop: Pick<Shop, 'practice' | 'catalogue' | 'pictures'>;
  live: Pick<Live, 'shows' | 'shelves' | 'end' | 'eraseShow'>;
  /** Days after which a rehearsal is erased. */
  days: number;
}

export type RehearsalRow = Selectable<RehearsalTables['rehearsals']>;

export class Rehearsals {
  readonly #deps: RehearsalsDeps;
  readonly #filling = new Map<string, Promise<void>>();
  #cancel: () => void;

  constructor(deps: RehearsalsDeps) {
    this.#deps = deps;
    this.#cancel = deps.clock.after(SWEEP_MS, () => this.#tick());
  }

  /** @throws FieldcastError `not-found` for a seller, host or product that is none of each other's. */
  async start(request: { sellerId: string; hostId: string; title: string; productIds: readonly string[] }, once: Once | undefined): Promise<Rehearsal> {
    const { shop, live, days } = this.#deps;
    const { sellerId, hostId, title, productIds } = request;
    const part = (name: string): Once | undefined => once && { ...once, scope: `${once.scope} ${name}` };
    const practiceSellerId = await shop.practice.open({ sellerId, productIds, keptDays: days }, part('seller'));
    const show = await live.shows.create({ title, sellerId: practiceSellerId, hostId, hostsOf: sellerId, kind: 'rehearsal' }, part('show'));
    // A repeated call that comes meanwhile waits for the first one.
    const filling = this.#filling.get(show.id) ?? this.#fill(show.id, practiceSellerId, { sellerId, productIds });
    this.#filling.set(show.id, filling);
    await filling.finally(() => this.#filling.delete(show.id));
    return this.read(show);
  }

  async #fill(showId: string, practiceSellerId: string, { sellerId, productIds }: { sellerId: string; productIds: readonly string[] }): Promise<void> {
    const { database, clock, shop, live } = this.#deps;
    const isNew = await database.write<RehearsalTables, boolean>(async (transaction) => {
      const { numInsertedOrUpdatedRows } = await transaction
        .insertInto('rehearsals')
        .values({ show_id: showId, practice_seller_id: practiceSellerId, seller_id: sellerId, created_at: clock.now(), live_show_id: null, live_at: null, before: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    });
    if (!isNew) return;
    const copyOf = new Map((await shop.practice.copies(practiceSellerId)).map(({ sourceId, copyId }) => [sourceId, copyId]));
    await live.shelves.arrange(showId, productIds.flatMap((productId) => copyOf.get(productId) ?? []));
  }

  async read(show: Show): Promise<Rehearsal> {
    const { shop, live } = this.#deps;
    const row = await this.row(show.id);
    const [copies, shelf, pins] = await Promise.all([shop.practice.copies(row.practice_seller_id), live.shelves.productIds(show.id), live.shelves.pins(show.id)]);
    const practised = await shop.catalogue.products(shelf);
    const originals = new Map((await shop.catalogue.products(copies.map(({ sourceId }) => sourceId))).filter(({ archived }) => !archived).map((product) => [product.id, product]));
    const carried = practised.map((product) => {
      const copy = copies.find(({ copyId }) => copyId === product.id);
      return { product, copy, original: copy && originals.get(copy.sourceId) };
    });
    const wentTo = row.live_show_id === null ? undefined : await live.shows.find(row.live_show_id);
    return {
      show,
      sellerId: row.seller_id,
      erasesAt: this.#erasesAt(row, show),
      shelf: carried.flatMap(({ product, original }) => (original ? [{ productId: original.id, name: original.name, isPinned: pins.includes(product.id) }] : [])),
      made: carried.flatMap(({ product, copy }) => (copy ? [] : [{ productId: product.id, name: product.name, isPinned: pins.includes(product.id) }])),
      staysHere: carried.flatMap(({ product, copy, original }) => (copy && !original ? [product.name] : [])),
      prices: carried.flatMap(({ product, copy, original }) =>
        (copy && original ? copy.variants : []).flatMap(({ copyId, sourceId }) => {
          const practisedVariant = product.variants.find(({ id }) => id === copyId);
          const now = original?.variants.find(({ id }) => id === sourceId);
          if (!original || !practisedVariant || !now || practisedVariant.priceMinor === now.priceMinor) return [];
          return [{ productId: original.id, variantId: now.id, name: original.name, label: now.label, nowMinor: now.priceMinor, practisedMinor: practisedVariant.priceMinor }];
        }),
      ),
      wentLive: wentTo && row.live_at !== null ? { show: wentTo, at: row.live_at, canUndo: wentTo.status === 'planned' } : null,
    };
  }

  /** @throws FieldcastError `not-found` for a show that is no rehearsal. */
  async row(showId: string): Promise<RehearsalRow> {
    const row = await this.#find(showId);
    if (!row) throw new FieldcastError('not-found', 'There is no such rehearsal.');
    return row;
  }

  /** Erases a rehearsal with everything of it; one that is on the air ends first. What went live stays. */
  async erase(show: Show): Promise<void> {
    const { live, log, shop } = this.#deps;
    if (show.status === 'live' || show.status === 'paused') await live.end(show.id);
    const { created_at: since } = await this.row(show.id);
    await live.eraseShow(show);
    await this.forget(show.id);
    if (show.posterPictureId !== null) await shop.pictures.eraseUnused([show.posterPictureId], since);
    log.info({ showId: show.id }, 'rehearsal erased');
  }

  /** To be called when the show is gone: its practice seller goes with everything. */
  async forget(showId: string): Promise<void> {
    const { database, shop } = this.#deps;
    const row = await this.#find(showId);
    if (!row) return;
    await shop.practice.erase(row.practice_seller_id);
    await database.write<RehearsalTables, void>(async (transaction) => {
      await transaction.deleteFrom('rehearsals').where('show_id', '=', showId).execute();
    });
  }

  close(): void {
    this.#cancel();
  }

  #find(showId: string): Promise<RehearsalRow | undefined> {
    return this.#deps.database.read<RehearsalTables>().selectFrom('rehearsals').selectAll().where('show_id', '=', showId).executeTakeFirst();
  }

  #erasesAt(row: RehearsalRow, show: Pick<Show, 'endedAt' | 'plannedAt'>): number {
    return Math.max(row.created_at, show.endedAt ?? 0, show.plannedAt ?? 0) + this.#deps.days * DAY_MS;
  }

  #tick(): void {
    this.#cancel = this.#deps.clock.after(SWEEP_MS, () => this.#tick());
    this.sweep().catch((error: unknown) => this.#deps.log.error({ err: error }, 'erasing old rehearsals failed'));
  }

  /** Erases those whose time is over, and what is left of those whose show is gone. */
  async sweep(): Promise<void> {
    const { database, clock, live } = this.#deps;
    for (const row of await database.read<RehearsalTables>().selectFrom('rehearsals').selectAll().execute()) {
      const show = await live.shows.find(row.show_id);
      if (!show) await this.forget(row.show_id);
      else if (show.status !== 'live' && show.status !== 'paused' && this.#erasesAt(row, show) <= clock.now()) await this.erase(show);
    }
  }
}
