// Owns what a buyer is told before ordering: the server's own prices, the fee, and every reason for which the order would be refused.
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Quote, QuoteRequest } from '../../protocol/delivery.ts';
import { offerOf } from '../catalogue.ts';
import type { BuyerKeys } from '../payments/buyer-keys.ts';
import { addUp, type OrderPlace } from '../placing.ts';
import type { ShopTables } from '../schema.ts';
import { type TermsLine, termsOf } from './terms.ts';

export class Quotes {
  readonly #database: Database;
  readonly #keys: BuyerKeys;

  constructor(deps: { database: Database; keys: BuyerKeys }) {
    this.#database = deps.database;
    this.#keys = deps.keys;
  }

  /** Keeps nothing. @throws FieldcastError `input.invalid`, `not-found` for an unknown seller. */
  async of(request: QuoteRequest, where: OrderPlace): Promise<Quote> {
    const database = this.#database.read<ShopTables>();
    const seller = await database.selectFrom('sellers').select('currency').where('id', '=', where.sellerId).executeTakeFirst();
    if (!seller) throw new FieldcastError('not-found', 'There is no such seller.');
    const lines: TermsLine[] = [];
    const refusals: Quote['refusals'] = [];
    for (const [variantId, quantity] of addUp(request.lines)) {
      const [offer] = (await offerOf(database, { variantId })).rows;
      if (!offer || offer.archived === 1 || offer.sellerId !== where.sellerId || !where.allowedProductIds.has(offer.productId)) {
        refusals.push({ code: 'shelf.not-on-shelf', params: { variantId } });
        continue;
      }
      const { productId, unit, priceMinor, stock, weightGrams, limitPerBuyer } = offer;
      if (stock < quantity) refusals.push({ code: 'stock.insufficient', params: { variantId, left: stock } });
      lines.push({ productId, variantId, unit, weightGrams, limitPerBuyer, quantity, totalMinor: priceMinor * quantity });
    }
    const { address, phone } = request;
    const { sellerId, showId } = where;
    const phoneKey = /\d/.test(phone) ? this.#keys.phone(sellerId, phone) : null;
    const terms = await termsOf(database, { sellerId, showId, lines, address, phoneKey });
    const goodsMinor = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    const totalMinor = goodsMinor + (terms.deliveryMinor ?? 0);
    if (!Number.isSafeInteger(totalMinor)) throw new FieldcastError('input.invalid', 'The total is too large.');
    return { currency: seller.currency, goodsMinor, totalMinor, ...terms, refusals: [...refusals, ...terms.refusals] };
  }
}
