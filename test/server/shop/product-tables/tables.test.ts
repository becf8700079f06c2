// Products as a table: what a preview says, that exactly that happens, and that no file holds anybody up.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductTablePreview } from '../../../../server/protocol/product-table.ts';
import { asGb18030 } from '../../../support/gb18030.ts';
import { seeded } from '../../../support/random.ts';
import { openShop, refusal, stockOf, type TestShop, variantId } from '../open-shop.ts';

let test: TestShop;
beforeEach(async () => {
  test = await openShop();
});
afterEach(() => test.close());

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const take = (text: string | Uint8Array, options: { apply?: boolean; expect?: string } = {}): Promise<ProductTablePreview> =>
  test.shop.tables.take(test.sellerId, typeof text === 'string' ? bytes(text) : text, { apply: false, ...options });
const products = () => test.shop.catalogue.list({ sellerId: test.sellerId });
const written = async () => new TextDecoder('utf-8', { ignoreBOM: true }).decode(await test.shop.tables.write(test.sellerId));
const faults = ({ rows }: ProductTablePreview) => rows.flatMap(({ line, fault }) => (fault ? [[line, fault.kind, fault.column]] : []));

const HEAD = 'name,label,sku,unit,price,stock';

describe('a table of new products', () => {
  const table = `${HEAD},origin,harvested_on,weight_g,limit_per_buyer,colour
Fuji apples,5 kg,FUJI-5,box,68,20,Luochuan,2026-11-03,5 kg,4,red
Fuji apples,10 kg,FUJI-10,box,128.50,8,,,10 kg,,
Honey,,HONEY,jar,58,30,,,,,
`;

  it('is only looked at first', async () => {
    const preview = await take(table);
    expect(preview).toMatchObject({ counts: { new: 3, changed: 0, unchanged: 0, refused: 0 }, newProducts: 2, unknownColumns: ['colour'], encoding: 'utf-8', isApplied: false });
    expect(preview.rows.map(({ line, state, name, label }) => [line, state, name, label])).toEqual([[2, 'new', 'Fuji apples', '5 kg'], [3, 'new', 'Fuji apples', '10 kg'], [4, 'new', 'Honey', '']]);
    expect(await products()).toEqual([]);
    expect(test.facts).toEqual([]);
  });

  it('is taken in as it was shown, and taken in again changes nothing', async () => {
    const { fingerprint } = await take(table);
    expect(await take(table, { apply: true, expect: fingerprint })).toMatchObject({ isApplied: true, counts: { new: 3 } });
    const [fuji, honey] = (await products()).sort((one, other) => one.name.localeCompare(other.name));
    expect(fuji).toMatchObject({ name: 'Fuji apples', facts: { origin: 'Luochuan', harvestedOn: '2026-11-03' }, limitPerBuyer: 4 });
    expect(fuji?.variants).toMatchObject([{ label: '5 kg', sku: 'FUJI-5', unit: 'box', priceMinor: 6_800, stock: 20, weightGrams: 5_000 }, { label: '10 kg', sku: 'FUJI-10', priceMinor: 12_850, stock: 8 }]);
    expect(honey).toMatchObject({ name: 'Honey', variants: [{ sku: 'HONEY', priceMinor: 5_800 }] });
    expect(test.facts.filter(({ fact }) => fact === 'product.changed')).toHaveLength(2);
    expect(await take(table)).toMatchObject({ counts: { new: 0, changed: 0, unchanged: 3, refused: 0 } });
  });

  it('goes out and comes back the same', async () => {
    await take(table, { apply: true });
    const before = await products();
    expect(await take(await test.shop.tables.write(test.sellerId), { apply: true })).toMatchObject({ counts: { unchanged: 3, changed: 0, new: 0, refused: 0 }, unknownColumns: [] });
    expect(await products()).toEqual(before);
  });
});

