// A transfer from order to money: amounts that name orders, claims, answers of the seller, and the end of the hold.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentStart } from '../../../../server/protocol/payments.ts';
import { refusal, stockOf } from '../open-shop.ts';
import { type CashShop, DAY_MS, host, HOUR_MS, MINUTE_MS, openCashShop } from './cash-shop.ts';

let test: CashShop;
beforeEach(async () => {
  test = await openCashShop();
  await test.shop.cash.ways.change(test.sellerId, { limits: { unpaidPerBuyer: 500, unpaidPerAddress: 500 } });
});
afterEach(() => test.close());

const word = { by: host, note: '' };
const find = async (id: string) => (await test.shop.orders.find(id))!;
const told = (fact: string, id: string) => test.facts.filter((each) => each.fact === fact && each.payload.order?.id === id).length;

describe('a transfer', () => {
  it('holds the goods, asks the whole total of the first, and says where to send it', async () => {
    const order = await test.order('transfer', { quantity: 4 });
    expect(order).toMatchObject({ state: 'awaiting-payment', totalMinor: 5000, money: { state: 'due', dueMinor: 5000, holdUntil: test.clock.now() + 120 * MINUTE_MS } });
    expect(await stockOf(test.shop, test.apples)).toEqual([996]);
    const start = (await test.shop.money.pay(order)) as Extract<PaymentStart, { method: 'transfer' }>;
    expect(start).toMatchObject({ method: 'transfer', amountMinor: 5000, qrPictureId: 'pic_code', payeeName: '*建国', currency: 'CNY' });
    expect(start.reference).toMatch(new RegExp(`^\\p{Script=Han}{2}${order.number}$`, 'u'));
    expect(told('order.placed', order.id)).toBe(0);
  });

  it('gives each order of the same total an amount of its own, also when they come at once; totals stay what they are', async () => {
    const orders = await Promise.all(Array.from({ length: 100 }, () => test.order('transfer', { quantity: 4 })));
    expect(new Set(orders.map(({ money }) => money.dueMinor)).size).toBe(100);
    expect(orders.every(({ totalMinor, money }) => totalMinor === 5000 && money.dueMinor <= 5000 && money.dueMinor >= 4901)).toBe(true);
    const shared = await test.order('transfer', { quantity: 4 });
    expect(shared.money.dueMinor).toBe(5000);
    await test.shop.money.settling.claim(shared.id);
    const day = { from: test.clock.now() - HOUR_MS, to: test.clock.now() + HOUR_MS };
    expect((await test.shop.cash.list.read({ sellerId: test.sellerId }, day)).claims).toMatchObject([{ orderId: shared.id, isUnique: false }]);
  });

  it('uses an amount again a day after its order was over, not before', async () => {
    const { id } = await test.order('transfer', { quantity: 4 });
    await test.shop.orders.cancelByBuyer(id);
    expect((await test.order('transfer', { quantity: 4 })).money.dueMinor).toBe(4999);
    test.clock.advance(DAY_MS + 1);
    expect((await test.order('transfer', { quantity: 4 })).money.dueMinor).toBe(5000);
  });

  it('becomes an order when the seller has seen the money, and is told once', async () => {
    const { id } = await test.order('transfer');
    await test.shop.money.settling.claim(id);
    await test.shop.money.settling.claim(id);
    expect((await find(id)).money.state).toBe('claimed');
    expect(await refusal(test.shop.orders.cancelByBuyer(id))).toMatchObject({ code: 'payment.in-progress' });
    const paid = await test.shop.money.settling.confirm(id, word);
    expect(paid).toMatchObject({ state: 'placed', money: { state: 'paid', paidMinor: 1250, holdUntil: null } });
    expect(told('order.placed', id)).toBe(1);
    expect(await refusal(test.shop.money.settling.confirm(id, word))).toMatchObject({ code: 'payment.wrong-state' });
    expect(await test.shop.money.changes(id)).toMatchObject([
      { from: 'due', to: 'claimed', byRole: 'viewer', amountMinor: 0 },
      { from: 'claimed', to: 'paid', byName: 'Li Wei', amountMinor: 1250 },
    ]);
  });

  it('can be sent again when nothing came, with a fresh hold; after the third time its goods go back', async () => {
    const { id } = await test.order('transfer');
    for (let time = 1; time <= 2; time += 1) {
      test.clock.advance(HOUR_MS);
      await test.shop.money.settling.claim(id);
      await test.shop.money.settling.refuseClaim(id, word);
      expect((await find(id)).money).toMatchObject({ state: 'due', holdUntil: test.clock.now() + 120 * MINUTE_MS });
    }
    await test.shop.money.settling.claim(id);
    await test.shop.money.settling.refuseClaim(id, word);
    await test.shop.money.holds.look();
    expect((await find(id)).state).toBe('cancelled');
    expect(await stockOf(test.shop, test.apples)).toEqual([1_000]);
  });

  it('ends when nobody pays in time, and never while a claim waits', async () => {
    const forgotten = await test.order('transfer');
    const claimed = await test.order('transfer');
    await test.shop.money.settling.claim(claimed.id);
    test.clock.advance(3 * DAY_MS);
    await test.shop.money.holds.look();
    expect((await find(forgotten.id)).state).toBe('cancelled');
    expect((await find(claimed.id)).state).toBe('awaiting-payment');
    expect(await stockOf(test.shop, test.apples)).toEqual([999]);
  });

  it('is looked for also when the buyer says so just too late, and the money is then noted as owed', async () => {
    const { id } = await test.order('transfer');
    test.clock.advance(121 * MINUTE_MS);
    await test.shop.money.holds.look();
    await test.shop.money.settling.claim(id);
    expect(await find(id)).toMatchObject({ state: 'cancelled', money: { state: 'claimed' } });
    expect(await test.shop.money.settling.confirm(id, word)).toMatchObject({ state: 'cancelled', money: { state: 'paid', problem: 'late' } });
    expect(await stockOf(test.shop, test.apples)).toEqual([1_000]);

    const other = await test.order('transfer');
    test.clock.advance(121 * MINUTE_MS);
    await test.shop.money.holds.look();
    test.clock.advance(DAY_MS);
    expect(await refusal(test.shop.money.settling.claim(other.id))).toMatchObject({ code: 'payment.wrong-state' });
    const taken = await test.order('transfer');
    await test.shop.orders.cancelByBuyer(taken.id);
    expect(await refusal(test.shop.money.settling.claim(taken.id))).toMatchObject({ code: 'payment.wrong-state' });
  });

  it('cannot be paid when the code was taken away, and is no way of paying any more', async () => {
    const order = await test.order('transfer');
    await test.shop.cash.ways.change(test.sellerId, { transfer: { qrPictureId: null } });
    expect(await refusal(test.shop.money.pay(order))).toMatchObject({ code: 'payment.not-offered' });
    expect(await refusal(test.order('transfer'))).toMatchObject({ code: 'payment.not-offered', params: { method: 'transfer' } });
  });
});
