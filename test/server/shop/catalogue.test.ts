import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VARIANT_LIMIT } from '../../../server/protocol/shop.ts';
import { onceFor, openShop, placeIn, refusal, requestFor, stockOf, type TestShop, variantId, viewer } from './open-shop.ts';

const variant = { label: '', unit: 'box', priceMinor: 500, stock: 3 } as const;

describe('the catalogue', () => {
  let test: TestShop;
  beforeEach(async () => {
    test = await openShop();
  });
  afterEach(() => test.close());

  it('keeps a product with its variants and pictures in the order given', async () => {
    const pictures = [];
    for (const background of ['red', 'green', 'blue']) {
      const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background } }).png().toBuffer();
      pictures.push((await test.shop.pictures.add(bytes)).id);
    }
    const request = { name: 'Rice', description: 'New harvest', pictures, variants: [variant, { ...variant, label: 'large', unit: 'bag' as const }] };
    const product = await test.shop.catalogue.create(test.sellerId, request);
    expect(product).toMatchObject({ name: 'Rice', sellerId: test.sellerId, currency: 'CNY', pictures, archived: false });
    expect(product.variants.map(({ label, unit }) => [label, unit])).toEqual([['', 'box'], ['large', 'bag']]);
    const reversed = await test.shop.catalogue.change(product.id, { pictures: [...pictures].reverse() });
    expect(reversed.pictures).toEqual([...pictures].reverse());
    expect(await test.shop.catalogue.product(product.id)).toEqual(reversed);
    expect(test.facts.at(-1)).toEqual({ fact: 'product.changed', payload: { product: reversed } });
  });

  it('makes one product for one key', async () => {
    const request = { name: 'Rice', description: '', pictures: [], variants: [variant] };
    const products = await Promise.all(
      Array.from({ length: 20 }, () => test.shop.catalogue.create(test.sellerId, request, onceFor('new-product'))),
    );
    expect(new Set(products.map((product) => product.id)).size).toBe(1);
    expect(await test.shop.catalogue.list({ sellerId: test.sellerId })).toHaveLength(1);
    expect(test.facts.filter(({ fact }) => fact === 'product.changed')).toHaveLength(1);
  });

  it('answers products in the order asked and leaves out what is unknown', async () => {
    const [a, b] = [await test.product(1), await test.product(2)];
    const found = await test.shop.catalogue.products([b.id, 'prd_unknown', a.id]);
    expect(found).toEqual([b, a]);
    expect((await refusal(test.shop.catalogue.product('prd_unknown'))).code).toBe('not-found');
  });

  it('lists what is on sale apart from what is put away', async () => {
    const [kept, away] = [await test.product(1), await test.product(1)];
    await test.shop.catalogue.change(away.id, { archived: true });
    const list = async (archived: boolean) => (await test.shop.catalogue.list({ sellerId: test.sellerId, archived })).map(({ id }) => id);
    expect(await list(false)).toEqual([kept.id]);
    expect(await list(true)).toEqual([away.id]);
    expect(await test.shop.catalogue.list({ sellerId: 'sel_other' })).toEqual([]);
  });

  it('puts a variant away and brings it back, keeps one at least, and sells none that is away', async () => {
    const product = await test.product(5, 6);
    const [first, second] = product.variants.map(({ id }) => id) as [string, string];
    await test.shop.catalogue.changeVariant(second, { sku: 'B' });
    const left = await test.shop.catalogue.changeVariant(second, { archived: true });
    expect(left.variants.map(({ id }) => id)).toEqual([first]);
    expect(test.facts.at(-1)).toMatchObject({ fact: 'product.changed', payload: { product: { variants: [{ id: first }] } } });
    expect((await refusal(test.shop.catalogue.changeVariant(first, { archived: true }))).code).toBe('input.invalid');
    const where = placeIn(test.sellerId, product);
    expect((await refusal(test.shop.orders.place(requestFor(product, 1, 1), where, viewer, undefined))).code).toBe('shelf.not-on-shelf');
    await test.shop.catalogue.changeVariant(first, { sku: 'B' });
    expect((await refusal(test.shop.catalogue.changeVariant(second, { archived: false }))).code).toBe('input.invalid');
    await test.shop.catalogue.changeVariant(first, { sku: '' });
    expect((await test.shop.catalogue.changeVariant(second, { archived: false })).variants.map(({ id }) => id)).toEqual([first, second]);
    expect((await test.shop.catalogue.setVariant(product.id, variant)).variants).toHaveLength(3);
  });

  it('keeps with an order the grade of the variant, else of the product, and the trace code, as they were then', async () => {
    const product = await test.product(5, 6);
    await test.shop.catalogue.change(product.id, { facts: { grade: 'A', traceCode: 'T-1' } });
    await test.shop.catalogue.changeVariant(variantId(product, 1), { grade: 'B', specs: [{ name: 'Size', value: '70 mm' }] });
    expect((await test.shop.catalogue.product(product.id)).variants[1]).toMatchObject({ grade: 'B', specs: [{ name: 'Size', value: '70 mm' }] });
    const where = placeIn(test.sellerId, product);
    const order = await test.shop.orders.place(requestFor(product, 1, 1), where, viewer, undefined);
    await test.shop.catalogue.changeVariant(variantId(product, 1), { grade: '', specs: [] });
    await test.shop.catalogue.change(product.id, { facts: { grade: '', traceCode: 'T-2' } });
    const { lines } = (await test.shop.orders.find(order.id))!;
    expect(lines).toEqual(order.lines);
    expect(lines.map(({ grade, traceCode }) => [grade, traceCode])).toEqual([['A', 'T-1'], ['B', 'T-1']]);
    expect((await test.shop.catalogue.product(product.id)).variants[1]).not.toHaveProperty('grade');
  });

  it('tells price and stock as the small fact, words as the whole product', async () => {
    const product = await test.product(5);
    const changed = await test.shop.catalogue.changeVariant(variantId(product), { priceMinor: 999, stock: 7 });
    expect(changed.variants[0]).toMatchObject({ priceMinor: 999, stock: 7 });
    expect(test.facts.at(-1)).toEqual({
      fact: 'variants.changed',
      payload: { sellerId: test.sellerId, variants: [{ productId: product.id, variantId: variantId(product), priceMinor: 999, stock: 7 }] },
    });
    const renamed = await test.shop.catalogue.changeVariant(variantId(product), { label: 'small', priceMinor: 1 });
    expect(test.facts.at(-1)).toEqual({ fact: 'product.changed', payload: { product: renamed } });
  });

  it('adds stock from two phones instead of overwriting, once for a key, and never goes below zero', async () => {
    const product = await test.product(5);
    const id = variantId(product);
    await Promise.all([
      test.shop.catalogue.changeVariant(id, { stockDelta: 10 }),
      test.shop.catalogue.changeVariant(id, { stockDelta: -3 }),
      ...Array.from({ length: 10 }, () => test.shop.catalogue.changeVariant(id, { stockDelta: 1 }, onceFor('one-crate'))),
    ]);
    expect(await stockOf(test.shop, product)).toEqual([13]);
    expect(await refusal(test.shop.catalogue.changeVariant(id, { stockDelta: -14 }))).toEqual({
      code: 'stock.insufficient',
      params: { variantId: id, left: 13 },
    });
    expect((await refusal(test.shop.catalogue.changeVariant(id, { stockDelta: 1_000_000 }))).code).toBe('input.invalid');
    expect(await stockOf(test.shop, product)).toEqual([13]);
  });

  it('adds a variant or changes the one named, and no other product’s', async () => {
    const product = await test.product(5);
    const other = await test.product(5);
    const added = await test.shop.catalogue.setVariant(product.id, { ...variant, label: 'new' });
    expect(added.variants.map(({ label }) => label)).toEqual(['grade 1', 'new']);
    const changed = await test.shop.catalogue.setVariant(product.id, { ...variant, id: variantId(added, 1), label: 'renamed', stock: 9 });
    expect(changed.variants[1]).toMatchObject({ id: variantId(added, 1), label: 'renamed', stock: 9 });
    expect((await refusal(test.shop.catalogue.setVariant(other.id, { ...variant, id: variantId(added, 1) }))).code).toBe('not-found');
    expect(await test.shop.catalogue.product(product.id)).toEqual(changed);
  });

  it('bounds the number of variants', async () => {
    const product = await test.product(...Array.from({ length: VARIANT_LIMIT }, () => 1));
    expect((await refusal(test.shop.catalogue.setVariant(product.id, variant))).code).toBe('input.invalid');
    expect((await test.shop.catalogue.product(product.id)).variants).toHaveLength(VARIANT_LIMIT);
  });

  it('refuses what it does not know, and changes nothing then', async () => {
    const product = await test.product(5);
    const request = { name: 'Rice', description: '', pictures: ['pic_unknown'], variants: [variant] };
    expect((await refusal(test.shop.catalogue.create(test.sellerId, request))).code).toBe('input.invalid');
    expect((await refusal(test.shop.catalogue.create('sel_unknown', { ...request, pictures: [] }))).code).toBe('not-found');
    expect((await refusal(test.shop.catalogue.change(product.id, { name: 'Lost', pictures: ['pic_unknown'] }))).code).toBe('input.invalid');
    expect((await refusal(test.shop.catalogue.change('prd_unknown', { name: 'Lost' }))).code).toBe('not-found');
    expect((await refusal(test.shop.catalogue.changeVariant('var_unknown', { stock: 1 }))).code).toBe('not-found');
    expect((await refusal(test.shop.catalogue.sellerOf('prd_unknown'))).code).toBe('not-found');
    expect(await test.shop.catalogue.list({ sellerId: test.sellerId })).toEqual([product]);
  });

  it('knows the seller of a product and of a variant', async () => {
    const product = await test.product(1);
    expect(await test.shop.catalogue.sellerOf(product.id)).toBe(test.sellerId);
    expect(await test.shop.catalogue.sellerOf(variantId(product))).toBe(test.sellerId);
  });

  it('has the oldest seller as the first, and makes one for one key', async () => {
    const request = { name: 'Far Valley', currency: 'KES' } as const;
    const [a, b] = await Promise.all([test.shop.sellers.create(request, onceFor('seller-key')), test.shop.sellers.create(request, onceFor('seller-key'))]);
    expect(a).toEqual(b);
    expect(await test.shop.sellers.find(a.id)).toEqual({ id: a.id, ...request, retentionDays: null, retentionGb: null });
    expect((await test.shop.sellers.list()).map(({ name }) => name)).toEqual(['Green Hill', 'Far Valley']);
    expect((await test.shop.sellers.first())?.id).toBe(test.sellerId);
  });

  it('changes of a seller what is given, also back to what the server says', async () => {
    const { id } = await test.shop.sellers.create({ name: 'Far Valley', currency: 'KES' });
    expect(await test.shop.sellers.change(id, { retentionDays: 7, retentionGb: 5 })).toMatchObject({ name: 'Far Valley', retentionDays: 7, retentionGb: 5 });
    expect(await test.shop.sellers.change(id, { name: 'Near Valley', retentionDays: null })).toMatchObject({ name: 'Near Valley', retentionDays: null, retentionGb: 5 });
    await expect(test.shop.sellers.change('sel_nobody', { name: 'x' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
