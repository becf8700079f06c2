// Group buys: joining one, the price that all get at the deadline, and that money and goods agree whatever happens meanwhile, also when the server dies.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../server/platform/auth.ts';
import type { Order, OrderRequest } from '../../../../../server/protocol/order.ts';
import type { PaymentMethod } from '../../../../../server/protocol/payments.ts';
import type { GroupBuy, GroupBuyRequest } from '../../../../../server/protocol/promotions.ts';
import type { Product } from '../../../../../server/protocol/shop.ts';
import { onceFor, placeIn, refusal, requestFor, variantId } from '../../open-shop.ts';
import { GOOD_CARD, host, PayingShop } from '../../payments/open-paying-shop.ts';

const HOUR_MS = 3600_000;
/** The list price is 12.50. */
const tiers = [{ buyers: 2, priceMinor: 1100 }, { buyers: 4, priceMinor: 900 }];
const word = { by: host, note: '' };

let test: PayingShop;
let product: Product;
let people: number;
beforeEach(async () => {
  test = await PayingShop.open();
  product = await test.product(40, 40);
  people = 0;
});
afterEach(async () => {
  await test.shop.promotions.close();
  await test.close();
});

const groups = () => test.shop.promotions.groupBuys;
const start = (more: Partial<GroupBuyRequest> = {}, once?: ReturnType<typeof onceFor>): Promise<GroupBuy> =>
  groups().start({ title: '', variantId: variantId(product), tiers, minutes: 60, pickUp: null, ...more }, { ...placeIn(test.sellerId, product), byName: 'Li Wei' }, once);
const now = async ({ id }: GroupBuy): Promise<GroupBuy> => (await test.shop.promotions.all.read(id)) as GroupBuy;

/** Somebody new joins, unless the phone number says who. */
function join({ id }: GroupBuy, payment: PaymentMethod, quantity = 1, more: Partial<OrderRequest> & { phone?: string } = {}): Promise<Order> {
  people += 1;
  const { phone = `139${String(10_000_000 + people)}`, ...rest } = more;
  const caller: Caller = { claims: { role: 'viewer', identity: `vwr_g${people}` }, isKnown: true, address: '127.0.0.1' };
  const buyer = { name: 'Wang', phone, address: `${people} Orchard Road` };
  return test.shop.orders.place({ ...requestFor(product, quantity), buyer, payment, groupBuyId: id, ...rest }, placeIn(test.sellerId, product), caller, undefined);
}
async function joinPaid(group: GroupBuy, quantity = 1): Promise<Order> {
  const order = await join(group, 'stripe', quantity);
  await test.stripe.pay((await test.pay(order)).clientSecret, GOOD_CARD);
  return test.shop.money.check(order);
}
async function deadline(): Promise<void> {
  test.clock.advance(HOUR_MS);
  await settle();
}
async function settle(): Promise<void> {
  await test.shop.promotions.look();
  await test.shop.money.runDue();
}
const order = (of: Order) => test.order(of.id);
/** What Stripe has and has not given back. */
const kept = () => [...test.stripe.ledger.intents.values()].reduce((sum, { charge }) => sum + (charge ? charge.amount - charge.amount_refunded : 0), 0);

