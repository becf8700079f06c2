// Owns which buyers of orders that are over may still say that they have paid.
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../server/protocol/order.ts';
import { isLateTransfer } from '../../../web-components/checkout/late-transfer.ts';

const HOUR_MS = 3600_000;
const orderOf = (over: { payment?: Order['payment']; state?: Order['state']; by?: Order['history'][number]['byRole']; money?: Order['money']['state'] } = {}) =>
  ({
    payment: over.payment ?? 'transfer',
    state: over.state ?? 'cancelled',
    money: { state: over.money ?? 'due' },
    history: [{ at: 0, byRole: 'viewer' }, { at: HOUR_MS, byRole: over.by ?? 'system' }],
  }) as Order;

describe('a late transfer', () => {
  it('can be claimed for a day after its time was over, and is waited for as long as it takes', () => {
    expect(isLateTransfer(orderOf(), HOUR_MS)).toBe(true);
    expect(isLateTransfer(orderOf(), 24 * HOUR_MS)).toBe(true);
    expect(isLateTransfer(orderOf(), 25 * HOUR_MS)).toBe(false);
    expect(isLateTransfer(orderOf({ money: 'claimed' }), 90 * HOUR_MS)).toBe(true);
  });

  it.each([
    ['the buyer has cancelled', { by: 'viewer' }],
    ['the seller has cancelled', { by: 'host' }],
    ['it was to be paid by card', { payment: 'stripe' }],
    ['it waits for its money', { state: 'awaiting-payment' }],
    ['its money has come and gone', { money: 'refunded' }],
  ] as const)('is none where %s', (_, over) => {
    expect(isLateTransfer(orderOf(over), HOUR_MS)).toBe(false);
  });
});
