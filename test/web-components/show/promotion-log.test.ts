// A page's copy of the promotions: what is shown when, also by a picture that is late, and after a hole in the connection.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FlashSale } from '../../../server/protocol/flash-sale.ts';
import { PromotionLog, promotionStateAt } from '../../../web-components/show/promotion-log.ts';

const sale = (part: Partial<FlashSale> = {}): FlashSale => ({
  kind: 'flash-sale', id: 'pro_1', title: '', startsAt: 10_000, endsAt: 70_000, state: 'countdown', endedWhy: null, revision: 1,
  productId: 'prd_1', variantId: 'var_1', priceMinor: 900, listMinor: 1_200, lowestMinor: 1_200, units: 10, left: 10, perBuyer: null, ...part,
});

let listed: FlashSale[];
let isReachable: boolean;
let lateMs: number;
let tell: (promotion: FlashSale, at?: number) => void;
let join: () => void;
let log: PromotionLog;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ now: 0 });
  listed = [];
  isReachable = true;
  lateMs = 0;
  const listeners = new Set<() => void>();
  const store = {
    joinCount: 1,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    serverNow: () => Date.now(),
    pictureNow: () => Date.now() - lateMs,
  };
  join = () => {
    store.joinCount += 1;
    for (const listener of listeners) listener();
  };
  const client = {
    on: (_name: string, listener: (event: object) => void) => {
      tell = (promotion, at = Date.now()) => listener({ showId: 'shw_1', at, promotion });
      return () => undefined;
    },
    call: async () => (isReachable ? { ok: true, value: { promotions: listed, serverTime: Date.now() } } : { ok: false, error: { code: 'network.offline', status: 0, detail: '' } }),
  };
  log = new PromotionLog({ showId: 'shw_1', client, store } as never);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const open = async () => {
  stop = log.use();
  await vi.advanceTimersByTimeAsync(0);
};
const ids = () => log.shown.map(({ id }) => id);

it('shows what is on, in the order in which it begins, and what came of it for a while', async () => {
  listed = [sale({ id: 'pro_2', startsAt: 20_000 }), sale()];
  await open();
  expect(ids()).toEqual(['pro_1', 'pro_2']);
  await vi.advanceTimersByTimeAsync(70_000);
  expect(log.shown.map((promotion) => promotionStateAt(promotion, log.now()))).toEqual(['over', 'over']);
  await vi.advanceTimersByTimeAsync(20_100);
  expect(ids()).toEqual([]);
});

it('says so when one begins, ends and leaves, without a word from the server', async () => {
  listed = [sale()];
  await open();
  const states: string[] = [];
  log.subscribe(() => states.push(log.shown[0] ? promotionStateAt(log.shown[0], log.now()) : 'gone'));
  await vi.advanceTimersByTimeAsync(95_000);
  expect(states).toEqual(['running', 'over', 'gone']);
});

it('is over at once when the staff ends it, before its time', async () => {
  listed = [sale()];
  await open();
  await vi.advanceTimersByTimeAsync(30_000);
  tell(sale({ state: 'over', endedWhy: 'staff', revision: 3 }));
  tell(sale({ state: 'running', revision: 2 }));
  expect(promotionStateAt(log.shown[0]!, log.now())).toBe('over');
  await vi.advanceTimersByTimeAsync(20_100);
  expect(ids()).toEqual([]);
});

it('is gone at once when it is taken back before it began', async () => {
  listed = [sale()];
  await open();
  await vi.advanceTimersByTimeAsync(5_000);
  tell(sale({ state: 'over', endedWhy: 'staff', revision: 2 }));
  expect(ids()).toEqual([]);
});

it('comes with the picture in which it is told, where that is late', async () => {
  await open();
  lateMs = 4_000;
  tell(sale());
  expect(ids()).toEqual([]);
  await vi.advanceTimersByTimeAsync(4_300);
  expect(ids()).toEqual(['pro_1']);
  // What is sold is sold now, whatever the picture shows.
  tell(sale({ left: 3, revision: 2 }));
  expect(log.of('flash-sale')).toMatchObject({ left: 3 });
});

it('asks again after each join, and forgets what is no more', async () => {
  listed = [sale()];
  await open();
  listed = [sale({ id: 'pro_2' })];
  join();
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toEqual(['pro_2']);
});

it('keeps asking while there is no network', async () => {
  isReachable = false;
  listed = [sale()];
  await open();
  expect(ids()).toEqual([]);
  isReachable = true;
  await vi.advanceTimersByTimeAsync(3_500);
  expect(ids()).toEqual(['pro_1']);
});
