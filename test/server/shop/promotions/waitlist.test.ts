// The waitlist of what is sold out: whose turn it is, for how long, and that no piece is sold twice or lost whatever happens in which order.
import * as fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../../server/protocol/ids.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { WAIT_HOLD_MS } from '../../../../server/protocol/waitlist.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openShop, placeIn, refusal, requestFor, type TestShop, viewer } from '../open-shop.ts';

const clock = new FakeClock();
let test: TestShop;
let product: Product;
let show: string;
let mine: { identity: string; mine: any }[];

beforeAll(async () => {
  test = await openShop({ clock });
  test.bus.on('promotion.mine', (fact) => void mine.push(fact));
});
afterAll(() => test.close());
beforeEach(async () => {
  mine = [];
  show = newId('shw');
  product = await test.product(0);
});

afterEach(() => test.shop.promotions.waitlist.forgetShow(show));

const variantId = () => product.variants[0]!.id;
const place = () => ({ ...placeIn(test.sellerId, product), showId: show });
const codeOf = async (refused: Promise<unknown>) => (await refusal(refused)).code;
const join = (identity: string, quantity = 1) => test.shop.promotions.waitlist.join({ variantId: variantId(), quantity }, place(), identity);
const restock = (stockDelta: number) => test.shop.catalogue.changeVariant(variantId(), { stockDelta });
const stock = async () => (await test.shop.catalogue.product(product.id)).variants[0]!.stock;
const own = async (identity: string) => (await test.shop.promotions.waitlist.of(show, identity)).waits[0];
const order = (identity: string, quantity: number, waitId?: string) =>
  test.shop.orders.place({ ...requestFor(product, quantity), ...(waitId ? { waitId } : {}) }, place(), { ...viewer, claims: { role: 'viewer', identity } }, undefined);
const settle = () => test.shop.promotions.waitlist.settle(clock.now());

describe('a waitlist', () => {
  it('is for what is sold out, and knows everybody’s place', async () => {
    expect(await join('li')).toMatchObject({ state: 'waiting', place: 1, quantity: 1 });
    expect(await join('wang', 3)).toMatchObject({ place: 2 });
    expect(await join('li', 2)).toMatchObject({ place: 1, quantity: 2 });
    const other = await test.product(5);
    const elsewhere = test.shop.promotions.waitlist.join({ variantId: other.variants[0]!.id, quantity: 1 }, { ...place(), allowedProductIds: new Set([other.id]) }, 'li');
    expect(await codeOf(elsewhere)).toBe('waitlist.in-stock');
    expect(await codeOf(test.shop.promotions.waitlist.join({ variantId: variantId(), quantity: 1 }, { ...place(), allowedProductIds: new Set() }, 'zhao'))).toBe('shelf.not-on-shelf');
  });

  it('holds what comes for the first ones, sized to what there is, and tells them alone', async () => {
    await join('li', 2);
    await join('wang', 3);
    await join('zhao');
    const seen = await restock(4);
    expect(seen.variants[0]!.stock).toBe(0);
    expect(mine.map(({ identity, mine: { what, quantity, until } }) => ({ identity, what, quantity, until }))).toEqual([
      { identity: 'li', what: 'your-turn', quantity: 2, until: clock.now() + WAIT_HOLD_MS },
      { identity: 'wang', what: 'your-turn', quantity: 2, until: clock.now() + WAIT_HOLD_MS },
    ]);
    expect(await own('zhao')).toMatchObject({ state: 'waiting', place: 1 });
    expect(await test.shop.promotions.waitlist.desk(show)).toMatchObject({ variants: [{ variantId: variantId(), waiting: 1, wanted: 1, held: 4 }] });
  });

  it('leaves on the shelf what nobody waits for', async () => {
    await join('li', 2);
    expect((await restock(5)).variants[0]!.stock).toBe(3);
  });

  it('is served by a cancelled order too', async () => {
    const sold = await test.product(2);
    product = sold;
    const bought = await order('chen', 2);
    await join('li', 2);
    await test.shop.orders.cancelByBuyer(bought.id);
    expect(await own('li')).toMatchObject({ state: 'held', heldQuantity: 2 });
    expect(await stock()).toBe(0);
  });

  it('gives its pieces to the order of whoever has the turn, and to nobody else', async () => {
    const wait = await join('li', 2);
    await restock(2);
    expect(await codeOf(order('wang', 1))).toBe('stock.insufficient');
    const quote = await test.shop.quotes.of({ lines: requestFor(product, 2).lines, address: '', phone: '', waitId: wait.id }, place(), 'li');
    expect(quote.refusals).toEqual([]);
    await order('li', 2);
    expect(await own('li')).toBeUndefined();
    expect(await stock()).toBe(0);
  });

  it('knows the turn by its id as well, on another device', async () => {
    const wait = await join('li');
    await restock(1);
    await order('phone-of-li', 1, wait.id);
    expect((await test.shop.promotions.waitlist.desk(show)).variants[0]).toMatchObject({ taken: 1, held: 0 });
  });

  it('passes on what an order leaves of its hold', async () => {
    await join('li', 3);
    await join('wang', 3);
    await restock(3);
    await order('li', 1);
    expect(await own('wang')).toMatchObject({ state: 'held', heldQuantity: 2 });
  });

  it('keeps the hold of an order that is refused', async () => {
    await join('li', 2);
    await restock(2);
    expect(await codeOf(order('li', 3))).toBe('stock.insufficient');
    expect(await own('li')).toMatchObject({ state: 'held', heldQuantity: 2 });
    expect(await stock()).toBe(0);
  });

  it('goes on to the next when the time is up, and the late order finds nothing', async () => {
    const wait = await join('li');
    await join('wang');
    await restock(1);
    clock.advance(WAIT_HOLD_MS);
    // Not settled yet: the hold is over all the same, and its piece is nobody's to buy.
    expect(await codeOf(order('li', 1, wait.id))).toBe('stock.insufficient');
    await settle();
    expect(await own('li')).toMatchObject({ state: 'lapsed' });
    expect(await own('wang')).toMatchObject({ state: 'held', holdUntil: clock.now() + WAIT_HOLD_MS });
    await settle();
    expect(mine.filter(({ mine: { what } }) => what === 'wait-over')).toHaveLength(1);
  });

  it('is settled after a restart by what the database says', async () => {
    await join('li');
    await restock(1);
    expect(await test.shop.promotions.waitlist.dueAt()).toBe(clock.now() + WAIT_HOLD_MS);
    clock.advance(WAIT_HOLD_MS + 60_000);
    await settle();
    expect(await stock()).toBe(1);
    expect(await test.shop.promotions.waitlist.dueAt()).toBeNull();
  });

  it('keeps what is held when the seller says that the rest is gone', async () => {
    await join('li', 2);
    await restock(5);
    await test.shop.catalogue.changeVariant(variantId(), { stock: 0 });
    expect(await own('li')).toMatchObject({ state: 'held', heldQuantity: 2 });
    expect(await codeOf(restock(-1))).toBe('stock.insufficient');
    await order('li', 2);
    expect(await stock()).toBe(0);
  });

  it('is closed by the staff: what was held is on sale again', async () => {
    await join('li', 2);
    await join('wang');
    await restock(2);
    await test.shop.promotions.waitlist.close(show, variantId());
    expect(await stock()).toBe(2);
    expect(mine.filter(({ mine: { why } }) => why === 'closed').map(({ identity }) => identity)).toEqual(['li', 'wang']);
  });

  it('ends for what is taken off the shelf, and is not served for what is put away', async () => {
    await join('li');
    await test.shop.catalogue.change(product.id, { archived: true });
    await restock(1);
    expect(await own('li')).toMatchObject({ state: 'waiting' });
    await test.shop.catalogue.change(product.id, { archived: false });
    expect(await own('li')).toMatchObject({ state: 'held' });
    await test.shop.promotions.waitlist.keepOnly(show, new Set());
    expect(await own('li')).toMatchObject({ state: 'closed' });
    expect(await stock()).toBe(1);
  });

  it('forgets a person, and a show, with nothing held for nobody', async () => {
    await join('li');
    await join('wang');
    await restock(1);
    await test.shop.promotions.waitlist.forgetPerson('li');
    expect(await own('wang')).toMatchObject({ state: 'held' });
    await test.shop.promotions.waitlist.forgetShow(show);
    expect(await stock()).toBe(1);
    expect(await test.database.read<{ waits: { id: string } }>().selectFrom('waits').select('id').execute()).toEqual([]);
  });

  it('is waited in for a week at most', async () => {
    await join('li');
    clock.advance(7 * 24 * 3600_000);
    await test.shop.promotions.waitlist.expire();
    expect(await own('li')).toMatchObject({ state: 'lapsed' });
    clock.advance(7 * 24 * 3600_000);
    await test.shop.promotions.waitlist.expire();
    expect(await test.shop.promotions.waitlist.desk(show)).toMatchObject({ variants: [] });
  });

  it('never gives more than a buyer may have', async () => {
    await test.shop.catalogue.change(product.id, { limitPerBuyer: 1 });
    await join('li', 3);
    await restock(3);
    expect(await own('li')).toMatchObject({ heldQuantity: 1 });
    expect(await stock()).toBe(2);
  });
});

