// Owns how a seller is paid: what is stored of it, what holds without a word, and which ways a page may offer.
import type { Kysely } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { StockPolicy } from '../../protocol/cash.ts';
import { type PaymentMethod, paymentMethods, type WayToPay } from '../../protocol/payments.ts';
import type { ShopTables } from '../schema.ts';

export interface PaymentSettings {
  /** Switched on by the seller; what each way needs besides is looked at in `ways`. */
  cod: boolean;
  transfer: boolean;
  stripe: boolean;
  /** The seller's receive code. */
  qrPictureId: string | null;
  /** Whose code it is. */
  payeeName: string;
  transferHoldMinutes: number;
  stripeAccount: string | null;
  /** Hundredths of a percent that the platform keeps of a payment to `stripeAccount`. */
  applicationFeeBps: number;
  /** The buyer buys from `stripeAccount` itself. */
  isMerchant: boolean;
  /** Orders that one buyer, or one address, may have open without having paid; null: unpaid-limits.ts says what is usual. */
  unpaidPerBuyer: number | null;
  unpaidPerAddress: number | null;
  /** When goods leave the shelf. */
  stockPolicy: StockPolicy;
}

export const defaultSettings: Readonly<PaymentSettings> = {
  cod: true,
  transfer: true,
  stripe: true,
  qrPictureId: null,
  payeeName: '',
  transferHoldMinutes: 120,
  stripeAccount: null,
  applicationFeeBps: 0,
  isMerchant: false,
  unpaidPerBuyer: null,
  unpaidPerAddress: null,
  stockPolicy: 'order',
};

const findSettings = compileOnce<ShopTables, { sellerId: string }>()((database, param) =>
  database.selectFrom('seller_payment_settings').selectAll().where('seller_id', '=', param('sellerId')),
);

export async function readSettings(database: Kysely<ShopTables>, sellerId: string): Promise<PaymentSettings> {
  const [row] = (await findSettings(database, { sellerId })).rows;
  if (!row) return defaultSettings;
  return {
    cod: row.cod === 1,
    transfer: row.transfer === 1,
    stripe: row.stripe === 1,
    qrPictureId: row.qr_picture_id,
    payeeName: row.payee_name,
    transferHoldMinutes: row.transfer_hold_minutes,
    stripeAccount: row.stripe_account,
    applicationFeeBps: row.application_fee_bps,
    isMerchant: row.is_merchant === 1,
    unpaidPerBuyer: row.unpaid_per_buyer,
    unpaidPerAddress: row.unpaid_per_address,
    stockPolicy: row.stock_policy,
  };
}

/** What a page may offer of each seller. */
export class Ways {
  readonly #database: Database;
  readonly #publishableKey: string | undefined;

  /** @param deps.publishableKey Stripe's, where this server has keys. */
  constructor(deps: { database: Database; publishableKey: string | undefined }) {
    this.#database = deps.database;
    this.#publishableKey = deps.publishableKey;
  }

  /** Never empty: a seller who is left without any way is paid on delivery. */
  async of(sellerId: string): Promise<WayToPay[]> {
    return this.#offered(await readSettings(this.#database.read<ShopTables>(), sellerId));
  }

  /** Whether this server has keys for cards. */
  get takesCards(): boolean {
    return this.#publishableKey !== undefined;
  }

  /** @throws FieldcastError `payment.not-offered` (params `method`). */
  require(settings: PaymentSettings, method: PaymentMethod): void {
    if (this.#offered(settings).some((way) => way.method === method)) return;
    throw new FieldcastError('payment.not-offered', 'The seller does not take this way of paying.', { params: { method } });
  }

  #offered(settings: PaymentSettings): WayToPay[] {
    const ways = paymentMethods.flatMap((method): WayToPay[] => {
      if (!settings[method]) return [];
      if (method === 'stripe') return this.#publishableKey === undefined ? [] : [{ method, publishableKey: this.#publishableKey }];
      if (method === 'transfer') return settings.qrPictureId === null ? [] : [{ method }];
      return [{ method }];
    });
    return ways.length > 0 ? ways : [{ method: 'cod' }];
  }
}
