// The order desk over HTTP on a whole server: who sees what, whose orders, papers without a token, and the operator's settings.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch, DeskCounts, StateImport } from '../../../../server/protocol/desk.ts';
import type { Link, Right, Session } from '../../../../server/protocol/access.ts';
import { newId } from '../../../../server/protocol/ids.ts';
import type { Order } from '../../../../server/protocol/order.ts';
import { type Market, openMarket, orderOf, startApp, type TestApp } from '../../../support/start-app.ts';

let app: TestApp;
let market: Market;
let other: Market;
let packer: string;
let talker: string;

async function helper(...rights: Right[]): Promise<string> {
  const link = await app.call<Link>('POST', `/api/v1/shows/${market.show.id}/links`, { token: market.hostToken, body: { role: 'helper', name: 'Li', rights } });
  return (await app.call<Session>('POST', '/api/v1/sessions', { body: { code: new URL(link.body.url).hash.slice('#code='.length) } })).body.token;
}
async function place(from: Market = market): Promise<Order> {
  return (await app.call<Order>('POST', `/api/v1/shows/${from.show.id}/orders`, { body: orderOf(from.products[0]!), headers: { 'idempotency-key': newId('key') } })).body;
}
const list = (token: string, query: string) => app.call<{ orders: Order[]; next: number | null }>('GET', `/api/v1/desk/orders?${query}`, { token });
const batch = (token: string, orders: readonly Order[], to: string) => app.call<Batch>('POST', '/api/v1/desk/batches', { token, body: { orderIds: orders.map(({ id }) => id), to }, headers: { 'idempotency-key': newId('key') } });

beforeAll(async () => {
  app = await startApp();
  market = await openMarket(app, [100]);
  other = await openMarket(app, [100]);
  packer = await helper('orders');
  talker = await helper('chat');
});
afterAll(() => app?.close());

