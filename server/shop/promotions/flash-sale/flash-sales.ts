// Owns flash sales: starting one, what it offers an order, and how many of its pieces are taken.
import { type Kysely, sql } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { FlashSale, FlashSaleRequest } from '../../../protocol/flash-sale.ts';
import type { Order, OrderState } from '../../../protocol/order.ts';
import { PRICE_DAYS } from '../../../protocol/promotions.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import { buyerHad } from '../buyer-had.ts';
import { type Asked, countTurn, type Offer, type OrderPart } from '../part.ts';
import { endDeals, lowestBefore, noteDeal } from '../price-record/record.ts';
import type { Deal } from '../pricing.ts';
import type { Common, KindOfPromotion, Promotions } from '../promotions.ts';
import { goodsAt, type StartPlace } from '../start-place.ts';
import type { PromotionRow } from '../state.ts';

const PLAN_AHEAD_MS = 7 * 24 * 3600_000;

const running = compileOnce<ShopTables, { showId: string; now: number }>()((database, param) =>
  database
    .selectFrom('promotions')
    .innerJoin('flash_sales', 'flash_sales.promotion_id', 'promotions.id')
    .select(['id', 'title', 'variant_id', 'price_minor', 'per_buyer', (eb) => eb('units', '-', eb.ref('taken')).as('left')])
    .where('show_id', '=', param('showId'))
    .where('kind', '=', sql.lit('flash-sale'))
    // So that the index of those that are not over is used.
    .where('told_state', '<>', sql.lit('over'))
    .where('ended_at', 'is', null)
    .where('starts_at', '<=', param('now'))
    .where('ends_at', '>', param('now')),
);

const take = compileOnce<ShopTables, { promotionId: string; quantity: number }>()((database, param) =>
  database
    .updateTable('flash_sales')
    .set((eb) => ({ taken: eb('taken', '+', param('quantity')) }))
    .where('promotion_id', '=', param('promotionId'))
    .where((eb) => eb(eb('taken', '+', param('quantity')), '<=', eb.ref('units')))
    .returning(['taken', 'units', 'per_buyer']),
);

const saleOf = compileOnce<ShopTables, { id: string }>()((database, param) =>
  database
    .selectFrom('flash_sales')
    .innerJoin('variants', 'variants.id', 'flash_sales.variant_id')
    .select(['flash_sales.product_id', 'variant_id', 'flash_sales.price_minor', 'variants.price_minor as list_minor', 'units', 'taken', 'per_buyer'])
    .where('promotion_id', '=', param('id')),
);

export class FlashSales implements KindOfPromotion, OrderPart {
  readonly kind = 'flash-sale';
  readonly #commits: Commits;
  readonly #promotions: Promotions;

  constructor(deps: { commits: Commits; promotions: Promotions }) {
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
  }

  /**
   * Starts a sale's countdown, or plans it.
   * @throws FieldcastError `shelf.not-on-shelf` (params `variantId`), `stock.insufficient` (params `variantId`, `left`), `promotion.already-on`
   * (params `promotionId`), `promotion.price-not-honest` (params `lowestMinor`, `days`), `input.invalid` for a start too soon or too far away.
   */
  start(request: FlashSaleRequest, place: StartPlace, once: Once | undefined): Promise<FlashSale> {
    return this.#commits.run(once, (work) => this.#start(request, place, work), async (id) => asSale(await this.#promotions.read(id)));
  }

  async #start(request: FlashSaleRequest, place: StartPlace, work: Work): Promise<FlashSale> {
    const { transaction, now } = work;
    const { showId, sellerId, byName } = place;
    const { variantId, priceMinor, units } = request;
    const goods = await goodsAt(transaction, variantId, place);
    if (units > goods.stock) throw new FieldcastError('stock.insufficient', 'There is less than the sale would promise.', { params: { variantId, left: goods.stock } });
    const { shownAt, startsAt, endsAt } = timesOf(request, now);
    await requireNoOther(transaction, { showId, variantId, startsAt, endsAt });
    await requireHonest(transaction, { variantId, priceMinor, listMinor: goods.priceMinor, startsAt });

