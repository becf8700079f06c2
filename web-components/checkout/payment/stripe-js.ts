// Owns Stripe.js as far as it is used here: its script, loaded when somebody chooses to pay by it, and the shapes of its answers.

/** An error as Stripe.js tells it; `message` is in the form's language and meant for the buyer. */
export interface StripeError {
  /** Such as `card_error`, `validation_error`, `api_connection_error`. */
  type?: string;
  /** `paymentFailed` where the card of a session was declined. */
  code?: string | null;
  message?: string;
}

export interface StripePaymentElement {
  mount(box: HTMLElement): void;
  on(event: 'ready' | 'loaderror', listener: (event: { error?: StripeError }) => void): void;
  destroy(): void;
}

export interface StripeElements {
  create(kind: 'payment', options: object): StripePaymentElement;
  submit(): Promise<{ error?: StripeError }>;
}

export interface StripeSession {
  email: string | null;
  currency: string;
  /** Stripe.js refuses to confirm a session whose total nobody has read. */
  total: { total: { amount: string; minorUnitsAmount: number } };
}

export interface StripeActions {
  getSession(): StripeSession;
  confirm(options: { returnUrl: string; redirect: 'if_required'; email?: string }): Promise<{ type: 'success' } | { type: 'error'; error: StripeError }>;
}

export interface StripeCheckout {
  createPaymentElement(options: object): StripePaymentElement;
  loadActions(): Promise<{ type: 'success'; actions: StripeActions } | { type: 'error'; error: StripeError }>;
}

export interface Stripe {
  elements(options: object): StripeElements;
  confirmPayment(options: object): Promise<{ error?: StripeError }>;
  initCheckoutElementsSdk(options: object): StripeCheckout;
}

type MakeStripe = (publishableKey: string, options: { locale: string }) => Stripe;

let loading: { url: string; made: Promise<MakeStripe> } | null = null;

/** Loads Stripe.js from its address, once for a page. A download that failed is tried again by the next call. */
export function loadStripe(url: string): Promise<MakeStripe> {
  if (loading?.url !== url) {
    const made = load(url);
    const mine = { url, made };
    loading = mine;
    made.catch(() => {
      if (loading === mine) loading = null;
    });
  }
  return loading.made;
}

function load(url: string): Promise<MakeStripe> {
  const present = (globalThis as { Stripe?: MakeStripe }).Stripe;
  // The shop's own page may use it too; a second copy in one page is refused by Stripe.
  if (present) return Promise.resolve(present);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.async = true;
    script.onload = () => {
      const { Stripe } = globalThis as { Stripe?: MakeStripe };
      if (Stripe) resolve(Stripe);
      else reject(new Error('the script at the address of Stripe.js is not it'));
    };
    script.onerror = () => {
      script.remove();
      reject(new Error('Stripe.js could not be loaded'));
    };
    document.head.append(script);
  });
}
