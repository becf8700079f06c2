// The handshake with a shop's own cart, the shop played by the test: what is asked, what counts, and what a buyer is told.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostCallbacks, HostCart, HostLine, HostResult } from '../../../web-components/host-shop/callbacks.ts';
import { type HostPage, HostShop } from '../../../web-components/host-shop/host-shop.ts';
import { Cart } from '../../../web-components/show/cart.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';
import type { Visit } from '../../../web-components/show/index.ts';
import { Watchable } from '../../../web-components/show/watchable.ts';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { productOf, snapshotOf } from '../show/goods.ts';

const APPLE = 'var_apple';
const PEAR = 'var_pear';

class Store extends Watchable {
  snapshot: ShowSnapshot | null = snapshotOf([productOf('apple'), productOf('pear')]);
  dressed = 0;
  dressWith(): void {
    this.dressed += 1;
  }
  pictureNow(): number {
    return 6_000;
  }
  arrive(): void {
    this.changed();
  }
}

let complaints: string[];
let stop: (() => void)[];
beforeEach(() => {
  vi.useFakeTimers();
  complaints = [];
  stop = [];
  vi.spyOn(console, 'error').mockImplementation((text: string) => void complaints.push(text));
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
});
afterEach(() => {
  for (const each of stop) each();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A shop that says yes to everything, but for what the test puts in its place. */
function open(own: Partial<HostCallbacks> = {}, earlier: [string, number][] = []) {
  const asked: [string, unknown][] = [];
  const shopCart = new Map<string, number>();
  const put = (line: HostLine): HostResult => {
    if (line.quantity === 0) shopCart.delete(line.variantId);
    else shopCart.set(line.variantId, line.quantity);
    return { ok: true };
  };
  const callbacks: HostCallbacks = {
    provideProducts: () => [],
    addToCart: put,
    updateCart: put,
    syncCart: (): HostCart => ({ lines: [...shopCart].map(([variantId, quantity]) => ({ variantId, quantity })) }),
    checkout: () => ({ ok: true }),
    ...own,
  };
  const page = new EventTarget() as HostPage;
  for (const [name, work] of Object.entries(callbacks)) {
    if (work) Object.assign(page, { [name]: (input: unknown) => (asked.push([name, input]), (work as (input: unknown) => unknown)(input)) });
  }
  const store = new Store();
  const cart = new Cart(memoryStorage(), 'https://live.example', 'shw_orchard');
  const variantOf = (id: string) => store.snapshot!.shelf.flatMap(({ variants }) => variants).find((variant) => variant.id === id)!;
  for (const [id, quantity] of earlier) cart.add(variantOf(id), quantity);
  const visit = { showId: 'shw_orchard', store, cart, playhead: { replay: null } } as unknown as Visit;
  const shop = new HostShop(page, visit);
  stop.push(() => shop.close());
  const lines = () => Object.fromEntries(cart.rows(null).map(({ variantId, quantity }) => [variantId, quantity]));
  const names = () => asked.map(([name]) => name);
  return { page, shop, store, cart, shopCart, asked, names, lines, tap: (id: string, quantity = 1) => cart.add(variantOf(id), quantity) };
}

describe('a cart that switches on', () => {
  it('takes over what is in the shop’s, in the place of what lay here', async () => {
    const test = open({ syncCart: () => ({ lines: [{ variantId: APPLE, quantity: 2 }, { sku: 'soap', quantity: 3 }], otherCount: 1, totalMinor: 5_000 }) }, [[PEAR, 4]]);
    await settle();
    expect(test.shop.isOn).toBe(true);
    expect(test.lines()).toEqual({ [APPLE]: 2 });
    expect(test.shop).toMatchObject({ otherCount: 4, totalMinor: 5_000, notice: null });
    expect(test.names().filter((name) => name !== 'provideProducts')).toEqual(['syncCart']);
  });

  it('waits for all five functions, and names those that are missing', async () => {
    const test = open({ updateCart: undefined as never, syncCart: undefined as never });
    await vi.advanceTimersByTimeAsync(999);
    expect(complaints).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(complaints).toEqual([expect.stringContaining('Missing: updateCart, syncCart.')]);
    test.shop.look();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(complaints).toHaveLength(1);
    test.tap(APPLE);
    await settle();
    expect(test.lines()).toEqual({});
    expect(test.shop.notice).toMatchObject({ reason: 'off', name: 'apple' });
    expect(test.asked).toEqual([]);
    Object.assign(test.page, { updateCart: () => ({ ok: true }), syncCart: () => ({ lines: [] }) });
    test.shop.look();
    await settle();
    expect(test.shop.isOn).toBe(true);
    test.tap(APPLE);
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 1 });
  });

  it('waits for the shelf, by which the shop’s lines are known', async () => {
    const test = open({ syncCart: () => ({ lines: [{ variantId: APPLE, quantity: 2 }] }) });
    test.shop.close();
    test.store.snapshot = null;
    const late = new HostShop(test.page, { showId: 'shw_orchard', store: test.store, cart: test.cart, playhead: { replay: null } } as unknown as Visit);
    stop.push(() => late.close());
    await settle();
    test.store.snapshot = snapshotOf([productOf('apple')]);
    test.store.arrive();
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 2 });
  });
});

