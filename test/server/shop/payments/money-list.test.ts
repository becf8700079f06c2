// The list of a day's money: what came, what is told apart, what waits; and the same as a table for a spreadsheet.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../open-shop.ts';
import { type CashShop, DAY_MS, host, HOUR_MS, MINUTE_MS, openCashShop } from './cash-shop.ts';

let test: CashShop;
let courierId: string;
beforeEach(async () => {
  test = await openCashShop();
  courierId = (await test.shop.cash.couriers.create(test.sellerId, { name: '老刘', phone: '' })).id;
});
afterEach(() => test.close());

const word = { by: host, note: '' };
const day = (offset = 0) => ({ from: test.clock.now() - 12 * HOUR_MS + offset * DAY_MS, to: test.clock.now() + 12 * HOUR_MS + offset * DAY_MS });
const read = (time = day()) => test.shop.cash.list.read({ sellerId: test.sellerId }, time);
const table = async (zone = 'UTC') => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await test.shop.cash.list.table({ sellerId: test.sellerId }, day(), zone));

describe('the money of a day', () => {
  it('is what came in and went back, by way of paying', async () => {
    const transfer = await test.order('transfer', { quantity: 4 });
    await test.shop.money.settling.confirm(transfer.id, word);
    await test.shop.money.settling.refund(transfer.id, 1000, { by: host, note: 'bruised' }, undefined);
    const cod = await test.sent(courierId, { quantity: 2 });
    await test.shop.cash.door.delivered(cod.id, { note: '' }, host);
    const { ways, steps, currency } = await read();
    expect(currency).toBe('CNY');
    expect(ways).toEqual([{ method: 'cod', inMinor: 2500, backMinor: 0 }, { method: 'transfer', inMinor: 5000, backMinor: -1000 }]);
    expect(steps.map(({ number, to, amountMinor }) => [number, to, amountMinor])).toEqual(
      expect.arrayContaining([[transfer.number, 'paid', 5000], [transfer.number, 'part-refunded', -1000], [cod.number, 'paid', 2500]]),
    );
    expect((await read(day(-1))).steps).toEqual([]);
    expect((await read(day(-1))).ways).toEqual([]);
  });

  it('tells orders that were begun, confirmed and paid apart', async () => {
    await test.order('cod');
    const called = await test.order('cod');
    await test.shop.cash.door.noteCall(called.id, { outcome: 'reached', note: '' }, host);
    const brought = await test.sent(courierId);
    await test.shop.cash.door.delivered(brought.id, { note: '' }, host);
    const refused = await test.sent(courierId);
    await test.shop.cash.door.refused(refused.id, { reason: 'late', note: '' }, host);
    const transfer = await test.order('transfer');
    await test.shop.money.settling.confirm(transfer.id, word);
    await test.order('transfer');
    expect(await read()).toMatchObject({ begun: { count: 6, amountMinor: 7500 }, confirmed: { count: 3, amountMinor: 3750 }, paid: { count: 2, amountMinor: 2500 } });
  });

  it('shows who waits, the longest first, whichever day it is, and what is outside', async () => {
    const [first, second] = [await test.order('transfer'), await test.order('transfer', { quantity: 2 })];
    await test.shop.money.settling.claim(second.id);
    test.clock.advance(MINUTE_MS);
    await test.shop.money.settling.claim(first.id);
    const road = await test.sent(courierId, { quantity: 3 });
    const brought = await test.sent(courierId);
    await test.shop.cash.door.delivered(brought.id, { note: '' }, host);
    await test.shop.cash.couriers.takeCash(courierId, { amountMinor: 250, note: '' }, host);
    const { claims, outside } = await read(day(-3));
    expect(claims.map(({ orderId, amountMinor, isUnique }) => [orderId, amountMinor, isUnique])).toEqual([[second.id, 2500, true], [first.id, 1250, true]]);
    expect(outside).toEqual({ onTheRoadMinor: road.totalMinor, withCouriersMinor: 1000 });
  });

  it('knows nothing of other sellers, and no time that is none', async () => {
    const other = await test.shop.sellers.create({ name: 'Other', currency: 'USD' });
    const transfer = await test.order('transfer');
    await test.shop.money.settling.claim(transfer.id);
    expect(await test.shop.cash.list.read({ sellerId: other.id }, day())).toMatchObject({ currency: 'USD', steps: [], claims: [], begun: { count: 0, amountMinor: 0 }, outside: { onTheRoadMinor: 0, withCouriersMinor: 0 } });
    const now = test.clock.now();
    for (const time of [{ from: now, to: now }, { from: now, to: now - 1 }, { from: now - 63 * DAY_MS, to: now }]) expect(await refusal(read(time))).toMatchObject({ code: 'input.invalid' });
    expect(await refusal(test.shop.cash.list.read({ sellerId: 'sel_none' }, day()))).toMatchObject({ code: 'not-found' });
  });
});

describe('the table of a day', () => {
  it('has every step in whole units and local time', async () => {
    const order = await test.order('transfer', { quantity: 4 });
    await test.order('transfer', { quantity: 4 });
    await test.shop.money.settling.claim(order.id);
    await test.shop.money.settling.confirm(order.id, word);
    const [head, claimed, paid, end] = (await table('Asia/Shanghai')).split('\r\n');
    expect(head).toBe('\ufeff"time","order","way","step","amount","asked","currency","reference","buyer","by","note"');
    const local = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' }).format(test.clock.now());
    expect(claimed).toBe(`"${local}",${order.number},"transfer","claimed",0,50,"CNY","${order.money.reference}","Wang Fang","",""`);
    expect(paid).toContain(',"paid",50,50,"CNY",');
    expect(end).toBe('');
    expect(await refusal(test.shop.cash.list.table({ sellerId: test.sellerId }, day(), 'Mars/Olympus'))).toMatchObject({ code: 'input.invalid' });
  });

  it('runs nothing that a buyer or the staff have written', async () => {
    const order = await test.order('transfer', { buyer: { name: '=HYPERLINK("http://x")' } });
    await test.shop.money.settling.confirm(order.id, { by: { role: 'host', name: '@boss' }, note: '+1+1' });
    const text = await table();
    expect(text).toContain(`"'=HYPERLINK(""http://x"")","'@boss","'+1+1"`);
    expect(text).not.toMatch(/(?:^|,)"?[=+@]/m);
  });
});
