// Owns by what a buyer is known again: keyed hashes of phone number and address, which without the key say nothing.
import { createHmac } from 'node:crypto';
import type { Transaction } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { Order } from '../../protocol/order.ts';
import type { ShopTables } from '../schema.ts';
import { areaOf } from './area-of.ts';

/** A phone number by its digits, however it was written; the country code of a Chinese mobile number makes no other number of it. */
export function phoneDigits(phone: string): string {
  return phone.replaceAll(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
}

type BuyerRow = ShopTables['order_buyers'];
const addBuyer = compileOnce<ShopTables, BuyerRow>()((database, param) =>
  database.insertInto('order_buyers').values({
    order_id: param('order_id'),
    seller_id: param('seller_id'),
    phone_key: param('phone_key'),
    address_key: param('address_key'),
    area: param('area'),
    placed_at: param('placed_at'),
  }),
);

export class BuyerKeys {
  readonly #key: Uint8Array;

  /** @param key of this purpose alone: who has it can try all phone numbers there are. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** The same number with the same seller has the same key; with another seller it has another, so that sellers share no list of people. */
  phone(sellerId: string, phone: string): string {
    return this.#hash('phone', sellerId, phoneDigits(phone));
  }

  /** Punctuation, spaces, width and case make no other address. */
  address(sellerId: string, address: string): string {
    return this.#hash('address', sellerId, address.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''));
  }

  /** Keeps the keys of a new order; one that is fetched has nobody's address. */
  async keep(transaction: Transaction<ShopTables>, { id, sellerId, buyer, placedAt }: Pick<Order, 'id' | 'sellerId' | 'buyer' | 'placedAt'>, { isFetched = false } = {}): Promise<void> {
    await addBuyer(transaction, {
      order_id: id,
      seller_id: sellerId,
      phone_key: this.phone(sellerId, buyer.phone),
      address_key: isFetched ? '' : this.address(sellerId, buyer.address),
      area: areaOf(buyer.address),
      placed_at: placedAt,
    });
  }

  #hash(...parts: string[]): string {
    return createHmac('sha256', this.#key).update(parts.join('\n')).digest('base64url').slice(0, 24);
  }
}