describe('a tap', () => {
  it('adds a line that is new, and sets the quantity of one that is there', async () => {
    const test = open();
    await settle();
    test.tap(APPLE);
    await settle();
    test.tap(APPLE, 2);
    await settle();
    test.cart.set(APPLE, 0);
    await settle();
    expect(test.asked.slice(2)).toEqual([
      ['addToCart', { productId: 'prd_apple', variantId: APPLE, sku: null, name: 'apple', quantity: 1, priceMinor: 1280, currency: 'CNY' }],
      ['updateCart', expect.objectContaining({ quantity: 3 })],
      ['updateCart', expect.objectContaining({ quantity: 0 })],
    ]);
    expect(test.shopCart.size).toBe(0);
  });

  it('asks for one thing after the other, and for what is wanted by then', async () => {
    const answers: ((result: HostResult) => void)[] = [];
    const test = open({ addToCart: () => new Promise((resolve) => answers.push(resolve)) });
    await settle();
    test.tap(APPLE);
    await settle();
    test.tap(PEAR);
    test.tap(PEAR);
    test.tap(APPLE);
    await settle();
    expect(test.shop.pending).toEqual(new Set([APPLE]));
    expect(answers).toHaveLength(1);
    answers[0]!({ ok: true });
    await settle();
    answers[1]?.({ ok: true });
    await settle();
    expect(test.asked.slice(2).map(([name, line]) => [name, (line as HostLine).variantId, (line as HostLine).quantity])).toEqual([['addToCart', APPLE, 1], ['updateCart', APPLE, 2], ['addToCart', PEAR, 2]]);
    expect(test.shop.pending.size).toBe(0);
  });

  it('that the shop refuses goes back, and the buyer hears why in the shop’s words too', async () => {
    const test = open({ updateCart: () => ({ ok: false, reason: 'out-of-stock', message: `  Only 2 left${'!'.repeat(300)}` }) });
    const events: CustomEvent[] = [];
    test.page.addEventListener('fieldcast-cart-change', (event) => events.push(event as CustomEvent));
    await settle();
    test.tap(APPLE, 2);
    await settle();
    test.tap(APPLE, 1);
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 2 });
    expect(test.shop.notice).toMatchObject({ reason: 'out-of-stock', name: 'apple' });
    expect(test.shop.notice?.message).toHaveLength(200);
    expect(events.map(({ detail }) => detail)).toMatchObject([{ variantId: APPLE, quantity: 2, count: 2 }]);
    test.tap(PEAR);
    await settle();
    expect(test.shop.notice).toBe(null);
  });

  it('with an answer that nobody can read counts as not done', async () => {
    const test = open({ addToCart: () => 'yes' as never });
    await settle();
    test.tap(APPLE);
    await settle();
    expect(test.lines()).toEqual({});
    expect(test.shop.notice).toMatchObject({ reason: 'unavailable' });
    expect(complaints).toHaveLength(1);
  });

  it('takes over the cart that comes with the answer', async () => {
    const test = open({ addToCart: () => ({ ok: true, cart: { lines: [{ variantId: APPLE, quantity: 1 }, { variantId: PEAR, quantity: 7 }], totalMinor: 9_000 } }) });
    await settle();
    test.tap(APPLE);
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 1, [PEAR]: 7 });
    expect(test.shop.totalMinor).toBe(9_000);
  });
});

