// Owns what a bidder is told of delivery, and what they are charged for it in the end: never more than they were told.
import type { Kysely } from 'kysely';
import { FieldcastError } from '../../../platform/errors.ts';
import { offerOf } from '../../catalogue.ts';
import { type Delivery, deliveryOf } from '../../../protocol/delivery-fee.ts';
import { rulesOf } from '../../delivery/rules.ts';
import { termsOf } from '../../delivery/terms.ts';
import type { ShopTables } from '../../schema.ts';

interface Question {
  sellerId: string;
  variantId: string;
  goodsMinor: number;
  address: string;
}

/** The fee at the start price: a higher one can only make it free. @throws FieldcastError `delivery.not-here`, `order.limit-reached`. */
export async function deliveryTold(database: Kysely<ShopTables>, asked: Question & { showId: string; phoneKey: string }): Promise<number> {
  const { sellerId, showId, phoneKey, address, variantId } = asked;
  const goods = await goodsOf(database, variantId);
  const { refusals } = await termsOf(database, { sellerId, showId, lines: [goods], address, phoneKey });
  const [refusal] = refusals;
  if (refusal) throw new FieldcastError(refusal.code, 'The seller does not take this bid.', { params: refusal.params });
  const delivery = await deliveryFor(database, asked);
  if ('refusal' in delivery) throw new FieldcastError('delivery.not-here', 'The seller does not bring it there.');
  return delivery.isKnown ? delivery.feeMinor : 0;
}

/** The fee at the price that was bid, or what was told, whichever is less. */
export async function deliveryCharged(database: Kysely<ShopTables>, asked: Question, toldMinor: number): Promise<number> {
  const delivery = await deliveryFor(database, asked);
  return 'feeMinor' in delivery ? Math.min(toldMinor, delivery.feeMinor) : toldMinor;
}

/** A seller who auctions something off has no least order for it. */
async function deliveryFor(database: Kysely<ShopTables>, { sellerId, variantId, goodsMinor, address }: Question): Promise<Delivery> {
  const { areas } = await rulesOf(database, sellerId);
  const withoutMinimum = { areas: areas.map((area) => ({ ...area, minimumMinor: 0 })) };
  return deliveryOf(withoutMinimum, [await goodsOf(database, variantId)], goodsMinor, address);
}

async function goodsOf(database: Kysely<ShopTables>, variantId: string) {
  const [offer] = (await offerOf(database, { variantId })).rows;
  if (!offer) throw new FieldcastError('not-found', 'There is no such variant.');
  const { productId, unit, weightGrams, limitPerBuyer } = offer;
  return { productId, variantId, unit, weightGrams, limitPerBuyer, quantity: 1 };
}
