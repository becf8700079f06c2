// Owns the one line in which a product's price and stock are told.
import { describe, expect, it } from 'vitest';
import type { Variant } from '../../../server/protocol/shop.ts';
import { gistOf } from '../../../web-components/ui/price.ts';

const variant = (id: string, priceMinor: number, stock: number): Variant => ({ id, label: id, unit: 'kg', priceMinor, stock });

describe('gistOf', () => {
  it('names the cheapest that can be bought, not the cheapest of all', () => {
    const gist = gistOf({ variants: [variant('a', 500, 0), variant('b', 900, 20), variant('c', 800, 20)] });
    expect(gist).toMatchObject({ hasSeveralPrices: true, isSoldOut: false, isFewLeft: false, stock: 40 });
    expect(gist.variant?.id).toBe('c');
  });

  it('tells of few left and of sold out', () => {
    expect(gistOf({ variants: [variant('a', 500, 3)] })).toMatchObject({ isFewLeft: true, hasSeveralPrices: false });
    expect(gistOf({ variants: [variant('a', 500, 0)] })).toMatchObject({ isSoldOut: true, isFewLeft: false, variant: { id: 'a' } });
  });
});
