import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { order as orderSchema, orderRequest } from '../../../server/protocol/order.ts';
import { seeded } from '../../support/random.ts';
import { onceFor, openShop, PHONE, placeIn, refusal, requestFor, stockOf, type TestShop, variantId, viewer } from './open-shop.ts';

describe('placing an order', () => {
  let test: TestShop;
  beforeEach(async () => {
    test = await openShop();
  });
  afterEach(() => test.close());

  const place = (...args: Parameters<TestShop['shop']['orders']['place']>) => test.shop.orders.place(...args);

  it('takes price, currency and totals from the server', async () => {
    const product = await test.product(10, 10);
    const order = await place(requestFor(product, 2, 3), placeIn(test.sellerId, product), viewer, undefined);
    expect(v.parse(orderSchema, order)).toEqual(order);
    expect(order).toMatchObject({ state: 'placed', currency: 'CNY', totalMinor: 6250, sellerName: 'Green Hill', showId: 'shw_test' });
    expect(order.lines.map((line) => [line.name, line.label, line.unitPriceMinor, line.quantity, line.totalMinor])).toEqual([
      ['Fuji apples', 'grade 1', 1250, 2, 2500],
      ['Fuji apples', 'grade 2', 1250, 3, 3750],
    ]);
    expect(order.history).toEqual([{ from: null, to: 'placed', at: order.placedAt, byRole: 'viewer', byName: '', note: '' }]);
    expect(await test.shop.orders.find(order.id)).toEqual(order);
    expect(await stockOf(test.shop, product)).toEqual([8, 7]);
  });

  it('has no place for a price in the request', () => {
    const line = { variantId: 'var_x', quantity: 1, priceMinor: 1 };
    const buyer = { name: 'W', phone: PHONE, address: 'Yan’an' };
    expect(v.is(orderRequest, { lines: [line], buyer, payment: 'cod' })).toBe(false);
    expect(v.is(orderRequest, { lines: [{ variantId: 'var_x', quantity: 1 }], buyer, payment: 'cod', totalMinor: 1 })).toBe(false);
  });

  it('keeps the price of an order when the product changes afterwards', async () => {
    const product = await test.product(10);
    const order = await place(requestFor(product, 1), placeIn(test.sellerId, product), viewer, undefined);
    await test.shop.catalogue.changeVariant(variantId(product), { priceMinor: 9900 });
    await test.shop.catalogue.change(product.id, { name: 'Other apples', archived: true });
    expect(await test.shop.orders.find(order.id)).toEqual(order);
  });

  it('tells the buyer a changed total instead of placing the order', async () => {
    const product = await test.product(10);
    await test.shop.catalogue.changeVariant(variantId(product), { priceMinor: 1300 });
    const request = { ...requestFor(product, 2), expectedTotalMinor: 2500 };
    const where = placeIn(test.sellerId, product);
    expect(await refusal(place(request, where, viewer, undefined))).toEqual({ code: 'order.price-changed', params: { totalMinor: 2600 } });
    expect(await stockOf(test.shop, product)).toEqual([10]);
    expect(await place({ ...request, expectedTotalMinor: 2600 }, where, viewer, undefined)).toMatchObject({ totalMinor: 2600 });
  });

  it('counts numbers per seller and makes ids that cannot be guessed', async () => {
    const product = await test.product(10);
    const other = await test.shop.sellers.create({ name: 'Far Valley', currency: 'KES' });
    const otherProduct = await test.shop.catalogue.create(other.id, {
      name: 'Coffee',
      description: '',
      pictures: [],
      variants: [{ label: '', unit: 'bag', priceMinor: 90_000, stock: 3 }],
    });
    const first = await place(requestFor(product, 1), placeIn(test.sellerId, product), viewer, undefined);
    const second = await place(requestFor(product, 1), placeIn(test.sellerId, product), viewer, undefined);
    const foreign = await place(requestFor(otherProduct, 1), placeIn(other.id, otherProduct), viewer, undefined);
    expect([first.number, second.number, foreign.number]).toEqual([1, 2, 1]);
    expect(foreign.currency).toBe('KES');
    expect(first.id).toMatch(/^ord_[a-z2-9]{24}$/);
    expect(first.id.slice(0, 12)).not.toBe(second.id.slice(0, 12));
  });

  it('adds up several lines of one variant before it looks at the stock', async () => {
    const product = await test.product(5);
    const lines = [2, 3].map((quantity) => ({ variantId: variantId(product), quantity }));
    const where = placeIn(test.sellerId, product);
    const tooMany = { ...requestFor(product, 1), lines: [...lines, { variantId: variantId(product), quantity: 1 }] };
    expect(await refusal(place(tooMany, where, viewer, undefined))).toEqual({
      code: 'stock.insufficient',
      params: { variantId: variantId(product), left: 5 },
    });
    const order = await place({ ...tooMany, lines }, where, viewer, undefined);
    expect(order.lines).toHaveLength(1);
    expect(order.lines[0]).toMatchObject({ quantity: 5, totalMinor: 6250 });
    expect(await stockOf(test.shop, product)).toEqual([0]);
  });

  it('takes nothing of the first line when the second cannot be had', async () => {
    const product = await test.product(5, 1);
    expect((await refusal(place(requestFor(product, 5, 2), placeIn(test.sellerId, product), viewer, onceFor('half-done')))).code).toBe('stock.insufficient');
    expect(await stockOf(test.shop, product)).toEqual([5, 1]);
    expect(test.facts.filter(({ fact }) => fact !== 'product.changed')).toEqual([]);
    // The refusal was not stored as the answer of the key: with goods again, the same call goes through, as number 1.
    await test.shop.catalogue.changeVariant(variantId(product, 1), { stockDelta: 1 });
    const order = await place(requestFor(product, 5, 2), placeIn(test.sellerId, product), viewer, onceFor('half-done'));
    expect(order.number).toBe(1);
  });

  it('is placed once, with the right stock, where a third of all requests and answers is lost and some come twice', async () => {
    const product = await test.product(150);
    const where = placeIn(test.sellerId, product);
    const random = seeded(7);
    const isLost = (): boolean => random() < 0.3;
    const send = async (key: string): Promise<string | null> => {
      if (isLost()) return null;
      const once = (): Promise<string> => place(requestFor(product, 1), where, viewer, onceFor(key)).then(({ id }) => id, ({ code }: { code: string }) => code);
      const [answer] = await Promise.all(random() < 0.3 ? [once(), once()] : [once()]);
      return isLost() ? null : (answer ?? null);
    };
    const buyer = async (key: string): Promise<string> => {
      for (;;) {
        const answer = await send(key);
        if (answer !== null) return answer;
      }
    };
    const answers = await Promise.all(Array.from({ length: 200 }, (_buyer, index) => buyer(`key-${index}`)));
    const placed = answers.filter((answer) => answer !== 'stock.insufficient');
    expect([placed.length, new Set(placed).size]).toEqual([150, 150]);
    expect(await stockOf(test.shop, product)).toEqual([0]);
    expect(test.facts.filter(({ fact }) => fact === 'order.placed')).toHaveLength(150);
  });

  it('sells only what the show may sell', async () => {
    const [product, unshelved, archived] = await Promise.all([test.product(5), test.product(5), test.product(5)]);
    await test.shop.catalogue.change(archived.id, { archived: true });
    const other = await test.shop.sellers.create({ name: 'Far Valley', currency: 'CNY' });
    const where = placeIn(test.sellerId, product, archived);
    for (const wrong of [unshelved, archived]) {
      expect(await refusal(place(requestFor(wrong, 1), where, viewer, undefined))).toEqual({
        code: 'shelf.not-on-shelf',
        params: { variantId: variantId(wrong) },
      });
    }
    expect((await refusal(place(requestFor(product, 1), placeIn(other.id, product), viewer, undefined))).code).toBe('shelf.not-on-shelf');
    const unknown = { ...requestFor(product, 1), lines: [{ variantId: '__proto__', quantity: 1 }] };
    expect((await refusal(place(unknown, where, viewer, undefined))).code).toBe('shelf.not-on-shelf');
  });

  it('refuses every quantity that is no count, alone and hidden in a sum', async () => {
    const product = await test.product(1_000_000);
    const where = placeIn(test.sellerId, product);
    const bad = [0, -1, 0.5, Number.NaN, 1e9, 1000, -0.5, Number.POSITIVE_INFINITY, 2 ** 53];
    const passed: string[] = [];
    for (const quantity of bad) {
      if (v.is(orderRequest.entries.lines, [{ variantId: variantId(product), quantity }])) passed.push(`schema: ${quantity}`);
      for (const first of [[], [1], [2], [999]]) {
        const lines = [...first, quantity].map((each) => ({ variantId: variantId(product), quantity: each }));
        const outcome = await refusal(place({ ...requestFor(product, 1), lines }, where, viewer, undefined));
        if (outcome.code !== 'input.invalid') passed.push(`${first} + ${quantity}: ${outcome.code}`);
      }
    }
    expect(passed).toEqual([]);
    expect(await stockOf(test.shop, product)).toEqual([1_000_000]);
    expect(await place(requestFor(product, 999), where, viewer, undefined)).toMatchObject({ totalMinor: 999 * 1250 });
  });

  it('never lets the sum of random orders differ from what left the shelf', async () => {
    const product = await test.product(400, 300, 200);
    const where = placeIn(test.sellerId, product);
    let seed = 42;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % below;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, () => {
        const lines = Array.from({ length: 1 + random(4) }, () => ({ variantId: variantId(product, random(3)), quantity: 1 + random(9) }));
        return place({ ...requestFor(product, 1), lines }, where, viewer, undefined);
      }),
    );
    const orders = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const left = await stockOf(test.shop, product);
    const sold = product.variants.map((variant) =>
      orders.flatMap((order) => order.lines).reduce((sum, line) => sum + (line.variantId === variant.id ? line.quantity : 0), 0),
    );
    expect(left.map((units, index) => units + (sold[index] ?? 0))).toEqual([400, 300, 200]);
    expect(orders.length).toBeLessThan(200);
    for (const order of orders) expect(order.totalMinor).toBe(order.lines.reduce((sum, line) => sum + line.quantity * 1250, 0));
  });

  it('sells a stock of 100 exactly out under 5,000 concurrent orders', async () => {
    const product = await test.product(100);
    const where = placeIn(test.sellerId, product);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5000 }, (_, index) => place(requestFor(product, 1), where, viewer, onceFor(`buyer-${index}`))),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(100);
    const reasons = new Set(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'accepted')));
    expect(reasons).toEqual(new Set(['accepted', 'stock.insufficient']));
    expect(await stockOf(test.shop, product)).toEqual([0]);
    expect(await test.shop.orders.list({ showId: 'shw_test' })).toHaveLength(100);
  }, 60_000);

  it('gives 20 units to 20 of 200 buyers', async () => {
    const product = await test.product(20);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, () => place(requestFor(product, 1), placeIn(test.sellerId, product), viewer, undefined)),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
    expect(await stockOf(test.shop, product)).toEqual([0]);
  });

  it('places one order for one key, however often it comes', async () => {
    const product = await test.product(200);
    const where = placeIn(test.sellerId, product);
    const once = onceFor('one-and-only');
    const orders = await Promise.all(Array.from({ length: 100 }, () => place(requestFor(product, 2), where, viewer, once)));
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
    expect(await stockOf(test.shop, product)).toEqual([198]);
    expect(test.facts.filter(({ fact }) => fact === 'order.placed')).toHaveLength(1);
    expect(test.facts.filter(({ fact }) => fact === 'variants.changed')).toHaveLength(1);
    expect(await refusal(place(requestFor(product, 3), where, viewer, onceFor('one-and-only', 'other')))).toEqual({ code: 'idempotency.key-reused' });
    expect(await test.shop.orders.list({ showId: 'shw_test' })).toHaveLength(1);
  });

  it('tells what happened after it is readable, with the stock that is left', async () => {
    const product = await test.product(9);
    const order = await place(requestFor(product, 4), placeIn(test.sellerId, product), viewer, undefined);
    expect(test.facts.slice(-2)).toEqual([
      {
        fact: 'variants.changed',
        payload: { sellerId: test.sellerId, variants: [{ productId: product.id, variantId: variantId(product), priceMinor: 1250, stock: 5 }] },
      },
      { fact: 'order.placed', payload: { order, identity: viewer.claims.identity } },
    ]);
  });

  it('tells stock in the order of the commits, so that the last word is the truth', async () => {
    const product = await test.product(1000);
    const where = placeIn(test.sellerId, product);
    const placed = await place(requestFor(product, 1), where, viewer, undefined);
    await Promise.all([
      ...Array.from({ length: 60 }, () => place(requestFor(product, 1), where, viewer, undefined)),
      ...Array.from({ length: 20 }, () => test.shop.catalogue.changeVariant(variantId(product), { stockDelta: 7 })),
      test.shop.orders.cancelByBuyer(placed.id),
      ...Array.from({ length: 60 }, () => place(requestFor(product, 2), where, viewer, undefined)),
    ]);
    const told = test.facts.filter(({ fact }) => fact === 'variants.changed').at(-1);
    expect(told?.payload.variants[0].stock).toBe((await stockOf(test.shop, product))[0]);
  });

  it('writes nothing of the buyer into logs, errors or stored answers', async () => {
    const product = await test.product(1);
    const where = placeIn(test.sellerId, product);
    await place(requestFor(product, 1), where, viewer, onceFor('private-key'));
    const failure = await place(requestFor(product, 1), where, viewer, undefined).catch((error: unknown) => error);
    const answers = await test.database.read<{ answers: { answer: string } }>().selectFrom('answers').selectAll().execute();
    expect(answers).toHaveLength(1);
    for (const text of [...test.logLines, String((failure as Error).stack), JSON.stringify(failure), JSON.stringify(answers)]) {
      expect(text).not.toMatch(/Wang|13812341234|Orchard/);
    }
  });

  it('lists a show’s orders newest first, by state, and reads on before a number', async () => {
    const product = await test.product(100);
    const where = placeIn(test.sellerId, product);
    const placed = [];
    for (let count = 0; count < 6; count += 1) placed.push(await place(requestFor(product, 1), where, viewer, undefined));
    await place(requestFor(product, 1), { ...where, showId: 'shw_other' }, viewer, undefined);
    await test.shop.orders.move(placed[1]?.id ?? '', 'confirmed', '', { role: 'host', name: 'Li' });
    const numbers = async (filter: object) => (await test.shop.orders.list({ showId: 'shw_test', ...filter })).map((order) => order.number);
    expect(await numbers({})).toEqual([6, 5, 4, 3, 2, 1]);
    expect(await numbers({ state: 'confirmed' })).toEqual([2]);
    expect(await numbers({ before: 3 })).toEqual([2, 1]);
  });
});
