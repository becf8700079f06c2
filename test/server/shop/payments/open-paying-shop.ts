// Owns a shop that is paid through the local Stripe, for a test: time stands still, and the shop can be stopped and opened again on the same file.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../../../../server/platform/auth.ts';
import { readConfig } from '../../../../server/platform/config.ts';
import { Database } from '../../../../server/platform/db/database.ts';
import { Bus } from '../../../../server/platform/events.ts';
import { createLogger } from '../../../../server/platform/log.ts';
import type { Order } from '../../../../server/protocol/order.ts';
import type { PaymentMethod, PaymentStart } from '../../../../server/protocol/payments.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { createShop, type Shop, type ShopFacts, shopMigrations } from '../../../../server/shop/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { LocalStripe, WEBHOOK_SECRETS } from '../../../support/stripe/local-stripe.ts';
import { bodyOf, signatureOf, type StripeEvent } from '../../../support/stripe/webhooks.ts';
import { placeIn, requestFor } from '../open-shop.ts';

export const HOLD_MS = 15 * 60_000;
export const GOOD_CARD = { number: '4242424242424242' };
export const host = { role: 'host', name: 'Li Wei' } as const;

type StripeStart = Extract<PaymentStart, { method: 'stripe' }>;

export class PayingShop {
  readonly clock = new FakeClock();
  readonly facts: { fact: keyof ShopFacts; payload: any }[] = [];
  readonly logLines: string[] = [];
  readonly dataDir: string;
  readonly stripe: LocalStripe;
  readonly #env: Record<string, string>;
  sellerId = '';
  shop!: Shop;
  database!: Database;
  #buyers = 0;

  private constructor(dataDir: string, stripe: LocalStripe, clock: FakeClock, env: Record<string, string>) {
    this.dataDir = dataDir;
    this.stripe = stripe;
    this.clock = clock;
    this.#env = env;
  }

  /** @param env settings on top, e.g. `{ FIELDCAST_STRIPE_UI: 'payment-intent' }`. */
  static async open(env: Record<string, string> = {}): Promise<PayingShop> {
    const clock = new FakeClock();
    const stripe = await LocalStripe.open({ now: () => clock.now() });
    const test = new PayingShop(await mkdtemp(join(tmpdir(), 'fieldcast-paying-')), stripe, clock, env);
    await test.start();
    test.sellerId = (await test.shop.sellers.create({ name: 'Green Hill', currency: 'CNY' })).id;
    await test.database.write<any, void>(async (transaction) => {
      await transaction
        .insertInto('pictures')
        .values({ id: 'pic_qr', width: 300, height: 300, created_at: 1 })
        .execute();
      await transaction
        .insertInto('seller_payment_settings')
        .values({ seller_id: test.sellerId, qr_picture_id: 'pic_qr', unpaid_per_buyer: 1000, unpaid_per_address: 1000 })
        .execute();
    });
    return test;
  }

  async start(): Promise<void> {
    const log = createLogger('trace', { write: (line: string) => void this.logLines.push(line) });
    this.database = await Database.open(join(this.dataDir, 'shop.sqlite'), shopMigrations, log);
    const bus = new Bus<ShopFacts>((fact, error) => {
      throw new Error(`listener of ${fact}`, { cause: error });
    });
    for (const fact of ['variants.changed', 'order.placed', 'order.changed', 'payment.changed'] as const) {
      bus.on(fact, (payload) => void this.facts.push({ fact, payload }));
    }
    const config = readConfig({ ...this.stripe.settings, ...this.#env });
    this.shop = createShop({
      database: this.database,
      bus,
      dataDir: this.dataDir,
      clock: this.clock,
      log,
      buyerKey: new Uint8Array(32).fill(5),
      payments: { stripe: config.stripe, holdMs: HOLD_MS },
    });
  }

  async stop(): Promise<void> {
    await this.shop.money.close();
    await this.database.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async product(...stocks: number[]): Promise<Product> {
    return this.shop.catalogue.create(this.sellerId, {
      name: 'Fuji apples',
      description: '',
      pictures: [],
      variants: stocks.map((stock, index) => ({ label: `grade ${index + 1}`, unit: 'kg', priceMinor: 1250, stock })),
    });
  }

  async stock(product: Product): Promise<number[]> {
    return (await this.shop.catalogue.product(product.id)).variants.map((variant) => variant.stock);
  }

  /** Each order is somebody else's. */
  place(product: Product, payment: PaymentMethod = 'stripe', ...quantities: number[]): Promise<Order> {
    this.#buyers += 1;
    const identity = `vwr_${this.#buyers}`;
    const caller: Caller = { claims: { role: 'viewer', identity }, isKnown: false, address: '127.0.0.1' };
    const request = requestFor(product, ...(quantities.length > 0 ? quantities : [1]));
    const buyer = { ...request.buyer, phone: `138${String(10_000_000 + this.#buyers)}`, address: `${this.#buyers} Orchard Road` };
    return this.shop.orders.place({ ...request, buyer, payment }, placeIn(this.sellerId, product), caller, undefined);
  }

  async pay(order: Order): Promise<StripeStart> {
    return (await this.shop.money.pay(await this.order(order.id))) as StripeStart;
  }

  async order(id: string): Promise<Order> {
    const order = await this.shop.orders.find(id);
    if (!order) throw new Error(`no order ${id}`);
    return order;
  }

  /** Hands an event in as Stripe would, and waits until it is worked out. */
  async tell(events: StripeEvent | readonly StripeEvent[], secrets: readonly string[] = WEBHOOK_SECRETS.slice(0, 1), atMs = this.clock.now()): Promise<void> {
    for (const event of Array.isArray(events) ? (events as readonly StripeEvent[]) : [events as StripeEvent]) {
      const body = bodyOf(event);
      await this.shop.money.takeStripeEvent(Buffer.from(body), signatureOf(body, secrets, atMs));
    }
    await this.shop.money.runDue();
  }

  /** Places an order and has it paid. */
  async paid(product: Product, ...quantities: number[]): Promise<Order> {
    const order = await this.place(product, 'stripe', ...quantities);
    const { clientSecret } = await this.pay(order);
    await this.stripe.pay(clientSecret, GOOD_CARD);
    return this.shop.money.check(order);
  }

  problems(): Promise<string[]> {
    return this.shop.money.problems.list(undefined).then((problems) => problems.map(({ kind }) => kind));
  }

  async close(): Promise<void> {
    await this.stripe.close();
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
