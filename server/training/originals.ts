// Owns whose words belong to a show: in a rehearsal those of the real seller, with the copies of products taken for their originals.
import type { Show } from '../protocol/show.ts';
import type { Shop } from '../shop/index.ts';

export interface Originals {
  /** The real seller. */
  sellerId: string;
  /** The product of the real seller that a product of this show is a copy of; itself where it is none. */
  originalOf(productId: string): string;
  /** The other way round. */
  shownAs(productId: string): string;
}

export async function originalsOf(show: Pick<Show, 'kind' | 'sellerId'>, practice: Shop['practice']): Promise<Originals> {
  const sellerId = show.kind === 'rehearsal' ? await practice.realSellerOf(show.sellerId) : undefined;
  if (sellerId === undefined) return { sellerId: show.sellerId, originalOf: (productId) => productId, shownAs: (productId) => productId };
  const copies = await practice.copies(show.sellerId);
  const sources = new Map(copies.map(({ copyId, sourceId }) => [copyId, sourceId]));
  const copyOf = new Map(copies.map(({ copyId, sourceId }) => [sourceId, copyId]));
  return { sellerId, originalOf: (productId) => sources.get(productId) ?? productId, shownAs: (productId) => copyOf.get(productId) ?? productId };
}
