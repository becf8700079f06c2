// Owns what becomes of a payment by card when answers fail, come late or get lost: always an end within 10 s, and the server's word.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../../../server/protocol/order.ts';
import type { CardAnswer, CardForm } from '../../../../web-components/checkout/payment/card-form.ts';
import { CardPayment } from '../../../../web-components/checkout/payment/card-payment.ts';
import type { Call } from '../../../../web-components/show/http.ts';
import { failure, type Outcome, success } from '../../../../web-components/show/outcome.ts';

const TEN_SECONDS = 10_000;
const orderIn = (state: Order['state'], isProcessing = false) => ({ id: 'ord_1', state, changedAt: 1, money: { state: 'due', isProcessing } }) as Order;
const start = { method: 'stripe', orderId: 'ord_1', amountMinor: 1000, currency: 'CNY', holdUntil: null, ui: 'checkout-session', clientSecret: 'cs', publishableKey: 'pk', scriptUrl: 'https://js.example/stripe.js', serverTime: 1 };
const never = () => new Promise<never>(() => undefined);

interface Stage {
  payment: CardPayment;
  calls: string[];
  keys: (string | undefined)[];
  orders: Order[];
  form: { confirm: () => Promise<CardAnswer>; closed: number };
}

/** A payment whose server and form answer as told. */
function stage(answers: { start?: () => Promise<Outcome<unknown>>; check?: () => Promise<Outcome<unknown>>; openForm?: () => Promise<CardForm>; confirm?: () => Promise<CardAnswer> }): Stage {
  const calls: string[] = [];
  const keys: (string | undefined)[] = [];
  const orders: Order[] = [];
  const form = { confirm: answers.confirm ?? (async () => ({ kind: 'accepted' }) as const), closed: 0 };
  const call = (async (endpoint: { path: string }, { idempotencyKey, signal }: { idempotencyKey?: string; signal?: AbortSignal }) => {
    const isCheck = endpoint.path.endsWith('/check');
    calls.push(isCheck ? 'check' : 'start');
    if (!isCheck) keys.push(idempotencyKey);
    const answer = (isCheck ? answers.check : answers.start) ?? (async () => success(isCheck ? orderIn('placed') : start));
    return new Promise((resolve) => {
      const giveUp = () => resolve(failure('network.timeout', 'no answer'));
      signal?.addEventListener('abort', giveUp);
      void answer().then((outcome) => {
        signal?.removeEventListener('abort', giveUp);
        resolve(outcome);
      });
    });
  }) as unknown as Call;
  const openForm = answers.openForm ?? (async () => ({ needsEmail: false, confirm: () => form.confirm(), close: () => (form.closed += 1) }));
  const payment = new CardPayment({ orderId: 'ord_1', call, openForm, onOrder: (order) => orders.push(order), onChange: () => undefined, onServerTime: () => undefined, onElsewhere: () => calls.push('look') });
  return { payment, calls, keys, orders, form };
}
const way = { returnUrl: 'https://shop.example/', email: '' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the form', () => {
  it('stands when the server and Stripe.js have answered', async () => {
    const { payment } = stage({});
    await payment.start();
    expect(payment.stage).toBe('form');
    expect(payment.trouble).toBeNull();
  });

  it.each([
    ['nobody answers the server’s call', { start: never }],
    ['the server answers 503 for ever', { start: async () => failure('payment.unavailable', 'Stripe is down', 503) }],
    ['too many ask (429) and it asks for patience', { start: async () => ({ ok: false as const, error: { code: 'rate.limited' as const, status: 429, detail: '', retryAfterMs: 60_000 } }) }],
    ['Stripe.js never comes', { openForm: never }],
    ['Stripe.js cannot be loaded', { openForm: () => Promise.reject(new Error('blocked')) }],
  ])('is given up within 10 s when %s, and can be tried again', async (_, answers) => {
    const { payment } = stage(answers);
    void payment.start();
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(payment.stage).toBe('failed');
    expect(payment.trouble).not.toBeNull();
  });

  it('is asked for with one key while the same try goes on, and stands after a passing failure', async () => {
    let asked = 0;
    const { payment, keys } = stage({ start: async () => ((asked += 1) < 3 ? failure('network.offline', 'gone') : success(start)) });
    void payment.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(payment.stage).toBe('form');
    expect(new Set(keys).size).toBe(1);
  });

  it('tells what the server said last, also when its last answer did not come any more', async () => {
    let asked = 0;
    const { payment } = stage({ start: async () => ((asked += 1) < 2 ? failure('payment.unavailable', 'Stripe is down', 503) : never()) });
    void payment.start();
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(payment.trouble).toMatchObject({ kind: 'refused', error: { code: 'payment.unavailable' } });
  });

  it('says at once what a refusal is, without asking again, and looks where the order is', async () => {
    const { payment, calls } = stage({ start: async () => failure('payment.wrong-state', 'it is paid', 409) });
    await payment.start();
    expect(calls).toEqual(['start', 'look']);
    expect(payment.trouble).toMatchObject({ kind: 'refused', error: { code: 'payment.wrong-state' } });
  });

  it('that comes after the buyer has stopped waiting goes away again', async () => {
    const closed = vi.fn<() => void>();
    const { payment } = stage({ openForm: () => new Promise((resolve) => setTimeout(() => resolve({ needsEmail: false, confirm: never, close: closed }), 20_000)) });
    void payment.start();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(payment.stage).toBe('failed');
    expect(closed).toHaveBeenCalledOnce();
  });
});

