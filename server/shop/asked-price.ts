// Owns what goods asked for would cost now: list prices, promotions, delivery, and all that speaks against it. A quote and the order itself ask the same.
import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { FieldcastError } from '../platform/errors.ts';
import type { Quote, QuoteRequest } from '../protocol/delivery.ts';
import type { Delivery } from '../protocol/delivery-fee.ts';
import { type Order, type OrderRequest, quantity as quantitySchema } from '../protocol/order.ts';
import type { CouponRefusal } from '../protocol/promotion-shape.ts';
import { offerOf } from './catalogue.ts';
import { type TermsLine, termsOf } from './delivery/terms.ts';
import type { BuyerKeys } from './payments/buyer-keys.ts';
import type { Asked, Offer, OrderPart } from './promotions/part.ts';
import { type Priced, type PricedLine, priceOrder } from './promotions/pricing.ts';
import type { ShopTables } from './schema.ts';

/** Where an order is placed: the show it is counted for, whose goods may be in it, and which of them. */
export interface OrderPlace {
  showId: string;
  sellerId: string;
  allowedProductIds: ReadonlySet<string>;
  /** The show is live, or will be again in a moment. */
  isOnAir: boolean;
  /** It was won in this auction: its one piece costs what was bid, nothing is taken off, and nothing that was looked at before the bid is held against it. */
  won?: { promotionId: string; unitMinor: number; deliveryMinor: number };
}

export interface AskedPrice {
  asked: Asked;
  lines: Order['lines'];
  priced: Priced;
  delivery: Delivery;
  /** Where the goods are fetched; null: they are brought to the buyer. */
  pickUpAt: string | null;
  couponRefusal: CouponRefusal | null;
  /** All else for which the order would be refused. */
  refusals: Quote['refusals'];
  /** Some of it is kept for this buyer. */
  hasKept: boolean;
}

interface Goods extends PricedLine, TermsLine {
  stock: number;
  line: Order['lines'][number];
}

const FETCHED: Delivery = { isKnown: true, feeMinor: 0, areaName: null, freeInMinor: null };
const UNKNOWN_COUPON: CouponRefusal = { code: 'coupon.unknown', params: {} };

/**
 * Reads only; in the transaction that places the order it sees what that order will get.
 * @param who identity as their token says; `now` of the transaction
 * @throws FieldcastError `input.invalid` for a quantity that is none, and for a total beyond all numbers.
 */
export async function priceAsked(
  database: Kysely<ShopTables>,
  request: QuoteRequest,
  where: OrderPlace,
  who: Pick<Asked, 'identity' | 'now'>,
  deps: { parts: readonly OrderPart[]; keys: BuyerKeys },
): Promise<AskedPrice> {
  const { sellerId, showId, isOnAir, won } = where;
  const { address, phone, groupBuyId, waitId } = request;
  const { goods, strange } = await readGoods(database, request.lines, where);
  const phoneKey = /\d/.test(phone) ? deps.keys.phone(sellerId, phone) : null;
  const asked: Asked = { showId, sellerId, isOnAir, lines: goods, coupon: won ? undefined : request.coupon, groupBuyId, waitId, wonId: won?.promotionId, phoneKey, ...who };

  const offers: Offer[] = [];
  for (const part of deps.parts) if (part.offers) offers.push(await part.offers(asked, database));
  const pickUpAt = offers.find((offer) => offer.pickUpAt !== undefined)?.pickUpAt ?? null;
  const coupon = asked.coupon === undefined ? null : (offers.find((offer) => offer.coupon)?.coupon ?? UNKNOWN_COUPON);
  const isRefused = coupon !== null && 'code' in coupon;

  const terms = await termsOf(database, { sellerId, showId, lines: goods, address, phoneKey });
  const deliveryFor = (goodsMinor: number): Delivery => {
    if (won) return { isKnown: true, feeMinor: won.deliveryMinor, areaName: null, freeInMinor: null };
    return pickUpAt === null ? terms.deliveryFor(goodsMinor) : FETCHED;
  };
  const priced = priceOrder({
    lines: goods,
    deals: won ? [] : offers.flatMap(({ deals }) => deals ?? []),
    coupon: isRefused ? null : coupon,
    deliveryOf: (goodsMinor) => feeOf(deliveryFor(goodsMinor)),
  });
  if (!Number.isSafeInteger(priced.totalMinor)) throw new FieldcastError('input.invalid', 'The total is too large.');
  const delivery = deliveryFor(priced.afterDealsMinor);

  const kept = offers.flatMap((offer) => offer.kept ?? []);
  const short = shortOf(goods, kept);
  return {
    asked,
    lines: goods.map(({ line }) => line),
    priced,
    delivery,
    pickUpAt,
    couponRefusal: isRefused ? coupon : priced.couponRefusal,
    refusals: won ? [] : [...strange, ...short, ...offers.flatMap(({ refusals }) => refusals ?? []), ...terms.refusals, ...refusalsOf(delivery)],
    hasKept: won !== undefined || kept.length > 0,
  };
}

