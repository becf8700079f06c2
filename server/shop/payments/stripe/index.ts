// Owns putting together what takes payments by Stripe.
import type { Clock } from '../../../platform/clock.ts';
import type { StripeSettings } from '../../../platform/config.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Logger } from '../../../platform/log.ts';
import type { OrderWork } from '../../order-work.ts';
import type { Payment } from '../payment.ts';
import type { Settling } from '../settling.ts';
import { requireAccount } from './accounts.ts';
import { isLive, scriptUrl, stripeClient } from './client.ts';
import { StripeErrands } from './errands.ts';
import { StripeEvents } from './events.ts';
import { gatewayOf } from './gateway.ts';
import { StripeRefunds } from './refunds.ts';
import { StripeRows } from './rows.ts';
import { Settlement } from './settlement.ts';
import { stripePayment } from './stripe-payment.ts';
import { StripeWebhook } from './webhook.ts';

export interface StripeParts {
  payment: Payment;
  webhook: StripeWebhook;
  errands: StripeErrands;
  /** @throws FieldcastError `payment.refused` (params `reason`) for an account that cannot be paid, `payment.unavailable`. */
  requireAccount(asked: { account: string; isMerchant: boolean }): Promise<void>;
}

export function createStripe(deps: {
  keys: StripeSettings;
  holdMs: number;
  database: Database;
  work: OrderWork;
  settling: Settling;
  clock: Clock;
  log: Logger;
}): StripeParts {
  const { keys, clock } = deps;
  const stripe = stripeClient(keys);
  const livemode = isLive(keys.secretKey);
  // Both, because orders of the other kind may still be open after the setting was changed.
  const gateways = { 'checkout-session': gatewayOf(stripe, 'checkout-session'), 'payment-intent': gatewayOf(stripe, 'payment-intent') };
  const rows = new StripeRows({ ...deps, ui: keys.ui });
  const settlement = new Settlement({ ...deps, rows, gateways, livemode });
  const refunds = new StripeRefunds({ ...deps, stripe, rows, settlement });
  const events = new StripeEvents({ ...deps, stripe, rows, settlement, livemode });
  const errands = new StripeErrands({ ...deps, events, refunds, rows, settlement, gateways });
  return {
    payment: stripePayment({ ...deps, rows, settlement, refunds, gateways, publishableKey: keys.publishableKey, scriptUrl: scriptUrl(keys) }),
    webhook: new StripeWebhook({ ...deps, secrets: keys.webhookSecrets, clock, onEvent: () => errands.kick() }),
    errands,
    requireAccount: (asked) => requireAccount(stripe, asked),
  };
}
