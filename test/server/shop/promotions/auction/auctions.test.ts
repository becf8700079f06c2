// Auctions: who leads, when the hammer falls, and that the piece is sold exactly once to exactly one, at what was bid.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../../../server/platform/auth.ts';
import type { Auction, AuctionRequest, BidAnswer } from '../../../../../server/protocol/promotions.ts';
import type { Order } from '../../../../../server/protocol/order.ts';
import type { Product } from '../../../../../server/protocol/shop.ts';
import { eraseBidder, eraseBuyerByPhone, erasePromotions } from '../../../../../server/shop/index.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { onceFor, openShop, placeIn, refusal, stockOf, type TestShop, variantId } from '../../open-shop.ts';

const host = { role: 'host', name: 'Li Wei' } as const;
const SHOW = 'shw_test';
const DAY_MS = 24 * 3600_000;
const who = (identity: string): Caller => ({ claims: { role: 'viewer', identity }, isKnown: true, address: '127.0.0.1' });
const phoneOf = (name: string) => `1380000${String(1000 + name.charCodeAt(0))}`;
const detailsOf = (name: string) => ({ buyer: { name, phone: phoneOf(name), address: `${name} Road 12, Yan'an` }, payment: 'cod' as const });

let clock: FakeClock;
let test: TestShop;
let product: Product;
let mine: { identity: string; mine: { what: string; orderId?: string | null; leastMinor?: number } }[];

beforeEach(async () => {
  clock = new FakeClock();
  test = await openShop({ clock });
  product = await test.product(5);
  mine = [];
  test.bus.on('promotion.mine', (fact) => void mine.push(fact));
});
afterEach(async () => {
  await test.shop.promotions.close();
  await test.close();
});

const start = (more: Partial<AuctionRequest> = {}, once?: ReturnType<typeof onceFor>): Promise<Auction> =>
  test.shop.promotions.auctions.start(
    { title: '', variantId: variantId(product), startMinor: 1000, steps: [{ fromMinor: 0, stepMinor: 100 }], countdownSeconds: 0, seconds: 60, extensionSeconds: 10, ...more },
    { ...placeIn(test.sellerId, product), byName: 'Li Wei' },
    once,
  );