    const { id } = await this.#promotions.open(work, { kind: 'flash-sale', showId, sellerId, title: request.title, byName, shownAt, startsAt, endsAt });
    const sale = { product_id: goods.productId, variant_id: variantId, price_minor: priceMinor, units, per_buyer: request.perBuyer };
    await transaction.insertInto('flash_sales').values({ promotion_id: id, ...sale }).execute();
    await noteDeal(transaction, { promotionId: id, variantId, priceMinor, from: startsAt, until: endsAt });
    return asSale(await this.#promotions.changed(work, id));
  }

  async view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<FlashSale> {
    const [sale] = (await saleOf(database, { id: row.id })).rows;
    if (!sale) throw new FieldcastError('not-found', 'There is no such flash sale.');
    const { product_id: productId, variant_id: variantId, price_minor: priceMinor, list_minor: listMinor, units, taken, per_buyer: perBuyer } = sale;
    const { list, deal } = await lowestBefore(database, { variantId, at: row.starts_at, promotionId: row.id });
    return { kind: 'flash-sale', ...common, productId, variantId, priceMinor, listMinor, lowestMinor: Math.min(list, deal, listMinor), units, left: units - taken, perBuyer };
  }

  async ended({ id }: PromotionRow, { transaction, now }: Work): Promise<void> {
    await endDeals(transaction, id, now);
  }

  async offers({ showId, sellerId, lines, phoneKey, now }: Asked, database: Kysely<ShopTables>): Promise<Offer> {
    const deals: Deal[] = [];
    for (const { id: promotionId, title, variant_id: variantId, price_minor: unitMinor, per_buyer: perBuyer, left } of (await running(database, { showId, now })).rows) {
      if (!lines.some((line) => line.variantId === variantId)) continue;
      const had = perBuyer === null || phoneKey === null ? 0 : (await buyerHad(database, { promotionId, sellerId, phoneKey })).pieces;
      const units = Math.max(0, Math.min(left, perBuyer === null ? left : perBuyer - had));
      deals.push({ promotionId, kind: 'flash-sale', title, variantId, unitMinor, units });
    }
    return { deals };
  }

  async placed(order: Order, _asked: Asked, work: Work): Promise<void> {
    for (const { promotionId, quantity } of ofSales(order)) await this.#take(promotionId, quantity, work);
  }

  async moved(order: Order, to: OrderState, work: Work): Promise<void> {
    const turn = countTurn(order, to);
    if (turn === undefined) return;
    for (const { promotionId, quantity } of ofSales(order)) {
      if (turn === 'back') await this.#giveBack(promotionId, quantity, work);
      else {
        await requireWithinBuyerLimit(order, promotionId, work);
        await this.#take(promotionId, quantity, work);
      }
    }
  }

  /** Takes pieces, all or none; the last one ends the sale. @throws FieldcastError `promotion.limit-reached` (params `promotionId`, `left`). */
  async #take(promotionId: string, quantity: number, work: Work): Promise<void> {
    const [sale] = (await take(work.transaction, { promotionId, quantity })).rows;
    if (!sale) return refuseMore(work, promotionId);
    const row = await this.#promotions.row(work.transaction, promotionId);
    if (sale.taken === sale.units && row.ended_at === null) await this.#promotions.finish(work, row, 'sold-out');
    else await this.#promotions.changed(work, promotionId);
  }

  /** While the sale runs they can be had again; one that was sold out is over and stays so. */
  async #giveBack(promotionId: string, quantity: number, work: Work): Promise<void> {
    await work.transaction
      .updateTable('flash_sales')
      .set((eb) => ({ taken: eb('taken', '-', quantity) }))
      .where('promotion_id', '=', promotionId)
      .execute();
    await this.#promotions.changed(work, promotionId);
  }
}

