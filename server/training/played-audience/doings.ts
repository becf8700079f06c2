// Owns how an act of a played audience is done: the way that a viewer, a seller or a bad network would do it, and no other.
import type { PlayedAct } from '../../protocol/scenario-limits.ts';
import type { ScriptLang } from '../../protocol/cue-limits.ts';
import { QUANTITY_LIMIT } from '../../protocol/order.ts';
import type { Product } from '../../protocol/shop.ts';
import type { Show } from '../../protocol/show.ts';
import { playedIdentity } from '../../protocol/ids.ts';
import { REACTION_BURST_LIMIT } from '../../protocol/stage-limits.ts';
import type { Audience } from '../../audience/index.ts';
import type { Goods, Live } from '../../live/index.ts';
import type { Media } from '../../media/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Shop } from '../../shop/index.ts';
import { addressOf, lineOf, nameOf, type Saying } from './bank/lines.ts';
import type { PlannedAct } from './plan.ts';

export interface DoingsDeps {
  clock: Clock;
  goods: Goods;
  room: Pick<Live['room'], 'playViewer'>;
  viewers: Audience['viewers'];
  shop: { orders: Pick<Shop['orders'], 'place'>; catalogue: Pick<Shop['catalogue'], 'changeVariant'> };
  media: Pick<Media, 'find'>;
}

/** One run, as far as its acts have to know it. */
export interface Playing {
  id: string;
  show: Show;
  saying: Saying;
}

/** Made wrong on purpose, to be put right at the end where nobody has. */
export interface Planted {
  variantId: string;
  /** What it was before, and what it was made. */
  was: number;
  made: number;
  what: 'price' | 'stock';
}

export interface Done {
  text: string;
  product: string;
  planted: Planted[];
}

export class Doings {
  readonly #deps: DoingsDeps;

  constructor(deps: DoingsDeps) {
    this.#deps = deps;
  }

  /** Counts somebody in. @returns how to count them out */
  enter(run: Playing, viewer: number): () => void {
    return this.#deps.room.playViewer(run.show.id, playedIdentity(run.id, viewer));
  }

