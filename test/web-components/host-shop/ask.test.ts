// A call into a shop page, whatever the page does with it.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ask } from '../../../web-components/host-shop/ask.ts';

const isNumber = (answer: unknown): boolean => typeof answer === 'number';
let complaints: string[];
beforeEach(() => {
  complaints = [];
  vi.spyOn(console, 'error').mockImplementation((text: string) => void complaints.push(text));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('answers what the page answers, at once or later', async () => {
  expect(await ask('addToCart', () => 5, isNumber, 1_000)).toEqual({ value: 5 });
  expect(await ask('addToCart', async () => 6, isNumber, 1_000)).toEqual({ value: 6 });
  expect(complaints).toEqual([]);
});

it.each([
  ['throws', () => { throw new Error('no'); }],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['answers nothing', () => undefined as unknown as number],
  ['answers something else', () => 'five' as unknown as number],
])('is broken when the page %s, and says in the console which function it was', async (_, work) => {
  expect(await ask<number>('addToCart', work, isNumber, 1_000)).toEqual({ fault: 'broken' });
  expect(complaints).toEqual([expect.stringContaining('addToCart')]);
});

it('waits no longer than it says, and tells when the answer comes after all', async () => {
  vi.useFakeTimers();
  let answer: (value: number) => void = () => undefined;
  const asking = ask('syncCart', () => new Promise<number>((resolve) => (answer = resolve)), isNumber, 8_000);
  await vi.advanceTimersByTimeAsync(8_000);
  const asked = await asking;
  expect(asked).toMatchObject({ fault: 'timeout' });
  expect(complaints).toEqual([expect.stringContaining('syncCart has not answered within 8 s')]);
  let isLate = false;
  void ('late' in asked ? asked.late : undefined)?.then(() => (isLate = true));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isLate).toBe(false);
  answer(5);
  await vi.advanceTimersByTimeAsync(0);
  expect(isLate).toBe(true);
});
