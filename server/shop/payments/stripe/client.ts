// Owns the line to Stripe: the official SDK with short timeouts, and what its many errors mean for us.
// The default: in the bundle it is loaded as CommonJS, which has no other.
// oxlint-disable-next-line import/no-named-as-default
import Stripe from 'stripe';
import type { Secret, StripeSettings } from '../../../platform/config.ts';
import { FieldcastError } from '../../../platform/errors.ts';

// The SDK's own 80 s and 2 tries are far too long for a buyer who waits: two tries and the pause between them stay under 8 s.
const CALL_TIMEOUT_MS = 3_500;
const RETRIES = 1;

export function stripeClient({ secretKey, apiBase }: Pick<StripeSettings, 'secretKey' | 'apiBase'>): Stripe {
  const base = apiBase === '' ? undefined : new URL(apiBase);
  return new Stripe(secretKey.reveal(), {
    timeout: CALL_TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(base
      ? { host: base.hostname, port: base.port || (base.protocol === 'http:' ? '80' : '443'), protocol: base.protocol === 'http:' ? ('http' as const) : ('https' as const) }
      : {}),
  });
}

/** Where pages load Stripe.js from: the release that goes with the SDK's version of the API. */
export function scriptUrl({ apiBase }: Pick<StripeSettings, 'apiBase'>): string {
  return apiBase === '' ? `https://js.stripe.com/${Stripe.API_VERSION.split('.')[1]}/stripe.js` : `${apiBase}/stripe.js`;
}

/** Whether real money moves under this key. */
export function isLive(secretKey: Secret): boolean {
  return secretKey.reveal().includes('_live_');
}

/** A call to Stripe that did not succeed. */
export class GatewayFault extends Error {
  /** Stripe has answered, for good: asking the same again changes nothing. Otherwise nothing is decided. */
  readonly isRefused: boolean;
  /** Stripe repeats its answer to this idempotency key, so the next try needs another. Of a call without an answer the key stays good. */
  readonly isKeySpent: boolean;
  /** Stripe's code, such as `resource_missing`. */
  readonly reason: string;

  constructor(cause: unknown) {
    const { errors } = Stripe;
    const fault = cause as { statusCode?: number; code?: string; type?: string };
    const reason = String(fault.code ?? fault.type ?? 'unknown');
    super(`Stripe: ${reason}${fault.statusCode === undefined ? '' : ` (${fault.statusCode})`}`, { cause });
    this.name = 'GatewayFault';
    this.reason = reason;
    const isConflict = fault.statusCode === 409;
    this.isRefused = !isConflict && (cause instanceof errors.StripeInvalidRequestError || cause instanceof errors.StripeCardError);
    // Stripe keeps the answer of whatever began to run, a 500 too (docs.stripe.com/api/idempotent_requests).
    this.isKeySpent = !isConflict && (this.isRefused || cause instanceof errors.StripeIdempotencyError || cause instanceof errors.StripeAPIError);
  }

  /** What the caller of this server is told. */
  toError(): FieldcastError {
    if (this.isRefused) return new FieldcastError('payment.refused', 'The payment service refused this.', { params: { reason: this.reason }, cause: this });
    return new FieldcastError('payment.unavailable', 'The payment service does not answer; nothing is decided.', { headers: { 'retry-after': '3' }, cause: this });
  }
}

/** Runs one call of the SDK. @throws GatewayFault */
export async function call<Value>(run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Stripe.errors.StripeError ? new GatewayFault(error) : error;
  }
}