  /**
   * Does all of an act but coming and going, and the width of the line.
   * @param number of the act in its run: the same is never done twice
   * @throws FieldcastError as the endpoint would answer a viewer who did this
   */
  async do(run: Playing, act: PlannedAct, number: number): Promise<Done> {
    const product = needsProduct(act.act) ? await this.#talkedAbout(run.show.id, act) : undefined;
    const text = lineOf(act, product, run.saying) ?? '';
    const done = { text, product: product?.name ?? '' };
    if (text !== '') await this.#say(run, act, number, text);
    else if (act.act === 'like') await this.#deps.viewers.react(run.show.id, callerOf(run, act), 'heart', Math.min(act.count ?? 1, REACTION_BURST_LIMIT));
    else if (act.act === 'order') await this.#order(run, act, number, required(product));
    else if (act.act === 'stock-out') return { ...done, planted: await this.#empty(required(product)) };
    else if (act.act === 'wrong-price') return { ...done, planted: await this.#misprice(required(product), act.percent ?? 100) };
    return { ...done, planted: [] };
  }

  /** Makes the host's line narrow, or as wide as it is. @throws FieldcastError `media.not-found` while nobody sends. */
  async narrow(showId: string, kbps: number | null): Promise<void> {
    const isSent = await this.#deps.media.find(showId)?.narrow(kbps);
    if (!isSent && kbps !== null) throw new FieldcastError('media.not-found', 'Nobody sends picture or sound.');
  }

  /** Puts right what is still as wrong as it was made. */
  async putRight(showId: string, planted: readonly Planted[]): Promise<void> {
    const variants = (await this.#deps.goods.of(showId)).flatMap((product) => product.variants);
    for (const { variantId, what, was, made } of planted) {
      const now = variants.find((variant) => variant.id === variantId);
      if (what === 'price' && now?.priceMinor === made) await this.#deps.shop.catalogue.changeVariant(variantId, { priceMinor: was });
      if (what === 'stock' && now?.stock === made) await this.#deps.shop.catalogue.changeVariant(variantId, { stock: was });
    }
  }

  /** What is pinned; else something of the shelf, the same with the same seed. */
  async #talkedAbout(showId: string, { nth }: PlannedAct): Promise<Product | undefined> {
    const [shelf, [pinned]] = await Promise.all([this.#deps.goods.of(showId), this.#deps.goods.pinnedAt(showId, this.#deps.clock.now())]);
    return shelf.find(({ id }) => id === pinned) ?? shelf[nth % Math.max(1, shelf.length)];
  }

  async #say(run: Playing, act: PlannedAct, number: number, text: string): Promise<void> {
    const viewer = act.viewer ?? 0;
    const request = { text, name: nameOf(viewer, run.saying.language), isPrivate: false };
    // A browser of one's own each: a ban of one may not hit the others.
    await this.#deps.viewers.say(run.show, request, { caller: callerOf(run, act), isStaff: false, userAgent: `played ${viewer}` }, onceOf(run, number));
  }

  async #order(run: Playing, act: PlannedAct, number: number, product: Product): Promise<void> {
    const viewer = act.viewer ?? 0;
    const shelf = await this.#deps.goods.of(run.show.id);
    const variant = product.variants.find(({ stock }) => stock > 0) ?? product.variants[0];
    if (!variant) throw new FieldcastError('shelf.not-on-shelf', 'There is nothing to buy.');
    await this.#deps.shop.orders.place(
      {
        lines: [{ variantId: variant.id, quantity: Math.min(act.count ?? 1, QUANTITY_LIMIT) }],
        buyer: { name: nameOf(viewer, run.saying.language), phone: phoneOf(viewer), address: addressOf(viewer, run.saying.language) },
        note: '',
        payment: 'cod',
      },
      { showId: run.show.id, sellerId: run.show.sellerId, allowedProductIds: new Set(shelf.map(({ id }) => id)), isOnAir: run.show.status === 'live' },
      callerOf(run, act),
      onceOf(run, number),
    );
  }

  async #empty({ variants }: Product): Promise<Planted[]> {
    const planted: Planted[] = [];
    for (const { id, stock } of variants) {
      if (stock === 0) continue;
      await this.#deps.shop.catalogue.changeVariant(id, { stock: 0 });
      planted.push({ variantId: id, what: 'stock', was: stock, made: 0 });
    }
    return planted;
  }

  async #misprice({ variants }: Product, percent: number): Promise<Planted[]> {
    const [variant] = variants;
    if (!variant) return [];
    const made = Math.max(1, Math.round((variant.priceMinor * percent) / 100));
    await this.#deps.shop.catalogue.changeVariant(variant.id, { priceMinor: made });
    return [{ variantId: variant.id, what: 'price', was: variant.priceMinor, made }];
  }
}

export function callerName(viewer: number | null, language: ScriptLang): string {
  return viewer === null ? '' : nameOf(viewer, language);
}

const NEEDS_NO_PRODUCT: readonly PlayedAct[] = ['like', 'join', 'leave', 'burst', 'network-drop'];

function needsProduct(act: PlayedAct): boolean {
  return !NEEDS_NO_PRODUCT.includes(act);
}

function required(product: Product | undefined): Product {
  if (!product) throw new FieldcastError('shelf.not-on-shelf', 'The shelf is empty.');
  return product;
}

function callerOf(run: Playing, { viewer }: PlannedAct): Caller {
  return { claims: { role: 'viewer', identity: playedIdentity(run.id, viewer ?? 0) }, isKnown: true, address: `played-${viewer ?? 0}` };
}

/** Nobody has a number that begins with so many zeros. */
function phoneOf(viewer: number): string {
  return `000${String(viewer).padStart(8, '0')}`;
}

function onceOf(run: Playing, number: number): Once {
  return { scope: `played ${run.id}`, key: String(number), requestHash: '' };
}
