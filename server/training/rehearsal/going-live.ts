// Owns the step from practice to selling: what of a rehearsal goes into a real show, done on purpose, and taken back until that show begins.
import type { goLiveRequest } from '../../protocol/training.ts';
import type { Show } from '../../protocol/show.ts';
import type * as v from 'valibot';
import type { Bus } from '../../platform/events.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Live, LiveFacts } from '../../live/index.ts';
import type { Shop } from '../../shop/index.ts';
import type { RehearsalRow, Rehearsals } from './rehearsals.ts';
import type { RehearsalTables } from './tables.ts';

type GoLive = v.InferOutput<typeof goLiveRequest>;

/** How the real show and the real shop were, to be put back. */
interface Before {
  /** Made for this: taken back it goes. */
  isNewShow: boolean;
  shelf: string[];
  pins: string[];
  /** Products of the real seller that were made while practising. */
  made: string[];
  prices: { productId: string; variantId: string; beforeMinor: number; setMinor: number }[];
}

export interface GoingLiveDeps {
  database: Database;
  clock: Clock;
  bus: Bus<LiveFacts>;
  rehearsals: Rehearsals;
  shop: Pick<Shop, 'catalogue' | 'practice'>;
  live: Pick<Live, 'shows' | 'shelves' | 'eraseShow'>;
}

export class GoingLive {
  readonly #deps: GoingLiveDeps;
  /** One after the other: two taps make one show. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(deps: GoingLiveDeps) {
    this.#deps = deps;
  }

  /**
   * @throws FieldcastError `input.invalid` for another title; `show.wrong-state` while the rehearsal is on the air, for a show that has begun, and
   * when it went live before; `rehearsal.changed` when a price is not what was practised any more; `not-found` for a show of others, and for
   * goods that are not on the practised shelf any more; `input.invalid` for a number of goods that the real shop has already.
   */
  go(rehearsal: Show, request: GoLive): Promise<void> {
    return this.#next(() => this.#go(rehearsal, request));
  }

  /** @throws FieldcastError `show.wrong-state` when nothing went live or that show has begun; `show.open-orders` when somebody has ordered in it. */
  undo(rehearsal: Show): Promise<void> {
    return this.#next(() => this.#undo(rehearsal));
  }

