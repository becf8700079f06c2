// Owns how an order comes to be: the server's prices and totals, and stock, order and idempotency key in one durable transaction.
import * as v from 'valibot';
import type { Caller } from '../platform/auth.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { newId } from '../protocol/ids.ts';
import { type Order, type OrderRequest, quantity as quantitySchema } from '../protocol/order.ts';
import { offerOf } from './catalogue.ts';
import type { Commits, Work } from './commits.ts';
import { type TermsLine, termsOf } from './delivery/terms.ts';
import type { VariantFact } from './facts.ts';
import { insertOrder, readOrder } from './orders.ts';
import type { BuyerKeys } from './payments/buyer-keys.ts';
import { insertPayment } from './payments/ledger.ts';
import type { Payments } from './payments/payment.ts';
import { readSettings, type Ways } from './payments/settings.ts';
import { requireFewUnpaid } from './payments/unpaid-limits.ts';
import type { ShopTables } from './schema.ts';
import { takeOrderNumber } from './sellers.ts';
import { reserve } from './stock.ts';

/** Where an order is placed: the show it is counted for, whose goods may be in it, and which of them. */
export interface OrderPlace {
  showId: string;
  sellerId: string;
  allowedProductIds: ReadonlySet<string>;
}

export class Placing {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #payments: Payments;
  readonly #ways: Ways;
  readonly #keys: BuyerKeys;

  constructor(deps: { database: Database; commits: Commits; payments: Payments; ways: Ways; keys: BuyerKeys }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#payments = deps.payments;
    this.#ways = deps.ways;
    this.#keys = deps.keys;
  }

  /**
   * Places an order, or answers the one that this key placed before.
   * @throws FieldcastError `stock.insufficient` (params `variantId`, `left`), `order.price-changed` (params `totalMinor`),
   * `shelf.not-on-shelf` (params `variantId`), `delivery.not-here`, `delivery.below-minimum` (params `areaName`, `minimumMinor`,
   * `missingMinor`), `order.limit-reached` (params `productId`, `variantId`, `limit`, `left`), `payment.not-offered` (params `method`), `order.too-many-unpaid` (params `open`), `input.invalid`, `idempotency.key-reused`. Nothing is changed then.
   */
  place(request: OrderRequest, where: OrderPlace, caller: Caller, once: Once | undefined): Promise<Order> {
    return this.#commits.run(
      once,
      (work) => this.#place(request, where, caller, work),
      async (id) => {
        const order = await readOrder(this.#database.read<ShopTables>(), id);
        if (!order) throw new FieldcastError('not-found', 'The order of this key is gone.');
        return order;
      },
    );
  }

  async #place(request: OrderRequest, where: OrderPlace, caller: Caller, work: Work): Promise<Order> {
    const { transaction, now, tell } = work;
    const settings = await readSettings(transaction, where.sellerId);
    this.#ways.require(settings, request.payment);
    const payment = this.#payments[request.payment];
    if (!payment) throw new FieldcastError('payment.not-offered', 'This way of paying is not set up.', { params: { method: request.payment } });
    await requireFewUnpaid(transaction, request, { sellerId: where.sellerId, settings, keys: this.#keys, now });
    const wanted = addUp(request.lines);
    const lines: Order['lines'] = [];
    const goods: TermsLine[] = [];
    for (const [variantId, quantity] of wanted) {
      const [offer] = (await offerOf(transaction, { variantId })).rows;
      if (!offer || offer.archived === 1 || offer.sellerId !== where.sellerId || !where.allowedProductIds.has(offer.productId)) {
        throw new FieldcastError('shelf.not-on-shelf', 'This is not sold here.', { params: { variantId } });
      }
      const { productId, name, label, unit, priceMinor, pictureId, weightGrams, limitPerBuyer } = offer;
      const totalMinor = priceMinor * quantity;
      goods.push({ productId, variantId, unit, weightGrams, limitPerBuyer, quantity, totalMinor });
      lines.push({ productId, variantId, name, label, unit, unitPriceMinor: priceMinor, quantity, totalMinor, pictureId });
    }
    const { sellerId, showId } = where;
    const phoneKey = this.#keys.phone(sellerId, request.buyer.phone);
    const { refusals, deliveryMinor: feeMinor } = await termsOf(transaction, { sellerId, showId, lines: goods, address: request.buyer.address, phoneKey });
    const [refusal] = refusals;
    if (refusal) throw new FieldcastError(refusal.code, 'The seller does not take this order.', { params: refusal.params });
    const deliveryMinor = feeMinor ?? 0;
    const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, deliveryMinor);
    if (!Number.isSafeInteger(totalMinor)) throw new FieldcastError('input.invalid', 'The total is too large.');
    if (request.expectedTotalMinor !== undefined && request.expectedTotalMinor !== totalMinor) {
      throw new FieldcastError('order.price-changed', 'The total is another one by now.', { params: { totalMinor } });
    }

    const variants: VariantFact[] = [];
    for (const [variantId, quantity] of wanted) variants.push(await reserve(transaction, variantId, quantity));

    const [seller] = (await takeOrderNumber(transaction, where)).rows;
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    const state = payment.firstState;
    const { role, name, identity } = caller.claims;
    const id = newId('ord');
    const terms = await payment.terms({ id, sellerId: where.sellerId, number: seller.number, totalMinor, currency: seller.currency }, settings, work);
    const order: Order = {
      id,
      number: seller.number,
      showId: where.showId,
      sellerId: where.sellerId,
      sellerName: seller.name,
      state,
      payment: request.payment,
      money: {
        state: 'due',
        dueMinor: terms.dueMinor,
        paidMinor: 0,
        refundedMinor: 0,
        refundingMinor: 0,
        holdUntil: terms.holdUntil,
        isProcessing: false,
        reference: terms.reference,
        problem: null,
      },
      currency: seller.currency,
      totalMinor,
      deliveryMinor,
      lines,
      buyer: request.buyer,
      note: request.note,
      placedAt: now,
      changedAt: now,
      history: [{ from: null, to: state, at: now, byRole: role, byName: role === 'viewer' ? '' : (name ?? ''), note: '' }],
    };
    await insertOrder(transaction, order);
    await this.#keys.keep(transaction, order);
    tell('variants.changed', { sellerId: where.sellerId, variants });
    // Whoever has not paid yet is no buyer for the rest of the server.
    await insertPayment(transaction, order, state === 'placed' ? '' : identity);
    if (state === 'placed') tell('order.placed', { order, identity });
    else tell('order.changed', { order });
    return order;
  }
}

/** Several lines of one variant become one, in the order they first came. */
export function addUp(lines: OrderRequest['lines']): Map<string, number> {
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
