// Owns the speed at which a late picture comes nearer: never beyond a tenth, and never into an empty buffer.
import { expect, it } from 'vitest';
import { catchUpRate } from '../../../web-components/playback/catch-up.ts';

it('plays as fast as it was recorded where it should be, and ahead of that', () => {
  expect([catchUpRate(0, 2), catchUpRate(0.04, 2), catchUpRate(-1, 2)]).toEqual([1, 1, 1]);
});

it('hurries by a tenth while it is far behind, by half of that for the rest', () => {
  expect([catchUpRate(7, 3), catchUpRate(0.5, 1), catchUpRate(0.2, 0.7)]).toEqual([1.1, 1.1, 1.05]);
});

it('does not hurry into the end of what is loaded', () => {
  expect([catchUpRate(3, 0.5), catchUpRate(3, 0)]).toEqual([1, 1]);
});

it('comes to rest at the target, starting two seconds behind, without a stall', () => {
  const stepS = 0.25;
  let behindS = 2;
  let leastBufferS = Infinity;
  for (let seconds = 0; seconds < 60; seconds += stepS) {
    // At the target there is as much in hand as the playlist's hold-back leaves.
    const bufferS = behindS + 0.6;
    leastBufferS = Math.min(leastBufferS, bufferS);
    behindS -= (catchUpRate(behindS, bufferS) - 1) * stepS;
  }
  expect(behindS).toBeLessThan(0.06);
  expect(leastBufferS).toBeGreaterThan(0.5);
});
