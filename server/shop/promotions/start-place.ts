// Owns what a promotion of goods begins with: where it is started and by whom, and the goods as they are on sale there.
import type { Transaction } from 'kysely';
import { FieldcastError } from '../../platform/errors.ts';
import { offerOf } from '../catalogue.ts';
import type { ShopTables } from '../schema.ts';

export interface StartPlace {
  showId: string;
  sellerId: string;
  /** What is on the show's shelf. */
  allowedProductIds: ReadonlySet<string>;
  byName: string;
}

/** @throws FieldcastError `shelf.not-on-shelf` (params `variantId`). */
export async function goodsAt(transaction: Transaction<ShopTables>, variantId: string, { sellerId, allowedProductIds }: StartPlace): Promise<{ productId: string; priceMinor: number; stock: number }> {
  const [goods] = (await offerOf(transaction, { variantId })).rows;
  if (goods && goods.archived === 0 && goods.sellerId === sellerId && allowedProductIds.has(goods.productId)) return goods;
  throw new FieldcastError('shelf.not-on-shelf', 'Put it on the shelf of this show first.', { params: { variantId } });
}
