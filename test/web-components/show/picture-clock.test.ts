// Owns what a viewer sees beside a late picture: pins, shelf and prices of its own moment, and never more stock than there is.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ShowSnapshot } from '../../../server/protocol/show.ts';
import { PictureClock } from '../../../web-components/show/picture-clock.ts';
import { productOf, snapshotOf } from './goods.ts';

const START = 1_800_000_000_000;

describe('PictureClock', () => {
  let clock: PictureClock;
  let latest: ShowSnapshot;
  let read: () => number | null;
  const moved = vi.fn<() => void>();

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    moved.mockClear();
    read = () => null;
    clock = new PictureClock({ read: () => read(), serverNow: () => Date.now(), onMove: moved });
    take(snapshotOf([productOf('apple', { stock: 5, priceMinor: 1000 })]));
  });
  afterEach(() => {
    clock.stop();
    vi.useRealTimers();
  });

  const lateBy = (ms: number) => (read = () => Date.now() - ms);
  const pass = (ms: number) => vi.advanceTimersByTime(ms);
  function take(snapshot: ShowSnapshot): void {
    latest = snapshot;
    clock.take(snapshot, Date.now());
  }
  const pin = (...pins: string[]) => take({ ...latest, pins });
  const apple = (change: { stock?: number; priceMinor?: number }) => take({ ...latest, shelf: latest.shelf.map((product) => ({ ...product, variants: product.variants.map((variant) => ({ ...variant, ...change })) })) });
  const shown = () => clock.show(latest);
  const shownApple = () => shown().shelf[0]?.variants[0];

  it('shows everything at once while the picture is not late', () => {
    pin('prd_apple');
    expect(shown()).toBe(latest);
    expect(clock.now()).toBe(Date.now());
  });

  it('shows a pin when the picture has come to it, and says so', () => {
    lateBy(1_300);
    pass(5_000);
    pin('prd_apple');
    expect(shown().pins).toEqual([]);
    expect(clock.now()).toBe(Date.now() - 1_300);
    pass(1_250);
    expect([shown().pins, moved.mock.calls.length]).toEqual([[], 0]);
    pass(100);
    expect([shown().pins, moved.mock.calls.length]).toEqual([['prd_apple'], 1]);
  });

  it('shows each change at its own moment, in order', () => {
    lateBy(2_000);
    pass(5_000);
    pin('prd_apple');
    pass(500);
    pin('prd_rice');
    pass(1_600);
    expect(shown().pins).toEqual(['prd_apple']);
    pass(500);
    expect(shown().pins).toEqual(['prd_rice']);
    expect(moved).toHaveBeenCalledTimes(2);
  });

  it('waits with a picture that stands still, and goes on with it', () => {
    const stoppedAt = START + 4_000;
    pass(5_000);
    read = () => stoppedAt;
    pin('prd_apple');
    pass(6_000);
    expect(shown().pins).toEqual([]);
    lateBy(1_000);
    pass(300);
    expect(shown().pins).toEqual(['prd_apple']);
  });

  it('does not wait for ever for one that has stopped', () => {
    pass(5_000);
    read = () => START;
    pin('prd_apple');
    pass(31_000);
    expect(shown().pins).toEqual(['prd_apple']);
  });

  it('goes back with the picture when that becomes a late one', () => {
    pass(5_000);
    pin('prd_apple');
    expect(shown().pins).toEqual(['prd_apple']);
    lateBy(1_500);
    expect(shown().pins).toEqual([]);
  });

  it('does not go back and forth with a time that trembles', () => {
    lateBy(1_300);
    pass(5_000);
    pin('prd_apple');
    pass(1_350);
    expect(shown().pins).toEqual(['prd_apple']);
    lateBy(1_450);
    expect(shown().pins).toEqual(['prd_apple']);
  });

  it('tells everybody when one element was drawn a moment later than the others', () => {
    lateBy(1_300);
    pass(5_000);
    pin('prd_apple');
    pass(1_000);
    lateBy(900);
    expect(shown().pins).toEqual(['prd_apple']);
    lateBy(1_300);
    pass(20);
    expect([shown().pins, moved.mock.calls.length]).toEqual([['prd_apple'], 1]);
  });

  it('says "sold out" at once, and that there is more again when the host says it', () => {
    lateBy(1_300);
    pass(5_000);
    apple({ stock: 0 });
    expect(shownApple()?.stock).toBe(0);
    pass(3_000);
    apple({ stock: 30 });
    expect(shownApple()?.stock).toBe(0);
    pass(1_500);
    expect(shownApple()?.stock).toBe(30);
  });

  it('shows a price when the host says it, and status and viewers at once', () => {
    lateBy(1_300);
    pass(5_000);
    apple({ priceMinor: 900 });
    take({ ...latest, viewers: 7 });
    expect([shownApple()?.priceMinor, shown().viewers]).toEqual([1000, 7]);
    pass(1_500);
    expect(shownApple()?.priceMinor).toBe(900);
  });

  it('has nothing left of a product that is off the shelf by now', () => {
    lateBy(1_300);
    pass(5_000);
    take({ ...latest, shelf: [] });
    expect(shownApple()?.stock).toBe(0);
    pass(1_500);
    expect(shown().shelf).toEqual([]);
  });

  it('is never ahead of the server, whatever a stream claims', () => {
    read = () => Date.now() + 60_000;
    expect(clock.now()).toBe(Date.now());
  });
});
