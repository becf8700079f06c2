import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../../server/protocol/shop.ts';
import { seeded } from '../../../support/random.ts';
import { WEBHOOK_SECRETS } from '../../../support/stripe/local-stripe.ts';
import { bodyOf, eventOf, signatureOf, type StripeEvent } from '../../../support/stripe/webhooks.ts';
import { refusal } from '../open-shop.ts';
import { GOOD_CARD, PayingShop } from './open-paying-shop.ts';

describe("Stripe's webhook", () => {
  let test: PayingShop;
  let product: Product;
  beforeEach(async () => {
    test = await PayingShop.open();
    product = await test.product(100);
  });
  afterEach(() => test.close());

  const take = (body: string, signature: string | undefined) => test.shop.money.takeStripeEvent(Buffer.from(body), signature);
  const someEvent = (): StripeEvent => eventOf('payment_intent.succeeded', { object: 'payment_intent', id: 'pi_some', metadata: {} });
  const stored = () => test.database.read<any>().selectFrom('stripe_events').selectAll().execute();

  it('takes each of several secrets, so that one can take the place of another', async () => {
    for (const secrets of [['whsec_first'], ['whsec_second'], ['whsec_first', 'whsec_second'], ['whsec_gone', 'whsec_second']]) {
      const body = bodyOf(someEvent());
      await take(body, signatureOf(body, secrets, test.clock.now()));
    }
    expect(await stored()).toHaveLength(4);
  });

  it('takes nothing that is forged, stale, changed or broken, and keeps nothing of it', async () => {
    const now = test.clock.now();
    const body = bodyOf(someEvent());
    const good = signatureOf(body, WEBHOOK_SECRETS, now);
    const signed = (text: string) => [text, signatureOf(text, ['whsec_first'], now)] as const;
    const cases: (readonly [string, string | undefined])[] = [
      [body, undefined],
      [body, ''],
      [body, 'nonsense'],
      [body, `t=${Math.floor(now / 1000)}`],
      [body, `t=${Math.floor(now / 1000)},v0=${good.split('v1=')[1]}`],
      [body, `t=${Math.floor(now / 1000) + 1},${good.split(',').slice(1).join(',')}`],
      [body, signatureOf(body, ['whsec_forged', ''], now)],
      [body, signatureOf(body, WEBHOOK_SECRETS, now - 301_000)],
      [`${body} `, good],
      [body.replace('pi_some', 'pi_sonn'), good],
      [JSON.stringify(JSON.parse(body), null, 1), good],
      signed('{'),
      signed('null'),
      signed('[]'),
      signed('{"id":"evt_1","type":"x","livemode":false}'),
      signed('{"id":"evt_1","type":"x","livemode":false,"data":{"object":null}}'),
      signed('{"id":"evt_1","type":"x","livemode":"no","data":{"object":{"id":"pi_1"}}}'),
      signed('{"id":"evt 1;drop table","type":"x","livemode":false,"data":{"object":{"id":"pi_1"}}}'),
      signed('{"id":{"$ne":1},"type":"x","livemode":false,"data":{"object":{"id":"pi_1"}}}'),
      signed('{"id":"evt_1","type":"x","account":{},"livemode":false,"data":{"object":{"id":"pi_1"}}}'),
    ];
    for (const [text, signature] of cases) expect((await refusal(take(text, signature))).code).toBe('webhook.not-genuine');
    expect(await stored()).toEqual([]);
    await take(body, signatureOf(body, WEBHOOK_SECRETS, now - 299_000));
    expect(await stored()).toHaveLength(1);
    expect(test.logLines.join('')).not.toMatch(/whsec_|sk_test/);
  });

  it('asks Stripe once about a payment that is told by several events in the same moment', async () => {
    const order = await test.place(product, 'stripe');
    await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    const asked = () => test.stripe.requests.filter(({ method }) => method === 'GET').length;
    const before = asked();
    expect(test.stripe.events.length).toBeGreaterThan(1);
    // At once, so that one commit takes them all.
    await Promise.all(test.stripe.events.map(bodyOf).map((body) => take(body, signatureOf(body, WEBHOOK_SECRETS, test.clock.now()))));
    await expect.poll(async () => (await test.order(order.id)).money.state).toBe('paid');
    expect(asked() - before).toBe(1);
  });

  it('comes to the same end however often, in which order and over how many restarts events come', async () => {
    const random = seeded(7);
    const orders = [];
    for (let count = 0; count < 12; count += 1) orders.push(await test.place(product, 'stripe', 1 + (count % 3)));
    for (const order of orders) await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    const deliveries = Array.from({ length: 8 }, () => test.stripe.events).flat().sort(() => random() - 0.5);
    for (let start = 0; start < deliveries.length; start += 40) {
      const bodies = deliveries.slice(start, start + 40).map(bodyOf);
      await Promise.all(bodies.map((body) => take(body, signatureOf(body, ['whsec_second'], test.clock.now()))));
      await test.restart();
    }
    await test.shop.money.runDue();
    for (const order of orders) {
      const after = await test.order(order.id);
      expect(after).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: order.totalMinor } });
      expect(await test.shop.money.changes(order.id)).toHaveLength(1);
      expect(test.facts.filter(({ fact, payload }) => fact === 'order.placed' && payload.order.id === order.id)).toHaveLength(1);
    }
    expect(await test.stock(product)).toEqual([100 - 24]);
    expect(await test.problems()).toEqual([]);
  });

  it('works a stored event out after a restart, when the server was stopped in between', async () => {
    const order = await test.place(product);
    await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    await test.stripe.refuse();
    for (const event of test.stripe.events) {
      const body = bodyOf(event);
      await take(body, signatureOf(body, WEBHOOK_SECRETS, test.clock.now()));
    }
    await test.restart();
    await test.stripe.answerAgain();
    test.clock.advance(60_000);
    await test.shop.money.runDue();
    expect((await test.order(order.id)).state).toBe('placed');
  });

  it('does not take the payment of a cheap order for that of a dear one', async () => {
    const [cheap, dear] = [await test.place(product, 'stripe', 1), await test.place(product, 'stripe', 9)];
    const [cheapPay] = [await test.pay(cheap), await test.pay(dear)];
    await test.stripe.pay(cheapPay.clientSecret, GOOD_CARD);
    const [intent] = test.stripe.ledger.intents.values();
    // As if the mark had been changed at Stripe.
    if (intent) intent.metadata = { fieldcast_order: dear.id };
    await test.tell(test.stripe.events.map((event) => ({ ...event, id: `${event.id}_2`, data: { object: { ...event.data.object, metadata: { fieldcast_order: dear.id } } } })));
    await test.tell(test.stripe.events);
    expect((await test.order(dear.id)).state).toBe('awaiting-payment');
    expect((await test.order(cheap.id)).state).toBe('awaiting-payment');
    expect(await test.problems()).toContain('foreign');
  });

  it.each([
    ['less than asked', (intent: any) => (intent.amount_received -= 1), 'amount'],
    ['more than asked', (intent: any) => (intent.amount_received += 1), 'amount'],
    ['another currency', (intent: any) => (intent.currency = 'vnd'), 'amount'],
    ['the account of another seller', (intent: any) => (intent.transfer_data = { destination: 'acct_other' }), 'foreign'],
    ['no mark of ours', (intent: any) => (intent.metadata = {}), 'foreign'],
  ])('calls nothing paid with %s, and shows it', async (_name, change, kind) => {
    const order = await test.place(product);
    await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    for (const intent of test.stripe.ledger.intents.values()) change(intent);
    await test.tell(test.stripe.events);
    await test.tell(test.stripe.events);
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { state: 'due', paidMinor: 0, problem: kind } });
    expect(await test.problems()).toEqual([kind]);
  });

  it('calls nothing paid with real money under a test key', async () => {
    const order = await test.place(product);
    await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
    for (const session of test.stripe.ledger.sessions.values()) session.livemode = true;
    await test.tell(test.stripe.events);
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { problem: 'foreign' } });
  });

  it('shows an event of another account or mode that names an order of ours', async () => {
    const order = await test.place(product);
    await test.pay(order);
    const object = { object: 'payment_intent', id: 'pi_elsewhere', metadata: { fieldcast_order: order.id } };
    await test.tell([eventOf('payment_intent.succeeded', object, { account: 'acct_other' }), eventOf('payment_intent.succeeded', { ...object, id: 'pi_live' }, { livemode: true })]);
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { state: 'due', problem: 'foreign' } });
    expect(await test.problems()).toEqual(['foreign', 'foreign']);
  });

  it('shows money that names an order without having been opened for it, and leaves alone what names none', async () => {
    const order = await test.place(product);
    await test.pay(order);
    const forged = test.stripe.ledger.createIntent({ amount: '100', currency: 'cny', metadata: { fieldcast_order: order.id } });
    test.stripe.ledger.succeed(forged.id);
    const elsewhere = test.stripe.ledger.createIntent({ amount: '100', currency: 'cny', metadata: { shop: 'another' } });
    test.stripe.ledger.succeed(elsewhere.id);
    await test.tell(test.stripe.events);
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { state: 'due', problem: 'foreign' } });
    expect(await test.shop.money.problems.list(undefined)).toMatchObject([{ kind: 'foreign', orderId: order.id, amountMinor: 100, currency: 'CNY', gatewayRef: forged.id }]);
    const [problem] = await test.shop.money.problems.list(test.sellerId);
    expect((await test.order(order.id)).money.problem).toBe('foreign');
    test.facts.length = 0;
    for (let tap = 0; tap < 2; tap += 1) await test.shop.money.problems.settle(problem!.id, test.sellerId, { name: 'Li Wei', note: 'given back by hand' });
    expect(test.facts.filter(({ fact }) => fact === 'order.changed').map(({ payload }) => payload.order.money.problem)).toEqual([null]);
    await test.tell(test.stripe.events);
    expect(await test.problems()).toEqual([]);
  });
});
