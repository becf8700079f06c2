import { expect, test } from 'vitest';
import { RateWindow } from '../../../../server/media/budget/rate-window.ts';

/** Reads every 250 ms what `kbpsAt` says was sent since. */
function fill(window: RateWindow, fromMs: number, toMs: number, kbpsAt: (ms: number) => number): void {
  for (let at = fromMs; at < toMs; at += 250) window.add(at, (kbpsAt(at) * 250) / 8, 5);
}

test('an even rate has no dear second', () => {
  const window = new RateWindow();
  fill(window, 0, 10_000, () => 600);
  expect(window.meanKbps).toBeCloseTo(600);
  expect(window.peakKbps).toBeCloseTo(600);
  expect(window.lastKbps).toBeCloseTo(600);
  expect(window.packetsPerS).toBeCloseTo(20);
});

test('key frames every two seconds make the dear second', () => {
  const window = new RateWindow();
  fill(window, 0, 20_000, (at) => (at % 2_000 === 0 ? 1_600 : 400));
  expect(window.meanKbps).toBeGreaterThan(510);
  expect(window.meanKbps).toBeLessThan(620);
  // A quarter of a second at 1,600 and the rest at 400.
  expect(window.peakKbps).toBeGreaterThan(680);
  expect(window.peakKbps).toBeLessThan(701);
});

test('a sender that stood still and catches up once does not make a dear second', () => {
  const window = new RateWindow();
  fill(window, 0, 10_000, () => 500);
  fill(window, 10_000, 11_000, () => 0);
  fill(window, 11_000, 11_500, () => 1_500);
  fill(window, 11_500, 14_000, () => 500);
  expect(window.peakKbps).toBeLessThan(600);
});

test('a rate that has jumped for good is known within two seconds', () => {
  const window = new RateWindow();
  fill(window, 0, 10_000, () => 500);
  fill(window, 10_000, 11_750, () => 1_500);
  expect(window.peakKbps).toBeGreaterThan(1_450);
});

test('what was dear long ago fades', () => {
  const window = new RateWindow();
  fill(window, 0, 4_000, () => 2_000);
  fill(window, 4_000, 18_000, () => 500);
  expect(window.peakKbps).toBeLessThan(1_500);
  fill(window, 18_000, 25_000, () => 500);
  expect(window.peakKbps).toBeCloseTo(500);
});

test('readings that come late, twice at once, or not at all do no harm', () => {
  const window = new RateWindow();
  expect([window.peakKbps, window.meanKbps, window.packetsPerS, window.lastKbps, window.spanMs]).toEqual([0, 0, 0, undefined, 0]);
  window.add(1_000, 99, 1);
  window.add(1_000, 99, 1);
  expect(window.meanKbps).toBe(0);
  window.add(3_000, 125_000, 100);
  window.add(2_900, 125_000, 100);
  expect(window.lastKbps).toBeCloseTo(1_000);
});