  #next(task: () => Promise<void>): Promise<void> {
    const done = this.#work.then(task);
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #go(rehearsal: Show, { title, showId, prices, made }: GoLive): Promise<void> {
    const { rehearsals, live, shop, clock } = this.#deps;
    if (title !== rehearsal.title) throw new FieldcastError('input.invalid', 'The title has to be repeated as it is.', { issues: [{ path: 'body.title', message: 'the title of the rehearsal' }] });
    if (rehearsal.status === 'live' || rehearsal.status === 'paused') throw new FieldcastError('show.wrong-state', 'End the rehearsal first.');
    const row = await rehearsals.row(rehearsal.id);
    const seen = await rehearsals.read(rehearsal);
    if (row.live_at !== null && seen.wentLive) throw new FieldcastError('show.wrong-state', 'It went live before; take that back first.');
    for (const { variantId, priceMinor } of prices) {
      const practised = seen.prices.find((price) => price.variantId === variantId);
      if (practised?.practisedMinor !== priceMinor) throw new FieldcastError('rehearsal.changed', 'This price is not what was practised any more; look again.', { params: { variantId } });
    }
    if (made.some((productId) => !seen.made.some((each) => each.productId === productId))) throw new FieldcastError('not-found', 'These goods are not on the practised shelf any more.');
    const added = await this.#makeReal(row, made);
    const target = await this.#targetOf(rehearsal, row, showId).catch(async (error: unknown) => {
      await this.#putAway(row, added);
      throw error;
    });
    const prepared = await rehearsals.read(rehearsal);
    const before: Before = {
      isNewShow: target.isNew,
      shelf: await live.shelves.productIds(target.show.id),
      pins: await live.shelves.pins(target.show.id),
      made: added,
      prices: prepared.prices.flatMap(({ productId, variantId, nowMinor, practisedMinor }) => (prices.some((each) => each.variantId === variantId) ? [{ productId, variantId, beforeMinor: nowMinor, setMinor: practisedMinor }] : [])),
    };
    const practised = prepared.shelf.map(({ productId }) => productId);
    await this.#note(rehearsal.id, { live_show_id: target.show.id, live_at: clock.now(), before: JSON.stringify(before) });
    // What the real show had besides stays behind what was practised.
    await live.shelves.arrange(target.show.id, [...practised, ...before.shelf.filter((productId) => !practised.includes(productId))]);
    await live.shelves.pin(target.show.id, prepared.shelf.filter(({ isPinned }) => isPinned).map(({ productId }) => productId));
    for (const { variantId, setMinor } of before.prices) await shop.catalogue.changeVariant(variantId, { priceMinor: setMinor });
  }

  async #undo(rehearsal: Show): Promise<void> {
    const { rehearsals, live, shop } = this.#deps;
    const row = await rehearsals.row(rehearsal.id);
    if (row.live_show_id === null || row.before === null) throw new FieldcastError('show.wrong-state', 'Nothing of it went live.');
    const show = await live.shows.find(row.live_show_id);
    if (show && show.status !== 'planned') throw new FieldcastError('show.wrong-state', 'The real show has begun.');
    const before = JSON.parse(row.before) as Before;
    // First what may be refused: somebody may have ordered already.
    if (show && before.isNewShow) await live.eraseShow(show);
    for (const { productId, variantId, beforeMinor, setMinor } of before.prices) {
      const [product] = await shop.catalogue.products([productId]);
      // Whoever has set another price since then meant that one.
      if (product?.variants.find(({ id }) => id === variantId)?.priceMinor === setMinor) await shop.catalogue.changeVariant(variantId, { priceMinor: beforeMinor });
    }
    if (show && !before.isNewShow) {
      await live.shelves.arrange(show.id, before.shelf);
      await live.shelves.pin(show.id, before.pins);
    }
    await this.#putAway(row, before.made);
    await this.#note(rehearsal.id, { live_show_id: null, live_at: null, before: null });
  }

  /** @returns ids of the new products of the real seller, from now on originals of what was made; all of them or none */
  async #makeReal(row: RehearsalRow, made: readonly string[]): Promise<string[]> {
    const { catalogue, practice } = this.#deps.shop;
    const added: string[] = [];
    try {
      for (const product of await catalogue.products(made)) {
        const taken = await practice.taken(product.id);
        const variants = product.variants.map(({ id, stock, ...variant }) => ({ ...variant, stock: stock + (taken.get(id) ?? 0) }));
        const { id } = await catalogue.create(row.seller_id, { ...product, variants });
        added.push(id);
        await practice.link(product.id, id);
      }
    } catch (error) {
      await this.#putAway(row, added);
      throw error;
    }
    return added;
  }

  /** Put away and not gone: somebody may have ordered it meanwhile. Practised anew it is made anew. */
  async #putAway(row: RehearsalRow, added: readonly string[]): Promise<void> {
    const { catalogue, practice } = this.#deps.shop;
    await practice.unlink(row.practice_seller_id, added);
    for (const productId of added) await catalogue.change(productId, { archived: true });
  }

  async #targetOf(rehearsal: Show, row: RehearsalRow, showId: string | undefined): Promise<{ show: Show; isNew: boolean }> {
    const { live, bus } = this.#deps;
    if (showId !== undefined) {
      const show = await live.shows.require(showId);
      if (show.kind !== 'live' || show.hostId !== rehearsal.hostId || show.sellerId !== row.seller_id) throw new FieldcastError('not-found', 'There is no such show of this host.');
      if (show.status !== 'planned') throw new FieldcastError('show.wrong-state', 'This show has begun.');
      return { show, isNew: false };
    }
    const show = await live.shows.create({ title: rehearsal.title, sellerId: row.seller_id, hostId: rehearsal.hostId, posterPictureId: rehearsal.posterPictureId ?? undefined }, undefined);
    bus.emit('show.planned', { show });
    return { show, isNew: true };
  }

  async #note(showId: string, row: Pick<RehearsalRow, 'live_show_id' | 'live_at' | 'before'>): Promise<void> {
    await this.#deps.database.write<RehearsalTables, void>(async (transaction) => {
      await transaction.updateTable('rehearsals').set(row).where('show_id', '=', showId).execute();
    });
  }
}
