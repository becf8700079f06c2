// Owns both sides of Stripe for a test in a browser: the local Stripe for the server, the stand-in of its browser side for pages, one address.
import { LocalStripe } from '../stripe/local-stripe.ts';
import { startStripeJs, type StripeJsFaults } from './stripe-js-stand-in.ts';

export interface StripeStage {
  /** Where pages find Stripe.js, and the server the local Stripe. */
  url: string;
  /** Settings of a server that is paid here. */
  env: Record<string, string>;
  faults: StripeJsFaults;
  /** Ends every fault. */
  mend(): void;
  /** A connected account that can be paid. */
  connect(account: string): void;
  /** From now on, webhooks go to this server. */
  tell(serverUrl: string): void;
  scriptLoads(): number;
  /** Successful charges so far. */
  charges(): number;
  close(): Promise<void>;
}

export async function startStripeStage(): Promise<StripeStage> {
  const stripe = await LocalStripe.open();
  const pages = await startStripeJs(stripe, stripe.url);
  return {
    url: pages.url,
    env: { ...stripe.settings, FIELDCAST_STRIPE_API_BASE: pages.url },
    faults: pages.faults,
    mend() {
      stripe.faults.clear();
      Object.assign(pages.faults, { script: 'none', confirm: 'none', afterCharge: async () => undefined } satisfies StripeJsFaults);
    },
    connect: (account) => void stripe.ledger.accounts.add(account),
    tell(serverUrl) {
      stripe.webhookUrl = `${serverUrl}/api/v1/stripe/webhook`;
    },
    scriptLoads: () => pages.scriptLoads(),
    charges: () => [...stripe.charged().values()].reduce((sum, count) => sum + count, 0),
    async close() {
      await pages.close();
      await stripe.close();
    },
  };
}