describe('joining a group', () => {
  it('costs the first price, is fetched at the pick-up point without a fee, and counts people whose money is sure', async () => {
    await test.shop.delivery.change(test.sellerId, { areas: [{ name: 'All', words: [], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: null, minimumMinor: 90_000 }] });
    const group = await start({ pickUp: { address: 'Village hall, Yan’an', note: 'Fridays' } }, onceFor('one'));
    expect((await start({}, onceFor('one'))).id).toBe(group.id);
    const first = await join(group, 'cod', 2);
    expect(first).toMatchObject({ totalMinor: 2200, deliveryMinor: 0, discountMinor: 300, buyer: { address: 'Village hall, Yan’an' } });
    await join(group, 'cod', 1, { phone: first.buyer.phone });
    const waits = await join(group, 'transfer');
    expect(await now(group)).toMatchObject({ buyers: 1, waiting: 1, reached: -1 });
    await test.shop.money.settling.confirm(waits.id, word);
    expect(await now(group)).toMatchObject({ buyers: 2, waiting: 0, reached: 0 });
    await test.shop.orders.cancelByBuyer(first.id);
    expect(await now(group)).toMatchObject({ buyers: 2 });
  });

  it('does not count the pick-up point as one buyer’s address', async () => {
    const group = await start({ pickUp: { address: 'Village hall', note: '' } });
    await test.database.write<any, void>(async (transaction) => {
      await transaction.updateTable('seller_payment_settings').set({ unpaid_per_address: 1 }).execute();
    });
    await join(group, 'transfer');
    await join(group, 'transfer');
    expect(await now(group)).toMatchObject({ waiting: 2 });
  });

  it('is refused for other goods, another show, a coupon besides, and before or after its time', async () => {
    const group = await start();
    const two = requestFor(product, 1, 1);
    expect(await refusal(join(group, 'cod', 1, { lines: two.lines }))).toMatchObject({ code: 'input.invalid' });
    expect(await refusal(join(group, 'cod', 1, { coupon: 'SAVE' }))).toEqual({ code: 'coupon.not-usable', params: { why: 'goods' } });
    expect(await refusal(join({ ...group, id: 'pro_unknown' }, 'cod'))).toMatchObject({ code: 'not-found' });
    await deadline();
    expect(await refusal(join(group, 'cod'))).toEqual({ code: 'promotion.over' });
  });

  it('is one group of a variant at a time, at prices that were never so low', async () => {
    const group = await start();
    expect(await refusal(start())).toEqual({ code: 'promotion.already-on', params: { promotionId: group.id } });
    const other = { variantId: variantId(product, 1) };
    expect(await refusal(start({ ...other, tiers: [{ buyers: 2, priceMinor: 1250 }] }))).toMatchObject({ code: 'promotion.price-not-honest' });
    expect(await refusal(start({ ...other, tiers: [{ buyers: 2, priceMinor: 1300 }, { buyers: 3, priceMinor: 1000 }] }))).toMatchObject({ code: 'promotion.price-not-honest' });
    expect(await start({ ...other, tiers: [{ buyers: 2, priceMinor: 1250 }, { buyers: 3, priceMinor: 1000 }] })).toMatchObject({ state: 'running' });
  });
});

describe('at the deadline', () => {
  it('gives all the price that was reached: less to collect, money back by the gateway, a word to the seller who got a transfer', async () => {
    const group = await start();
    const byCash = await join(group, 'cod', 3);
    const byCard = await joinPaid(group, 2);
    const byTransfer = await join(group, 'transfer');
    await test.shop.money.settling.confirm(byTransfer.id, word);
    const collected = await join(group, 'cod');
    await test.shop.money.settling.collect(collected.id, word);
    await deadline();
    expect(await now(group)).toMatchObject({ state: 'over', isClosed: true, buyers: 4, reached: 1 });
    expect(await order(byCash)).toMatchObject({ totalMinor: 2700, discountMinor: 1050, money: { state: 'due', dueMinor: 2700 } });
    expect(await order(byCard)).toMatchObject({ totalMinor: 1800, money: { state: 'part-refunded', paidMinor: 2200, refundedMinor: 400, problem: null } });
    expect(kept()).toBe(1800);
    expect(await order(byTransfer)).toMatchObject({ totalMinor: 900, money: { state: 'paid', problem: 'difference-owed' } });
    expect(await order(collected)).toMatchObject({ totalMinor: 900, money: { problem: 'difference-owed' } });
    // It is owed until somebody has given it back, whatever else happens to the order.
    await test.shop.orders.move(byTransfer.id, 'packed', '', host);
    expect(await test.problems()).toEqual(['difference-owed', 'difference-owed']);
    for (const { id } of [byTransfer, collected]) await test.shop.money.settling.refund(id, 200, word, undefined);
    expect(await test.problems()).toEqual([]);
  });

  it('calls everything off when too few came: goods back, cards refunded, who has it already keeps it', async () => {
    const group = await start({ tiers: [{ buyers: 9, priceMinor: 1000 }] });
    const byCash = await join(group, 'cod', 2);
    const byCard = await joinPaid(group, 3);
    const byTransfer = await join(group, 'transfer');
    await test.shop.money.settling.confirm(byTransfer.id, word);
    const unpaid = await join(group, 'transfer');
    const gone = await join(group, 'cod');
    for (const to of ['packed', 'shipped'] as const) await test.shop.orders.move(gone.id, to, '', host);
    await deadline();
    expect(await now(group)).toMatchObject({ isClosed: true, reached: -1, buyers: 4 });
    for (const each of [byCash, unpaid]) expect(await order(each)).toMatchObject({ state: 'cancelled', money: { problem: null } });
    expect(await order(byCard)).toMatchObject({ state: 'cancelled', money: { state: 'refunded', refundedMinor: 3000, problem: null } });
    expect(kept()).toBe(0);
    expect(await order(byTransfer)).toMatchObject({ state: 'cancelled', money: { problem: 'refund-owed' } });
    expect(await order(gone)).toMatchObject({ state: 'shipped', totalMinor: 1000 });
    expect(await test.stock(product)).toEqual([39, 40]);
    // A seller who sells it all the same takes it up again by hand, and it stays so.
    await test.shop.orders.undo(byCash.id, host);
    await settle();
    expect(await order(byCash)).toMatchObject({ state: 'placed' });
  });

  it('waits for money that is on its way, and brings the result to it when it has come', async () => {
    const group = await start({ minutes: 5 });
    for (let more = 0; more < 4; more += 1) await join(group, 'cod');
    const claimed = await join(group, 'transfer');
    const unpaid = await join(group, 'transfer');
    const cancelled = await join(group, 'cod');
    await test.shop.orders.move(cancelled.id, 'cancelled', '', host);
    await test.shop.money.settling.claim(claimed.id);
    test.clock.advance(5 * 60_000);
    await settle();
    expect(await order(claimed)).toMatchObject({ state: 'awaiting-payment', totalMinor: 1100 });
    await test.shop.money.settling.confirm(claimed.id, word);
    await test.shop.orders.undo(cancelled.id, host);
    await settle();
    expect(await order(claimed)).toMatchObject({ state: 'placed', totalMinor: 900, money: { problem: 'difference-owed' } });
    expect(await order(cancelled)).toMatchObject({ state: 'placed', totalMinor: 900, money: { dueMinor: 900 } });
    expect(await order(unpaid)).toMatchObject({ state: 'awaiting-payment', totalMinor: 1100 });
    test.clock.advance(2 * HOUR_MS);
    await settle();
    expect(await order(unpaid)).toMatchObject({ state: 'cancelled' });
    expect(await test.stock(product)).toEqual([34, 40]);
  });

  it('is now when the staff end it, by what was reached so far, and what comes later changes it no more', async () => {
    const group = await start();
    const orders = [await join(group, 'cod'), await join(group, 'cod'), await join(group, 'cod')];
    await test.shop.promotions.all.end(group.id);
    await settle();
    expect(await now(group)).toMatchObject({ endedWhy: 'staff', reached: 0, buyers: 3 });
    await test.shop.orders.cancelByBuyer(orders[0]!.id);
    await test.shop.orders.cancelByBuyer(orders[1]!.id);
    await deadline();
    expect(await order(orders[2]!)).toMatchObject({ state: 'placed', totalMinor: 1100 });
    expect(await now(group)).toMatchObject({ reached: 0, buyers: 3 });
  });
});