describe('a table of what is there', () => {
  it('tells each change with what it was, and leaves alone what it does not say', async () => {
    const product = await test.product(7, 9);
    await test.shop.catalogue.change(product.id, { facts: { origin: 'Luochuan', grade: 'A' } });
    const table = 'name,label,price,stock,origin,grade\nfuji  APPLES,grade 1,13.00,,Yan’an,\nFuji apples,grade 2,12.50,4,Sanya,\n';
    const preview = await take(table, { apply: true });
    expect(preview.rows.map(({ state, changes }) => [state, changes])).toEqual([
      ['refused', []],
      ['changed', [{ column: 'price', from: '12.50', to: '13.00' }, { column: 'origin', from: 'Luochuan', to: 'Yan’an' }]],
    ]);
    expect(faults(preview)).toEqual([[3, 'differs', 'origin']]);
    const [changed] = await products();
    expect(changed).toMatchObject({ name: 'Fuji apples', facts: { origin: 'Yan’an', grade: 'A' }, variants: [{ priceMinor: 1_300, stock: 7 }, { priceMinor: 1_250, stock: 9 }] });
  });

  it('gives each variant a grade and specs of its own, or the product what all have in common', async () => {
    const [big, small] = ['Pears,80 mm,PEAR-80,box,68,20', 'Pears,70 mm,PEAR-70,box,48,20'];
    const head = `${HEAD},grade,specs`;
    await take(`${head}\n${big},一级,果径: 80 mm\n${small},二级,\n`, { apply: true });
    const pears = async () => (await products()).find(({ name }) => name === 'Pears');
    expect(await pears()).toMatchObject({ facts: { specs: [{ name: '果径', value: '80 mm' }] }, variants: [{ label: '80 mm', grade: '一级' }, { label: '70 mm', grade: '二级' }] });
    expect(await take(await test.shop.tables.write(test.sellerId))).toMatchObject({ counts: { changed: 0, new: 0, refused: 0 } });
    const preview = await take(`name,label,grade,specs\nPears,70 mm,一级,果径: 70 mm\nPears,80 mm,一级,\n`, { apply: true });
    expect(preview.rows.map(({ label, changes }) => [label, changes.map(({ column, from, to }) => [column, from, to])])).toEqual([
      ['70 mm', [['grade', '二级', '一级'], ['specs', '果径: 80 mm', '果径: 70 mm']]],
      ['80 mm', []],
    ]);
    const after = await pears();
    expect(after?.facts).toMatchObject({ grade: '一级', specs: [{ name: '果径', value: '80 mm' }] });
    expect(after?.variants.map(({ grade, specs }) => [grade, specs])).toEqual([[undefined, undefined], [undefined, [{ name: '果径', value: '70 mm' }]]]);
    expect(await take(await test.shop.tables.write(test.sellerId))).toMatchObject({ counts: { changed: 0, new: 0, refused: 0 } });
    await take('name,label,grade\nPears,70 mm,二级\n', { apply: true });
    expect((await pears())?.variants.map(({ grade }) => grade)).toEqual([undefined, '二级']);
  });

  it('finds a variant by its number, also to call it something else', async () => {
    const product = await test.product(7);
    await test.shop.catalogue.changeVariant(variantId(product), { sku: 'A-1' });
    await take('sku,name,label,stock\nA-1,Red Fuji,best,3\n', { apply: true });
    expect(await products()).toMatchObject([{ name: 'Red Fuji' }]);
    expect((await products())[0]?.variants).toMatchObject([{ id: variantId(product), label: 'best', stock: 3, sku: 'A-1' }]);
  });

  it('is another table when the products have changed meanwhile, but not when one was sold', async () => {
    const product = await test.product(7);
    const table = 'name,label,stock\nFuji apples,grade 1,20\n';
    const { fingerprint } = await take(table);
    await test.shop.catalogue.changeVariant(variantId(product), { stockDelta: -1 });
    expect(await take(table, { apply: true, expect: fingerprint })).toMatchObject({ isApplied: true });
    await test.shop.catalogue.change(product.id, { archived: true });
    expect((await refusal(take(table, { apply: true, expect: fingerprint }))).code).toBe('import.changed');
    expect((await refusal(take(table.replace('20', '21'), { apply: true, expect: fingerprint }))).code).toBe('import.changed');
    expect(await stockOf(test.shop, product)).toEqual([20]);
  });
});

describe('rows that are refused', () => {
  it('say which column and why, and the others are taken in', async () => {
    await test.product(1);
    await test.product(1);
    const preview = await take(
      `${HEAD}
Rice,,R,bag,69,5
Rice,,R2,bag,70,5
Millet,,R,bag,70,5
Dates,,,bag,free,5
Dates,,,sack,5,5
Dates,,,bag,,5
,,,bag,5,5
Fuji apples,grade 1,,kg,5,5
Eggs,,,box,45,5.5
`,
      { apply: true },
    );
    expect(faults(preview)).toEqual([[3, 'twice', null], [4, 'twice', 'sku'], [5, 'wrong', 'price'], [6, 'wrong', 'unit'], [7, 'missing', 'price'], [8, 'missing', 'name'], [9, 'ambiguous', 'name'], [10, 'wrong', 'stock']]);
    expect(preview.counts).toEqual({ new: 1, changed: 0, unchanged: 0, refused: 8 });
    expect((await products()).map(({ name }) => name).sort()).toEqual(['Fuji apples', 'Fuji apples', 'Rice']);
  });

  it('are those with a number of another product', async () => {
    const product = await test.product(1);
    await test.shop.catalogue.changeVariant(variantId(product), { sku: 'A-1' });
    await take(`${HEAD}\nRice,,R,bag,69,5\n`, { apply: true });
    expect(faults(await take('name,sku\nRice,A-1\n'))).toEqual([[2, 'other-product', 'sku']]);
  });

  it('are those beyond twenty variants', async () => {
    const rows = Array.from({ length: 22 }, (_, index) => `Rice,${index} kg,,bag,${index + 1},5`).join('\n');
    const preview = await take(`${HEAD}\n${rows}\n`, { apply: true });
    expect(preview.counts).toMatchObject({ new: 20, refused: 2 });
    expect(faults(preview)).toEqual([[22, 'too-many-variants', null], [23, 'too-many-variants', null]]);
  });
});

