// Owns what a buyer is told before ordering: the server's own prices, the fee, and every reason for which the order would be refused.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Quote, QuoteRequest } from '../../protocol/delivery.ts';
import { type OrderPlace, priceAsked } from '../asked-price.ts';
import type { BuyerKeys } from '../payments/buyer-keys.ts';
import type { OrderPart } from '../promotions/part.ts';
import type { ShopTables } from '../schema.ts';

export class Quotes {
  readonly #deps: { database: Database; keys: BuyerKeys; parts: readonly OrderPart[]; clock: Clock };

  constructor(deps: { database: Database; keys: BuyerKeys; parts: readonly OrderPart[]; clock: Clock }) {
    this.#deps = deps;
  }

  /** Keeps nothing. @param identity of who asks, as their token says. @throws FieldcastError `input.invalid`, `not-found` for an unknown seller. */
  async of(request: QuoteRequest, where: OrderPlace, identity: string): Promise<Quote> {
    const database = this.#deps.database.read<ShopTables>();
    const seller = await database.selectFrom('sellers').select('currency').where('id', '=', where.sellerId).executeTakeFirst();
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    const { priced, delivery, couponRefusal, refusals } = await priceAsked(database, request, where, { identity, now: this.#deps.clock.now() }, this.#deps);
    const { goodsMinor, discounts, discountMinor, deliveryMinor, totalMinor } = priced;
    const { areaName, freeInMinor } = 'feeMinor' in delivery ? delivery : { areaName: null, freeInMinor: null };
    return { currency: seller.currency, goodsMinor, discounts, discountMinor, couponRefusal, deliveryMinor, totalMinor, areaName, freeInMinor, refusals };
  }
}
