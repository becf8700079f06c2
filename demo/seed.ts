// Owns filling an empty server with a believable cooperative, over the public API alone.
import type { Product, Show } from '../server/protocol/index.ts';
import { endpoints } from '../server/protocol/index.ts';
import { callApi } from './api.ts';
import { currentShow } from './current-show.ts';
import { products, type SeedProduct, type SeedShow, sellerName, shows } from './seed/catalogue.ts';
import { type DrawingName, renderPicture } from './seed/pictures/index.ts';

const HOUR_MS = 3600_000;
/** sharp draws on threads of its own: two at a time keep two cores busy and memory low. */
const DRAWN_AT_ONCE = 2;
const PRODUCT_WIDTH_PX = 720;
const POSTER_WIDTH_PX = 640;

export interface SeedOptions {
  /** Where the server answers, without a trailing slash. */
  url: string;
  /** Bearer token of an operator. */
  operatorToken: string;
  /** Called as pictures are drawn and uploaded. */
  onProgress?: (done: number, of: number) => void;
  /** Size of the pictures beside the usual one of 1. Drawing them takes most of the time, so half the size is there in a third of it. */
  pictureScale?: number;
}

export interface Seeded {
  /** False when the server had a seller already and nothing was added. */
  isNew: boolean;
  /** The show to lead with; null when all have ended. */
  showId: string | null;
  /** A fresh one-time link for the host of that show. */
  farmerLink: string | null;
}

/** Fills the server once; later calls change nothing but answer a fresh link. @throws ApiError when a call is refused. */
export async function seed({ url, operatorToken: token, onProgress, pictureScale = 1 }: SeedOptions): Promise<Seeded> {
  const { sellers } = await callApi(url, endpoints.listSellers, {}, { token });
  const before = await callApi(url, endpoints.listShows, {}, { token });
  const own = sellers.find((seller) => seller.name === sellerName);
  // Shows come last: one on the list means that an earlier run got to its end.
  const isNew = before.shows.length === 0 && (sellers.length === 0 || own !== undefined);
  if (isNew) {
    const seller = own ?? (await callApi(url, endpoints.createSeller, { body: { name: sellerName, currency: 'CNY' } }, { token }));
    await fill(url, token, seller.id, pictureScale, onProgress);
  }
  const now = await callApi(url, endpoints.listShows, {}, { token });
  const show = currentShow(now.shows);
  if (!show) return { isNew, showId: null, farmerLink: null };
  const link = await callApi(
    url,
    endpoints.createLink,
    { params: { showId: show.id }, body: { role: 'host', name: show.hostName } },
    { token },
  );
  return { isNew, showId: show.id, farmerLink: link.url };
}

async function fill(url: string, token: string, sellerId: string, pictureScale: number, onProgress: SeedOptions['onProgress']): Promise<void> {
  const total = products.length + shows.length;
  let done = 0;
  const step = (): void => onProgress?.(++done, total);

  // A run that was cut short left some of them.
  const known = await callApi(url, endpoints.listProducts, { query: { sellerId } }, { token });
  const byPicture = new Map<DrawingName, Product>();
  await inTurns(products, DRAWN_AT_ONCE, async (product) => {
    const made = known.products.find((other) => other.name === product.name) ?? (await addProduct(url, token, sellerId, product, pictureScale));
    byPicture.set(product.picture, made);
    step();
  });
  for (const show of shows) {
    await addShow(url, token, sellerId, show, byPicture, pictureScale);
    step();
  }
}

async function addProduct(url: string, token: string, sellerId: string, product: SeedProduct, pictureScale: number): Promise<Product> {
  const picture = await callApi(url, endpoints.addPicture, { body: await renderPicture(product.picture, PRODUCT_WIDTH_PX * pictureScale) }, { token });
  const { name, description, variants, facts } = product;
  return callApi(url, endpoints.createProduct, { body: { sellerId, name, description, pictures: [picture.id], variants: [...variants], ...(facts ? { facts } : {}) } }, { token });
}

async function addShow(url: string, token: string, sellerId: string, plan: SeedShow, goods: ReadonlyMap<DrawingName, Product>, pictureScale: number): Promise<Show> {
  const poster = await callApi(url, endpoints.addPicture, { body: await renderPicture(plan.poster, POSTER_WIDTH_PX * pictureScale) }, { token });
  const { hosts } = await callApi(url, endpoints.listHosts, {}, { token });
  const host = hosts.find((other) => other.name === plan.hostName);
  const show = await callApi(
    url,
    endpoints.createShow,
    {
      body: {
        title: plan.title,
        sellerId,
        ...(host ? { hostId: host.id } : { hostName: plan.hostName }),
        posterPictureId: poster.id,
        ...(plan.startsInHours === null ? {} : { plannedAt: evening(plan.startsInHours) }),
      },
    },
    { token },
  );
  const ids = (names: readonly DrawingName[]): string[] => names.flatMap((name) => goods.get(name)?.id ?? []);
  await callApi(url, endpoints.arrangeShelf, { params: { showId: show.id }, body: { productIds: ids(plan.shelf) } }, { token });
  await callApi(url, endpoints.pinProducts, { params: { showId: show.id }, body: { productIds: ids(plan.pins) } }, { token });
  return show;
}

/** About `hours` from now, at eight in the evening: when farmers have time. */
function evening(hours: number): number {
  const day = new Date(Date.now() + hours * HOUR_MS);
  day.setHours(20, 0, 0, 0);
  return day.getTime();
}

async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