function timesOf({ countdownSeconds, startsAt: wanted, minutes }: FlashSaleRequest, now: number): { shownAt: number; startsAt: number; endsAt: number } {
  const countdownMs = countdownSeconds * 1_000;
  const startsAt = wanted ?? now + countdownMs;
  const shownAt = startsAt - countdownMs;
  const fault = shownAt < now ? 'too soon for its countdown' : startsAt > now + PLAN_AHEAD_MS ? 'too far away' : undefined;
  if (fault !== undefined) throw new FieldcastError('input.invalid', 'The sale cannot start then.', { issues: [{ path: 'body.startsAt', message: fault }] });
  return { shownAt, startsAt, endsAt: startsAt + minutes * 60_000 };
}

/** One sale of a variant at a time: two prices at once would confuse whoever sees both. @throws FieldcastError `promotion.already-on`. */
async function requireNoOther(transaction: Work['transaction'], { showId, variantId, startsAt, endsAt }: { showId: string; variantId: string; startsAt: number; endsAt: number }): Promise<void> {
  const other = await transaction
    .selectFrom('promotions')
    .innerJoin('flash_sales', 'flash_sales.promotion_id', 'promotions.id')
    .select('id')
    .where('show_id', '=', showId)
    .where('variant_id', '=', variantId)
    .where('ended_at', 'is', null)
    .where('starts_at', '<', endsAt)
    .where('ends_at', '>', startsAt)
    .executeTakeFirst();
  if (other) throw new FieldcastError('promotion.already-on', 'There is a sale of it at that time already.', { params: { promotionId: other.id } });
}

/** Below every list price of the last days, and not above a deal of them: the same sale again is no lie. @throws FieldcastError `promotion.price-not-honest`. */
async function requireHonest(transaction: Work['transaction'], { variantId, priceMinor, listMinor, startsAt }: { variantId: string; priceMinor: number; listMinor: number; startsAt: number }): Promise<void> {
  const { list, deal } = await lowestBefore(transaction, { variantId, at: startsAt });
  const lowestListMinor = Math.min(list, listMinor);
  if (priceMinor < lowestListMinor && priceMinor <= deal) return;
  const params = { lowestMinor: Math.min(lowestListMinor, deal), days: PRICE_DAYS };
  throw new FieldcastError('promotion.price-not-honest', 'It was as cheap as that before.', { params });
}

/** An order that is taken up again counts against its buyer's limit like a new one. @throws FieldcastError `promotion.limit-reached`. */
async function requireWithinBuyerLimit(order: Order, promotionId: string, work: Work): Promise<void> {
  const { transaction } = work;
  const { per_buyer: perBuyer } = await transaction.selectFrom('flash_sales').select('per_buyer').where('promotion_id', '=', promotionId).executeTakeFirstOrThrow();
  if (perBuyer === null) return;
  const { phone_key: phoneKey } = await transaction.selectFrom('order_buyers').select('phone_key').where('order_id', '=', order.id).executeTakeFirstOrThrow();
  // The order is in its new state by now, and counted.
  const { pieces } = await buyerHad(transaction, { promotionId, sellerId: order.sellerId, phoneKey });
  if (pieces > perBuyer) return refuseMore(work, promotionId);
}

async function refuseMore({ transaction }: Work, promotionId: string): Promise<never> {
  const sale = await transaction.selectFrom('flash_sales').select(['units', 'taken']).where('promotion_id', '=', promotionId).executeTakeFirstOrThrow();
  throw new FieldcastError('promotion.limit-reached', 'So many are not left in the sale.', { params: { promotionId, left: sale.units - sale.taken } });
}

function ofSales(order: Order): Order['discounts'] {
  return order.discounts.filter((discount) => discount.kind === 'flash-sale');
}

function asSale(promotion: { kind: string }): FlashSale {
  if (promotion.kind !== 'flash-sale') throw new FieldcastError('not-found', 'There is no such flash sale.');
  return promotion as FlashSale;
}
