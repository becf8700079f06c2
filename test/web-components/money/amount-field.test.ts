// Amounts as people type them: exact, or refused; never a float in between.
import { describe, expect, it } from 'vitest';
import { readAmount, shownAmount } from '../../../web-components/money/amount-field.ts';

describe('an amount that is typed', () => {
  it.each([
    ['49.5', 4950],
    ['49,50', 4950],
    ['４９．５', 4950],
    [' ¥ 49.50 ', 4950],
    ['1,200', 120_000],
    ['1,200.05', 120_005],
    ['0.07', 7],
    ['50', 5000],
    ['50.', 5000],
    ['999999999.99', 99_999_999_999],
  ])('%s is %i', (typed, amountMinor) => {
    expect(readAmount(typed, 'CNY')).toBe(amountMinor);
  });

  it.each(['', 'abc', '-5', '1.005', '1.2.3', '.', '12345678901'])('%j is none', (typed) => {
    expect(readAmount(typed, 'CNY')).toBeNull();
  });

  it('has no cents where the currency has none', () => {
    expect([readAmount('5000', 'JPY'), readAmount('5,000', 'JPY'), readAmount('50.5', 'JPY')]).toEqual([5000, 5000, null]);
  });

  it.each([[4950, '49.50'], [7, '0.07'], [0, '0.00'], [120_005, '1200.05']])('%i is shown as %s and read as itself', (amountMinor, shown) => {
    expect(shownAmount(amountMinor, 'CNY')).toBe(shown);
    expect(readAmount(shown, 'CNY')).toBe(amountMinor);
  });
});
