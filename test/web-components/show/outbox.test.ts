// Owns the promise of the outbox: one order, whatever is lost, repeated or reloaded on the way.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Order, OrderRequest } from '../../../server/protocol/order.ts';
import { failure, type Outcome, success } from '../../../web-components/show/outcome.ts';
import { Outbox, type SendOrder } from '../../../web-components/show/outbox.ts';
import { type DeviceStorage, memoryStorage } from '../../../web-components/show/storage.ts';

const request: OrderRequest = {
  lines: [{ variantId: 'var_apple', quantity: 2 }],
  buyer: { name: 'Wang Fang', phone: '13800138000', address: '18 Xingfu Road' },
  note: '',
  payment: 'cod',
};

/** A server that keeps the Idempotency-Key contract: the same key answers the same order. */
class OrderDesk {
  orders = new Map<string, Order>();
  /** What happens to each next call: `lost-request` never arrives, `lost-answer` arrives and is not answered. */
  mishaps: ('lost-request' | 'lost-answer' | Outcome<Order>)[] = [];

  readonly send: SendOrder = async (sent, key) => {
    const mishap = this.mishaps.shift();
    if (mishap === 'lost-request') return failure('network.offline', 'lost');
    if (mishap && mishap !== 'lost-answer') return mishap;
    const order = this.orders.get(key) ?? ({ id: `ord_${key}`, number: this.orders.size + 1, placedAt: 1, totalMinor: 2560, currency: 'CNY', lines: sent.lines } as unknown as Order);
    this.orders.set(key, order);
    return mishap === 'lost-answer' ? failure('network.timeout', 'lost') : success(order);
  };
}

describe('Outbox', () => {
  let desk: OrderDesk;
  let storage: DeviceStorage;
  let placed: Order[];

  const open = () => {
    const outbox = new Outbox({ send: desk.send, storage, serverUrl: 'http://server', showId: 'shw_orchard', onPlaced: (order) => placed.push(order) });
    outbox.open();
    return outbox;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    desk = new OrderDesk();
    storage = memoryStorage();
    placed = [];
  });
  afterEach(() => void vi.useRealTimers());

  it('places an order and remembers its number, but not who ordered', async () => {
    const outbox = open();
    outbox.place(request);
    await vi.runAllTimersAsync();
    expect(outbox.pending).toEqual([]);
    expect(outbox.placed).toMatchObject([{ number: 1, totalMinor: 2560 }]);
    expect(JSON.stringify(outbox.placed)).not.toContain('Wang');
    expect(storage.getItem('fieldcast:outbox:http://server:shw_orchard')).toBeNull();
  });

  it('places exactly one order when requests and answers are lost', async () => {
    desk.mishaps = ['lost-request', 'lost-answer', 'lost-answer', 'lost-request'];
    const outbox = open();
    outbox.place(request);
    await vi.runAllTimersAsync();
    expect(desk.orders.size).toBe(1);
    expect(placed).toHaveLength(1);
    expect(outbox.pending).toEqual([]);
  });

  it('shows that it waits, and when it sends again', async () => {
    desk.mishaps = ['lost-request'];
    const outbox = open();
    outbox.place(request);
    expect(outbox.pending[0]?.state).toBe('sending');
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.pending[0]).toMatchObject({ state: 'waiting', attempts: 1, error: { code: 'network.offline' } });
    expect(outbox.pending[0]?.retryAtMs).toBeGreaterThan(Date.now());
  });

  it('waits longer from try to try, at most about 15 s, and at once when the network is back', async () => {
    desk.mishaps = Array.from({ length: 12 }, () => 'lost-request' as const);
    const outbox = open();
    outbox.place(request);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await vi.advanceTimersByTimeAsync(0);
      waits.push((outbox.pending[0]?.retryAtMs ?? 0) - Date.now());
      await vi.advanceTimersByTimeAsync(waits.at(-1) ?? 0);
    }
    expect(waits[0]).toBeLessThan(1_000);
    expect(waits.at(-1)).toBeGreaterThan(10_000);
    expect(Math.max(...waits)).toBeLessThan(19_000);
    desk.mishaps = [];
    outbox.nudge();
    await vi.advanceTimersByTimeAsync(0);
    expect(placed).toHaveLength(1);
  });

  it('sends an order of an earlier page with the same key', async () => {
    desk.mishaps = ['lost-answer'];
    const before = open();
    const key = before.place(request);
    await vi.advanceTimersByTimeAsync(0);
    before.close();
    const after = open();
    expect(after.pending[0]?.key).toBe(key);
    await vi.runAllTimersAsync();
    expect([...desk.orders.keys()]).toEqual([key]);
    expect(placed).toHaveLength(1);
  });

  it('settles an order that was just being sent when the page went away', async () => {
    const stuck = new Outbox({ send: () => new Promise(() => undefined), storage, serverUrl: 'http://server', showId: 'shw_orchard' });
    stuck.place(request);
    stuck.close();
    open();
    await vi.runAllTimersAsync();
    expect(placed).toHaveLength(1);
  });

  it('keeps a refused order with its reason until it is dismissed, and does not send it again', async () => {
    desk.mishaps = [{ ok: false, error: { code: 'order.price-changed', status: 409, detail: '' } }];
    const outbox = open();
    const key = outbox.place(request);
    await vi.runAllTimersAsync();
    expect(outbox.pending[0]).toMatchObject({ state: 'refused', error: { code: 'order.price-changed' } });
    outbox.nudge();
    await vi.runAllTimersAsync();
    expect(desk.orders.size).toBe(0);
    outbox.dismiss(key);
    expect(outbox.pending).toEqual([]);
  });

  it('does not dismiss an order that may still be placed', async () => {
    desk.mishaps = ['lost-answer'];
    const outbox = open();
    const key = outbox.place(request);
    await vi.advanceTimersByTimeAsync(0);
    outbox.dismiss(key);
    expect(outbox.pending).toHaveLength(1);
  });

  it('does as a busy server asks, and waits', async () => {
    desk.mishaps = [{ ok: false, error: { code: 'rate.limited', status: 429, detail: '', retryAfterMs: 30_000 } }];
    const outbox = open();
    outbox.place(request);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(placed).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(placed).toHaveLength(1);
  });

  it('does not surprise anybody with an order of hours ago', async () => {
    desk.mishaps = ['lost-request'];
    const before = open();
    before.place(request);
    await vi.advanceTimersByTimeAsync(0);
    before.close();
    vi.setSystemTime(Date.now() + 3 * 3_600_000);
    const after = open();
    await vi.runAllTimersAsync();
    expect(after.pending[0]).toMatchObject({ state: 'refused', error: { code: 'order.not-sent' } });
    expect(desk.orders.size).toBe(0);
  });

  it('starts empty where the kept value is broken', () => {
    storage.setItem('fieldcast:outbox:http://server:shw_orchard', '{"not":"a list"');
    expect(open().pending).toEqual([]);
  });
});
