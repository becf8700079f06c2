// Tables of states and tracking numbers, as couriers and spreadsheets write them, and as somebody hostile would.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvFile } from '../../../../server/platform/csv.ts';
import { ordersAsCsv } from '../../../../server/shop/desk/export.ts';
import { refusal } from '../open-shop.ts';
import { type DeskStand, host, openDesk, WHOLE } from './desk-stand.ts';

let test: DeskStand;
const utf8 = (text: string) => new TextEncoder().encode(text);
const preview = (bytes: Uint8Array | string) => test.shop.desk.imports.preview(test.scope, typeof bytes === 'string' ? utf8(bytes) : bytes);

beforeEach(async () => {
  test = await openDesk();
});
afterEach(() => test.close());

describe('a table that is read in', () => {
  it('tells first what it would change, then does it, once, and is taken back like a batch', async () => {
    const orders = [await test.order({ name: '王芳' }), await test.order(), await test.order()];
    const told = await preview('number,state,courier,tracking_number\r\n1,packed,,\r\n2,placed,,\r\n3,,顺丰,SF123456\r\n');
    expect(told).toMatchObject({ encoding: 'utf-8', rows: 3, unchanged: 1, changeCount: 2, faultCount: 0 });
    expect(told.changes).toEqual([
      { line: 2, orderId: orders[0]!.id, number: 1, name: '王芳', from: 'placed', to: 'packed', tracking: null },
      { line: 4, orderId: orders[2]!.id, number: 3, name: 'Wang Fang', from: 'placed', to: null, tracking: { courier: '顺丰', number: 'SF123456' } },
    ]);
    expect(await test.state(orders[0]!)).toBe('placed');
    const done = await test.shop.desk.imports.apply(told.importId, host);
    expect(done).toMatchObject({ moved: 1, tracked: 1, refused: [] });
    expect(await test.state(orders[0]!)).toBe('packed');
    expect((await test.shop.orders.find(orders[2]!.id))?.tracking).toEqual({ courier: '顺丰', number: 'SF123456' });
    expect((await refusal(test.shop.desk.imports.apply(told.importId, host))).code).toBe('not-found');
    await test.shop.desk.batches.undo(done.batchId!, host);
    expect(await test.state(orders[0]!)).toBe('placed');
  });

  // "订单号,状态,快递公司,快递单号" and a row, as Chinese Excel saves it.
  const gb18030 = Uint8Array.from(Buffer.from('b6a9b5a5bac52cd7b4ccac2cbfecb5ddb9abcbbe2cbfecb5ddb5a5bac50a312cd2d1b4f2b0fc2ccbb3b7e12c534631323334350a', 'hex'));
  const text = '订单号,状态,快递公司,快递单号\n1,已打包,顺丰,SF12345\n';
  const utf16 = (order: 'le' | 'be') => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return new Uint8Array(order === 'le' ? bytes : bytes.swap16());
  };

  it.each([
    ['UTF-8', () => utf8(text), 'utf-8'],
    ['UTF-8 with a byte order mark', () => utf8(`\ufeff${text}`), 'utf-8'],
    ['UTF-16, little end first', () => utf16('le'), 'utf-16le'],
    ['UTF-16, big end first', () => utf16('be'), 'utf-16be'],
    ['GB 18030', () => gb18030, 'gb18030'],
    ['semicolons', () => utf8(text.replaceAll(',', ';')), 'utf-8'],
    ['tabs', () => utf8(text.replaceAll(',', '\t')), 'utf-8'],
    ['quotation marks', () => utf8('"订单号","状态","快递公司","快递单号"\r"1","已打包","顺丰","SF12345"\r'), 'utf-8'],
  ])('may be in %s', async (_name, bytes, encoding) => {
    await test.order();
    const told = await preview(bytes());
    expect(told.encoding).toBe(encoding);
    expect(told.changes).toMatchObject([{ number: 1, to: 'packed', tracking: { courier: '顺丰', number: 'SF12345' } }]);
  });

  it('names each faulty line and leaves it out', async () => {
    await test.bring(await test.order(), 'delivered');
    await test.order();
    const told = await preview(
      ['number,state,tracking_number', '1,packed,', 'x,packed,', '99,packed,', '2,flying,', '2,packed,7.31E+12', '2,packed,', '2,confirmed,', '3,\ufffd,', '2,packed,<script>'].join('\n'),
    );
    expect(told.faults.map(({ line, fault }) => [line, fault])).toEqual([
      [2, 'not-allowed'], [3, 'number'], [4, 'unknown'], [5, 'state'], [6, 'mangled'], [8, 'twice'], [9, 'unreadable'], [10, 'courier'],
    ]);
    expect(told.changes).toMatchObject([{ line: 7, number: 2, to: 'packed' }]);
  });

  it.each([
    ['', 'empty'],
    ['\n\n,,\n', 'empty'],
    ['colour,size\n1,2\n', 'heading'],
    ['number\n1\n', 'heading'],
    [`number,state\n1,"packed\n${'x'.repeat(20_000)}`, 'quote'],
    [`number,state${',x'.repeat(200)}\n`, 'columns'],
  ])('that is none is refused with its reason: %#', async (table, reason) => {
    expect(await refusal(preview(table))).toMatchObject({ code: 'table.unreadable', params: { reason } });
  });

  it('of 100,000 lines in a broken encoding holds nothing up, and one more line is too many', async () => {
    await test.order();
    const heading = utf8('number,state\n');
    const noise = Buffer.alloc(100_000 * 8);
    for (let row = 0; row < 100_000; row += 1) Buffer.from([0xff, 0xc3, 0x28, 0xa0, 0x2c, 0x81, 0xfe, 0x0a]).copy(noise, row * 8);
    // Whatever else waits gets its turn meanwhile.
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 1);
    const told = await preview(Buffer.concat([heading, noise]));
    clearInterval(turning);
    expect(told).toMatchObject({ rows: 100_000, changeCount: 0, faultCount: 100_000 });
    expect(told.faults).toHaveLength(100);
    expect(turns).toBeGreaterThan(3);
    expect(await refusal(preview(Buffer.concat([heading, noise, utf8('1,packed\n')])))).toMatchObject({ params: { reason: 'rows' } });
  });

  it('reaches orders of its own scope only', async () => {
    await test.order({}, { showId: 'shw_other' });
    const told = await test.shop.desk.imports.preview({ showId: 'shw_mine', sellerId: test.sellerId }, utf8('number,state\n1,packed\n'));
    expect(told.faults).toMatchObject([{ fault: 'unknown' }]);
  });
});

describe('a table that is taken out', () => {
  it('can be read in again, and nothing in it runs in a spreadsheet', async () => {
    const order = await test.order({ name: '=HYPERLINK("http://x")', address: '+1 Road\n"Hill"' });
    await test.shop.desk.tracking.set(order.id, { courier: '-cmd', number: 'SF1' }, host);
    const bytes = await ordersAsCsv(test.shop.desk.queues, test.scope, { queue: 'all', search: '', phoneDigits: WHOLE }, (each) => each);
    const table = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    expect(table.startsWith('\ufeff"number","state"')).toBe(true);
    expect(table).toContain('"\'=HYPERLINK(""http://x"")"');
    expect(table).toContain('"\'-cmd"');
    const told = await preview(bytes);
    expect(told).toMatchObject({ rows: 1, unchanged: 1, changeCount: 0, faultCount: 0 });
    const changed = await preview(csvFile(['number', 'state'], [[1, 'confirmed']]));
    expect(changed.changes).toMatchObject([{ number: 1, to: 'confirmed' }]);
  });
});
