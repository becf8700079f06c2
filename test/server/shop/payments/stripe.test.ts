import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Product } from '../../../../server/protocol/shop.ts';
import { placeIn, refusal } from '../open-shop.ts';
import { GOOD_CARD, HOLD_MS, host, PayingShop } from './open-paying-shop.ts';

describe.each(['checkout-session', 'payment-intent'] as const)('paying by Stripe with a %s', (ui) => {
  let test: PayingShop;
  let product: Product;
  beforeEach(async () => {
    test = await PayingShop.open({ FIELDCAST_STRIPE_UI: ui });
    product = await test.product(10);
  });
  afterEach(() => test.close());

  it('holds the goods, and places the order when Stripe says that it is paid', async () => {
    const order = await test.place(product, 'stripe', 3);
    expect(order).toMatchObject({ state: 'awaiting-payment', money: { state: 'due', dueMinor: 3750, paidMinor: 0, holdUntil: test.clock.now() + HOLD_MS } });
    expect(await test.stock(product)).toEqual([7]);
    expect(test.facts.map(({ fact }) => fact)).not.toContain('order.placed');

    const start = await test.pay(order);
    expect(start).toMatchObject({ method: 'stripe', ui, amountMinor: 3750, currency: 'CNY', publishableKey: 'pk_test_local', serverTime: test.clock.now() });
    expect(await test.stripe.pay(start.clientSecret, GOOD_CARD)).toEqual({});
    expect((await test.order(order.id)).state).toBe('awaiting-payment');

    await test.tell(test.stripe.events);
    const paid = await test.order(order.id);
    expect(paid).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: 3750, holdUntil: null, isProcessing: false, problem: null } });
    expect(test.facts.filter(({ fact }) => fact === 'order.placed')).toEqual([{ fact: 'order.placed', payload: { order: paid, identity: 'vwr_1' } }]);
    expect(await test.shop.money.changes(order.id)).toMatchObject([{ byRole: 'system', from: 'due', to: 'paid', amountMinor: 3750, why: 'Stripe' }]);
    expect(await test.stock(product)).toEqual([7]);
  });

  it('continues the same payment however often it is started, also at once and after a restart', async () => {
    const order = await test.place(product);
    const starts = await Promise.all(Array.from({ length: 20 }, () => test.pay(order)));
    await test.restart();
    starts.push(await test.pay(order));
    expect(new Set(starts.map(({ clientSecret }) => clientSecret)).size).toBe(1);
    expect(test.stripe.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(test.stripe.requests[0]).toMatchObject({ key: `order-${order.id}-1`, version: '2026-10-28.endive' });
  });

  it('sends one total in the smallest unit, our mark, and nothing about the buyer', async () => {
    const order = await test.place(product, 'stripe', 2);
    await test.pay(order);
    const sent = JSON.stringify(test.stripe.requests[0]?.form);
    expect(sent).toContain('"2500"');
    expect(sent).toContain(`"fieldcast_order":"${order.id}"`);
    for (const personal of [order.buyer.name, order.buyer.phone, order.buyer.address]) expect(sent).not.toContain(personal);
  });

  it('asks for what is left of the total when promotions have taken something off', async () => {
    const sale = { title: '', variantId: product.variants[0]!.id, priceMinor: 1001, units: 2, perBuyer: null, countdownSeconds: 10, minutes: 5 };
    await test.shop.promotions.flashSales.start(sale, { ...placeIn(test.sellerId, product), byName: 'Li Wei' }, undefined);
    test.clock.advance(10_000);
    const order = await test.place(product, 'stripe', 3);
    expect(order).toMatchObject({ discountMinor: 498, totalMinor: 3252 });
    const start = await test.pay(order);
    const form = test.stripe.requests[0]?.form as any;
    const items: any[] = form.line_items ? Object.values(form.line_items) : [{ quantity: '1', price_data: { unit_amount: form.amount } }];
    expect(items.reduce((sum, { quantity, price_data: price }) => sum + Number(quantity) * Number(price.unit_amount), 0)).toBe(order.totalMinor);
    await test.stripe.pay(start.clientSecret, GOOD_CARD);
    await test.tell(test.stripe.events);
    expect(await test.order(order.id)).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: 3252 } });
  });

  it('believes the page nothing: coming back asks Stripe', async () => {
    const order = await test.place(product);
    await test.pay(order);
    expect((await test.shop.money.check(order)).state).toBe('awaiting-payment');
    expect((await test.paid(product)).state).toBe('placed');
  });

  it('lets a declined card be followed by another', async () => {
    const order = await test.place(product);
    const { clientSecret } = await test.pay(order);
    expect((await test.stripe.pay(clientSecret, { number: '4000000000000002' })).error?.type).toBe('card_error');
    await test.tell(test.stripe.events);
    expect(await test.order(order.id)).toMatchObject({ state: 'awaiting-payment', money: { state: 'due' } });
    expect((await test.pay(order)).clientSecret).toBe(clientSecret);
    await test.stripe.pay(clientSecret, GOOD_CARD);
    expect((await test.shop.money.check(order)).state).toBe('placed');
  });

  it('keeps the goods while a payment is being processed, and lets nobody cancel', async () => {
    const order = await test.place(product, 'stripe', 4);
    const { clientSecret } = await test.pay(order);
    await test.stripe.pay(clientSecret, { ...GOOD_CARD, isSlow: true });
    await test.tell(test.stripe.events);
    expect((await test.order(order.id)).money).toMatchObject({ state: 'due', isProcessing: true });
    test.clock.advance(2 * HOLD_MS);
    await test.shop.money.runDue();
    expect((await test.order(order.id)).state).toBe('awaiting-payment');
    expect(await refusal(test.shop.orders.cancelByBuyer(order.id))).toEqual({ code: 'payment.in-progress' });
    expect(await refusal(test.shop.orders.move(order.id, 'cancelled', '', host))).toEqual({ code: 'payment.in-progress' });
    expect(await refusal(test.pay(order))).toEqual({ code: 'payment.wrong-state', params: { state: 'processing' } });

    const [intent] = test.stripe.ledger.intents.keys();
    test.stripe.ledger.succeed(intent as string);
    await test.tell(test.stripe.events.slice(-3));
    expect((await test.order(order.id)).state).toBe('placed');
    expect(await test.stock(product)).toEqual([6]);
  });

  it('gives the goods back when a payment that was taken fails afterwards', async () => {
    const order = await test.place(product, 'stripe', 4);
    const { clientSecret } = await test.pay(order);
    await test.stripe.pay(clientSecret, { ...GOOD_CARD, isSlow: true });
    await test.tell(test.stripe.events);
    test.stripe.ledger.failSlow([...test.stripe.ledger.intents.keys()][0] as string);
    await test.tell(test.stripe.events);
    test.clock.advance(HOLD_MS + 1);
    await test.shop.money.runDue();
    expect((await test.order(order.id)).state).toBe('cancelled');
    expect(await test.stock(product)).toEqual([10]);
  });

  it('asks after a payment of which no word comes', async () => {
    const order = await test.place(product);
    const { clientSecret } = await test.pay(order);
    await test.stripe.pay(clientSecret, GOOD_CARD);
    test.clock.advance(10 * 60_000);
    await test.shop.money.runDue();
    expect((await test.order(order.id)).state).toBe('placed');
  });

  it('closes the payment of an order that is cancelled, so that nobody can pay it any more', async () => {
    const order = await test.place(product);
    const { clientSecret } = await test.pay(order);
    await test.shop.orders.cancelByBuyer(order.id);
    await test.shop.money.runDue();
    expect((await test.stripe.pay(clientSecret, GOOD_CARD)).error).toBeDefined();
    expect(test.stripe.charged().size).toBe(0);
    expect(await test.stock(product)).toEqual([10]);
    expect((await test.shop.orders.undo(order.id, host).catch((error: { code: string }) => error.code))).toBe('order.wrong-state');
  });

  it('gives money back that came in the moment in which the order was cancelled', async () => {
    const order = await test.place(product);
    const { clientSecret } = await test.pay(order);
    await test.stripe.pay(clientSecret, GOOD_CARD);
    await test.shop.orders.cancelByBuyer(order.id);
    expect(await test.stock(product)).toEqual([10]);
    await test.shop.money.runDue();
    await test.shop.money.runDue();
    expect(await test.order(order.id)).toMatchObject({ state: 'cancelled', money: { state: 'refunded', paidMinor: 1250, refundedMinor: 1250, problem: null } });
    expect(test.stripe.ledger.refunds.map(({ amount }) => amount)).toEqual([1250]);
  });

  it('gives a buyer who cancels a paid order the money back at once, and a seller a moment to think', async () => {
    const [mine, theirs] = [await test.paid(product), await test.paid(product)];
    await test.shop.orders.cancelByBuyer(mine.id);
    await test.shop.orders.move(theirs.id, 'cancelled', '', host);
    await test.shop.money.runDue();
    expect((await test.order(mine.id)).money).toMatchObject({ state: 'refunded', problem: null });
    expect((await test.order(theirs.id)).money).toMatchObject({ state: 'paid', problem: 'refund-owed' });
    expect(await test.shop.orders.undo(theirs.id, host)).toMatchObject({ state: 'placed', money: { problem: null } });
    await test.shop.orders.move(theirs.id, 'cancelled', '', host);
    await test.shop.money.settling.refund(theirs.id, undefined, { by: host, note: '' }, undefined);
    expect((await test.order(theirs.id)).money).toMatchObject({ state: 'refunded', problem: null });
    expect((await refusal(test.shop.orders.undo(theirs.id, host))).code).toBe('order.wrong-state');
  });

  it('gives back in parts and never more than there is', async () => {
    const order = await test.paid(product, 4);
    const word = { by: host, note: 'bruised' };
    const part = await test.shop.money.settling.refund(order.id, 1000, word, undefined);
    expect(part.money).toMatchObject({ state: 'part-refunded', refundedMinor: 1000, refundingMinor: 0 });
    expect(await refusal(test.shop.money.settling.refund(order.id, 4001, word, undefined))).toEqual({ code: 'payment.refund-too-large', params: { leftMinor: 4000 } });
    const many = await Promise.allSettled(Array.from({ length: 10 }, () => test.shop.money.settling.refund(order.id, 1500, word, undefined)));
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await test.shop.money.settling.refund(order.id, undefined, word, undefined)).money).toMatchObject({ state: 'refunded', refundedMinor: 5000 });
    expect(test.stripe.ledger.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(5000);
    expect((await test.shop.money.changes(order.id)).slice(1).every(({ byName, why }) => byName === 'Li Wei' && why === 'bruised')).toBe(true);
  });

  it('follows what is given back, fails or is disputed at Stripe itself', async () => {
    const order = await test.paid(product, 2);
    const [intent] = test.stripe.ledger.intents.keys();
    const refund = test.stripe.ledger.createRefund({ payment_intent: intent as string, amount: '500' });
    await test.tell(test.stripe.events);
    expect((await test.order(order.id)).money).toMatchObject({ state: 'part-refunded', refundedMinor: 500 });
    test.stripe.ledger.failRefund(refund.id);
    await test.tell(test.stripe.events);
    expect((await test.order(order.id)).money).toMatchObject({ state: 'paid', refundedMinor: 0, problem: 'refund-failed' });
    test.stripe.ledger.dispute(intent as string);
    await test.tell(test.stripe.events);
    expect(await test.problems()).toEqual(['refund-failed', 'disputed']);
    test.stripe.ledger.dispute(intent as string, 'lost');
    await test.tell(test.stripe.events);
    expect((await test.order(order.id)).money.state).toBe('lost');
  });
});

