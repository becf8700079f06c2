// How many orders somebody may have open without having paid, by phone number and by address.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eraseBuyerByPhone } from '../../../../server/shop/index.ts';
import { PHONE, refusal, stockOf } from '../open-shop.ts';
import { type CashShop, host, openCashShop } from './cash-shop.ts';

let test: CashShop;
beforeEach(async () => {
  test = await openCashShop();
});
afterEach(() => test.close());

const limit = (unpaidPerBuyer: number | null, unpaidPerAddress: number | null = null) => test.shop.cash.ways.change(test.sellerId, { limits: { unpaidPerBuyer, unpaidPerAddress } });

describe('orders that nobody has paid', () => {
  it('are limited to five that hold goods for one number, however it is written, and nothing is reserved for the sixth', async () => {
    for (let count = 0; count < 5; count += 1) await test.order('transfer', { buyer: { address: `Orchard Road ${count}` } });
    expect(await refusal(test.order('transfer', { buyer: { phone: `+86 ${PHONE}`, address: 'Elsewhere 9' } }))).toEqual({ code: 'order.too-many-unpaid', params: { open: 5 } });
    expect(await stockOf(test.shop, test.apples)).toEqual([995]);
    await test.order('transfer', { buyer: { phone: '13700000000' } });
  });

  it('are limited to ten for one address, whoever orders', async () => {
    for (let count = 0; count < 10; count += 1) await test.order('transfer', { buyer: { phone: `1370000000${count}` } });
    expect(await refusal(test.order('transfer', { buyer: { phone: '13711111111', address: '12, orchard road,   Yan’an' } }))).toMatchObject({ code: 'order.too-many-unpaid' });
  });

  it('count no more once they are paid or cancelled', async () => {
    const orders = [];
    for (let count = 0; count < 5; count += 1) orders.push(await test.order('transfer'));
    await test.shop.money.settling.confirm(orders[0]!.id, { by: host, note: '' });
    await test.order('transfer');
    await test.shop.orders.cancelByBuyer(orders[1]!.id);
    await test.order('transfer');
    expect(await refusal(test.order('transfer'))).toMatchObject({ code: 'order.too-many-unpaid' });
  });

  it('leave cash on delivery as it was, until the seller sets a number of their own', async () => {
    for (let count = 0; count < 12; count += 1) await test.order('cod');
    await limit(13);
    const last = await test.order('cod');
    expect(await refusal(test.order('cod'))).toMatchObject({ code: 'order.too-many-unpaid' });
    expect(await refusal(test.order('transfer'))).toMatchObject({ code: 'order.too-many-unpaid' });
    await test.shop.cash.door.noteCall(last.id, { outcome: 'reached', note: '' }, host);
    await test.order('cod');
    await limit(null);
    await test.order('cod');
  });

  it('know nobody again who was erased', async () => {
    const { id: courier } = await test.shop.cash.couriers.create(test.sellerId, { name: '老刘', phone: '' });
    const { id } = await test.sent(courier);
    await test.shop.cash.door.refused(id, { reason: 'other', note: 'shouted' }, host);
    expect(await eraseBuyerByPhone(test.database, PHONE)).toEqual({ erased: 1, open: 0 });
    const { id: next } = await test.order('cod');
    expect((await test.shop.cash.door.read(next)).before).toEqual({ delivered: 0, refused: 0 });
    expect((await test.shop.cash.door.read(id)).refusal).toEqual({ reason: 'other', note: '' });
    expect(await test.shop.cash.refusals(test.sellerId, 30)).toMatchObject({ refused: 1 });
  });
});
