// Owns what a page shows of a show: only what the server has confirmed, in order, and fresh again after holes and lost connections.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_STREAM } from '../../../server/protocol/media.ts';
import { createClient } from '../../../web-components/show/client.ts';
import { ShowStore } from '../../../web-components/show/show-store.ts';
import { FakeSocket } from './fake-socket.ts';
import { productOf, snapshotOf } from './goods.ts';

const room = (seq: number) => ({ showId: 'shw_orchard', seq, at: 0 });
const joined = (snapshot = snapshotOf([productOf('apple'), productOf('rice')])) => ({
  ok: true,
  value: { snapshot, rtpCapabilities: {}, stream: { ...NO_STREAM, epoch: 1 }, viewerToken: 'token-1', isStaff: false },
});

describe('ShowStore', () => {
  let socket: FakeSocket;
  let store: ShowStore;
  const tokens: string[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    socket = new FakeSocket();
    socket.answer = () => joined();
    tokens.length = 0;
    const client = createClient({ serverUrl: 'http://server', openSocket: socket.open });
    store = new ShowStore({ client, showId: 'shw_orchard', onViewerToken: (token) => tokens.push(token) });
    store.start();
  });

  afterEach(() => {
    store.stop();
    vi.useRealTimers();
  });

  const connect = async () => {
    socket.accept();
    await vi.advanceTimersByTimeAsync(0);
  };
  const joins = () => socket.asked.filter(({ name }) => name === 'show.join').length;
  const stockOf = (product: string) => store.snapshot?.shelf.find(({ id }) => id === `prd_${product}`)?.variants[0]?.stock;

  it('joins as soon as it is connected, and keeps the identity it is given', async () => {
    expect(store.snapshot).toBeNull();
    await connect();
    expect(store.snapshot?.shelf.map(({ name }) => name)).toEqual(['apple', 'rice']);
    expect(tokens).toEqual(['token-1']);
    expect(store.isCurrent).toBe(true);
  });

  it('applies events in order, and tells its listeners once for each', async () => {
    await connect();
    const heard = vi.fn<() => void>();
    store.subscribe(heard);
    socket.tell('variants.changed', { ...room(11), variants: [{ productId: 'prd_apple', variantId: 'var_apple', priceMinor: 990, stock: 3 }] });
    socket.tell('pins.changed', { ...room(12), productIds: ['prd_rice'] });
    socket.tell('presence.changed', { ...room(13), viewers: 42 });
    expect(stockOf('apple')).toBe(3);
    expect(store.snapshot).toMatchObject({ pins: ['prd_rice'], viewers: 42, seq: 13 });
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('ignores an event it has already', async () => {
    await connect();
    socket.tell('presence.changed', { ...room(9), viewers: 7 });
    expect(store.snapshot?.viewers).toBe(1);
  });

  it('joins again after a hole, and never shows what came after it unconfirmed', async () => {
    await connect();
    socket.answer = () => joined(snapshotOf([productOf('apple')], { seq: 15, viewers: 8 }));
    socket.tell('presence.changed', { ...room(14), viewers: 99 });
    expect(store.snapshot?.viewers).toBe(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(joins()).toBe(2);
    expect(store.snapshot).toMatchObject({ viewers: 8, seq: 15 });
  });

  it('applies events that overtake the answer of a join', async () => {
    let answer: (value: unknown) => void = () => undefined;
    socket.answer = () => new Promise((resolve) => (answer = resolve));
    socket.accept();
    socket.tell('presence.changed', { ...room(10), viewers: 5 });
    socket.tell('presence.changed', { ...room(11), viewers: 6 });
    answer(joined());
    await vi.advanceTimersByTimeAsync(0);
    expect(store.snapshot).toMatchObject({ viewers: 6, seq: 11 });
  });

  it('puts a new product on the shelf that was told of just before', async () => {
    await connect();
    socket.tell('product.changed', { ...room(11), product: productOf('honey') });
    expect(store.snapshot?.shelf).toHaveLength(2);
    socket.tell('shelf.changed', { ...room(12), productIds: ['prd_honey', 'prd_apple'] });
    expect(store.snapshot?.shelf.map(({ name }) => name)).toEqual(['honey', 'apple']);
    expect(joins()).toBe(1);
  });

  it('joins again when the shelf names a product that nobody told of', async () => {
    await connect();
    socket.tell('shelf.changed', { ...room(11), productIds: ['prd_unknown'] });
    await vi.advanceTimersByTimeAsync(0);
    expect(joins()).toBe(2);
  });

  it('keeps the last picture while offline, says that it is old, and joins on the next connection', async () => {
    await connect();
    socket.lose();
    expect(store.snapshot).not.toBeNull();
    expect(store.error?.code).toBe('network.offline');
    expect(store.isCurrent).toBe(false);
    await connect();
    expect(store.error).toBeNull();
    expect([store.joinCount, store.connectionCount]).toEqual([2, 2]);
  });

  it('makes the connection anew when a join is not answered on it', async () => {
    await connect();
    socket.answer = () => new Promise(() => undefined);
    const before = socket.connects;
    void store.resync();
    await vi.advanceTimersByTimeAsync(2_600);
    expect(socket.connects).toBe(before + 1);
  });

  it('tries again after an answer that asks for patience, and gives up on a show that does not exist', async () => {
    socket.answer = () => ({ ok: false, error: { code: 'storage.unavailable', status: 503, detail: '' } });
    await connect();
    expect(store.error?.code).toBe('storage.unavailable');
    await vi.advanceTimersByTimeAsync(700);
    expect(joins()).toBe(2);
    socket.answer = () => ({ ok: false, error: { code: 'not-found', status: 404, detail: '' } });
    await vi.advanceTimersByTimeAsync(2_000);
    const tried = joins();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(joins()).toBe(tried);
    expect(store.error?.code).toBe('not-found');
  });

  it('counts by the server\'s clock', async () => {
    vi.setSystemTime(1_000_000);
    await connect();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(store.serverNow()).toBe(7_000);
  });
});