describe('a seller with an account of their own at Stripe', () => {
  const word = { by: host, note: '' };
  let test: PayingShop;
  let product: Product;
  beforeEach(async () => {
    test = await PayingShop.open();
    product = await test.product(20);
    test.stripe.ledger.accounts.add('acct_farm').add('acct_abroad');
    test.stripe.ledger.merchants.add('acct_abroad');
  });
  afterEach(() => test.close());
  const set = (account: string | null, feeBps = 0, isMerchant = false) => test.shop.money.accounts.set(test.sellerId, { account, feeBps, isMerchant });
  const intents = () => [...test.stripe.ledger.intents.values()];

  it('gets the money less the fee, and gives its part back', async () => {
    expect(await set('acct_farm', 250)).toEqual({ sellerId: test.sellerId, account: 'acct_farm', feeBps: 250, isMerchant: false });
    const order = await test.paid(product, 4);
    expect(intents()).toMatchObject([{ transfer_data: { destination: 'acct_farm' }, application_fee_amount: 125, on_behalf_of: null }]);
    expect(order.state).toBe('placed');
    await test.shop.money.settling.refund(order.id, 1000, word, undefined);
    await test.shop.money.settling.refund(order.id, undefined, word, undefined);
    const passedOn = { reverse_transfer: true, refund_application_fee: true };
    expect(test.stripe.ledger.refunds).toMatchObject([{ amount: 1000, ...passedOn }, { amount: 4000, ...passedOn }]);
  });

  it.each(['checkout-session', 'payment-intent'])('abroad sells itself, by a %s, and gives its part back without a fee that was never taken', async (ui) => {
    await test.close();
    test = await PayingShop.open({ FIELDCAST_STRIPE_UI: ui });
    product = await test.product(20);
    test.stripe.ledger.accounts.add('acct_abroad');
    test.stripe.ledger.merchants.add('acct_abroad');
    await set('acct_abroad', 0, true);
    const order = await test.paid(product, 2);
    expect(order).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: 2500, problem: null } });
    expect(intents()).toMatchObject([{ transfer_data: { destination: 'acct_abroad' }, application_fee_amount: null, on_behalf_of: 'acct_abroad' }]);
    await test.shop.money.settling.refund(order.id, undefined, word, undefined);
    expect(test.stripe.ledger.refunds).toMatchObject([{ amount: 2500, reverse_transfer: true, refund_application_fee: false }]);
  });

  it('is paid as it was when the payment was begun, and so is what goes back', async () => {
    await set('acct_farm', 250);
    const order = await test.place(product, 'stripe', 4);
    const { clientSecret } = await test.pay(order);
    expect(await set(null, 250, true)).toEqual({ sellerId: test.sellerId, account: null, feeBps: 0, isMerchant: false });
    await test.stripe.pay(clientSecret, GOOD_CARD);
    expect((await test.shop.money.check(order)).money).toMatchObject({ state: 'paid', problem: null });
    await test.shop.money.settling.refund(order.id, undefined, word, undefined);
    expect(test.stripe.ledger.refunds).toMatchObject([{ reverse_transfer: true, refund_application_fee: true }]);
    await test.paid(product);
    expect(intents().at(-1)).toMatchObject({ transfer_data: null, on_behalf_of: null });
  });

  it('is set only where Stripe says that it can take the money, and other settings stay', async () => {
    expect(await refusal(set('acct_nobody'))).toEqual({ code: 'payment.refused', params: { reason: 'account_invalid' } });
    expect(await refusal(set('acct_farm', 0, true))).toEqual({ code: 'payment.refused', params: { reason: 'no_card_payments' } });
    await test.stripe.refuse();
    expect(await refusal(set('acct_farm'))).toEqual({ code: 'payment.unavailable' });
    expect(await set(null)).toMatchObject({ account: null });
    await test.stripe.answerAgain();
    await set('acct_farm', 250);
    await test.shop.cash.ways.change(test.sellerId, { transfer: { payeeName: 'Zhang' } });
    expect(await test.shop.money.accounts.read(test.sellerId)).toMatchObject({ account: 'acct_farm', feeBps: 250 });
    expect((await test.shop.cash.ways.read(test.sellerId)).transfer).toMatchObject({ isOn: true, payeeName: 'Zhang' });
  });

  it('that Stripe knows no more is refused, and can be paid once it is put right', async () => {
    await set('acct_farm');
    test.stripe.ledger.accounts.delete('acct_farm');
    const order = await test.place(product);
    expect(await refusal(test.pay(order))).toEqual({ code: 'payment.refused', params: { reason: 'resource_missing' } });
    test.stripe.ledger.accounts.add('acct_farm');
    expect((await test.pay(order)).clientSecret).toMatch(/^cs_/);
  });
});