describe('files as people have them', () => {
  const text = '商品名称,规格,单位,价格,库存,产地\n红富士苹果,一级 5 公斤,箱,68.00,20,陕西洛川\n';
  const utf16 = (big: boolean): Uint8Array => {
    const made = new Uint8Array(2 + text.length * 2);
    const view = new DataView(made.buffer);
    view.setUint16(0, 0xfeff, !big);
    for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), !big);
    return made;
  };

  it.each([
    ['UTF-8', bytes(text), 'utf-8'],
    ['UTF-8 with a byte order mark', bytes(`\ufeff${text}`), 'utf-8'],
    ['GB 18030', asGb18030(text), 'gb18030'],
    ['UTF-16 LE', utf16(false), 'utf-16le'],
    ['UTF-16 BE', utf16(true), 'utf-16be'],
    ['semicolons and returns', bytes(text.replaceAll(',', ';').replaceAll('\n', '\r\n')), 'utf-8'],
    ['tabs', bytes(text.replaceAll(',', '\t')), 'utf-8'],
  ])('%s', async (_, file, encoding) => {
    const preview = await take(file, { apply: true });
    expect(preview).toMatchObject({ encoding, counts: { new: 1, refused: 0 } });
    expect(await products()).toMatchObject([{ name: '红富士苹果', facts: { origin: '陕西洛川' }, variants: [{ label: '一级 5 公斤', unit: 'box', priceMinor: 6_800, stock: 20 }] }]);
  });

  it.each([
    ['nothing', '', 'empty'],
    ['only line ends', '\n\r\n\n', 'empty'],
    ['no known heading', 'colour,size\nred,5\n', 'heading'],
    ['an open quotation mark', `${HEAD}\n"Rice,,,bag,1,1\n`, 'quote'],
    ['zeros', '\0'.repeat(5_000), 'heading'],
  ])('%s is no table', async (_, file, reason) => {
    expect(await refusal(take(file))).toMatchObject({ code: 'table.unreadable', params: { reason } });
  });
});

describe('formulas', () => {
  it('come in as text, go out defused, and come back as they were', async () => {
    await take(`name,unit,price,stock,origin\n"=cmd|' /C calc'!A0",box,5,5,+SUM(1)\n`, { apply: true });
    const [product] = await products();
    expect(product).toMatchObject({ name: "=cmd|' /C calc'!A0", facts: { origin: '+SUM(1)' } });
    const table = await written();
    expect(table.startsWith('\ufeff')).toBe(true);
    for (const cell of table.split(/,|\r\n/)) expect(cell).not.toMatch(/^"?\s*[=+\-@]/);
    expect(await take(table, { apply: true })).toMatchObject({ counts: { unchanged: 1, changed: 0, new: 0 } });
    expect(await products()).toEqual([product]);
  });
});

describe('a hundred thousand rows', () => {
  it('with broken letters are read without holding anybody up, and refused one by one', async () => {
    const random = seeded(5);
    const row = (index: number): string => `苹果 ${index % 3_000},规格 ${index},,箱,${(index % 500) + 1}.50,${index % 40}\n`;
    const file = asGb18030(`${HEAD}\n${Array.from({ length: 100_000 }, (_, index) => row(index)).join('')}`);
    // A tenth of the rows or so get a byte that is no letter in any encoding.
    for (let broken = 0; broken < 10_000; broken += 1) {
      const at = HEAD.length + 10 + Math.floor(random() * (file.length - HEAD.length - 20));
      if (file[at]! > 0x80) file[at] = 0xff;
    }
    let longestMs = 0;
    let last = performance.now();
    const watch = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - last);
      last = performance.now();
    }, 5);
    const preview = await take(file);
    clearInterval(watch);
    const { counts } = preview;
    expect(counts.new + counts.changed + counts.unchanged + counts.refused).toBe(100_000);
    expect(counts.refused).toBeGreaterThan(1_000);
    expect(preview.newProducts).toBeLessThanOrEqual(2_000);
    expect(preview.rows).toHaveLength(300);
    expect(longestMs).toBeGreaterThan(0);
    expect(await products()).toEqual([]);
  }, 60_000);

  it('and one are too many', async () => {
    expect(await refusal(take(`${HEAD}\n${'a,,,box,1,1\n'.repeat(100_001)}`))).toMatchObject({ code: 'table.unreadable', params: { reason: 'rows' } });
  }, 60_000);
});
