// Owns what Stripe would know: sessions, payment intents, charges, refunds and disputes, with Stripe's own rules for what may follow what.
import { randomBytes } from 'node:crypto';
import { at, type Form, strings } from './form.ts';

export interface Charge {
  id: string;
  amount: number;
  amount_refunded: number;
  disputed: boolean;
}

export interface Intent {
  id: string;
  client_secret: string;
  amount: number;
  amount_received: number;
  currency: string;
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';
  metadata: Record<string, string>;
  livemode: boolean;
  transfer_data: { destination: string } | null;
  application_fee_amount: number | null;
  on_behalf_of: string | null;
  charge: Charge | null;
}

export interface Session {
  id: string;
  client_secret: string;
  status: 'open' | 'complete' | 'expired';
  amount_total: number;
  currency: string;
  client_reference_id: string | null;
  metadata: Record<string, string>;
  livemode: boolean;
  expires_at: number;
  intentId: string | null;
  /** What the intent will be made with. */
  intentData: Form;
}

export interface Refund {
  id: string;
  payment_intent: string;
  charge: string;
  amount: number;
  currency: string;
  status: 'succeeded' | 'pending' | 'failed';
  metadata: Record<string, string>;
  reverse_transfer: boolean;
  refund_application_fee: boolean;
}

export interface Dispute {
  id: string;
  payment_intent: string;
  charge: string;
  amount: number;
  currency: string;
  status: string;
}

