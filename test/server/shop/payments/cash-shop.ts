// Owns a shop without any gateway for a test: time stands still, the seller has a receive code, orders are made with one call.
import type { Order } from '../../../../server/protocol/order.ts';
import type { PaymentMethod } from '../../../../server/protocol/payments.ts';
import type { Product } from '../../../../server/protocol/shop.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { openShop, placeIn, requestFor, type TestShop, viewer } from '../open-shop.ts';

export const host = { role: 'host', name: 'Li Wei' } as const;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export interface CashShop extends TestShop {
  clock: FakeClock;
  /** At 12.50 a piece, of which there are enough. */
  apples: Product;
  /** A new order; `buyer` changes what is given of the usual one. */
  order(payment?: PaymentMethod, options?: { quantity?: number; product?: Product; buyer?: Partial<Order['buyer']> }): Promise<Order>;
  /** An order on delivery that is with a courier. */
  sent(courierId: string, options?: Parameters<CashShop['order']>[1]): Promise<Order>;
}

export async function openCashShop(): Promise<CashShop> {
  const clock = new FakeClock();
  const test = await openShop({ clock });
  const { shop, sellerId, database } = test;
  await database.write<any, void>(async (transaction) => {
    await transaction.insertInto('pictures').values({ id: 'pic_code', width: 600, height: 800, created_at: 1 }).execute();
  });
  await shop.cash.ways.change(sellerId, { transfer: { qrPictureId: 'pic_code', payeeName: '*建国' } });
  const apples = await test.product(1_000);
  const order: CashShop['order'] = (payment = 'cod', { quantity = 1, product = apples, buyer = {} } = {}) => {
    const request = requestFor(product, quantity);
    return shop.orders.place({ ...request, payment, buyer: { ...request.buyer, ...buyer } }, placeIn(sellerId, product), viewer, undefined);
  };
  return {
    ...test,
    clock,
    apples,
    order,
    async sent(courierId, options) {
      const { id } = await order('cod', options);
      await shop.cash.door.noteCall(id, { outcome: 'reached', note: '' }, host);
      await shop.orders.move(id, 'packed', '', host);
      return shop.cash.door.handOver(id, courierId, host);
    },
    async close() {
      shop.cash.reminders.close();
      await shop.money.close();
      await shop.desk.close();
      await test.close();
    },
  };
}
