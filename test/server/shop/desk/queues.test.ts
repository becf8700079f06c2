// What is in each queue, in which order, page by page; and finding an order by what a buyer says on the phone.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Queue } from '../../../../server/protocol/desk.ts';
import { Queues } from '../../../../server/shop/desk/queues.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { type DeskStand, openDesk, WHOLE } from './desk-stand.ts';

let test: DeskStand;
const numbers = async (queue: Queue, more: { search?: string; cursor?: number; limit?: number; phoneDigits?: number } = {}) => {
  const { orders, next } = await test.shop.desk.queues.list(test.scope, { queue, search: '', phoneDigits: WHOLE, ...more });
  return { numbers: orders.map(({ number }) => number), next };
};
const find = async (search: string, phoneDigits = WHOLE) => (await numbers('all', { search, phoneDigits })).numbers;

beforeEach(async () => {
  test = await openDesk();
});
afterEach(() => test.close());

describe('the queues', () => {
  it('hold each order where its next step is, and count them', async () => {
    const orders = [];
    for (let count = 0; count < 7; count += 1) orders.push(await test.order());
    await test.bring(orders[1]!, 'confirmed');
    await test.bring(orders[2]!, 'packed');
    await test.bring(orders[3]!, 'shipped');
    await test.bring(orders[4]!, 'delivered');
    await test.bring(orders[5]!, 'refused');
    await test.bring(orders[6]!, 'cancelled');
    expect(await test.shop.desk.queues.count(test.scope)).toEqual({ confirm: 1, claimed: 0, pack: 1, ship: 1, sent: 1, refused: 1, problems: 0, unpaid: 0, done: 2, all: 7 });
    for (const [queue, found] of [['confirm', [1]], ['pack', [2]], ['ship', [3]], ['sent', [4]], ['refused', [6]], ['done', [7, 5]], ['all', [7, 6, 5, 4, 3, 2, 1]]] as const) {
      expect((await numbers(queue)).numbers, queue).toEqual(found);
    }
  });

  it('begin with the oldest where there is work, and are read on by a cursor that new orders do not shift', async () => {
    for (let count = 0; count < 5; count += 1) await test.order();
    const first = await numbers('confirm', { limit: 2 });
    expect(first).toEqual({ numbers: [1, 2], next: 2 });
    await test.order();
    expect(await numbers('confirm', { limit: 2, cursor: 2 })).toEqual({ numbers: [3, 4], next: 4 });
    expect(await numbers('confirm', { limit: 2, cursor: 4 })).toEqual({ numbers: [5, 6], next: null });
    expect(await numbers('all', { limit: 4 })).toEqual({ numbers: [6, 5, 4, 3], next: 3 });
  });

  it('are those of one show, or of a whole seller', async () => {
    await test.order({}, { showId: 'shw_one' });
    await test.order({}, { showId: 'shw_two' });
    const { orders } = await test.shop.desk.queues.list({ showId: 'shw_two', sellerId: test.sellerId }, { queue: 'all', search: '', phoneDigits: WHOLE });
    expect(orders.map(({ number }) => number)).toEqual([2]);
    expect((await test.shop.desk.queues.count({ showId: 'shw_one', sellerId: test.sellerId })).all).toBe(1);
    expect((await test.shop.desk.queues.count({ showId: null, sellerId: 'sel_nobody' })).all).toBe(0);
  });

  it('put what has waited too long, and what has an open problem with its money, among the problems, once', async () => {
    const [slow, disputed, both] = [await test.order(), await test.order(), await test.order()];
    await test.bring(slow, 'shipped');
    await test.bring(disputed, 'delivered');
    await test.database.write(async (transaction: any) => {
      for (const order of [disputed, both]) {
        await transaction.insertInto('payment_problems').values({ id: `pbl_${order.id}`, kind: 'disputed', order_id: order.id, amount_minor: null, currency: null, gateway_ref: null, detail: '', at: 1, settled_at: null, settled_by: '', settled_note: '' }).execute();
      }
    });
    const now = new FakeClock(Date.now());
    const queues = new Queues({ database: test.database, clock: now });
    const list = async () => (await queues.list(test.scope, { queue: 'problems', search: '', phoneDigits: WHOLE })).orders.map(({ number }) => number);
    expect(await list()).toEqual([2, 3]);
    expect((await queues.count(test.scope)).problems).toBe(2);
    now.advance(11 * 86_400_000);
    expect(await list()).toEqual([1, 2, 3]);
    expect((await queues.count(test.scope)).problems).toBe(3);
  });
});

describe('looking for an order', () => {
  beforeEach(async () => {
    const pears = await test.shop.catalogue.create(test.sellerId, { name: '库尔勒香梨 100%', description: '', pictures: [], variants: [{ label: '', unit: 'box', priceMinor: 4500, stock: 10 }] });
    await test.order({ name: '王芳', phone: '138 1234-1234' });
    await test.order({ name: '李梅', phone: '+86 139 0000 5678' });
    await test.order({ name: 'O’Brien_50%', phone: '13900001234' }, { product: pears });
  });

  it('takes a name, part of one, or a product', async () => {
    expect(await find('王')).toEqual([1]);
    expect(await find('brien')).toEqual([3]);
    expect(await find('香梨')).toEqual([3]);
    expect(await find('Fuji')).toEqual([2, 1]);
    expect(await find('nobody')).toEqual([]);
  });

  it('takes the last digits of a phone number however it was written, a whole one, and an order number', async () => {
    expect(await find('1234')).toEqual([3, 1]);
    expect(await find('12341234')).toEqual([1]);
    expect(await find('139 0000 5678')).toEqual([2]);
    expect(await find('+86 13900005678')).toEqual([2]);
    expect(await find('#2')).toEqual([2]);
    expect(await find('No. 3')).toEqual([3]);
  });

  it('takes signs of a pattern as what they are', async () => {
    expect(await find('%')).toEqual([3]);
    expect(await find('_50')).toEqual([3]);
    expect(await find('\\')).toEqual([]);
  });

  it('tells who sees masked numbers no more digits than they see', async () => {
    expect(await find('1234', 4)).toEqual([3, 1]);
    expect(await find('00001234', 4)).toEqual([]);
  });
});