/** Who has bid already says only how much. */
const known = new Set<string>();
async function bid({ id }: Auction, name: string, maxMinor: number, more: object = {}): Promise<BidAnswer> {
  const key = `${id} ${name}`;
  const answer = await test.shop.promotions.bids.place(id, { maxMinor, ...(known.has(key) ? {} : detailsOf(name)), ...more }, who(`vwr_${name}`), undefined);
  known.add(key);
  return answer;
}
const now = async ({ id }: Auction): Promise<Auction> => (await test.shop.promotions.all.read(id)) as Auction;
const own = async ({ id }: Auction, name: string) => (await test.shop.promotions.bids.own(id, `vwr_${name}`)).mine;
const orders = (): Promise<Order[]> => test.shop.orders.list({ showId: SHOW });
async function hammer(auction: Auction): Promise<Auction> {
  clock.advance((await now(auction)).endsAt! - clock.now());
  await test.shop.promotions.look();
  return now(auction);
}
/** All that the database still knows, but for the orders themselves. */
async function kept(): Promise<string> {
  const read = test.database.read<any>();
  const rows = await Promise.all(['promotions', 'auctions', 'auction_bidders', 'auction_bids', 'answers'].map((table) => read.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows);
}

describe('bidding', () => {
  it('takes the piece off the shelf, and one auction at a time', async () => {
    const auction = await start({}, onceFor('one'));
    expect(auction).toMatchObject({ state: 'running', priceMinor: 1000, leastMinor: 1000, leader: null, bids: 0, result: null });
    expect(await stockOf(test.shop, product)).toEqual([4]);
    expect((await start({}, onceFor('one'))).id).toBe(auction.id);
    expect(await refusal(start())).toEqual({ code: 'promotion.already-on', params: { promotionId: auction.id } });
    expect(await stockOf(test.shop, product)).toEqual([4]);
  });

  it('bids for everybody up to what they said, and tells who is outbid and by how much', async () => {
    const auction = await start();
    expect((await bid(auction, 'Ann', 5000)).mine).toEqual({ letter: 'A', maxMinor: 5000, isLeading: true, deliveryMinor: 0, orderId: null });
    expect((await bid(auction, 'Ben', 2000)).auction).toMatchObject({ priceMinor: 2100, leastMinor: 2200, leader: 'A', bidders: 2, bids: 2 });
    expect(mine).toEqual([]);
    expect((await bid(auction, 'Cai', 6000)).auction).toMatchObject({ priceMinor: 5100, leader: 'C' });
    expect(mine).toEqual([{ showId: SHOW, identity: 'vwr_Ann', mine: { what: 'outbid', promotionId: auction.id, leastMinor: 5200 } }]);
    expect(await own(auction, 'Ann')).toMatchObject({ isLeading: false });
    expect(await own(auction, 'Dan')).toBeNull();
  });

  it('refuses too little, and says what is enough', async () => {
    const auction = await start();
    expect(await refusal(bid(auction, 'Ann', 999))).toEqual({ code: 'bid.too-low', params: { leastMinor: 1000 } });
    await bid(auction, 'Ann', 3000);
    expect(await refusal(bid(auction, 'Ben', 1099))).toEqual({ code: 'bid.too-low', params: { leastMinor: 1100 } });
    expect(await refusal(bid(auction, 'Ann', 3000))).toEqual({ code: 'bid.too-low', params: { leastMinor: 3001 } });
  });

  it('asks who they are with the first bid, and only what can be brought and paid for', async () => {
    const auction = await start();
    const bare = test.shop.promotions.bids.place(auction.id, { maxMinor: 2000 }, who('vwr_x'), undefined);
    expect(await refusal(bare)).toMatchObject({ code: 'input.invalid' });
    expect(await refusal(bid(auction, 'Ann', 2000, { payment: 'stripe' }))).toMatchObject({ code: 'payment.not-offered' });
    await test.shop.delivery.change(test.sellerId, { areas: [{ name: 'Town', words: ['Yan'], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: 4000, minimumMinor: 100_000 }] });
    expect(await refusal(bid(auction, 'Ann', 2000, { buyer: { ...detailsOf('Ann').buyer, address: 'Shanghai' } }))).toEqual({ code: 'delivery.not-here' });
    // The least order of an area is not for what a seller auctions off.
    expect((await bid(auction, 'Ann', 2000)).mine).toMatchObject({ deliveryMinor: 800 });
    expect((await now(auction)).bids).toBe(1);
  });

  it('takes bids in the countdown, and none once it is over', async () => {
    const auction = await start({ countdownSeconds: 30 });
    expect(auction.state).toBe('countdown');
    expect((await bid(auction, 'Ann', 1500)).auction).toMatchObject({ state: 'countdown', leader: 'A' });
    clock.advance(90_000);
    expect(await refusal(bid(auction, 'Ben', 9000))).toEqual({ code: 'promotion.over' });
  });

  it('gives as long again after a bid in the last seconds, also while the clock is about to ring', async () => {
    test.shop.promotions.start();
    const auction = await start({ seconds: 60, extensionSeconds: 7 });
    clock.advance(59_000);
    expect((await bid(auction, 'Ann', 1000)).auction.endsAt).toBe(auction.endsAt! + 6_000);
    // The leader's own word gives nobody more time.
    expect((await bid(auction, 'Ann', 9000)).auction.endsAt).toBe(auction.endsAt! + 6_000);
    clock.advance(6_999);
    const late = bid(auction, 'Ben', 1500);
    clock.advance(1);
    expect((await late).auction).toMatchObject({ leader: 'A', priceMinor: 1600, state: 'running', endsAt: auction.endsAt! + 12_999 });
    await test.shop.promotions.look();
    expect(await now(auction)).toMatchObject({ state: 'running', result: null });
    expect((await hammer(auction)).result).toBe('sold');
  });

  it('has one leader however many bid at once', async () => {
    const auction = await start();
    const names = Array.from({ length: 20 }, (_, index) => String.fromCharCode(65 + index));
    const outcomes = await Promise.allSettled(names.map((name, index) => bid(auction, name, 1000 + ((index * 7) % 20) * 100)));
    const after = await now(auction);
    expect(after.bids).toBe(outcomes.filter(({ status }) => status === 'fulfilled').length);
    expect(after.priceMinor).toBe(2900);
    const leading = await Promise.all(names.map(async (name) => (await own(auction, name))?.isLeading));
    expect(leading.filter(Boolean)).toHaveLength(1);
  });
});

describe('the hammer', () => {
  it('places one order at the price that was bid, once, and tells who won', async () => {
    await test.shop.delivery.change(test.sellerId, { areas: [{ name: 'All', words: [], fee: { by: 'order', feeMinor: 800 }, freeFromMinor: 20_000, minimumMinor: 0 }] });
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await bid(auction, 'Ben', 3000);
    expect(await hammer(auction)).toMatchObject({ state: 'over', endedWhy: 'time', result: 'sold', priceMinor: 3100, leader: 'A' });
    const [order, ...more] = await orders();
    expect(more).toEqual([]);
    expect(order).toMatchObject({ state: 'placed', totalMinor: 3900, deliveryMinor: 800, discounts: [], buyer: { name: 'Ann' }, payment: 'cod', money: { dueMinor: 3900 } });
    expect(order!.lines).toMatchObject([{ unitPriceMinor: 3100, quantity: 1, totalMinor: 3100 }]);
    expect(mine.at(-1)).toEqual({ showId: SHOW, identity: 'vwr_Ann', mine: { what: 'won', promotionId: auction.id, orderId: order!.id } });
    expect(await own(auction, 'Ann')).toMatchObject({ orderId: order!.id });
    expect(await own(auction, 'Ben')).toMatchObject({ orderId: null });
    await Promise.all([test.shop.promotions.look(), test.shop.promotions.look()]);
    expect(await orders()).toHaveLength(1);
    expect(await stockOf(test.shop, product)).toEqual([4]);
  });

  it('charges no more for delivery than was told, and less where the price makes it free', async () => {
    const area = { name: 'All', words: [], freeFromMinor: 3000, minimumMinor: 0 };
    await test.shop.delivery.change(test.sellerId, { areas: [{ ...area, fee: { by: 'order', feeMinor: 800 } }] });
    const cheap = await start();
    await bid(cheap, 'Ann', 9000);
    await test.shop.delivery.change(test.sellerId, { areas: [{ ...area, fee: { by: 'order', feeMinor: 5000 } }] });
    await hammer(cheap);
    expect((await orders())[0]).toMatchObject({ totalMinor: 1800, deliveryMinor: 800 });
    const dear = await start();
    await bid(dear, 'Ann', 9000, detailsOf('Ann'));
    await bid(dear, 'Ben', 4000);
    await hammer(dear);
    expect((await orders())[0]).toMatchObject({ totalMinor: 4100, deliveryMinor: 0 });
  });

  it('falls although the product has left the catalogue and the seller takes no such payment any more', async () => {
    const auction = await start();
    await bid(auction, 'Ann', 2000);
    await test.shop.catalogue.change(product.id, { archived: true });
    await test.database.write<any, void>(async (transaction) => {
      await transaction.insertInto('seller_payment_settings').values({ seller_id: test.sellerId, cod: 0, stripe: 1 }).execute();
    });
    expect((await hammer(auction)).result).toBe('sold');
  });

  it('gives the piece back once where nobody has bid, and where it is called off', async () => {
    const lonely = await start();
    expect(await hammer(lonely)).toMatchObject({ result: 'no-bids', leader: null });
    expect(await stockOf(test.shop, product)).toEqual([5]);
    const stopped = await start();
    await bid(stopped, 'Ann', 2000);
    await test.shop.promotions.all.end(stopped.id);
    await test.shop.promotions.all.end(stopped.id);
    await hammer(stopped);
    expect(await now(stopped)).toMatchObject({ result: 'called-off', endedWhy: 'staff' });
    expect(await stockOf(test.shop, product)).toEqual([5]);
    expect(await orders()).toEqual([]);
    expect(await kept()).not.toContain('Ann');
  });

  it('offers it to the next when it is not paid, at the price without those who did not', async () => {
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await bid(auction, 'Ben', 4000);
    await bid(auction, 'Cai', 9000);
    await hammer(auction);
    expect(await refusal(test.shop.promotions.hammer.offerNext(auction.id, undefined))).toMatchObject({ code: 'order.wrong-state' });
    const [first] = await orders();
    await test.shop.orders.move(first!.id, 'cancelled', '', host);
    expect(await now(auction)).toMatchObject({ result: 'unpaid' });
    expect(await test.shop.promotions.hammer.book(auction.id)).toMatchObject({ next: { letter: 'A', name: 'A**', priceMinor: 4100 } });
    const book = await test.shop.promotions.hammer.offerNext(auction.id, onceFor('next'));
    await test.shop.promotions.hammer.offerNext(auction.id, onceFor('next'));
    expect(book).toMatchObject({ auction: { result: 'sold', leader: 'A', priceMinor: 4100 }, next: null });
    expect(await orders()).toHaveLength(2);
    expect((await orders())[0]).toMatchObject({ totalMinor: 4100, buyer: { name: 'Ann' } });
    expect(await stockOf(test.shop, product)).toEqual([4]);
  });

  it('tells the staff who bids, but before the hammer not how far they would go', async () => {
    const auction = await start();
    await bid(auction, '李梅', 5000);
    await bid(auction, '王芳', 2000);
    const before = await test.shop.promotions.hammer.book(auction.id);
    expect(before.bidders).toMatchObject([{ letter: 'A', name: '李**', maxMinor: null, isLeading: true, order: null }, { letter: 'B', name: '王**', maxMinor: null }]);
    await hammer(auction);
    const { bidders } = await test.shop.promotions.hammer.book(auction.id);
    expect(bidders).toMatchObject([{ maxMinor: 5000, order: { state: 'placed', totalMinor: 2100 } }, { maxMinor: 2000, order: null }]);
    expect(JSON.stringify(bidders)).not.toContain('李梅');
  });
});

describe('who bid', () => {
  it('is in nothing that everybody sees, nor in any log', async () => {
    const told: unknown[] = [];
    test.bus.on('promotion.changed', ({ promotion }) => void told.push(promotion));
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await bid(auction, 'Ben', 2000);
    await hammer(auction);
    for (const secret of ['Ann', phoneOf('Ann'), 'vwr_Ann', '5000', (await orders())[0]!.id]) {
      expect(JSON.stringify([told, await test.shop.promotions.all.list(SHOW)])).not.toContain(secret);
    }
    expect(test.logLines.join()).not.toMatch(/Ann|13800001065/);
  });

  it('is forgotten a day after the hammer, and the order stays', async () => {
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await bid(auction, 'Ben', 2000);
    await hammer(auction);
    clock.advance(DAY_MS - 1);
    await test.shop.promotions.look();
    expect(await kept()).toContain('Ben');
    clock.advance(1);
    await test.shop.promotions.look();
    expect(await kept()).not.toMatch(/Ann|Ben|1380000/);
    expect(await own(auction, 'Ann')).toBeNull();
    expect((await orders())[0]).toMatchObject({ buyer: { name: 'Ann' } });
    expect(await now(auction)).toMatchObject({ result: 'sold', priceMinor: 2100, bidders: 2 });
  });

  it('is forgotten when they ask for it: at once where it is over, else with the hammer that still holds them to their word', async () => {
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await bid(auction, 'Ben', 2000);
    await bid(auction, 'Cai', 3000);
    for (const name of ['Ann', 'Ben']) await test.database.write<any, void>((transaction) => eraseBidder(transaction as never, `vwr_${name}`));
    await hammer(auction);
    expect((await orders())[0]).toMatchObject({ totalMinor: 3100, buyer: { name: 'Ann' } });
    expect(await kept()).not.toMatch(/Ann|Ben/);
    expect(await kept()).toContain('Cai');
    await eraseBuyerByPhone(test.database, phoneOf('Cai'));
    expect(await kept()).not.toContain('Cai');
  });

  it('goes with a show that is deleted, and the piece goes back', async () => {
    const auction = await start();
    await bid(auction, 'Ann', 5000);
    await test.database.write<any, void>((transaction) => erasePromotions(transaction as never, SHOW));
    expect(await kept()).not.toMatch(/Ann|pro_/);
    expect(await stockOf(test.shop, product)).toEqual([5]);
  });
});
