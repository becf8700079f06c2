// Owns how an order's way is told to its buyer.
import { describe, expect, it } from 'vitest';
import type { Order, OrderState } from '../../../server/protocol/order.ts';
import { timelineOf } from '../../../web-components/checkout/order-timeline.ts';

function orderThrough(...states: OrderState[]): Pick<Order, 'state' | 'history' | 'placedAt'> {
  const history = states.map((to, index) => ({ from: states[index - 1] ?? null, to, at: index + 1, byRole: 'host' as const, byName: '', note: '' }));
  return { state: states.at(-1) ?? 'placed', history, placedAt: 1 };
}
const told = (...states: OrderState[]) => timelineOf(orderThrough(...states)).map(({ state, atMs, isNow }) => `${state}${atMs === null ? '?' : ''}${isNow ? '!' : ''}`);

describe('timelineOf', () => {
  it('shows what is done, what is now and what is still to come', () => {
    expect(told('placed', 'confirmed')).toEqual(['placed', 'confirmed!', 'packed?', 'shipped?', 'delivered?']);
  });

  it('leaves out a step that was skipped', () => {
    expect(told('placed', 'packed')).toEqual(['placed', 'packed!', 'shipped?', 'delivered?']);
  });

  it('ends where the order was cancelled or refused', () => {
    expect(told('placed', 'confirmed', 'cancelled')).toEqual(['placed', 'confirmed', 'cancelled!']);
    expect(told('placed', 'confirmed', 'packed', 'shipped', 'refused').at(-1)).toBe('refused!');
  });

  it('counts an undone step as still to come', () => {
    expect(told('placed', 'confirmed', 'placed')).toEqual(['placed!', 'confirmed?', 'packed?', 'shipped?', 'delivered?']);
  });

  it('waits for money first, and forgets that once it is placed', () => {
    expect(told('awaiting-payment')).toEqual(['awaiting-payment!', 'placed?', 'confirmed?', 'packed?', 'shipped?', 'delivered?']);
    expect(told('awaiting-payment', 'placed')).toEqual(['placed!', 'confirmed?', 'packed?', 'shipped?', 'delivered?']);
  });

  it('was never placed when it ended unpaid', () => {
    expect(told('awaiting-payment', 'cancelled')).toEqual(['cancelled!']);
  });
});
