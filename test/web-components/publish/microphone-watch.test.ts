// A microphone that dies in the middle of a show: found by its zeros, opened again, told when that does not help.
import { expect, it } from 'vitest';
import { MicrophoneWatch } from '../../../web-components/publish/microphone-watch.ts';

function listen(readings: (boolean | null)[]) {
  const watch = new MicrophoneWatch();
  return readings.map((isZero, second) => watch.read(isZero, (second + 1) * 1000));
}
const seconds = (count: number, isZero: boolean | null) => Array.from({ length: count }, () => isZero);

it('is opened again after two seconds of zeros, before anybody is told', () => {
  const heard = listen([false, true, true, true]);
  expect(heard.map(({ reopen }) => reopen)).toEqual([false, false, true, false]);
  expect(heard.some(({ isDead }) => isDead)).toBe(false);
});

it('is told as dead when opening it has not helped, and opened ever less often', () => {
  const heard = listen(seconds(120, true));
  expect(heard.findIndex(({ isDead }) => isDead)).toBe(4);
  const tries = heard.flatMap(({ reopen }, second) => (reopen ? [second + 1] : []));
  expect(tries.length).toBeGreaterThan(3);
  expect(tries.length).toBeLessThan(9);
  expect(tries.at(-1)! - tries.at(-2)!).toBeGreaterThan(tries[1]! - tries[0]!);
});

it('is alive again with the first sample, and a muted or unknown one says nothing', () => {
  expect(listen([...seconds(10, true), false]).at(-1)).toEqual({ reopen: false, isDead: false });
  expect(listen([...seconds(10, true), null]).at(-1)).toEqual({ reopen: false, isDead: false });
  expect(listen(seconds(60, null)).every(({ reopen, isDead }) => !reopen && !isDead)).toBe(true);
});