describe('paying', () => {
  it('believes the server, not the browser', async () => {
    const { payment, orders, calls } = stage({});
    await payment.start();
    await payment.confirm(way);
    expect(calls).toEqual(['start', 'check']);
    expect(orders.map(({ state }) => state)).toEqual(['placed']);
  });

  it('leaves the form where a card was declined, with the bank’s words', async () => {
    const { payment, calls, form } = stage({ confirm: async () => ({ kind: 'declined', message: 'Insufficient funds.' }) });
    await payment.start();
    await payment.confirm(way);
    expect(payment.stage).toBe('form');
    expect(payment.trouble).toEqual({ kind: 'declined', message: 'Insufficient funds.' });
    expect(calls).toEqual(['start']);
    expect(form.closed).toBe(0);
  });

  it('finds the money of an answer that was lost after the charge', async () => {
    const { payment, orders } = stage({ confirm: () => Promise.reject(new Error('connection reset')) });
    await payment.start();
    await payment.confirm(way);
    expect(orders.at(-1)?.state).toBe('placed');
  });

  it('offers the form again when the answer was lost before the charge', async () => {
    const { payment } = stage({ confirm: async () => ({ kind: 'unknown', message: '' }), check: async () => success(orderIn('awaiting-payment')) });
    await payment.start();
    await payment.confirm(way);
    expect(payment.stage).toBe('form');
    expect(payment.trouble?.kind).toBe('not-paid');
  });

  it('asks until the money is there when the browser says that it is', async () => {
    let asked = 0;
    const { payment, orders } = stage({ check: async () => success(orderIn((asked += 1) < 4 ? 'awaiting-payment' : 'placed')) });
    await payment.start();
    void payment.confirm(way);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(orders.at(-1)?.state).toBe('placed');
  });

  it.each([
    ['still knows of nothing', async () => success(orderIn('awaiting-payment'))],
    ['does not answer', never],
    ['answers 500', async () => failure('internal', 'broken', 500)],
  ])('says within 10 s that it does not know when the server %s, and lets the buyer look again', async (_, check) => {
    const { payment } = stage({ check });
    await payment.start();
    void payment.confirm(way);
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(payment.stage).toBe('unknown');
    expect(payment.trouble?.kind).toBe('unknown');
  });

  it('lets the buyer look for themselves after 10 s in the bank’s hands', async () => {
    const { payment, orders } = stage({ confirm: never });
    await payment.start();
    void payment.confirm(way);
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(payment.isSlow).toBe(true);
    await payment.check();
    expect(orders.at(-1)?.state).toBe('placed');
  });

  it('pays once, however often the button is tapped', async () => {
    const confirm = vi.fn<() => Promise<never>>(never);
    const { payment } = stage({ confirm });
    await payment.start();
    void payment.confirm(way);
    void payment.confirm(way);
    expect(confirm).toHaveBeenCalledOnce();
  });

  it('waits where the bank works on it', async () => {
    const { payment, orders } = stage({ check: async () => success(orderIn('awaiting-payment', true)) });
    await payment.start();
    void payment.confirm(way);
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(orders).toHaveLength(1);
    expect(payment.trouble).toBeNull();
  });
});

describe('coming back', () => {
  it('draws a form after the server has said that it is not paid, and says so to who has tried', async () => {
    const { payment, calls } = stage({ check: async () => success(orderIn('awaiting-payment')) });
    await payment.check();
    expect(calls).toEqual(['check', 'start']);
    expect(payment.stage).toBe('form');
    expect(payment.trouble?.kind).toBe('not-paid');
  });

  it('says nothing of it to who only opens the order', async () => {
    const { payment } = stage({ check: async () => success(orderIn('awaiting-payment')) });
    await payment.check({ isFirst: true });
    expect(payment.stage).toBe('form');
    expect(payment.trouble).toBeNull();
  });

  it('draws nothing for an order that was paid meanwhile', async () => {
    const { payment, calls, orders } = stage({});
    await payment.check();
    expect(calls).toEqual(['check']);
    expect(orders.at(-1)?.state).toBe('placed');
  });
});

describe('a payment of which nobody knows how it ended', () => {
  const down = async () => failure('network.offline', 'gone');
  const inDoubt = async (kind: CardAnswer['kind'], later: () => Promise<Outcome<unknown>>) => {
    let answer: () => Promise<Outcome<unknown>> = down;
    const test = stage({ confirm: async () => ({ kind, message: '' }) as CardAnswer, check: () => answer() });
    await test.payment.start();
    void test.payment.confirm(way);
    await vi.advanceTimersByTimeAsync(TEN_SECONDS);
    expect(test.payment.stage).toBe('unknown');
    answer = later;
    return test;
  };

  it('comes to its end by itself when the server answers again', async () => {
    const { payment, orders } = await inDoubt('accepted', async () => success(orderIn('placed')));
    await payment.lookOnceMore();
    expect(orders.map(({ state }) => state)).toEqual(['placed']);
  });

  it('stays in doubt while nobody answers', async () => {
    const { payment } = await inDoubt('unknown', down);
    await payment.lookOnceMore();
    expect(payment.stage).toBe('unknown');
  });

  it.each(['accepted', 'unknown'] as const)('has its form again when Stripe has no money of it, though the browser said “%s”', async (kind) => {
    const { payment, form } = await inDoubt(kind, async () => success(orderIn('awaiting-payment')));
    await payment.lookOnceMore();
    expect(payment.stage).toBe('form');
    expect(payment.trouble).toEqual({ kind: 'not-paid', message: '' });
    expect(form.closed).toBe(0);
  });

  it('waits on where the bank works on it', async () => {
    const { payment, orders } = await inDoubt('accepted', async () => success(orderIn('awaiting-payment', true)));
    await payment.lookOnceMore();
    expect(orders).toHaveLength(1);
    expect(payment.stage).toBe('unknown');
  });
});
