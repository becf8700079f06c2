// Owns how often the server is asked what an order will cost, and what counts as its answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QuoteRequest } from '../../../server/protocol/delivery.ts';
import { type Question, Quoting } from '../../../web-components/checkout/quoting.ts';
import type { Call } from '../../../web-components/show/http.ts';
import { failure, success } from '../../../web-components/show/outcome.ts';

const request = (quantity: number, goodsMinor = quantity * 10): Question => ({ lines: [{ variantId: 'var_1', quantity }], address: 'Hangzhou', phone: '', goodsMinor, dealsKey: '' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server that counts 10 a piece, after a moment, unless it is away. */
function open() {
  const asked: number[] = [];
  const server = { isAway: false };
  const call = (async (_: unknown, { body }: { body: QuoteRequest }) => {
    const quantity = body.lines[0]!.quantity;
    asked.push(quantity);
    await new Promise((resolve) => setTimeout(resolve, 100));
    return server.isAway ? failure('network.offline', 'gone') : success({ totalMinor: quantity * 10, refusals: [], couponRefusal: null });
  }) as unknown as Call;
  return { quoting: new Quoting({ call, showId: 'shw_1', onChange: () => undefined }), asked, server };
}

describe('a quote', () => {
  it('is asked for once when the quantity is tapped five times', async () => {
    const { quoting, asked } = open();
    for (let quantity = 1; quantity <= 5; quantity += 1) quoting.want(request(quantity));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([5]);
    expect(quoting.of(request(5))).toMatchObject({ totalMinor: 50 });
    expect(quoting.of(request(4))).toBeNull();
  });

  it('for another address is a sum to show meanwhile, and one from before a promotion began is none', async () => {
    const { quoting } = open();
    quoting.want(request(3));
    await vi.advanceTimersByTimeAsync(1_000);
    const moved = { ...request(3), address: 'Suzhou' };
    expect(quoting.of(moved)).toBeNull();
    expect(quoting.near(moved)).toMatchObject({ totalMinor: 30 });
    expect(quoting.near({ ...moved, dealsKey: 'pro_1' })).toBeNull();
    expect(quoting.near({ ...moved, goodsMinor: 40 })).toBeNull();
  });

  it('of an older cart is no answer to a newer one', async () => {
    const { quoting } = open();
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(300);
    quoting.want(request(2));
    await vi.advanceTimersByTimeAsync(100);
    expect(quoting.of(request(1))).toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(quoting.of(request(2))).toMatchObject({ totalMinor: 20 });
  });

  it('can be waited for, without asking twice', async () => {
    const { quoting, asked } = open();
    quoting.want(request(3));
    const settled = quoting.settle(request(3));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await settled).toMatchObject({ totalMinor: 30 });
    expect(asked).toEqual([3]);
  });

  it('that nobody answers is none, and is asked for again', async () => {
    const { quoting, asked, server } = open();
    server.isAway = true;
    const settled = quoting.settle(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await settled).toBeNull();
    server.isAway = false;
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    // Not at once: a page without a network draws itself often.
    expect(asked).toEqual([1]);
    await vi.advanceTimersByTimeAsync(5_000);
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([1, 1]);
    expect(quoting.of(request(1))).not.toBeNull();
  });

  it('is another one at another price', async () => {
    const { quoting, asked } = open();
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(quoting.of(request(1, 12))).toBeNull();
    quoting.want(request(1, 12));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([1, 1]);
  });

  it('is asked for again when rules may have changed', async () => {
    const { quoting, asked } = open();
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    quoting.forget();
    expect(quoting.of(request(1))).toBeNull();
    quoting.want(request(1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual([1, 1]);
  });
});
