// Owns asking Stripe whether a seller's connected account can take money, before the first buyer finds out that it cannot.
// The default: in the bundle it is loaded as CommonJS, which has no other.
// oxlint-disable-next-line import/no-named-as-default
import Stripe from 'stripe';
import { FieldcastError } from '../../../platform/errors.ts';
import { call, GatewayFault } from './client.ts';

/**
 * To be paid through, an account has to be able to receive transfers; to sell itself, also to take cards.
 * @throws FieldcastError `payment.refused` (params `reason`), `payment.unavailable` when Stripe cannot be asked.
 */
export async function requireAccount(stripe: Stripe, { account, isMerchant }: { account: string; isMerchant: boolean }): Promise<void> {
  const { capabilities } = await call(() => stripe.accounts.retrieve(account)).catch((error: unknown) => {
    if (!(error instanceof GatewayFault)) throw error;
    // Somebody else's account is no question of ours to repeat.
    if (error.cause instanceof Stripe.errors.StripePermissionError) throw refused(error.reason);
    throw error.toError();
  });
  if (capabilities?.transfers !== 'active') throw refused('no_transfers');
  if (isMerchant && capabilities.card_payments !== 'active') throw refused('no_card_payments');
}

function refused(reason: string): FieldcastError {
  return new FieldcastError('payment.refused', 'This account cannot be paid.', { params: { reason } });
}