it('loses and doubles no piece, whatever happens in which order', async () => {
  const person = fc.constantFrom('li', 'wang', 'zhao');
  const step = fc.oneof(
    fc.record({ do: fc.constant('join' as const), person, quantity: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ do: fc.constant('restock' as const), quantity: fc.integer({ min: 1, max: 5 }) }),
    fc.record({ do: fc.constant('order' as const), person, quantity: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constant('cancel' as const) }),
    fc.record({ do: fc.constant('leave' as const), person }),
    fc.record({ do: fc.constant('later' as const) }),
    fc.record({ do: fc.constant('close' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      product = await test.product(0);
      show = newId('shw');
      const orders: { id: string; quantity: number }[] = [];
      let brought = 0;
      for (const each of steps) {
        if (each.do === 'join') await join(each.person, each.quantity).catch(() => undefined);
        if (each.do === 'restock') {
          await restock(each.quantity);
          brought += each.quantity;
        }
        if (each.do === 'order') await order(each.person, each.quantity).then(({ id }) => orders.push({ id, quantity: each.quantity }), () => undefined);
        const last = each.do === 'cancel' ? orders.pop() : undefined;
        if (last) await test.shop.orders.cancelByBuyer(last.id);
        if (each.do === 'leave') {
          const wait = (await test.shop.promotions.waitlist.of(show, each.person)).waits.find((one) => one.variantId === variantId() && one.state !== 'lapsed');
          if (wait) await test.shop.promotions.waitlist.leave(show, wait.id, each.person);
        }
        if (each.do === 'later') {
          clock.advance(WAIT_HOLD_MS);
          await settle();
        }
        if (each.do === 'close') await test.shop.promotions.waitlist.close(show, variantId());
        const row = (await test.shop.promotions.waitlist.desk(show)).variants.find((one) => one.variantId === variantId());
        const onShelf = await stock();
        expect(onShelf + (row?.held ?? 0) + orders.reduce((sum, one) => sum + one.quantity, 0)).toBe(brought);
        // Nobody waits for what is there.
        expect(onShelf > 0 && (row?.waiting ?? 0) > 0).toBe(false);
      }
    }),
    { numRuns: 12 },
  );
});
