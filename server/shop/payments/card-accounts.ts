// Owns who gets the money of a seller's card payments: a connected account and what is kept of it, or whoever runs the server.
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { CardAccount, CardAccountRequest } from '../../protocol/payments.ts';
import type { ShopTables } from '../schema.ts';
import { readSettings } from './settings.ts';
import type { StripeParts } from './stripe/index.ts';

export class CardAccounts {
  readonly #database: Database;
  readonly #stripe: Pick<StripeParts, 'requireAccount'> | undefined;

  /** @param deps.stripe undefined: nobody here is paid by card. */
  constructor(deps: { database: Database; stripe: Pick<StripeParts, 'requireAccount'> | undefined }) {
    this.#database = deps.database;
    this.#stripe = deps.stripe;
  }

  async read(sellerId: string): Promise<CardAccount> {
    const { stripeAccount, applicationFeeBps, isMerchant } = await readSettings(this.#database.read<ShopTables>(), sellerId);
    return { sellerId, account: stripeAccount, feeBps: applicationFeeBps, isMerchant };
  }

  /**
   * Orders whose payment has been begun stay with what held then, and so do their refunds.
   * @throws FieldcastError `payment.not-offered` without Stripe, `payment.refused` (params `reason`) for an account that cannot be paid,
   * `payment.unavailable` while Stripe cannot be asked; nothing is changed then.
   */
  async set(sellerId: string, { account, feeBps, isMerchant }: CardAccountRequest): Promise<CardAccount> {
    if (account !== null) {
      if (!this.#stripe) throw new FieldcastError('payment.not-offered', 'This server has no keys for cards.', { params: { method: 'stripe' } });
      await this.#stripe.requireAccount({ account, isMerchant });
    }
    const row = account === null ? ({ stripe_account: null, application_fee_bps: 0, is_merchant: 0 } as const) : ({ stripe_account: account, application_fee_bps: feeBps, is_merchant: isMerchant ? 1 : 0 } as const);
    await this.#database.write<ShopTables, void>(async (transaction) => {
      await transaction
        .insertInto('seller_payment_settings')
        .values({ seller_id: sellerId, ...row })
        .onConflict((conflict) => conflict.column('seller_id').doUpdateSet(row))
        .execute();
    });
    return this.read(sellerId);
  }
}
