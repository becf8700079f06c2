// How what a shop says of its goods lies over the show's own.
import { describe, expect, it } from 'vitest';
import type { HostProduct } from '../../../web-components/host-shop/callbacks.ts';
import { dressing } from '../../../web-components/host-shop/dressing.ts';
import { productOf, snapshotOf } from '../show/goods.ts';

const dress = (told: HostProduct) => dressing(new Map([[told.productId, told]]))(snapshotOf([productOf('apple'), productOf('pear')])).shelf;

describe('a dressed product', () => {
  it('has the shop’s words, pictures, prices and stock, and keeps the rest', () => {
    const [apple, pear] = dress({ productId: 'prd_apple', name: 'Apples', imageUrls: ['https://shop.example/a.jpg'], variants: [{ variantId: 'var_apple', priceMinor: 990, stock: 3 }] });
    expect(apple).toMatchObject({ name: 'Apples', description: '', pictures: ['https://shop.example/a.jpg'], variants: [{ id: 'var_apple', unit: 'kg', priceMinor: 990, stock: 3 }] });
    expect(pear).toEqual(productOf('pear'));
  });

  it('is matched by the shop’s own number', () => {
    const apple = productOf('apple');
    apple.variants[0]!.sku = 'A-1';
    const told: HostProduct = { productId: 'prd_apple', variants: [{ sku: 'A-1', label: 'small' }, { sku: 'A-2', label: 'large' }] };
    expect(dressing(new Map([[told.productId, told]]))(snapshotOf([apple])).shelf[0]?.variants).toMatchObject([{ label: 'small' }]);
  });

  it.each([
    [{ isAvailable: false }, 0],
    [{ isAvailable: false, stock: 5 }, 0],
    [{ isAvailable: true }, 999],
    [{ stock: -2 }, 0],
    [{ stock: 1.5 }, 20],
    [{}, 20],
  ])('with %j has a stock of %i', (variant, stock) => {
    expect(dress({ productId: 'prd_apple', variants: [{ variantId: 'var_apple', ...variant }] })[0]?.variants[0]?.stock).toBe(stock);
  });

  it('takes nothing that is no price, no word and no address', () => {
    const wrong = { productId: 'prd_apple', name: 5, description: null, imageUrls: ['javascript:alert(1)', 'data:text/html,x'], variants: [{ variantId: 'var_apple', priceMinor: '9.90', label: {} }] } as unknown as HostProduct;
    expect(dress(wrong)[0]).toMatchObject({ name: 'apple', description: '', pictures: [], variants: [{ label: '', priceMinor: 1280 }] });
  });

  it('is the same object for the same snapshot, because pages compare them', () => {
    const dressed = dressing(new Map([['prd_apple', { productId: 'prd_apple', name: 'Apples' }]]));
    const snapshot = snapshotOf([productOf('apple')]);
    expect(dressed(snapshot)).toBe(dressed(snapshot));
  });
});