/** Each variant once, with what its seller says of it now; `strange` are those that are not sold here. */
async function readGoods(database: Kysely<ShopTables>, lines: OrderRequest['lines'], { sellerId, allowedProductIds, won }: OrderPlace): Promise<{ goods: Goods[]; strange: Quote['refusals'] }> {
  const goods: Goods[] = [];
  const strange: Quote['refusals'] = [];
  for (const [variantId, quantity] of addUp(lines)) {
    const [offer] = (await offerOf(database, { variantId })).rows;
    const isSoldHere = offer && offer.archived === 0 && offer.sellerId === sellerId && allowedProductIds.has(offer.productId);
    if (!offer || !(isSoldHere || won)) {
      strange.push({ code: 'shelf.not-on-shelf', params: { variantId } });
      continue;
    }
    const { productId, name, label, grade, traceCode, unit, priceMinor, pictureId, stock, weightGrams, limitPerBuyer } = offer;
    const listMinor = won?.unitMinor ?? priceMinor;
    const line = { productId, variantId, name, label, ...(grade === '' ? {} : { grade }), ...(traceCode === '' ? {} : { traceCode }), unit, unitPriceMinor: listMinor, quantity, totalMinor: listMinor * quantity, pictureId };
    goods.push({ productId, variantId, unit, weightGrams, limitPerBuyer, quantity, listMinor, stock, line });
  }
  return { goods, strange };
}

function shortOf(goods: readonly Goods[], kept: readonly { variantId: string; quantity: number }[]): Quote['refusals'] {
  return goods.flatMap(({ variantId, quantity, stock }) => {
    const left = kept.reduce((sum, each) => (each.variantId === variantId ? sum + each.quantity : sum), stock);
    return left < quantity ? [{ code: 'stock.insufficient' as const, params: { variantId, left } }] : [];
  });
}

function feeOf(delivery: Delivery): number | null {
  return 'feeMinor' in delivery ? delivery.feeMinor : null;
}

function refusalsOf(delivery: Delivery): Quote['refusals'] {
  if (!('refusal' in delivery)) return [];
  const { refusal, ...params } = delivery;
  return [{ code: refusal === 'not-here' ? 'delivery.not-here' : 'delivery.below-minimum', params }];
}

/** Several lines of one variant become one, in the order they first came. */
function addUp(lines: OrderRequest['lines']): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const { variantId, quantity } of lines) {
    const sum = (wanted.get(variantId) ?? 0) + quantity;
    // Each and the sum: -1 and 2 are a fine sum.
    if (!v.is(quantitySchema, quantity) || !v.is(quantitySchema, sum)) {
      throw new FieldcastError('input.invalid', 'A quantity is not valid.', { issues: [{ path: 'body.lines', message: 'quantity out of range' }] });
    }
    wanted.set(variantId, sum);
  }
  return wanted;
}
