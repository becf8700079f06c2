import { expect, test } from 'vitest';
import { FIRST_GUESS_KBPS, FLOOR_KBPS, LineEstimate } from '../../../../server/media/budget/line-estimate.ts';

const VIEWERS = Array.from({ length: 20 }, (_, n) => ({ n }));

/** A line of `lineKbps` with a queue of 200 ms, filled with as much as the estimate allows. @returns the dearest and the last overload */
function live(estimate: LineEstimate, lineKbps: number, seconds: number, options: { demandKbps?: number; from?: number; badLinks?: number } = {}): { worst: number; last: number } {
  const { demandKbps = Infinity, from = 0, badLinks = 0 } = options;
  let worst = 0;
  let last = 0;
  for (let second = from; second < from + seconds; second += 1) {
    const sent = Math.min(estimate.kbps, demandKbps);
    const overload = sent / lineKbps;
    worst = Math.max(worst, overload);
    last = overload;
    for (const viewer of VIEWERS) {
      const isBad = viewer.n < badLinks;
      const loss = Math.max(0, 1 - 1 / overload) + (isBad ? 0.2 : 0);
      estimate.heard(viewer, second * 1_000, loss, 40 + (overload > 0.98 ? 200 : 0) + (isBad ? (second % 7) * 60 : 0));
    }
    estimate.tick(second * 1_000, sent);
  }
  return { worst, last };
}

test.each([4_000, 9_000, 20_000, 50_000])('a line of %i kbit/s is found and kept within a fifth', (lineKbps) => {
  const estimate = new LineEstimate();
  live(estimate, lineKbps, 600);
  const { worst } = live(estimate, lineKbps, 300, { from: 600 });
  expect(estimate.kbps).toBeGreaterThan(lineKbps * 0.8);
  expect(worst).toBeLessThan(1.05);
});

test('it starts with what the smallest line carries, and does not grow without being used', () => {
  const estimate = new LineEstimate();
  expect(estimate.kbps).toBe(FIRST_GUESS_KBPS);
  live(estimate, 100_000, 600, { demandKbps: 3_000 });
  expect(estimate.kbps).toBe(FIRST_GUESS_KBPS);
});

test('bad links of some viewers are not the line', () => {
  const estimate = new LineEstimate();
  live(estimate, 100_000, 120, { demandKbps: 5_000, badLinks: 8 });
  expect(estimate.kbps).toBe(FIRST_GUESS_KBPS);
});

test('a few viewers say nothing of the line', () => {
  const estimate = new LineEstimate();
  for (let second = 0; second < 60; second += 1) {
    for (const viewer of VIEWERS.slice(0, 3)) estimate.heard(viewer, second * 1_000, 0.3, 900);
    estimate.tick(second * 1_000, 5_000);
  }
  expect(estimate.kbps).toBe(FIRST_GUESS_KBPS);
});

test('it never goes under its floor, whatever viewers claim', () => {
  const estimate = new LineEstimate();
  for (let second = 0; second < 300; second += 1) {
    for (const viewer of VIEWERS) estimate.heard(viewer, second * 1_000, 1, 5_000);
    estimate.tick(second * 1_000, 100);
  }
  expect(estimate.kbps).toBe(FLOOR_KBPS);
});
