// Owns when nothing of a product was left in a show that is on, and when there was some again.
import type { Goods } from '../../live/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Bus } from '../../platform/events.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Show } from '../../protocol/show.ts';
import type { ShopFacts, VariantFact } from '../../shop/index.ts';
import { SERVER_DEVICE, serverKinds } from '../rollup/raw-event.ts';
import type { Books } from '../store/books.ts';
import type { AnalyticsTables } from '../store/tables.ts';

export interface SoldOutDeps {
  database: Database;
  books: Books;
  clock: Clock;
  goods: Pick<Goods, 'of'>;
  findShow: (showId: string) => Promise<Show | undefined>;
  onFault: (error: unknown) => void;
}

export class SoldOut {
  readonly #deps: SoldOutDeps;
  /** Shows in which nothing is left, by product. */
  readonly #out = new Map<string, Set<string>>();
  #work: Promise<void> = Promise.resolve();

  constructor(deps: SoldOutDeps) {
    this.#deps = deps;
  }

  /** @returns what ends it */
  follow(bus: Bus<Pick<ShopFacts, 'variants.changed'>>): () => void {
    this.#next(() => this.#remember());
    return bus.on('variants.changed', ({ sellerId, variants }) => {
      const at = this.#deps.clock.now();
      // Each order comes by here, and nearly none is the last.
      for (const variant of variants) if (variant.stock <= 0) this.#next(() => this.#gone(sellerId, variant, at));
      for (const variant of variants) if (variant.stock > 0) this.#next(() => this.#back(variant.productId, at));
    });
  }

  /** Waits for what it is at. */
  async close(): Promise<void> {
    await this.#work;
  }

  #next(task: () => Promise<void> | undefined): void {
    this.#work = this.#work.then(task).catch(this.#deps.onFault);
  }

  /** What was so before a restart. */
  async #remember(): Promise<void> {
    const rows = await this.#deps.database
      .read<AnalyticsTables>()
      .selectFrom('sums')
      .innerJoin('shows', 'shows.number', 'sums.show')
      .select(['show_id', 'counter', 'subject'])
      .where('shows.ended_at', 'is', null)
      .where('phase', '=', 'live')
      .where('counter', 'in', ['soldOut', 'restocked'])
      .execute();
    const moments = rows.map(({ show_id: showId, counter, subject }) => ({ showId, isOut: counter === 'soldOut', ...productAt(subject) })).sort((a, b) => a.at - b.at);
    for (const { showId, isOut, productId } of moments) {
      if (isOut) this.#note(productId, showId);
      else this.#out.get(productId)?.delete(showId);
    }
  }

  async #gone(sellerId: string, { productId, variantId }: VariantFact, at: number): Promise<void> {
    const { database, goods } = this.#deps;
    const on = await database.read<AnalyticsTables>().selectFrom('shows').select('show_id').where('seller_id', '=', sellerId).where('started_at', 'is not', null).where('ended_at', 'is', null).execute();
    for (const { show_id: showId } of on) {
      const product = (await goods.of(showId)).find(({ id }) => id === productId);
      const hasOthers = product?.variants.some(({ id, stock }) => id !== variantId && stock > 0) ?? true;
      if (hasOthers || this.#out.get(productId)?.has(showId)) continue;
      this.#note(productId, showId);
      await this.#count(showId, serverKinds.soldOut, productId, at);
    }
  }

  #back(productId: string, at: number): Promise<void> | undefined {
    const shows = this.#out.get(productId);
    if (!shows) return undefined;
    this.#out.delete(productId);
    return (async () => {
      for (const showId of shows) await this.#count(showId, serverKinds.restocked, productId, at);
    })();
  }

  #note(productId: string, showId: string): void {
    const shows = this.#out.get(productId) ?? new Set();
    this.#out.set(productId, shows.add(showId));
  }

  async #count(showId: string, kind: 22 | 23, productId: string, at: number): Promise<void> {
    const show = await this.#deps.findShow(showId);
    if (!show || show.endedAt !== null) return;
    const book = await this.#deps.books.open(show);
    book.count([{ kind, args: [productId], at, device: SERVER_DEVICE, phase: 'live', mark: '' }], undefined);
  }
}

/** The subject of `soldOut` and `restocked`. */
export function productAt(subject: string): { productId: string; at: number } {
  const [productId = '', at] = subject.split(' ');
  return { productId, at: Number(at) };
}