/** A refusal as Stripe words it. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { error: Record<string, string> };
  constructor(status: number, error: { type?: string; code?: string; message: string; param?: string }) {
    super(error.message);
    this.status = status;
    this.body = { error: { type: 'invalid_request_error', ...error } };
  }
}

export type Happening = (type: string, object: object) => void;

export class StripeLedger {
  readonly intents = new Map<string, Intent>();
  readonly sessions = new Map<string, Session>();
  readonly refunds: Refund[] = [];
  readonly disputes: Dispute[] = [];
  /** Connected accounts that exist; those that sell themselves take cards, too. */
  readonly accounts = new Set<string>();
  readonly merchants = new Set<string>();
  readonly livemode = false;
  readonly #now: () => number;
  readonly #tell: Happening;

  constructor(now: () => number, tell: Happening) {
    this.#now = now;
    this.#tell = tell;
  }

  createSession(form: Form): Session {
    const amount = Number(at(form, 'line_items', 0, 'price_data', 'unit_amount')) * Number(at(form, 'line_items', 0, 'quantity') ?? '1');
    const currency = at(form, 'line_items', 0, 'price_data', 'currency') ?? '';
    if (at(form, 'ui_mode') !== 'elements' || at(form, 'mode') !== 'payment') throw new Refusal(400, { message: 'Invalid ui_mode or mode', param: 'ui_mode' });
    if (form['success_url'] !== undefined || form['cancel_url'] !== undefined) throw new Refusal(400, { message: 'success_url is not supported with elements', param: 'success_url' });
    if (!at(form, 'line_items', 0, 'price_data', 'product_data', 'name')) throw new Refusal(400, { code: 'parameter_missing', message: 'Missing required param: name' });
    const expiresAt = Number(at(form, 'expires_at') ?? '0');
    const inS = expiresAt - this.#now() / 1000;
    if (!(inS >= 30 * 60 - 1 && inS <= 24 * 3600 + 1)) throw new Refusal(400, { message: 'The `expires_at` timestamp must be 30 minutes to 24 hours from now.', param: 'expires_at' });
    const intentData = (form['payment_intent_data'] ?? {}) as Form;
    this.#checkAmount(amount, currency);
    this.#checkSplit(intentData, amount);
    const session: Session = {
      id: newStripeId('cs_test'),
      client_secret: '',
      status: 'open',
      amount_total: amount,
      currency,
      client_reference_id: at(form, 'client_reference_id') ?? null,
      metadata: strings(form['metadata']),
      livemode: this.livemode,
      expires_at: expiresAt,
      intentId: null,
      intentData,
    };
    session.client_secret = `${session.id}_secret_${randomBytes(12).toString('hex')}`;
    this.sessions.set(session.id, session);
    return session;
  }

  createIntent(form: Form): Intent {
    const amount = Number(at(form, 'amount'));
    const currency = at(form, 'currency') ?? '';
    this.#checkAmount(amount, currency);
    this.#checkSplit(form, amount);
    const fee = at(form, 'application_fee_amount');
    const destination = at(form, 'transfer_data', 'destination');
    const intent: Intent = {
      id: newStripeId('pi'),
      client_secret: '',
      amount,
      amount_received: 0,
      currency,
      status: 'requires_payment_method',
      metadata: strings(form['metadata']),
      livemode: this.livemode,
      transfer_data: destination === undefined ? null : { destination },
      application_fee_amount: fee === undefined ? null : Number(fee),
      on_behalf_of: at(form, 'on_behalf_of') ?? null,
      charge: null,
    };
    intent.client_secret = `${intent.id}_secret_${randomBytes(12).toString('hex')}`;
    this.intents.set(intent.id, intent);
    return intent;
  }

  expireSession(id: string): Session {
    const session = this.session(id);
    if (session.status !== 'open') throw new Refusal(400, { message: `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.` });
    session.status = 'expired';
    const intent = session.intentId === null ? undefined : this.intents.get(session.intentId);
    if (intent && intent.status !== 'succeeded') intent.status = 'canceled';
    this.#tell('checkout.session.expired', this.showSession(session));
    return session;
  }

  cancelIntent(id: string): Intent {
    const intent = this.intent(id);
    if (['succeeded', 'canceled', 'processing'].includes(intent.status)) {
      throw new Refusal(400, { code: 'payment_intent_unexpected_state', message: `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.` });
    }
    intent.status = 'canceled';
    this.#tell('payment_intent.canceled', this.showIntent(intent));
    return intent;
  }

  createRefund(form: Form): Refund {
    const intent = this.intent(at(form, 'payment_intent') ?? '');
    const { charge } = intent;
    if (!charge) throw new Refusal(400, { message: `This PaymentIntent (${intent.id}) does not have a successful charge to refund.` });
    const left = charge.amount - charge.amount_refunded;
    const amount = Number(at(form, 'amount') ?? left);
    if (left === 0) throw new Refusal(400, { code: 'charge_already_refunded', message: `Charge ${charge.id} has already been refunded.` });
    if (amount > left) throw new Refusal(400, { message: `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, param: 'amount' });
    const isPassedOn = at(form, 'reverse_transfer') === 'true';
    if (isPassedOn && !intent.transfer_data) throw new Refusal(400, { message: 'Cannot reverse transfer on a charge that was not created with a destination.' });
    if (at(form, 'refund_application_fee') === 'true' && intent.application_fee_amount === null) throw new Refusal(400, { message: 'This charge has no application fee to refund.' });
    charge.amount_refunded += amount;
    const refund: Refund = {
      id: newStripeId('re'),
      payment_intent: intent.id,
      charge: charge.id,
      amount,
      currency: intent.currency,
      status: 'succeeded',
      metadata: strings(form['metadata']),
      reverse_transfer: isPassedOn,
      refund_application_fee: at(form, 'refund_application_fee') === 'true',
    };
    this.refunds.push(refund);
    this.#tell('charge.refunded', this.showCharge(intent));
    this.#tell('refund.created', { object: 'refund', ...refund });
    return refund;
  }

  /** A refund that the bank could not deliver: the money is back at Stripe. */
  failRefund(id: string): void {
    const refund = this.refunds.find((each) => each.id === id);
    const charge = refund && this.intents.get(refund.payment_intent)?.charge;
    if (!refund || !charge) throw new Error(`no refund ${id}`);
    refund.status = 'failed';
    charge.amount_refunded -= refund.amount;
    this.#tell('refund.failed', { object: 'refund', ...refund });
  }

  /** The buyer's side: what Stripe.js does with a page's secret. */
  pay(clientSecret: string, card: { number: string; isSlow?: boolean }): { error?: { type: string; code?: string; message: string } } {
    const { session, intent } = this.#toPay(clientSecret);
    if (session && session.status !== 'open') return { error: { type: 'invalid_request_error', message: 'This Checkout Session is no longer active.' } };
    if (['succeeded', 'processing', 'canceled'].includes(intent.status)) {
      return { error: { type: 'invalid_request_error', code: 'payment_intent_unexpected_state', message: `This PaymentIntent is ${intent.status}.` } };
    }
    const declined: Record<string, string> = { '4000000000000002': 'card_declined', '4000000000009995': 'insufficient_funds', '4000000000000069': 'expired_card' };
    const code = declined[card.number];
    if (code !== undefined) {
      this.#tell('payment_intent.payment_failed', this.showIntent(intent));
      return { error: { type: 'card_error', code, message: 'Your card was declined.' } };
    }
    if (card.isSlow) {
      intent.status = 'processing';
      if (session) session.status = 'complete';
      this.#tell('payment_intent.processing', this.showIntent(intent));
      if (session) this.#tell('checkout.session.completed', this.showSession(session));
      return {};
    }
    this.succeed(intent.id);
    return {};
  }

  succeed(intentId: string, receivedMinor?: number): void {
    const intent = this.intent(intentId);
    if (intent.status === 'succeeded') throw new Error('charged twice');
    intent.status = 'succeeded';
    intent.amount_received = receivedMinor ?? intent.amount;
    intent.charge = { id: newStripeId('ch'), amount: intent.amount_received, amount_refunded: 0, disputed: false };
    const session = [...this.sessions.values()].find((each) => each.intentId === intent.id);
    if (session) session.status = 'complete';
    this.#tell('charge.succeeded', this.showCharge(intent));
    this.#tell('payment_intent.succeeded', this.showIntent(intent));
    if (session) this.#tell('checkout.session.completed', this.showSession(session));
  }

  /** A payment that was taken and fails afterwards. */
  failSlow(intentId: string): void {
    const intent = this.intent(intentId);
    intent.status = 'requires_payment_method';
    const session = [...this.sessions.values()].find((each) => each.intentId === intent.id);
    this.#tell('payment_intent.payment_failed', this.showIntent(intent));
    if (session) this.#tell('checkout.session.async_payment_failed', this.showSession(session));
  }

  dispute(intentId: string, status = 'needs_response'): void {
    const intent = this.intent(intentId);
    if (!intent.charge) throw new Error('nothing to dispute');
    intent.charge.disputed = true;
    const known = this.disputes.find((each) => each.payment_intent === intentId);
    const dispute = known ?? { id: newStripeId('dp'), payment_intent: intentId, charge: intent.charge.id, amount: intent.amount, currency: intent.currency, status };
    dispute.status = status;
    if (!known) this.disputes.push(dispute);
    this.#tell(known ? 'charge.dispute.closed' : 'charge.dispute.created', { object: 'dispute', ...dispute });
  }

  account(id: string): Record<string, unknown> {
    if (!this.accounts.has(id)) throw new Refusal(403, { code: 'account_invalid', message: `The provided key does not have access to account '${id}' (or that account does not exist).` });
    return { object: 'account', id, capabilities: { transfers: 'active', card_payments: this.merchants.has(id) ? 'active' : 'inactive' } };
  }

  intent(id: string): Intent {
    return this.intents.get(id) ?? missing('payment_intent', id);
  }

  session(id: string): Session {
    return this.sessions.get(id) ?? missing('checkout.session', id);
  }

  showIntent(intent: Intent, expand: readonly string[] = []): Record<string, unknown> {
    const { charge, ...rest } = intent;
    const shown = charge && expand.includes('latest_charge') ? this.showCharge(intent) : (charge?.id ?? null);
    return { object: 'payment_intent', ...rest, latest_charge: shown };
  }

  showSession(session: Session, expand: readonly string[] = []): Record<string, unknown> {
    const { intentId, intentData: _intentData, client_secret: clientSecret, ...rest } = session;
    const intent = intentId === null ? undefined : this.intents.get(intentId);
    const inner = expand.filter((path) => path.startsWith('payment_intent.')).map((path) => path.slice('payment_intent.'.length));
    const isExpanded = expand.some((path) => path === 'payment_intent' || path.startsWith('payment_intent.'));
    return {
      object: 'checkout.session',
      ...rest,
      mode: 'payment',
      ui_mode: 'elements',
      client_secret: session.status === 'open' ? clientSecret : null,
      payment_intent: intent && isExpanded ? this.showIntent(intent, inner) : intentId,
      payment_status: intent?.status === 'succeeded' ? 'paid' : 'unpaid',
    };
  }

  showCharge(intent: Intent): Record<string, unknown> {
    return { object: 'charge', ...intent.charge, payment_intent: intent.id, currency: intent.currency, metadata: intent.metadata, livemode: intent.livemode, status: 'succeeded' };
  }

  /** What of a payment its page may know. */
  toPay(clientSecret: string): { amountMinor: number; currency: string } {
    const session = [...this.sessions.values()].find((each) => each.client_secret === clientSecret);
    const { amount, currency } = session ? { amount: session.amount_total, currency: session.currency } : this.#toPay(clientSecret).intent;
    return { amountMinor: amount, currency };
  }

  #toPay(clientSecret: string): { session: Session | undefined; intent: Intent } {
    const session = [...this.sessions.values()].find((each) => each.client_secret === clientSecret);
    if (!session) {
      const intent = [...this.intents.values()].find((each) => each.client_secret === clientSecret);
      return { session: undefined, intent: intent ?? missing('client_secret', clientSecret) };
    }
    if (session.intentId !== null) return { session, intent: this.intent(session.intentId) };
    const intent = this.createIntent({ ...session.intentData, amount: String(session.amount_total), currency: session.currency });
    session.intentId = intent.id;
    return { session, intent };
  }

  #checkAmount(amount: number, currency: string): void {
    if (!Number.isSafeInteger(amount) || amount < 1) throw new Refusal(400, { code: 'parameter_invalid_integer', message: 'Invalid integer', param: 'amount' });
    if (!/^[a-z]{3}$/.test(currency)) throw new Refusal(400, { message: `Invalid currency: ${currency}`, param: 'currency' });
  }

  #checkSplit(form: Form, amount: number): void {
    const destination = at(form, 'transfer_data', 'destination');
    if (destination !== undefined && !this.accounts.has(destination)) throw new Refusal(400, { code: 'resource_missing', message: `No such destination: '${destination}'`, param: 'transfer_data[destination]' });
    const fee = at(form, 'application_fee_amount');
    const merchant = at(form, 'on_behalf_of');
    if (merchant !== undefined && !this.merchants.has(merchant)) throw new Refusal(400, { message: 'The on_behalf_of account has no card_payments capability.', param: 'on_behalf_of' });
    if (fee !== undefined && (destination === undefined || Number(fee) > amount)) throw new Refusal(400, { message: 'Invalid application fee', param: 'application_fee_amount' });
  }
}

export function newStripeId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function missing(what: string, id: string): never {
  throw new Refusal(404, { code: 'resource_missing', message: `No such ${what}: '${id}'` });
}
