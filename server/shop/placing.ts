// Owns how an order comes to be: the server's prices and totals, and stock, order and idempotency key in one durable transaction.
import type { Caller } from '../platform/auth.ts';
import type { Database, Once } from '../platform/db/database.ts';
import { FieldcastError } from '../platform/errors.ts';
import { isPlayed, newId } from '../protocol/ids.ts';
import type { Order, OrderRequest } from '../protocol/order.ts';
import { type OrderPlace, priceAsked } from './asked-price.ts';
import type { Commits, Work } from './commits.ts';
import type { VariantFact } from './facts.ts';
import { insertOrder, readOrder } from './orders.ts';
import type { BuyerKeys } from './payments/buyer-keys.ts';
import { insertPayment } from './payments/ledger.ts';
import type { Payments } from './payments/payment.ts';
import { readSettings, type Ways } from './payments/settings.ts';
import { requireFewUnpaid } from './payments/unpaid-limits.ts';
import type { OrderPart } from './promotions/part.ts';
import type { ShopTables } from './schema.ts';
import { takeOrderNumber } from './sellers.ts';
import { reserve } from './stock.ts';

export class Placing {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #payments: Payments;
  readonly #ways: Ways;
  readonly #keys: BuyerKeys;
  readonly #parts: readonly OrderPart[];

  constructor(deps: { database: Database; commits: Commits; payments: Payments; ways: Ways; keys: BuyerKeys; parts: readonly OrderPart[] }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#payments = deps.payments;
    this.#ways = deps.ways;
    this.#keys = deps.keys;
    this.#parts = deps.parts;
  }

  /**
   * Places an order, or answers the one that this key placed before.
   * @throws FieldcastError `stock.insufficient` (params `variantId`, `left`), `order.price-changed` (params `totalMinor`),
   * `shelf.not-on-shelf` (params `variantId`), `delivery.not-here`, `delivery.below-minimum` (params `areaName`, `minimumMinor`,
   * `missingMinor`), `order.limit-reached` (params `productId`, `variantId`, `limit`, `left`), `payment.not-offered` (params `method`), `order.too-many-unpaid` (params `open`), `promotion.limit-reached`,
   * `coupon.unknown`, `coupon.not-usable` (params `why`), `input.invalid`, `idempotency.key-reused`. Nothing is changed then.
   */
  place(request: OrderRequest, where: OrderPlace, caller: Caller, once: Once | undefined): Promise<Order> {
    return this.#commits.run(
      once,
      (work) => this.placeIn(work, request, where, caller),
      async (id) => {
        const order = await readOrder(this.#database.read<ShopTables>(), id);
        if (!order) throw new FieldcastError('not-found', 'The order of this key is gone.');
        return order;
      },
    );
  }

  /** The same inside a transaction that does more than this. @throws FieldcastError as `place`; the whole transaction has to fail then. */
  async placeIn(work: Work, request: OrderRequest, where: OrderPlace, caller: Caller): Promise<Order> {
    const { transaction, now, tell } = work;
    const settings = await readSettings(transaction, where.sellerId);
    // Who has won was asked for all this when they bid.
    if (!where.won) this.#ways.require(settings, request.payment);
    const payment = this.#payments[request.payment];
    if (!payment) throw new FieldcastError('payment.not-offered', 'This way of paying is not set up.', { params: { method: request.payment } });
    const { address, phone } = request.buyer;
    const { asked, lines, priced, pickUpAt, couponRefusal, refusals, hasKept } = await priceAsked(
      transaction,
      { ...request, address, phone },
      where,
      { identity: caller.claims.identity, now },
      { parts: this.#parts, keys: this.#keys },
    );
    const unpaid = { sellerId: where.sellerId, settings, keys: this.#keys, now, isFetched: pickUpAt !== null };
    if (!where.won) await requireFewUnpaid(transaction, request, unpaid);
    const refusal = refusals[0] ?? couponRefusal;
    if (refusal) throw new FieldcastError(refusal.code, 'The order is not taken as it stands.', { params: refusal.params });
    const { totalMinor, discounts, discountMinor } = priced;
    if (request.expectedTotalMinor !== undefined && request.expectedTotalMinor !== totalMinor) {
      throw new FieldcastError('order.price-changed', 'The total is another one by now.', { params: { totalMinor } });
    }

    // That they are there was looked at above. What was kept for this buyer already is theirs whoever pays first.
    const isFirstPaid = settings.stockPolicy === 'payment' && payment.firstState === 'awaiting-payment' && !hasKept;
    for (const part of this.#parts) await part.taking?.(asked, work);
    const variants: VariantFact[] = [];
    if (!isFirstPaid) for (const { variantId, quantity } of lines) variants.push(await reserve(transaction, variantId, quantity));

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
      deliveryMinor: priced.deliveryMinor ?? 0,
      lines,
      discounts,
      discountMinor,
      buyer: { ...request.buyer, address: pickUpAt ?? address },
      note: request.note,
      placedAt: now,
      changedAt: now,
      history: [{ from: null, to: state, at: now, byRole: role, byName: role === 'viewer' ? '' : (name ?? ''), note: '' }],
      ...(isFirstPaid ? { isFirstPaid } : {}),
      ...(isPlayed(identity) ? { isSynthetic: true } : {}),
    };
    await insertOrder(transaction, order);
    await this.#keys.keep(transaction, order, { isFetched: pickUpAt !== null });
    for (const part of this.#parts) await part.placed?.(order, asked, work);
    if (variants.length > 0) tell('variants.changed', { sellerId: where.sellerId, variants });
    // Whoever has not paid yet is no buyer for the rest of the server.
    await insertPayment(transaction, order, state === 'placed' ? '' : identity);
    if (state === 'placed') tell('order.placed', { order, identity });
    else tell('order.changed', { order });
    return order;
  }
}
