// Owns a shop with orders to work, for tests of the desk.
import type { Mover } from '../../../../server/shop/index.ts';
import type { DeskScope } from '../../../../server/shop/desk/scope.ts';
import type { Order, OrderState } from '../../../../server/protocol/order.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { openShop, placeIn, requestFor, type TestShop, viewer } from '../open-shop.ts';

export const host: Mover = { role: 'host', name: 'Zhang' };
export const WHOLE = 20;

export interface DeskStand extends TestShop {
  scope: DeskScope;
  apples: Product;
  order(buyer?: Partial<Order['buyer']>, options?: { showId?: string; product?: Product; quantity?: number }): Promise<Order>;
  /** Through every state in between. */
  bring(order: Order, to: OrderState): Promise<Order>;
  state(order: Order): Promise<OrderState | undefined>;
}

const way: readonly OrderState[] = ['placed', 'confirmed', 'packed', 'shipped', 'delivered'];

export async function openDesk(): Promise<DeskStand> {
  const test = await openShop();
  const apples = await test.product(10_000);
  return {
    ...test,
    apples,
    scope: { showId: null, sellerId: test.sellerId },
    async order(buyer = {}, { showId = 'shw_test', product = apples, quantity = 1 } = {}) {
      const request = requestFor(product, quantity);
      return test.shop.orders.place({ ...request, buyer: { ...request.buyer, ...buyer } }, { ...placeIn(test.sellerId, product), showId }, viewer, undefined);
    },
    async bring(order, to) {
      let moved = order;
      const steps = to === 'refused' ? [...way.slice(1, 4), to] : to === 'cancelled' ? [to] : way.slice(1, way.indexOf(to) + 1);
      for (const step of steps) moved = await test.shop.orders.move(order.id, step, '', host);
      return moved;
    },
    state: async ({ id }) => (await test.shop.orders.find(id))?.state,
  };
}
