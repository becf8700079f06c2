// The account of a courier: what was taken at doors, what was handed over, the difference, and mistakes taken back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onceFor, refusal } from '../open-shop.ts';
import { type CashShop, host, openCashShop } from './cash-shop.ts';

let test: CashShop;
let id: string;
beforeEach(async () => {
  test = await openCashShop();
  id = (await test.shop.cash.couriers.create(test.sellerId, { name: '老刘', phone: '' })).id;
});
afterEach(() => test.close());

const couriers = () => test.shop.cash.couriers;

describe('the account of a courier', () => {
  it('is what was taken at doors less what was handed over', async () => {
    const orders = [await test.sent(id), await test.sent(id, { quantity: 2 }), await test.sent(id, { quantity: 3 }), await test.sent(id, { quantity: 4 })];
    expect(await couriers().list(test.sellerId)).toMatchObject([{ name: '老刘', onTheRoad: { count: 4, amountMinor: 12_500 }, owedMinor: 0 }]);
    await test.shop.cash.door.delivered(orders[0]!.id, { note: '' }, host);
    await test.shop.cash.door.delivered(orders[1]!.id, { collectedMinor: 2000, note: '' }, host);
    await test.shop.cash.door.refused(orders[2]!.id, { reason: 'no-money', note: '' }, host);
    expect((await couriers().account(id)).courier).toMatchObject({ onTheRoad: { count: 1, amountMinor: 5000 }, collectedMinor: 3250, handedOverMinor: 0, owedMinor: 3250 });
    const account = await couriers().takeCash(id, { amountMinor: 3000, note: '' }, host);
    expect(account.courier).toMatchObject({ collectedMinor: 3250, handedOverMinor: 3000, owedMinor: 250 });
    expect(account.deliveries.map(({ number, dueMinor, collectedMinor }) => [number, dueMinor, collectedMinor]).sort()).toEqual([[orders[0]!.number, 1250, 1250], [orders[1]!.number, 2500, 2000]]);
  });

  it('follows a delivery that is taken back', async () => {
    const { id: orderId } = await test.sent(id);
    await test.shop.cash.door.delivered(orderId, { note: '' }, host);
    await test.shop.orders.undo(orderId, host);
    expect((await couriers().account(id)).courier).toMatchObject({ onTheRoad: { count: 1, amountMinor: 1250 }, collectedMinor: 0, owedMinor: 0 });
  });

  it('notes cash once per key, and takes a mistake back without forgetting it', async () => {
    await couriers().takeCash(id, { amountMinor: 500, note: '' }, host, onceFor('cash-1'));
    const { cash } = await couriers().takeCash(id, { amountMinor: 500, note: '' }, host, onceFor('cash-1'));
    expect(cash).toHaveLength(1);
    await couriers().takeBack(id, cash[0]!.id, host);
    expect(await couriers().takeBack(id, cash[0]!.id, host)).toMatchObject({ courier: { handedOverMinor: 0, owedMinor: 0 }, cash: [{ amountMinor: 500, isTakenBack: true }] });
    const other = await couriers().create(test.sellerId, { name: '小陈', phone: '' });
    expect(await refusal(couriers().takeBack(other.id, cash[0]!.id, host))).toMatchObject({ code: 'not-found' });
    expect(await refusal(couriers().takeCash('cur_none', { amountMinor: 500, note: '' }, host))).toMatchObject({ code: 'not-found' });
  });

  it('counts cash that was noted from the order itself, for a parcel that a courier has', async () => {
    const { id: orderId } = await test.sent(id);
    await test.shop.orders.move(orderId, 'delivered', '', host);
    expect((await couriers().account(id)).courier.owedMinor).toBe(0);
    await test.shop.money.settling.collect(orderId, { by: host, note: '' });
    expect((await couriers().account(id)).courier.owedMinor).toBe(1250);
  });

  it('keeps somebody who works no more in the list as long as cash is open with them', async () => {
    const { id: orderId } = await test.sent(id);
    await test.shop.cash.door.delivered(orderId, { note: '' }, host);
    await couriers().change(id, { isArchived: true });
    expect(await couriers().list(test.sellerId)).toHaveLength(1);
    await couriers().takeCash(id, { amountMinor: 1250, note: '' }, host);
    expect(await couriers().list(test.sellerId)).toEqual([]);
  });
});
