// The reminder to a seller whose buyer waits: soon, then less often, and no more once somebody has looked.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../../server/platform/log.ts';
import type { ShopFacts } from '../../../../server/shop/index.ts';
import { ClaimReminders } from '../../../../server/shop/payments/claim-reminders.ts';
import { type CashShop, host, MINUTE_MS, openCashShop } from './cash-shop.ts';

let test: CashShop;
let told: ShopFacts['claims.waiting'][];
beforeEach(async () => {
  test = await openCashShop();
  told = [];
  test.bus.on('claims.waiting', (fact) => void told.push(fact));
});
afterEach(() => test.close());

async function pass(minutes: number): Promise<number> {
  const before = told.length;
  for (let half = 0; half < minutes * 2; half += 1) {
    test.clock.advance(MINUTE_MS / 2);
    await test.shop.cash.reminders.look();
  }
  return told.length - before;
}

describe('the reminder of a claim', () => {
  it('comes after 3, 10, 30 and 60 minutes, then every hour', async () => {
    const { id } = await test.order('transfer');
    await test.shop.money.settling.claim(id);
    const claimedAt = test.clock.now();
    expect(await pass(2)).toBe(0);
    expect(await pass(1)).toBe(1);
    expect(told).toEqual([{ showId: 'shw_test', count: 1, oldestAt: claimedAt }]);
    expect(await pass(57)).toBe(3);
    expect(await pass(180)).toBe(3);
  });

  it('tells of all that wait in one word, and stops when somebody has looked', async () => {
    const orders = [await test.order('transfer'), await test.order('transfer')];
    for (const { id } of orders) await test.shop.money.settling.claim(id);
    expect(await pass(3)).toBe(1);
    expect(told[0]).toMatchObject({ count: 2 });
    await test.shop.money.settling.confirm(orders[0]!.id, { by: host, note: '' });
    await test.shop.money.settling.refuseClaim(orders[1]!.id, { by: host, note: '' });
    expect(await pass(60)).toBe(0);
  });

  it('is made good when the server was down meanwhile', async () => {
    const { id } = await test.order('transfer');
    await test.shop.money.settling.claim(id);
    test.clock.advance(25 * MINUTE_MS);
    const { database, bus, clock } = test;
    const started = new ClaimReminders({ database, bus, clock, log: createLogger('silent') });
    await started.look();
    await started.look();
    expect(told).toHaveLength(1);
  });
});
