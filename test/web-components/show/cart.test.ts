// Owns what a cart holds against a shelf that changes under it.
import { describe, expect, it } from 'vitest';
import { Cart } from '../../../web-components/show/cart.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';
import { productOf, snapshotOf } from './goods.ts';

const variantOf = (product: ReturnType<typeof productOf>) => product.variants[0]!;

describe('Cart', () => {
  it('is there again after a reload, for the same show only', () => {
    const storage = memoryStorage();
    new Cart(storage, 'http://server', 'shw_a').add(variantOf(productOf('apple')), 3);
    expect(new Cart(storage, 'http://server', 'shw_a').count).toBe(3);
    expect(new Cart(storage, 'http://server', 'shw_b').count).toBe(0);
  });

  it('takes no more than is in stock', () => {
    const cart = new Cart(memoryStorage(), '', 'shw_a');
    const scarce = variantOf(productOf('honey', { stock: 2 }));
    expect(cart.add(scarce, 5)).toBe(2);
    expect(cart.add(scarce, 1)).toBe(0);
    expect(cart.quantityOf(scarce.id)).toBe(2);
  });

  it('tells of a changed price until it is accepted, and always counts with the new one', () => {
    const cart = new Cart(memoryStorage(), '', 'shw_a');
    cart.add(variantOf(productOf('apple', { priceMinor: 1000 })), 2);
    const now = snapshotOf([productOf('apple', { priceMinor: 1200 })]);
    expect(cart.rows(now)).toMatchObject([{ isPriceChanged: true, totalMinor: 2400, fault: null }]);
    cart.acceptPrices(now);
    expect(cart.rows(now)[0]?.isPriceChanged).toBe(false);
  });

  it('counts a reduced price for as many pieces as one buyer gets at it, and does not take it for a changed one', () => {
    const cart = new Cart(memoryStorage(), '', 'shw_a');
    const reduced = { ...variantOf(productOf('apple', { priceMinor: 900 })), listMinor: 1200, dealUnits: 2 };
    cart.add(reduced, 3);
    expect(cart.rows(snapshotOf([{ ...productOf('apple'), variants: [reduced] }]))[0]?.totalMinor).toBe(3000);
    expect(cart.rows(snapshotOf([productOf('apple', { priceMinor: 1200 })]))).toMatchObject([{ isPriceChanged: false, totalMinor: 3600 }]);
  });

  it('marks what is sold out, off the shelf, or too many', () => {
    const cart = new Cart(memoryStorage(), '', 'shw_a');
    for (const name of ['apple', 'rice', 'honey']) cart.add(variantOf(productOf(name)), 5);
    const now = snapshotOf([productOf('apple', { stock: 0 }), productOf('rice', { stock: 4 })]);
    expect(cart.rows(now).map(({ fault }) => fault)).toEqual(['gone', 'too-many', 'gone']);
  });

  it('gives ordered pieces away and keeps what was added meanwhile', () => {
    const cart = new Cart(memoryStorage(), '', 'shw_a');
    const apple = variantOf(productOf('apple'));
    cart.add(apple, 2);
    const ordered = [{ variantId: apple.id, quantity: 2 }];
    cart.add(apple, 1);
    cart.take(ordered);
    expect(cart.quantityOf(apple.id)).toBe(1);
    cart.set(apple.id, 0);
    expect(cart.count).toBe(0);
  });
});
