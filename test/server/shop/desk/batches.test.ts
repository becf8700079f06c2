// Many orders moved at once, taken back within the window, and never further than their own rules let them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_UNDO_MS } from '../../../../server/protocol/desk.ts';
import { Batches } from '../../../../server/shop/desk/batches.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { onceFor, refusal, stockOf } from '../open-shop.ts';
import { type DeskStand, host, openDesk } from './desk-stand.ts';

let test: DeskStand;
const to = (orders: readonly { id: string }[], state: 'confirmed' | 'packed' | 'cancelled') => orders.map(({ id }) => ({ orderId: id, to: state, note: '' }));

beforeEach(async () => {
  test = await openDesk();
});
afterEach(() => test.close());

describe('a batch', () => {
  it('moves what may go and names what may not', async () => {
    const orders = [await test.order(), await test.order(), await test.order()];
    await test.bring(orders[2]!, 'delivered');
    const batch = await test.shop.desk.batches.move(to(orders, 'packed'), host);
    expect(batch.moved.map(({ number, state }) => [number, state])).toEqual([[1, 'packed'], [2, 'packed']]);
    expect(batch.refused).toEqual([{ orderId: orders[2]!.id, code: 'order.wrong-state', state: 'delivered' }]);
    expect(batch.moved[0]!.history.at(-1)).toMatchObject({ from: 'placed', to: 'packed', byRole: 'host', byName: 'Zhang' });
  });

  it('is taken back as it was done, once, with the goods', async () => {
    const orders = [await test.order(), await test.order()];
    const { batchId } = await test.shop.desk.batches.move(to(orders, 'cancelled'), host);
    expect(await stockOf(test.shop, test.apples)).toEqual([10_000]);
    const { undone } = await test.shop.desk.batches.undo(batchId, { role: 'helper', name: 'Li' });
    expect(undone.map(({ state }) => state)).toEqual(['placed', 'placed']);
    expect(undone[0]!.history.at(-1)).toMatchObject({ from: 'cancelled', to: 'placed', byRole: 'helper', byName: 'Li', isUndo: true });
    expect(await stockOf(test.shop, test.apples)).toEqual([9_998]);
    expect((await refusal(test.shop.desk.batches.undo(batchId, host))).code).toBe('desk.undo-over');
  });

  it('leaves alone what somebody has moved on since', async () => {
    const orders = [await test.order(), await test.order()];
    const { batchId } = await test.shop.desk.batches.move(to(orders, 'confirmed'), host);
    await test.shop.orders.move(orders[0]!.id, 'packed', '', host);
    const { undone, refused } = await test.shop.desk.batches.undo(batchId, host);
    expect(undone.map(({ number }) => number)).toEqual([2]);
    expect(refused).toEqual([{ orderId: orders[0]!.id, code: 'order.wrong-state', state: 'packed' }]);
    expect(await test.state(orders[0]!)).toBe('packed');
  });

  it('can be taken back for half an hour', async () => {
    const clock = new FakeClock(Date.now());
    const batches = new Batches({ database: test.database, clock, orders: test.shop.orders });
    const early = await batches.move(to([await test.order()], 'packed'), host);
    const late = await batches.move(to([await test.order()], 'packed'), host);
    clock.advance(BATCH_UNDO_MS);
    expect((await batches.undo(early.batchId, host)).undone).toHaveLength(1);
    clock.advance(1);
    expect((await refusal(batches.undo(late.batchId, host))).code).toBe('desk.undo-over');
    expect((await refusal(batches.ordersOf('bat_unknown'))).code).toBe('not-found');
  });

  it('happens once for its key, however often it is sent', async () => {
    const order = await test.order();
    const once = onceFor('batch-1');
    const first = await test.shop.desk.batches.move(to([order], 'confirmed'), host, once);
    const again = await test.shop.desk.batches.move(to([order], 'confirmed'), host, once);
    expect(again.batchId).toBe(first.batchId);
    expect((await test.shop.orders.find(order.id))?.history).toHaveLength(2);
    expect((await test.shop.desk.batches.undo(first.batchId, host)).undone).toHaveLength(1);
  });
});

describe('a tracking number', () => {
  it('is kept with the order, changed, and taken away', async () => {
    const order = await test.order();
    const set = (courier: string, number: string) => test.shop.desk.tracking.set(order.id, { courier, number }, host);
    expect((await set('顺丰', 'SF1234567890')).tracking).toEqual({ courier: '顺丰', number: 'SF1234567890' });
    expect((await set('中通', 'ZT1')).tracking).toEqual({ courier: '中通', number: 'ZT1' });
    expect((await set('', '')).tracking).toBeUndefined();
    expect((await refusal(set('顺丰', ''))).code).toBe('input.invalid');
    expect((await refusal(test.shop.desk.tracking.set('ord_none', { courier: '', number: '' }, host))).code).toBe('not-found');
  });
});
