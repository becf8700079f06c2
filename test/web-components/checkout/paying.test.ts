// Owns what a page says of orders that are to be paid and are not on its screen: never that they are not, once they are.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../../server/protocol/order.ts';
import { OpenPayments } from '../../../web-components/checkout/open-payments.ts';
import { Paying } from '../../../web-components/checkout/paying.ts';
import { failure, type Outcome, success, type Visit } from '../../../web-components/show/index.ts';

const LOOK_MS = 20_000;
const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
const orderIn = (state: Order['state'], id = 'ord_1') => ({ id, number: 1, state, changedAt: 1, money: { state: 'due' } }) as Order;

let asked: string[];
let answer: (orderId: string) => Outcome<Order>;
let placed: { here: string[]; elsewhere: string[] };
let paying: Paying;
const visit = () =>
  ({
    serverUrl: 'https://server.example',
    showId: 'shw_1',
    outbox: { placed: [] },
    client: {
      call: async ({ path }: { path: string }, { params }: { params: { orderId: string } }) => {
        asked.push(`${path.endsWith('/check') ? 'check' : 'read'} ${params.orderId}`);
        return answer(params.orderId);
      },
    },
  }) as unknown as Visit;
const waiting = () => paying.waiting.map(({ orderId }) => orderId);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('document', { visibilityState: 'visible' });
  kept.clear();
  asked = [];
  placed = { here: [], elsewhere: [] };
  answer = () => success(orderIn('awaiting-payment'));
  paying = new Paying({ onChange: () => undefined, onPlaced: ({ id }) => placed.here.push(id), onPlacedElsewhere: ({ id }) => placed.elsewhere.push(id) });
  // The part that pays is a download of its own.
  vi.spyOn(paying, 'load').mockResolvedValue();
});
afterEach(() => {
  void paying.enter(null);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('an order that was left to be paid later', () => {
  beforeEach(async () => {
    await paying.enter(visit());
    paying.begin(orderIn('awaiting-payment'));
    paying.leave();
    await vi.advanceTimersByTimeAsync(0);
  });

  it('is asked after at once and now and then, and stays in the list while it is not paid', async () => {
    expect(asked).toEqual(['check ord_1']);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(asked).toHaveLength(2);
    expect(waiting()).toEqual(['ord_1']);
  });

  it('leaves the list when its money has come without this page, and is told as placed once', async () => {
    answer = () => success(orderIn('placed'));
    await vi.advanceTimersByTimeAsync(3 * LOOK_MS);
    expect(waiting()).toEqual([]);
    expect(placed).toEqual({ here: [], elsewhere: ['ord_1'] });
    expect(asked).toHaveLength(2);
  });

  it('leaves the list without a word when its time was over, or nobody knows it any more', async () => {
    answer = () => success(orderIn('cancelled'));
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(waiting()).toEqual([]);
    expect(placed.elsewhere).toEqual([]);
  });

  it('stays in the list while nobody answers', async () => {
    answer = () => failure('network.offline', 'gone');
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(waiting()).toEqual(['ord_1']);
  });

  it('is not asked after by a page that nobody sees', async () => {
    vi.stubGlobal('document', { visibilityState: 'hidden' });
    await vi.advanceTimersByTimeAsync(3 * LOOK_MS);
    expect(asked).toHaveLength(1);
  });
});

it('asks after orders of an earlier page as soon as the show is entered', async () => {
  new OpenPayments('https://server.example', 'shw_1').keep({ orderId: 'ord_old', number: 7, isInView: false });
  answer = () => success(orderIn('placed', 'ord_old'));
  await paying.enter(visit());
  await vi.advanceTimersByTimeAsync(0);
  expect(waiting()).toEqual([]);
  expect(placed.elsewhere).toEqual(['ord_old']);
});
