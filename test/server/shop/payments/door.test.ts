// Cash on delivery from the first call to the door: what is noted, what it does to the order and its money, and the way back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onceFor, PHONE, refusal, stockOf } from '../open-shop.ts';
import { type CashShop, DAY_MS, host, openCashShop } from './cash-shop.ts';

let test: CashShop;
let courierId: string;
beforeEach(async () => {
  test = await openCashShop();
  courierId = (await test.shop.cash.couriers.create(test.sellerId, { name: '老刘', phone: '13900000000' })).id;
});
afterEach(() => test.close());

const door = () => test.shop.cash.door;
const find = async (id: string) => (await test.shop.orders.find(id))!;

describe('a call before the delivery', () => {
  it('confirms the order when the buyer was reached, and keeps the attempts before it', async () => {
    const { id } = await test.order();
    expect((await door().noteCall(id, { outcome: 'no-answer', note: '' }, host)).state).toBe('placed');
    await door().noteCall(id, { outcome: 'busy', note: 'try after six' }, host);
    expect((await door().noteCall(id, { outcome: 'reached', note: '' }, host)).state).toBe('confirmed');
    expect((await door().read(id)).calls.map(({ outcome, byName, note }) => [outcome, byName, note])).toEqual([['no-answer', 'Li Wei', ''], ['busy', 'Li Wei', 'try after six'], ['reached', 'Li Wei', '']]);
  });

  it('is told to whoever works the order, once for a repeated tap', async () => {
    const { id } = await test.order();
    test.facts.length = 0;
    test.clock.advance(1_000);
    await door().noteCall(id, { outcome: 'no-answer', note: '' }, host, onceFor('call-1'));
    await door().noteCall(id, { outcome: 'no-answer', note: '' }, host, onceFor('call-1'));
    expect(test.facts.map(({ fact }) => fact)).toEqual(['order.changed']);
    expect((await door().read(id)).calls).toHaveLength(1);
  });

  it('cancels the order when the buyer does not want it any more, until it is on its way', async () => {
    const { id } = await test.order('cod', { quantity: 3 });
    expect((await door().noteCall(id, { outcome: 'declined', note: '' }, host)).state).toBe('cancelled');
    expect(await stockOf(test.shop, test.apples)).toEqual([1_000]);
    expect(await refusal(door().noteCall(id, { outcome: 'reached', note: '' }, host))).toMatchObject({ code: 'order.wrong-state' });
    const sent = await test.sent(courierId);
    expect(await refusal(door().noteCall(sent.id, { outcome: 'declined', note: '' }, host))).toMatchObject({ code: 'order.wrong-state' });
    expect((await door().noteCall(sent.id, { outcome: 'no-answer', note: '' }, host)).state).toBe('shipped');
  });

  it('does not cancel an order of which the buyer says that it is paid, before somebody has looked', async () => {
    const { id } = await test.order('transfer');
    await test.shop.money.settling.claim(id);
    expect(await refusal(door().noteCall(id, { outcome: 'declined', note: '' }, host))).toEqual({ code: 'payment.in-progress' });
    expect((await door().read(id)).calls).toEqual([]);
    await test.shop.money.settling.refuseClaim(id, { by: host, note: '' });
    expect((await door().noteCall(id, { outcome: 'declined', note: '' }, host)).state).toBe('cancelled');
  });
});

