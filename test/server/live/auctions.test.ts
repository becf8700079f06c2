// Auctions and groups over HTTP and sockets: who may do what, and what whom is told.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../../server/protocol/ids.ts';
import type { Order } from '../../../server/protocol/order.ts';
import type { Auction, AuctionBook, BidAnswer, GroupBuy } from '../../../server/protocol/promotions.ts';
import { openSocket } from '../../support/socket.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../support/start-app.ts';

let test: TestApp;
let market: Market;
beforeAll(async () => {
  test = await startApp();
  market = await openMarket(test, [10]);
});
afterAll(() => test.close());

const variantId = () => market.products[0]!.variants[0]!.id;
const post = <T>(path: string, body: object, token?: string, key = newId('key')) => test.call<T>('POST', `/api/v1${path}`, { body, headers: { 'idempotency-key': key }, ...(token ? { token } : {}) });
const viewer = (identity = newId('vwr')) => test.app.issueToken({ role: 'viewer', identity }, 60_000);
const helper = (rights: string[]) => test.app.issueToken({ role: 'helper', identity: newId('per'), showId: market.show.id, rights: rights as never }, 60_000);
const details = { buyer: { name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' }, payment: 'cod' };

it('lets staff start them, viewers who are known bid, and tells each only what is theirs', async () => {
  const path = `/shows/${market.show.id}`;
  const start = (token: string) => post<Auction>(`${path}/auctions`, { variantId: variantId(), startMinor: 500, seconds: 3600 }, token);
  expect((await start(await viewer())).body.code).toBe('auth.forbidden');
  expect((await start(await helper(['chat']))).body.code).toBe('auth.right-missing');
  const { status, body: auction } = await start(await helper(['shelf']));
  expect([status, auction.state, auction.extensionSeconds]).toEqual([201, 'running', 10]);
  expect((await start(market.hostToken)).body).toMatchObject({ code: 'promotion.already-on', params: { promotionId: auction.id } });

  const [ann, ben] = [newId('vwr'), newId('vwr')];
  const [annToken, benToken] = [await viewer(ann), await viewer(ben)];
  const heard = await openSocket(test.url, annToken);
  await heard.ask('show.join', { showId: market.show.id });
  const bid = (maxMinor: number, token?: string, key?: string) => post<BidAnswer>(`/promotions/${auction.id}/bids`, { maxMinor, ...details }, token, key);
  expect((await bid(900)).body.code).toBe('auth.missing');
  expect((await bid(900, market.hostToken)).body.code).toBe('auth.forbidden');
  expect((await post(`/promotions/${auction.id}/bids`, { maxMinor: 900 }, annToken)).body.issues?.[0]?.path).toBe('body.buyer');
  expect((await bid(900, annToken, 'one-bid-of-ann')).body.mine).toMatchObject({ letter: 'A', isLeading: true });
  expect((await bid(900, annToken, 'one-bid-of-ann')).body.auction.bids).toBe(1);
  expect((await bid(2345, benToken)).body).toMatchObject({ auction: { leader: 'B' }, mine: { letter: 'B', maxMinor: 2345 } });
  expect((await heard.next('promotion.mine')).mine).toMatchObject({ what: 'outbid', promotionId: auction.id });
  const told = await heard.next('promotion.changed');
  expect(JSON.stringify(told)).not.toMatch(/2345|1380000|李梅|vwr_/);
  heard.close();

  const mine = async (token: string) => (await test.call<BidAnswer>('GET', `/api/v1/promotions/${auction.id}/bids/mine`, { token })).body.mine;
  expect([(await mine(benToken))?.isLeading, await mine(await viewer())]).toEqual([true, null]);
  const book = (token: string) => test.call<AuctionBook>('GET', `/api/v1/promotions/${auction.id}/bids`, { token });
  expect((await book(annToken)).body.code).toBe('auth.forbidden');
  expect((await book(market.hostToken)).body.bidders.map(({ name, maxMinor }) => [name, maxMinor])).toEqual([['李**', null], ['李**', null]]);
  expect((await post(`/promotions/${auction.id}/next`, {}, market.hostToken)).body.code).toBe('order.wrong-state');

  expect((await test.call('DELETE', '/api/v1/me', { token: benToken })).status).toBe(204);
  expect((await test.call<Auction>('POST', `/api/v1/promotions/${auction.id}/end`, { token: market.hostToken, body: {} })).body).toMatchObject({ result: 'called-off' });
  expect(await mine(benToken)).toBeNull();
});

it('takes an order into a group, quoted before, and lets go of it when it is cancelled', async () => {
  const path = `/shows/${market.show.id}`;
  const body = { variantId: variantId(), tiers: [{ buyers: 2, priceMinor: 900 }, { buyers: 3, priceMinor: 700 }], minutes: 60, pickUp: { address: '村口小卖部' } };
  expect((await post(`${path}/group-buys`, body, await viewer())).body.code).toBe('auth.forbidden');
  const { body: group } = await post<GroupBuy>(`${path}/group-buys`, body, market.hostToken);
  const asked = orderOf(market.products[0]!, 2);
  const quote = await test.call('POST', `/api/v1${path}/quote`, { body: { lines: asked.lines, groupBuyId: group.id, address: asked.buyer.address } });
  expect(quote.body).toMatchObject({ goodsMinor: 2000, discountMinor: 200, totalMinor: 1800, discounts: [{ promotionId: group.id, kind: 'group-buy' }] });
  const { body: order } = await post<Order>(`${path}/orders`, { ...asked, groupBuyId: group.id, expectedTotalMinor: 1800 });
  expect(order).toMatchObject({ totalMinor: 1800, buyer: { address: '村口小卖部' } });
  const now = async () => (await test.call<{ promotions: GroupBuy[] }>('GET', `/api/v1${path}/promotions`)).body.promotions.find(({ id }) => id === group.id);
  expect(await now()).toMatchObject({ buyers: 1, reached: -1, pickUp: { address: '村口小卖部' } });
  await test.call('POST', `/api/v1/orders/${order.id}/cancel`, { body: {} });
  expect(await now()).toMatchObject({ buyers: 0 });
});
