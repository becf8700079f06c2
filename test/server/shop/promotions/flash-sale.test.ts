// Flash sales: their price, their caps and their times, in whatever order buyers, sellers and the clock come.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdsStock, type Order, type OrderRequest } from '../../../../server/protocol/order.ts';
import { flashSaleRequest, type FlashSale, type FlashSaleRequest, type Promotion } from '../../../../server/protocol/promotions.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { seeded } from '../../../support/random.ts';
import { onceFor, openShop, placeIn, refusal, requestFor, stockOf, type TestShop, variantId, viewer } from '../open-shop.ts';

const host = { role: 'host', name: 'Li Wei' } as const;
const SHOW = 'shw_test';
const MINUTE_MS = 60_000;

describe('a flash sale', () => {
  let clock: FakeClock;
  let test: TestShop;
  let product: Product;
  let told: Promotion[];
  beforeEach(async () => {
    clock = new FakeClock();
    test = await openShop({ clock });
    product = await test.product(50, 50);
    told = [];
    test.bus.on('promotion.changed', ({ promotion }) => void told.push(promotion));
    await test.database.write<any, void>(async (transaction) => {
      await transaction.insertInto('pictures').values({ id: 'pic_qr', width: 300, height: 300, created_at: 1 }).execute();
      await transaction.insertInto('seller_payment_settings').values({ seller_id: test.sellerId, qr_picture_id: 'pic_qr', unpaid_per_buyer: 1000, unpaid_per_address: 1000 }).execute();
    });
  });
  afterEach(async () => {
    await test.shop.promotions.close();
    await test.close();
  });

  const where = () => placeIn(test.sellerId, product);
  const plan = (more: Partial<FlashSaleRequest> = {}, once?: ReturnType<typeof onceFor>): Promise<FlashSale> =>
    test.shop.promotions.flashSales.start(
      { title: '', variantId: variantId(product), priceMinor: 900, units: 10, perBuyer: null, countdownSeconds: 10, minutes: 5, ...more },
      { ...where(), byName: 'Li Wei' },
      once,
    );
  /** Planned, and its countdown over. */
  async function running(more: Partial<FlashSaleRequest> = {}): Promise<FlashSale> {
    const sale = await plan(more);
    clock.advance(sale.startsAt - clock.now());
    return sale;
  }
  const place = (quantity: number, more: Partial<OrderRequest> = {}): Promise<Order> => test.shop.orders.place({ ...requestFor(product, quantity), ...more }, where(), viewer, undefined);
  const byPhone = (phone: string) => ({ buyer: { name: 'Wang Fang', phone, address: '12 Orchard Road' } });
  const saleNow = async ({ id }: FlashSale): Promise<FlashSale> => (await test.shop.promotions.all.read(id)) as FlashSale;
  const offOf = ({ discounts }: Order) => discounts.map(({ quantity, amountMinor }) => [quantity, amountMinor]);

  it('takes its price off while it runs, and says so on the order', async () => {
    const sale = await plan({ title: 'First round' });
    expect(offOf(await place(1))).toEqual([]);
    clock.advance(10_000);
    const order = await place(3, { expectedTotalMinor: 2_700 });
    expect(order).toMatchObject({ totalMinor: 2_700, discountMinor: 1_050, lines: [{ unitPriceMinor: 1_250, totalMinor: 3_750 }] });
    expect(order.discounts).toEqual([{ promotionId: sale.id, kind: 'flash-sale', title: 'First round', variantId: variantId(product), quantity: 3, amountMinor: 1_050 }]);
    expect(await test.shop.orders.find(order.id)).toEqual(order);
    // Figures of goods tell what came in for them, as the order does.
    expect(await test.shop.sales.linesOf(SHOW, [order.id])).toMatchObject([{ units: 3, goodsMinor: 2_700 }]);
    clock.advance(5 * MINUTE_MS - 1);
    expect(offOf(await place(1))).toEqual([[1, 350]]);
    clock.advance(1);
    expect(offOf(await place(1))).toEqual([]);
    expect(await saleNow(sale)).toMatchObject({ state: 'over', endedWhy: 'time', left: 6 });
  });

  it('quotes what it will cost, in the same words', async () => {
    await running({ units: 3 });
    const quote = await test.shop.quotes.of({ lines: requestFor(product, 5).lines, address: '', phone: '' }, where(), 'vwr_test');
    const order = await place(5);
    expect([quote.goodsMinor, quote.discounts, quote.discountMinor, quote.totalMinor]).toEqual([6_250, order.discounts, order.discountMinor, order.totalMinor]);
    expect(order.totalMinor).toBe(3 * 900 + 2 * 1_250);
  });

  it('ends with its last piece, and who saw the price pays no other unasked', async () => {
    const sale = await running({ units: 4 });
    await place(3);
    expect(await refusal(place(2, { expectedTotalMinor: 1_800 }))).toEqual({ code: 'order.price-changed', params: { totalMinor: 900 + 1_250 } });
    expect((await saleNow(sale)).left).toBe(1);
    await place(1);
    expect(await saleNow(sale)).toMatchObject({ state: 'over', endedWhy: 'sold-out', left: 0 });
    expect(offOf(await place(1))).toEqual([]);
  });

  it('sells its pieces exactly out to 300 buyers at once', async () => {
    const sale = await running({ units: 20 });
    const outcomes = await Promise.allSettled(Array.from({ length: 300 }, (_, index) => place(1, { ...byPhone(`139${10_000_000 + index}`), expectedTotalMinor: 900 })));
    const orders = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(orders).toHaveLength(20);
    expect(new Set(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'accepted')))).toEqual(new Set(['accepted', 'order.price-changed']));
    expect(await saleNow(sale)).toMatchObject({ endedWhy: 'sold-out', left: 0 });
    expect(await stockOf(test.shop, product)).toEqual([30, 50]);
  });

  it('gives one buyer so many, however the number is written and in how many orders', async () => {
    await running({ perBuyer: 2 });
    expect(offOf(await place(1, byPhone('138 1234 1234')))).toEqual([[1, 350]]);
    expect(offOf(await place(3, byPhone('+86 13812341234')))).toEqual([[1, 350]]);
    expect(offOf(await place(1))).toEqual([]);
    expect(offOf(await place(5, byPhone('13900000000')))).toEqual([[2, 700]]);
  });

  it('has pieces back from a cancelled order, and takes them again with it', async () => {
    const sale = await running({ perBuyer: 3 });
    const order = await place(3);
    await test.shop.orders.move(order.id, 'cancelled', '', host);
    expect((await saleNow(sale)).left).toBe(10);
    const undone = await test.shop.orders.undo(order.id, host);
    expect([undone.totalMinor, (await saleNow(sale)).left]).toEqual([2_700, 7]);
    await test.shop.orders.cancelByBuyer(order.id);
    await test.shop.orders.cancelByBuyer(order.id);
    expect((await saleNow(sale)).left).toBe(10);
    expect(offOf(await place(3))).toEqual([[3, 1_050]]);
  });

  it('lets an order come back only while it fits its caps', async () => {
    const sale = await running({ units: 6, perBuyer: 3 });
    const order = await place(3);
    await test.shop.orders.move(order.id, 'cancelled', '', host);
    const undo = () => refusal(test.shop.orders.undo(order.id, host));
    const again = await place(2);
    expect(await undo()).toEqual({ code: 'promotion.limit-reached', params: { promotionId: sale.id, left: 4 } });
    await test.shop.orders.cancelByBuyer(again.id);
    await place(3, byPhone('13900000000'));
    await place(2, byPhone('13911111111'));
    expect(await undo()).toEqual({ code: 'promotion.limit-reached', params: { promotionId: sale.id, left: 1 } });
    expect(await stockOf(test.shop, product)).toEqual([45, 50]);
    expect(await test.shop.orders.find(order.id)).toMatchObject({ state: 'cancelled' });
  });

  it('keeps the price of an order that comes back after its end', async () => {
    const sale = await running();
    const order = await place(2);
    await test.shop.orders.move(order.id, 'cancelled', '', host);
    await test.shop.promotions.all.end(sale.id);
    expect(await test.shop.orders.undo(order.id, host)).toMatchObject({ state: 'placed', totalMinor: 1_800 });
    expect(await saleNow(sale)).toMatchObject({ left: 8, endedWhy: 'staff' });
  });

  it('has pieces back from an order that was not paid in time', async () => {
    const sale = await running({ units: 2, minutes: 20 });
    const order = await place(1, { payment: 'transfer' });
    expect((await saleNow(sale)).left).toBe(1);
    clock.advance((order.money.holdUntil ?? 0) - clock.now());
    await test.shop.money.holds.look();
    expect(await test.shop.orders.find(order.id)).toMatchObject({ state: 'cancelled' });
    expect((await saleNow(sale)).left).toBe(2);
  });

  it('keeps the pieces of a refused parcel until they are back', async () => {
    const sale = await running();
    const order = await place(2);
    for (const state of ['packed', 'shipped', 'refused'] as const) await test.shop.orders.move(order.id, state, '', host);
    expect((await saleNow(sale)).left).toBe(8);
  });

  it('goes on, rightly, while the seller changes stock and price', async () => {
    const sale = await running();
    const variant = variantId(product);
    await test.shop.catalogue.changeVariant(variant, { stock: 2 });
    expect(await refusal(place(3))).toEqual({ code: 'stock.insufficient', params: { variantId: variant, left: 2 } });
    await test.shop.catalogue.changeVariant(variant, { stock: 50, priceMinor: 2_000 });
    expect(await place(1)).toMatchObject({ totalMinor: 900, discountMinor: 1_100 });
    await test.shop.catalogue.changeVariant(variant, { priceMinor: 800 });
    expect(await place(2)).toMatchObject({ totalMinor: 1_600, discounts: [] });
    expect(await saleNow(sale)).toMatchObject({ left: 9, listMinor: 800 });
  });

  it('is over for whoever comes after its end by hand, which may be asked for twice', async () => {
    const sale = await running();
    const ended = await test.shop.promotions.all.end(sale.id);
    expect(ended).toMatchObject({ state: 'over', endedWhy: 'staff' });
    expect(await test.shop.promotions.all.end(sale.id)).toEqual(ended);
    expect(await refusal(place(1, { expectedTotalMinor: 900 }))).toEqual({ code: 'order.price-changed', params: { totalMinor: 1_250 } });
  });

  it('is started once for one key', async () => {
    const first = await plan({}, onceFor('start-it'));
    expect(await plan({}, onceFor('start-it'))).toEqual(first);
    expect((await test.shop.promotions.all.desk(SHOW)).promotions).toHaveLength(1);
  });

  it('starts only where it can be kept', async () => {
    const variant = variantId(product);
    expect(await refusal(plan({ units: 51 }))).toEqual({ code: 'stock.insufficient', params: { variantId: variant, left: 50 } });
    expect((await refusal(plan({ variantId: 'var_nobody' }))).code).toBe('shelf.not-on-shelf');
    expect((await refusal(plan({ startsAt: clock.now() + 9_999 }))).code).toBe('input.invalid');
    expect((await refusal(plan({ startsAt: clock.now() + 8 * 24 * 60 * MINUTE_MS }))).code).toBe('input.invalid');
    const sale = await plan();
    expect(await refusal(plan({ priceMinor: 800 }))).toEqual({ code: 'promotion.already-on', params: { promotionId: sale.id } });
    await plan({ variantId: variantId(product, 1) });
    await plan({ startsAt: sale.endsAt as number });
  });

  it('has no place for a countdown, a length or a number that is none', () => {
    const fine = { variantId: 'var_x', priceMinor: 900, units: 10, countdownSeconds: 10, minutes: 20 };
    const accepts = (more: object): boolean => flashSaleRequest['~run']({ value: { ...fine, ...more } }, {}).issues === undefined;
    expect(accepts({})).toBe(true);
    expect([{ countdownSeconds: 9 }, { countdownSeconds: 301 }, { minutes: 0 }, { minutes: 21 }, { minutes: 1.5 }, { units: 0 }, { priceMinor: 0 }, { priceMinor: -1 }, { perBuyer: 0 }, { listMinor: 1 }].filter(accepts)).toEqual([]);
  });

  it('is shown from its countdown on until two minutes after its end, and told at each turn', async () => {
    const { promotions } = test.shop;
    promotions.start();
    const shown = async () => (await promotions.all.list(SHOW)).promotions.map(({ state }) => state);
    const turn = async (ms: number) => {
      clock.advance(ms);
      await promotions.look();
      return shown();
    };
    await plan({ startsAt: clock.now() + 70_000, countdownSeconds: 60, minutes: 1 });
    expect([await shown(), told]).toEqual([[], []]);
    expect((await promotions.all.desk(SHOW)).promotions).toMatchObject([{ promotion: { state: 'planned' }, byName: 'Li Wei' }]);
    expect(await turn(10_000)).toEqual(['countdown']);
    expect(await turn(60_000)).toEqual(['running']);
    await place(1);
    expect(await turn(60_000)).toEqual(['over']);
    expect(await turn(119_999)).toEqual(['over']);
    expect(await turn(1)).toEqual([]);
    expect(told.map(({ state, revision }) => [state, revision])).toEqual([['countdown', 2], ['running', 3], ['running', 4], ['over', 5]]);
    expect((await promotions.all.desk(SHOW)).promotions[0]?.figures).toEqual({ orders: 1, units: 1, takenOffMinor: 350 });
  });

  it('is settled after a restart that slept through its end', async () => {
    await running();
    clock.advance(60 * MINUTE_MS);
    test.shop.promotions.start();
    await test.shop.promotions.look();
    expect(told.at(-1)).toMatchObject({ state: 'over', endedWhy: 'time' });
    const count = told.length;
    await test.shop.promotions.look();
    expect(told).toHaveLength(count);
  });

  it('that is given up before its countdown leaves no trace for viewers', async () => {
    const sale = await plan({ startsAt: clock.now() + 60_000 });
    await test.shop.promotions.all.end(sale.id);
    expect([told, (await test.shop.promotions.all.list(SHOW)).promotions]).toEqual([[], []]);
    expect((await test.shop.promotions.prices(product.id)).prices.filter(({ kind }) => kind === 'deal')).toEqual([]);
  });

  it.each([1, 2, 3])('keeps its count through random walk %i of buyers, sellers and the clock', async (seed) => {
    const random = seeded(seed);
    const below = (most: number) => Math.floor(random() * most);
    const ids: string[] = [];
    const variant = variantId(product);
    let sale = await running({ units: 12, perBuyer: 4, minutes: 20 });
    let added = 0;
    const some = () => ids[below(ids.length)] ?? 'ord_nobody';
    const steps: (() => Promise<unknown>)[] = [
      async () => ids.push((await place(1 + below(4), { ...byPhone(`1380000000${below(5)}`), payment: random() < 0.5 ? 'cod' : 'transfer' })).id),
      async () => ids.push((await place(1 + below(4), byPhone(`1380000000${below(5)}`))).id),
      () => test.shop.orders.cancelByBuyer(some()),
      () => test.shop.orders.move(some(), 'cancelled', '', host),
      () => test.shop.orders.undo(some(), host),
      () => test.shop.orders.move(some(), (['packed', 'shipped', 'refused'] as const)[below(3)] ?? 'packed', '', host),
      async () => {
        const stockDelta = below(7) - 3;
        await test.shop.catalogue.changeVariant(variant, { stockDelta });
        added += stockDelta;
      },
      () => test.shop.catalogue.changeVariant(variant, { priceMinor: [850, 1_250, 1_500][below(3)] as number }),
      async () => {
        clock.advance(below(4 * MINUTE_MS));
        await test.shop.money.holds.look();
      },
      () => Promise.allSettled([place(2), test.shop.orders.cancelByBuyer(some()), test.shop.promotions.all.end(random() < 0.1 ? sale.id : 'pro_nobody')]),
      async () => void (sale = (await saleNow(sale)).state === 'over' ? await running({ units: 12, perBuyer: 4, minutes: 20, priceMinor: sale.priceMinor - 1 }) : sale),
    ];
    for (let step = 0; step < 60; step += 1) {
      await steps[below(steps.length)]?.().catch((error: unknown) => {
        if ((error as { name?: string }).name !== 'FieldcastError') throw error;
      });
      const orders = await test.shop.orders.list({ showId: SHOW });
      const held = orders.filter(holdsStock);
      const pieces = held.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
      expect((await stockOf(test.shop, product))[0], `stock, seed ${seed}, step ${step}`).toBe(50 + added - pieces);
      for (const { promotion } of (await test.shop.promotions.all.desk(SHOW)).promotions) {
        const { id, units, left, perBuyer, priceMinor } = promotion as FlashSale;
        const own = held.flatMap((order) => order.discounts.filter(({ promotionId }) => promotionId === id).map((discount) => ({ ...discount, order })));
        expect(own.reduce((sum, { quantity }) => sum + quantity, 0), `taken, seed ${seed}, step ${step}`).toBe(units - left);
        expect(left).toBeGreaterThanOrEqual(0);
        const standing = own.filter(({ order }) => order.state !== 'refused');
        for (const phone of new Set(standing.map(({ order }) => order.buyer.phone))) {
          expect(standing.filter(({ order }) => order.buyer.phone === phone).reduce((sum, { quantity }) => sum + quantity, 0), `one buyer, seed ${seed}, step ${step}`).toBeLessThanOrEqual(perBuyer as number);
        }
        for (const { quantity, amountMinor, order } of own) expect(amountMinor).toBe(((order.lines[0]?.unitPriceMinor ?? 0) - priceMinor) * quantity);
      }
      for (const order of orders) {
        expect(order.totalMinor).toBe(order.lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0) - order.discountMinor + order.deliveryMinor);
        expect(order.totalMinor).toBeGreaterThan(0);
      }
    }
  });
});