describe('a server that dies while it settles', () => {
  /** As if the process had ended after so many commits: nothing that it wants to write comes through any more. */
  function dieAfter(commits: number): void {
    let left = commits;
    const write = test.database.write.bind(test.database);
    test.database.write = ((run: never) => (left-- > 0 ? write(run) : Promise.reject(new Error('killed')))) as typeof test.database.write;
  }

  it.each([
    ['reached', tiers, { totals: [900, 1800, 900, 900], left: [35, 40], stripe: 2700 }],
    ['not reached', [{ buyers: 9, priceMinor: 1000 }], { totals: [1000, 2000, 1000, 1000], left: [40, 40], stripe: 0 }],
  ] as const)('settles each order once, whichever step it dies after: %s', async (_how, asked, expected) => {
    const group = await start({ tiers: [...asked] });
    const orders = [await join(group, 'cod'), await joinPaid(group, 2), await joinPaid(group, 1), await join(group, 'cod')];
    test.clock.advance(HOUR_MS);
    // Each life comes as far as one commit further; the last one has nothing left to do.
    for (let commits = 0; commits < 12; commits += 1) {
      dieAfter(commits % 3);
      await settle().catch(() => undefined);
      await test.shop.promotions.close();
      await test.restart();
    }
    await settle();
    // Stripe tells of each refund until it is heard.
    await test.tell(test.stripe.events);
    const after = await Promise.all(orders.map(order));
    expect(after.map(({ totalMinor }) => totalMinor)).toEqual(expected.totals);
    expect(kept()).toBe(expected.stripe);
    expect(await test.stock(product)).toEqual(expected.left);
    for (const { state, payment, money, totalMinor } of after) {
      const isOver = state === 'cancelled';
      const isDue = payment === 'cod' && !isOver;
      expect({ kept: money.paidMinor - money.refundedMinor, onTheWay: money.refundingMinor }).toEqual({ kept: isOver || payment === 'cod' ? 0 : totalMinor, onTheWay: 0 });
      expect(isDue ? money.dueMinor : totalMinor).toBe(totalMinor);
    }
  }, 20_000);
});
