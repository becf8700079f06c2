// Owns the way of an order as a list of steps: done, now, still to come. Pure.
import type { Order, OrderState } from '../../server/protocol/order.ts';

export interface TimelineStep {
  state: OrderState;
  /** When it was reached (ms since epoch); null while it lies ahead. */
  atMs: number | null;
  isNow: boolean;
  /** The order ended here without being delivered. */
  isStopped: boolean;
}

const usual: readonly OrderState[] = ['placed', 'confirmed', 'packed', 'shipped', 'delivered'];

/**
 * Steps behind and ahead. An undone step counts as ahead; a skipped one is left out once the order has passed it. Waiting for money is
 * a step only while it lasts.
 */
export function timelineOf({ state, history, placedAt }: Pick<Order, 'state' | 'history' | 'placedAt'>): TimelineStep[] {
  if (state === 'awaiting-payment') {
    return [{ state, atMs: placedAt, isNow: true, isStopped: false }, ...usual.map((step) => ({ state: step, atMs: null, isNow: false, isStopped: false }))];
  }
  const hasWaited = history.some(({ to }) => to === 'awaiting-payment');
  const reachedAt = (step: OrderState) => history.findLast(({ to }) => to === step)?.at ?? (step === 'placed' && !hasWaited ? placedAt : null);
  const isStopped = state === 'cancelled' || state === 'refused';
  const last = isStopped ? usual.findLastIndex((step) => history.some(({ to, from }) => to === step || from === step)) : usual.indexOf(state);
  const behind = usual.slice(0, Math.max(last, 0) + 1).map((step) => ({ state: step, atMs: reachedAt(step), isNow: step === state, isStopped: false }));
  const passed = behind.filter(({ atMs, isNow }) => atMs !== null || isNow);
  if (isStopped) return [...passed, { state, atMs: reachedAt(state), isNow: true, isStopped: true }];
  return [...passed, ...usual.slice(last + 1).map((step) => ({ state: step, atMs: null, isNow: false, isStopped: false }))];
}