describe('the desk over HTTP', () => {
  it('shows whole orders to the host, and masked numbers to a helper, who finds by four digits', async () => {
    await place();
    const show = `showId=${market.show.id}`;
    expect((await list(market.hostToken, show)).body.orders[0]?.buyer).toEqual({ name: '李梅', phone: '13800001234', address: '杭州市西湖区文三路 1 号' });
    expect((await list(packer, show)).body.orders[0]?.buyer).toEqual({ name: '李梅', phone: '138****1234', address: '杭州市西湖区文三路 1 号' });
    expect((await list(packer, `${show}&search=1234`)).body.orders).toHaveLength(1);
    expect((await list(packer, `${show}&search=00001234`)).body.orders).toHaveLength(0);
    expect((await list(market.hostToken, `${show}&search=00001234`)).body.orders).toHaveLength(1);
  });

  it('is for staff with the right, of this show; all of a seller is the operator’s', async () => {
    const show = `showId=${market.show.id}`;
    expect((await list(talker, show)).body.code).toBe('auth.right-missing');
    expect((await list(other.hostToken, show)).body.code).toBe('auth.forbidden');
    expect((await list(market.hostToken, `sellerId=${market.show.sellerId}`)).body.code).toBe('auth.forbidden');
    expect((await list(app.operatorToken, `sellerId=${market.show.sellerId}`)).body.orders).toHaveLength(1);
    for (const query of ['', `${show}&sellerId=${market.show.sellerId}`, `${show}&queue=nothing`, `${show}&limit=51`, `${show}&cursor=-1`]) expect((await list(market.hostToken, query)).status, query).toBe(400);
  });

  it('shows a helper without the right who holds an order’s id no more of the address than its area', async () => {
    const { id } = await place();
    expect((await app.call<Order>('GET', `/api/v1/orders/${id}`, { token: talker })).body.buyer).toEqual({ name: '李梅', phone: '138****1234', address: '杭州市西湖区****' });
    expect((await app.call<Order>('GET', `/api/v1/orders/${id}`, { token: packer })).body.buyer.address).toBe('杭州市西湖区文三路 1 号');
  });

  it('counts, moves many, and takes them back', async () => {
    const orders = [await place(), await place()];
    const counts = async () => (await app.call<{ counts: DeskCounts }>('GET', `/api/v1/desk/counts?showId=${market.show.id}`, { token: packer })).body.counts;
    const before = await counts();
    const moved = await batch(packer, orders, 'confirmed');
    expect(moved.body.moved.map(({ buyer, state }) => [buyer.phone, state])).toEqual([['138****1234', 'confirmed'], ['138****1234', 'confirmed']]);
    expect(await counts()).toMatchObject({ confirm: before.confirm - 2, pack: before.pack + 2, all: before.all });
    const undo = (token: string) => app.call('POST', `/api/v1/desk/batches/${moved.body.batchId}/undo`, { token, body: {} });
    expect((await undo(other.hostToken)).body.code).toBe('auth.forbidden');
    expect((await undo(packer)).status).toBe(200);
    expect(await counts()).toEqual(before);
    expect((await batch(other.hostToken, orders, 'confirmed')).body.code).toBe('auth.forbidden');
    expect((await batch(market.hostToken, [...orders, { id: 'ord_nothing' } as Order], 'confirmed')).body.code).toBe('not-found');
  });

  it('prints without a token for some minutes, and as masked as who asked may see', async () => {
    const order = await place();
    const open = (token: string) => app.call<{ url: string }>('POST', '/api/v1/desk/papers', { token, body: { kind: 'labels', orderIds: [order.id], lang: 'en' } });
    const whole = await app.call<string>('GET', (await open(market.hostToken)).body.url);
    expect(whole.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(whole.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(whole.headers.get('referrer-policy')).toBe('no-referrer');
    expect(String(whole.body)).toContain('13800001234');
    const masked = String((await app.call('GET', (await open(packer)).body.url)).body);
    expect(masked).toContain('138****1234');
    expect(masked).not.toContain('13800001234');
    expect((await open(other.hostToken)).body.code).toBe('auth.forbidden');
    expect((await app.call('GET', '/papers/nothing-of-the-kind')).status).toBe(404);
  });

  it('gives the buyer a receipt of the order by its id, in the name of who sells, without the phone number', async () => {
    const order = await place();
    const page = await app.call<string>('GET', `/receipts/${order.id}?lang=en`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    for (const text of ['<h1>Receipt</h1>', order.sellerName, order.buyer.name, 'Cash on delivery: to be paid']) expect(String(page.body)).toContain(text);
    expect(String(page.body)).not.toContain('13800001234');
    expect(String((await app.call('GET', `/receipts/${order.id}`)).body)).toContain('收据');
    expect((await app.call('GET', '/receipts/ord_nothing')).status).toBe(404);
    expect((await app.call('GET', `/receipts/${order.id}?lang=xx`)).body).toMatchObject({ code: 'input.invalid' });
  });

  it('takes a table in and gives one out', async () => {
    const order = await place();
    const send = async (token: string, body: string) => {
      const answer = await fetch(`${app.url}/api/v1/desk/imports?showId=${market.show.id}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' }, body });
      return (await answer.json()) as StateImport & { code?: string };
    };
    const told = await send(packer, `number,state,tracking_number\n${order.number},packed,SF123456\n`);
    expect(told).toMatchObject({ changeCount: 1, faultCount: 0 });
    expect((await app.call('POST', `/api/v1/desk/imports/${told.importId}`, { token: other.hostToken, body: {} })).body.code).toBe('auth.forbidden');
    expect((await app.call('POST', `/api/v1/desk/imports/${told.importId}`, { token: packer, body: {} })).body).toMatchObject({ moved: 1, tracked: 1 });
    expect((await send(packer, 'nothing')).code).toBe('table.unreadable');
    const table = await app.call<string>('GET', `/api/v1/desk/orders.csv?showId=${market.show.id}&search=${order.number}`, { token: packer });
    expect(table.headers.get('content-disposition')).toBe('attachment; filename="orders-all.csv"');
    expect(String(table.body)).toContain('"SF123456"');
    expect(String(table.body)).not.toContain('13800001234');
    expect((await app.call<Order>('GET', `/api/v1/orders/${order.id}`)).body.tracking).toEqual({ courier: '', number: 'SF123456' });
  });

  it('leaves who sells by law, and the webhook, to the operator', async () => {
    const { sellerId } = market.show;
    const token = app.operatorToken;
    expect((await app.call('PATCH', `/api/v1/sellers/${sellerId}/record`, { token, body: { legalName: 'Orchard Cooperative' } })).body).toMatchObject({ legalName: 'Orchard Cooperative' });
    expect((await app.call('GET', `/api/v1/sellers/${sellerId}/record`, { token: market.hostToken })).body).toMatchObject({ legalName: 'Orchard Cooperative' });
    expect((await app.call('GET', `/api/v1/sellers/${sellerId}/record`, { token: other.hostToken })).body.code).toBe('auth.forbidden');
    expect((await app.call('PATCH', `/api/v1/sellers/${sellerId}/record`, { token: market.hostToken, body: {} })).body.code).toBe('auth.forbidden');
    const webhook = `/api/v1/sellers/${sellerId}/webhook`;
    const body = { url: 'https://shop.example.org/orders', states: ['shipped'], isOn: false };
    expect((await app.call('PUT', webhook, { token: market.hostToken, body })).body.code).toBe('auth.forbidden');
    expect((await app.call('PUT', webhook, { token, body: { ...body, url: 'https://192.168.1.1/' } })).body.code).toBe('desk.webhook-address');
    expect((await app.call('PUT', webhook, { token, body })).body.secret).toMatch(/^[\w-]{43}$/);
    expect((await app.call('GET', webhook, { token })).body).toMatchObject({ webhook: { url: body.url, states: ['shipped'], isOn: false }, waiting: 0, deadCount: 0 });
    expect((await app.call('POST', `${webhook}/resend`, { token, body: {} })).body).toEqual({ count: 0 });
    expect((await app.call('DELETE', webhook, { token })).status).toBe(204);
    expect((await app.call('GET', '/api/v1/sellers/sel_nothing/webhook', { token })).status).toBe(404);
  });
});
