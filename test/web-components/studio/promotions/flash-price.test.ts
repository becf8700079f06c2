// What a flash sale may cost, and what its form proposes.
import { describe, expect, it } from 'vitest';
import { highestDeal, reduced } from '../../../../web-components/studio/promotions/flash-price.ts';

const price = (kind: 'list' | 'deal', priceMinor: number, variantId = 'var_1') => ({ variantId, kind, priceMinor, from: 0, until: null, promotionId: null });

describe('the highest honest price', () => {
  it('is below every list price of the last days, not only the present one', () => {
    expect(highestDeal({ prices: [] }, 'var_1', 1_200)).toBe(1_199);
    expect(highestDeal({ prices: [price('list', 1_200), price('list', 1_000)] }, 'var_1', 1_200)).toBe(999);
  });
  it('may be what it was sold for in an earlier sale, and no more', () => {
    expect(highestDeal({ prices: [price('list', 1_200), price('deal', 900)] }, 'var_1', 1_200)).toBe(900);
  });
  it('knows other variants apart', () => {
    expect(highestDeal({ prices: [price('list', 300, 'var_2')] }, 'var_1', 1_200)).toBe(1_199);
  });
});

describe('a proposed price', () => {
  it('is written as a seller would, in whole tenths where the coin has hundredths', () => {
    expect(reduced(1_280, 10, 2)).toBe(1_150);
    expect(reduced(1_280, 20, 2)).toBe(1_020);
    expect(reduced(12_800, 10, 0)).toBe(11_520);
  });
  it('never becomes nothing', () => {
    expect(reduced(1, 30, 2)).toBe(1);
    expect(reduced(9, 30, 2)).toBe(6);
  });
});