describe('at the door', () => {
  it('is paid when the cash is taken, and not a moment before', async () => {
    const { id, money } = await test.sent(courierId);
    expect(money).toMatchObject({ state: 'due', dueMinor: 1250 });
    const after = await door().delivered(id, { note: '' }, host);
    expect(after).toMatchObject({ state: 'delivered', money: { state: 'paid', paidMinor: 1250 } });
    expect(await door().read(id)).toMatchObject({ courier: { id: courierId, name: '老刘' }, collectedMinor: 1250 });
  });

  it('leaves due what was not taken, until it is', async () => {
    const { id } = await test.sent(courierId);
    expect((await door().delivered(id, { collectedMinor: 1000, note: 'short of change' }, host)).money).toMatchObject({ state: 'due', paidMinor: 1000 });
    expect((await door().delivered(id, { note: '' }, host)).money).toMatchObject({ state: 'paid', paidMinor: 1250 });
    expect(await refusal(door().delivered(id, { note: '' }, host))).toMatchObject({ code: 'payment.wrong-state' });
    expect((await test.shop.money.changes(id)).map(({ amountMinor }) => amountMinor)).toEqual([1000, 250]);
  });

  it('takes nothing where nothing was taken, a little more where nobody had change, and no slip of the finger', async () => {
    const { id } = await test.sent(courierId);
    expect(await refusal(door().delivered(id, { collectedMinor: 125_000, note: '' }, host))).toMatchObject({ code: 'input.invalid' });
    expect((await find(id)).state).toBe('shipped');
    expect((await door().delivered(id, { collectedMinor: 0, note: '' }, host)).money).toMatchObject({ state: 'due', paidMinor: 0 });
    expect((await door().delivered(id, { collectedMinor: 1300, note: '' }, host)).money).toMatchObject({ state: 'paid', paidMinor: 1300 });
  });

  it('keeps why it was refused, and the money is lost', async () => {
    const { id } = await test.sent(courierId);
    expect(await door().refused(id, { reason: 'not-home', note: 'twice' }, host)).toMatchObject({ state: 'refused', money: { state: 'lost', paidMinor: 0 } });
    expect((await door().read(id)).refusal).toEqual({ reason: 'not-home', note: 'twice' });
  });

  it.each(['delivered', 'refused'] as const)('takes back with the move what was noted with it: %s', async (end) => {
    const { id } = await test.sent(courierId);
    if (end === 'delivered') await door().delivered(id, { note: '' }, host);
    else await door().refused(id, { reason: 'late', note: '' }, host);
    expect(await test.shop.orders.undo(id, host)).toMatchObject({ state: 'shipped', money: { state: 'due', paidMinor: 0 } });
    expect(await door().read(id)).toMatchObject({ courier: { id: courierId }, collectedMinor: null, refusal: null });
    await test.shop.orders.undo(id, host);
    expect(await door().read(id)).toMatchObject({ courier: null, handedAt: null });
  });

  it('does not take back a delivery whose money has been given back', async () => {
    const { id } = await test.sent(courierId);
    await door().delivered(id, { note: '' }, host);
    await test.shop.money.settling.refund(id, 250, { by: host, note: 'bruised' }, undefined);
    expect(await refusal(test.shop.orders.undo(id, host))).toMatchObject({ code: 'order.wrong-state' });
    expect((await find(id)).state).toBe('delivered');
  });

  it('gives an order to another courier while it is on its way, and to nobody who is not there', async () => {
    const { id } = await test.sent(courierId);
    const other = await test.shop.cash.couriers.create(test.sellerId, { name: '小陈', phone: '' });
    await door().handOver(id, other.id, host);
    expect((await door().read(id)).courier).toEqual({ id: other.id, name: '小陈' });
    await test.shop.cash.couriers.change(courierId, { isArchived: true });
    const stranger = await test.shop.sellers.create({ name: 'Other', currency: 'CNY' });
    const theirs = await test.shop.cash.couriers.create(stranger.id, { name: 'Not ours', phone: '' });
    for (const wrong of [courierId, theirs.id, 'cur_none']) expect(await refusal(door().handOver(id, wrong, host))).toMatchObject({ code: 'not-found' });
    const { id: placed } = await test.order();
    expect(await refusal(door().handOver(placed, other.id, host))).toMatchObject({ code: 'order.wrong-state' });
  });
});

describe('a buyer who refused before', () => {
  it('is known by the number, however it is written, with the same seller and for a year', async () => {
    const { id } = await test.sent(courierId);
    await door().refused(id, { reason: 'changed-mind', note: '' }, host);
    const taken = await test.sent(courierId);
    await door().delivered(taken.id, { note: '' }, host);
    const again = await test.order('cod', { buyer: { name: 'Somebody else', phone: `+86 ${PHONE.slice(0, 3)}-${PHONE.slice(3)}` } });
    expect((await door().read(again.id)).before).toEqual({ delivered: 1, refused: 1 });
    const other = await test.order('cod', { buyer: { phone: '13700000000' } });
    expect((await door().read(other.id)).before).toEqual({ delivered: 0, refused: 0 });
    expect(await door().risks(test.sellerId, [other.id, again.id, 'ord_none'])).toEqual([{ orderId: again.id, delivered: 1, refused: 1 }]);
    const { id: stranger } = await test.shop.sellers.create({ name: 'Other', currency: 'CNY' });
    expect(await door().risks(stranger, [again.id])).toEqual([]);
    test.clock.advance(366 * DAY_MS);
    expect((await door().read(again.id)).before).toEqual({ delivered: 0, refused: 0 });
  });

  it('leaves no number behind: neither in what is kept beside the order nor in a log', async () => {
    await test.sent(courierId);
    const rows = await test.database.read<any>().selectFrom('order_buyers').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(PHONE);
    expect(rows[0]?.['phone_key']).toMatch(/^[\w-]{24}$/);
    expect(test.logLines.join('\n')).not.toContain(PHONE);
  });
});
