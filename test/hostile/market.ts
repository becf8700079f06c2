// Owns what the hostile corpus aims at: three shows on one server, and a picture of everything that must not change.
import { newId } from '../../server/protocol/ids.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { Show } from '../../server/protocol/show.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { orderOf } from '../support/start-app.ts';

export interface Target {
  show: Show;
  products: Product[];
  /** Placed, one of the first product. */
  order: Order;
  linkId: string;
  hostToken: string;
}

/** A show of a seller and a host of its own, with three products, an order and an unused link. */
export async function openTarget(server: ServerProcess, name: string): Promise<Target> {
  const token = server.operatorToken;
  const seller = await server.call('POST', '/api/v1/sellers', { token, body: { name, currency: 'CNY' } });
  const { body: show } = await server.call<Show>('POST', '/api/v1/shows', { token, body: { title: name, sellerId: seller.body.id, hostName: 'Zhang' } });
  const products: Product[] = [];
  for (const stock of [100, 5, 0]) {
    const body = { sellerId: show.sellerId, name: `${name} ${stock}`, variants: [{ unit: 'kg', priceMinor: 1000, stock }] };
    products.push((await server.call<Product>('POST', '/api/v1/products', { token, body })).body);
  }
  // The last one is not on the shelf, the second is pinned.
  const onShelf = products.slice(0, 2).map((product) => product.id);
  await server.call('PUT', `/api/v1/shows/${show.id}/shelf`, { token, body: { productIds: onShelf } });
  await server.call('PUT', `/api/v1/shows/${show.id}/pins`, { token, body: { productIds: onShelf.slice(1) } });
  const order = await server.call<Order>('POST', `/api/v1/shows/${show.id}/orders`, {
    body: orderOf(products[0] as Product),
    headers: { 'idempotency-key': newId('key') },
  });
  const link = await server.call('POST', `/api/v1/shows/${show.id}/links`, { token, body: { role: 'helper' } });
  return { show, products, order: order.body, linkId: link.body.id, hostToken: await server.admit(show.id) };
}

/**
 * Shows, shelves, stock, orders and their money, links, sellers with how they are paid, and hosts, without what lives by itself (viewers, clocks, event numbers).
 * @param exceptShowId a show that may change
 * @returns lines of text
 */
export async function everythingKept(server: ServerProcess, targets: readonly Target[], exceptShowId: string): Promise<string[]> {
  const token = server.operatorToken;
  const read = async (path: string) => (await server.call('GET', path, { token })).body;
  const { shows } = await read('/api/v1/shows');
  const parts = [shows.filter((show: Show) => show.id !== exceptShowId), await read('/api/v1/sellers'), await read('/api/v1/hosts')];
  for (const { show, order } of targets) {
    const { shelf, pins, show: state } = await read(`/api/v1/shows/${show.id}`);
    parts.push({ shelf, pins, state });
    parts.push(await read(`/api/v1/products?archived=true&sellerId=${show.sellerId}`));
    parts.push(await read(`/api/v1/shows/${show.id}/orders`), await read(`/api/v1/orders/${order.id}`), await read(`/api/v1/shows/${show.id}/links`));
    for (const kind of ['ways', 'record', 'delivery', 'webhook', 'couriers']) parts.push(await read(`/api/v1/sellers/${show.sellerId}/${kind}`));
    parts.push(await read(`/api/v1/orders/${order.id}/payment/changes`), await read(`/api/v1/orders/${order.id}/door`));
    parts.push(await read(`/api/v1/shows/${show.id}/gate`), await read(`/api/v1/shows/${show.id}/gate/codes`));
  }
  // When a device was last seen is its own doing, and changes with the time.
  return JSON.stringify(parts, (key, value: unknown) => (key === 'seenAt' ? undefined : value), 1).split('\n');
}
