// Owns the form in which a buyer pays by Stripe: mounted for one payment, confirmed once at a time. What it answers is what the browser believes.
import type { PaymentStart } from '../../../server/protocol/payments.ts';
import { loadStripe, type Stripe, type StripeError, type StripePaymentElement } from './stripe-js.ts';

export type CardStart = Extract<PaymentStart, { method: 'stripe' }>;

/** `declined`: nothing was taken, `message` says why. `unknown`: nobody here knows whether something was. */
export type CardAnswer = { kind: 'accepted' } | { kind: 'declined' | 'unknown'; message: string };

export interface CardForm {
  /** Whether an e-mail address has to be asked for beside the form: Stripe takes no session without one. */
  needsEmail: boolean;
  /** Where the buyer has to go elsewhere, the page goes there and comes back at `returnUrl`. */
  confirm(options: { returnUrl: string; email: string }): Promise<CardAnswer>;
  close(): void;
}

export interface CardFormOptions {
  start: CardStart;
  /** In the document, not in a shadow tree. */
  box: HTMLElement;
  locale: 'en' | 'zh-CN';
  /** Colours and font of the page: the form stands in a frame that knows neither. */
  appearance: object;
  /** A form that nobody waits for any longer is not drawn. */
  signal: AbortSignal;
}

/** @throws Error when it cannot be drawn, or asks for another sum than the order's. */
export async function openCardForm({ start, box, locale, appearance, signal }: CardFormOptions): Promise<CardForm> {
  const make = await loadStripe(start.scriptUrl);
  signal.throwIfAborted();
  const stripe = make(start.publishableKey, { locale: locale === 'zh-CN' ? 'zh' : 'en' });
  return start.ui === 'checkout-session' ? sessionForm(stripe, start, box, appearance, signal) : intentForm(stripe, start, box, appearance, signal);
}

async function sessionForm(stripe: Stripe, start: CardStart, box: HTMLElement, appearance: object, signal: AbortSignal): Promise<CardForm> {
  const checkout = stripe.initCheckoutElementsSdk({ clientSecret: start.clientSecret, elementsOptions: { appearance } });
  const element = checkout.createPaymentElement({ layout: 'tabs' });
  const [loaded] = await Promise.all([checkout.loadActions(), drawn(element, box, signal)]);
  if (loaded.type === 'error') throw new Error(loaded.error.message);
  const { actions } = loaded;
  const { total, currency, email: knownEmail } = actions.getSession();
  if (total.total.minorUnitsAmount !== start.amountMinor || currency.toUpperCase() !== start.currency) {
    element.destroy();
    throw new Error('the payment form asks for another sum than the order');
  }
  return {
    needsEmail: knownEmail === null,
    async confirm({ returnUrl, email }) {
      const answer = await actions.confirm({ returnUrl, redirect: 'if_required', ...(knownEmail === null ? { email } : {}) });
      return answer.type === 'success' ? { kind: 'accepted' } : understood(answer.error);
    },
    close: () => element.destroy(),
  };
}

async function intentForm(stripe: Stripe, start: CardStart, box: HTMLElement, appearance: object, signal: AbortSignal): Promise<CardForm> {
  const elements = stripe.elements({ clientSecret: start.clientSecret, appearance });
  const element = elements.create('payment', { layout: 'tabs' });
  await drawn(element, box, signal);
  return {
    needsEmail: false,
    async confirm({ returnUrl }) {
      const checked = await elements.submit();
      if (checked.error) return understood(checked.error);
      const { error } = await stripe.confirmPayment({ elements, clientSecret: start.clientSecret, confirmParams: { return_url: returnUrl }, redirect: 'if_required' });
      return error ? understood(error) : { kind: 'accepted' };
    },
    close: () => element.destroy(),
  };
}

function drawn(element: StripePaymentElement, box: HTMLElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      element.destroy();
      reject(new Error(message));
    };
    element.on('ready', () => resolve());
    element.on('loaderror', ({ error }) => fail(error?.message ?? 'the payment form could not be drawn'));
    signal.addEventListener('abort', () => fail('nobody waits for the payment form any longer'), { once: true });
    element.mount(box);
  });
}

/** Only a card's or a form's own error means that nothing was taken; an answer that was lost may have been a yes. */
function understood({ type, code, message = '' }: StripeError): CardAnswer {
  const isSure = type === 'card_error' || type === 'validation_error' || code === 'paymentFailed';
  return { kind: isSure ? 'declined' : 'unknown', message };
}
