// Owns what a seller's rules say of an order before it is placed: the limits of its buyer, and the fee of delivery.
import type { Kysely } from 'kysely';
import type { Quote } from '../../protocol/delivery.ts';
import { type Delivery, deliveryOf, type GoodsLine } from '../../protocol/delivery-fee.ts';
import type { ShopTables } from '../schema.ts';
import { piecesHad } from './limits.ts';
import { rulesOf } from './rules.ts';

export interface TermsLine extends GoodsLine {
  productId: string;
  variantId: string;
  limitPerBuyer: number | null;
}

export interface TermsRequest {
  sellerId: string;
  showId: string;
  lines: readonly TermsLine[];
  /** Empty: not known yet. */
  address: string;
  /** Key of the buyer's phone number; null: not known yet, and no limit is looked at but that of this order. */
  phoneKey: string | null;
}

export interface Terms {
  /** Limits that the order would break. */
  refusals: Quote['refusals'];
  /** Delivery of these goods, where they cost so much. */
  deliveryFor(goodsMinor: number): Delivery;
}

/** Asked in the transaction that places the order, so that two orders of one buyer cannot both be the last one within a limit. */
export async function termsOf(database: Kysely<ShopTables>, { sellerId, showId, lines, address, phoneKey }: TermsRequest): Promise<Terms> {
  const refusals: Quote['refusals'] = [];
  for (const [productId, { pieces, limit, variantId }] of limited(lines)) {
    const before = phoneKey === null ? 0 : await piecesHad(database, { sellerId, showId, productId, phoneKey });
    const left = Math.max(0, limit - before);
    if (pieces > left) refusals.push({ code: 'order.limit-reached', params: { productId, variantId, limit, left } });
  }
  const rules = await rulesOf(database, sellerId);
  return { refusals, deliveryFor: (goodsMinor) => deliveryOf(rules, lines, goodsMinor, address) };
}

/** Pieces of each limited product, over all its variants. */
function limited(lines: readonly TermsLine[]): Map<string, { pieces: number; limit: number; variantId: string }> {
  const found = new Map<string, { pieces: number; limit: number; variantId: string }>();
  for (const { productId, variantId, limitPerBuyer, quantity } of lines) {
    if (limitPerBuyer === null) continue;
    found.set(productId, { pieces: (found.get(productId)?.pieces ?? 0) + quantity, limit: limitPerBuyer, variantId });
  }
  return found;
}