describe('a shop that does not answer', () => {
  it('holds nothing up for longer than eight seconds, and is asked for the truth when it answers at last', async () => {
    let answer: (result: HostResult) => void = () => undefined;
    const test = open({ addToCart: () => new Promise((resolve) => (answer = resolve)) });
    await settle();
    test.tap(APPLE);
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 1 });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(test.lines()).toEqual({});
    expect(test.shop.notice).toMatchObject({ reason: 'timeout', name: 'apple' });
    expect(test.names().at(-1)).toBe('syncCart');
    // It was done after all.
    test.shopCart.set(APPLE, 1);
    answer({ ok: true });
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 1 });
  });

  it('with its cart at the start leaves an empty one, and a way to load it', async () => {
    let isDown = true;
    const test = open({ syncCart: () => (isDown ? Promise.reject(new Error('down')) : { lines: [{ variantId: PEAR, quantity: 1 }] }) }, [[APPLE, 2]]);
    await settle();
    expect(test.lines()).toEqual({});
    expect(test.shop.notice).toMatchObject({ reason: 'not-loaded' });
    isDown = false;
    expect(await test.shop.sync()).toBe(true);
    expect(test.lines()).toEqual({ [PEAR]: 1 });
    expect(test.shop.notice).toBe(null);
  });
});

describe('the shop’s own doings', () => {
  it('are asked for when the page says so, and when it is seen again', async () => {
    const test = open();
    await settle();
    test.shopCart.set(APPLE, 3);
    test.page.dispatchEvent(new Event('fieldcast-cart-sync'));
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 3 });
    test.shopCart.clear();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(test.lines()).toEqual({});
  });

  it('with more than is on the shelf are shown as they are', async () => {
    const test = open({ syncCart: () => ({ lines: [{ variantId: APPLE, quantity: 50 }] }) });
    await settle();
    expect(test.lines()).toEqual({ [APPLE]: 50 });
    await settle();
    expect(test.names()).not.toContain('updateCart');
  });
});

describe('checking out', () => {
  it('is the shop’s, with what is in its cart', async () => {
    const test = open();
    await settle();
    test.tap(APPLE, 2);
    await settle();
    await test.shop.checkOut();
    expect(test.asked.at(-1)).toEqual(['checkout', { lines: [expect.objectContaining({ variantId: APPLE, quantity: 2 })] }]);
  });

  it('goes to pages only', async () => {
    const assign = vi.fn<(url: string) => void>();
    vi.stubGlobal('location', { href: 'https://shop.example/live', assign });
    let url = 'javascript:alert(1)';
    const test = open({ checkout: () => ({ ok: true, url }) });
    await settle();
    await test.shop.checkOut();
    expect(assign).not.toHaveBeenCalled();
    url = '/checkout?from=live';
    await test.shop.checkOut();
    expect(assign).toHaveBeenCalledWith('https://shop.example/checkout?from=live');
  });

  it('refused tells the buyer why', async () => {
    const test = open({ checkout: () => ({ ok: false, reason: 'sign-in' }) });
    await settle();
    await test.shop.checkOut();
    expect(test.shop.notice).toMatchObject({ reason: 'sign-in', name: '' });
  });
});

describe('products', () => {
  it('are asked for once a minute, and the shop’s data is laid over the shelf', async () => {
    const test = open({ provideProducts: (products) => products.map(({ productId }) => ({ productId, name: 'Told' })) });
    await settle();
    expect(test.asked.filter(([name]) => name === 'provideProducts')).toEqual([
      ['provideProducts', [{ productId: 'prd_apple', name: 'apple', variants: [{ variantId: APPLE, sku: null, label: '' }] }, { productId: 'prd_pear', name: 'pear', variants: [{ variantId: PEAR, sku: null, label: '' }] }]],
    ]);
    expect(test.store.dressed).toBe(1);
    test.store.arrive();
    await settle();
    expect(test.store.dressed).toBe(1);
    await vi.advanceTimersByTimeAsync(75_000);
    expect(test.store.dressed).toBe(2);
  });

  it('that a shop tells wrongly change nothing', async () => {
    const test = open({ provideProducts: () => [{ productId: 'prd_apple', variants: [null] }] as never });
    await settle();
    expect(test.store.dressed).toBe(0);
    expect(complaints).toHaveLength(1);
  });
});
