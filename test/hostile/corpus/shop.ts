// Owns the cases about goods and money: quantities, prices, stock, buyers, states, files that are no pictures.
import { deflateSync } from 'node:zlib';
import { crc32 } from 'node:zlib';
import type { ErrorCode } from '../../../server/protocol/errors.ts';
import type { HttpCase } from '../http-client.ts';
import type { Target } from '../market.ts';
import { UNKNOWN_ID } from './endpoints.ts';

/** As JSON text, because JSON.stringify knows neither -0 nor 1e999. */
const NO_QUANTITY = ['0', '-1', '-0', '0.5', 'null', '1e9', '1000', '1e308', '1e999', '9007199254740993', '"1"', '"1e3"', 'true', '[1]', '{}', '""'];
const NO_NUMBER = ['NaN', 'Infinity', '-Infinity', '0x10', '01', '+1', '1.', '.5', '1_000'];

export function shopCases({ target, stranger, operatorToken }: { target: Target; stranger: Target; operatorToken: string }): HttpCase[] {
  const [plenty, few, offShelf] = target.products.map((product) => product.variants[0]?.id);
  const foreign = stranger.products[0]?.variants[0]?.id;
  let keys = 0;
  const send = (what: string, method: string, path: string, body: string, codes: ErrorCode[], token?: string): HttpCase => ({
    what,
    method,
    path,
    headers: { 'content-type': 'application/json', 'idempotency-key': `hostile-shop-${(keys += 1)}`, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body,
    codes,
  });
  const buyer = '{"name":"李梅","phone":"13800001234","address":"杭州市西湖区"}';
  const order = (what: string, parts: { lines?: string; buyer?: string; payment?: string; more?: string; showId?: string }, ...codes: ErrorCode[]) =>
    send(
      `an order ${what}`,
      'POST',
      `/api/v1/shows/${parts.showId ?? target.show.id}/orders`,
      `{"lines":${parts.lines ?? line(plenty)},"buyer":${parts.buyer ?? buyer},"payment":${parts.payment ?? '"cod"'}${parts.more ?? ''}}`,
      codes,
    );
  const line = (variantId: string | undefined, quantity = '1') => `[{"variantId":"${variantId}","quantity":${quantity}}]`;
  const patch = (what: string, body: string, ...codes: ErrorCode[]) => send(what, 'PATCH', `/api/v1/variants/${plenty}`, body, codes, operatorToken);
  const move = (to: string, ...codes: ErrorCode[]) =>
    send(`a move to ${to}`, 'POST', `/api/v1/orders/${target.order.id}/state`, `{"to":"${to}"}`, codes, operatorToken);

  const sale = (what: string, parts: Record<string, string>, ...codes: ErrorCode[]) => {
    const fine = { variantId: `"${plenty}"`, priceMinor: '1', units: '1', countdownSeconds: '300', minutes: '1' };
    const body = Object.entries({ ...fine, ...parts }).map(([name, value]) => `"${name}":${value}`).join(',');
    return send(`a flash sale ${what}`, 'POST', `/api/v1/shows/${target.show.id}/flash-sales`, `{${body}}`, codes, operatorToken);
  };

  return [
    ...['"discounts":[{"amountMinor":999}]', '"discountMinor":999', '"coupon":1', '"coupon":""', '"coupon":["a","b"]', `"coupon":"${'x'.repeat(41)}"`, '"groupBuyId":"../x"', '"waitId":{}'].map((part) =>
      order(`with ${part.slice(0, 30)}`, { more: `,${part}` }, 'input.invalid'),
    ),
    ...['NOBODY', '__proto__', '%', "' or 1=1 --"].map((code) => order(`with the coupon ${code}`, { more: `,"coupon":"${code}"` }, 'coupon.unknown')),
    order('in a group that nobody has', { more: `,"groupBuyId":"${UNKNOWN_ID}"` }, 'not-found'),
    ...['priceMinor', 'units', 'countdownSeconds', 'minutes', 'perBuyer', 'startsAt'].flatMap((field) =>
      // Few, because one person may start thirty a minute.
      ['0', '0.5', '1e12'].map((value) => sale(`with ${field} ${value}`, { [field]: value }, 'input.invalid')),
    ),
    sale('that began yesterday', { startsAt: String(Date.now() - 86_400_000) }, 'input.invalid'),
    sale('with a list price of its own', { listMinor: '99999' }, 'input.invalid'),
    sale('that is dearer', { priceMinor: '100000000' }, 'promotion.price-not-honest'),
    sale('of more than there is', { variantId: `"${few}"`, units: '1000' }, 'stock.insufficient'),
    sale('of another show\'s goods', { variantId: `"${foreign}"` }, 'shelf.not-on-shelf'),
    sale('of __proto__', { variantId: '"__proto__"' }, 'shelf.not-on-shelf'),
    send('the end of a promotion that nobody has', 'POST', `/api/v1/promotions/${UNKNOWN_ID}/end`, '{}', ['not-found'], operatorToken),
    ...NO_QUANTITY.map((quantity) => order(`of ${quantity}`, { lines: line(plenty, quantity) }, 'input.invalid')),
    ...NO_NUMBER.map((quantity) => order(`of ${quantity}`, { lines: line(plenty, quantity) }, 'input.not-json')),
    order('of more than there is', { lines: line(few, '6') }, 'stock.insufficient'),
    order('of more than there is, in two lines', { lines: `[${line(few, '3').slice(1, -1)},${line(few, '3').slice(1, -1)}]` }, 'stock.insufficient', 'input.invalid'),
    order('of 51 lines', { lines: `[${Array.from({ length: 51 }, () => line(plenty).slice(1, -1)).join(',')}]` }, 'input.invalid'),
    order('of nothing', { lines: '[]' }, 'input.invalid'),
    order('of what is not on the shelf', { lines: line(offShelf) }, 'shelf.not-on-shelf', 'stock.insufficient', 'not-found'),
    order('of another show\'s goods', { lines: line(foreign) }, 'shelf.not-on-shelf', 'not-found'),
    order('of what nobody has', { lines: line(UNKNOWN_ID) }, 'shelf.not-on-shelf', 'not-found'),
    order('partly of what nobody has', { lines: `[${line(plenty).slice(1, -1)},${line(UNKNOWN_ID).slice(1, -1)}]` }, 'shelf.not-on-shelf', 'not-found'),
    order('of __proto__', { lines: line('__proto__') }, 'shelf.not-on-shelf', 'not-found'),
    order('in a show nobody has', { showId: UNKNOWN_ID }, 'not-found'),
    order('with a price of its own', { lines: line(plenty).replace('}', ',"unitPriceMinor":1}') }, 'input.invalid'),
    order('for another total', { more: ',"expectedTotalMinor":1' }, 'order.price-changed'),
    ...['-1', '0.5', '"1000"', '1e300'].map((total) => order(`for a total of ${total}`, { more: `,"expectedTotalMinor":${total}` }, 'input.invalid')),
    ...['"card"', '"COD"', 'null', '["cod"]', '""'].map((payment) => order(`paid by ${payment}`, { payment }, 'input.invalid')),
    ...['"1"', '"abcdefgh"', '"+"', '"138 0000 1234; DROP"', '"１３８００００１２３４"', '"999999999999999999999999999"', '13800001234'].map((phone) =>
      order(`with the phone ${phone}`, { buyer: buyer.replace('"13800001234"', phone) }, 'input.invalid'),
    ),
    ...['""', '"   "', '"a\\nb"', '"\\u202egnp.exe"', '"\\u0007"', `"${'x'.repeat(61)}"`].map((name) =>
      order(`by ${name.slice(0, 20)}`, { buyer: buyer.replace('"李梅"', name) }, 'input.invalid'),
    ),
    ...['priceMinor', 'stock', 'stockDelta'].flatMap((field) =>
      ['0.5', 'null', '"5"', '1e12', '-1e12', '[1]', '{}', 'true', '1e999'].map((value) => patch(`${field} ${value}`, `{"${field}":${value}}`, 'input.invalid')),
    ),
    patch('a price of 0', '{"priceMinor":0}', 'input.invalid'),
    patch('a stock of -1', '{"stock":-1}', 'input.invalid'),
    patch('a delta below nothing', '{"stockDelta":-100000}', 'stock.insufficient', 'input.invalid'),
    patch('stock and a delta', '{"stock":1,"stockDelta":1}', 'input.invalid'),
    patch('another id', `{"id":"${UNKNOWN_ID}"}`, 'input.invalid'),
    ...['placed', 'shipped', 'delivered', 'refused'].map((to) => move(to, 'order.wrong-state')),
    move('lost', 'input.invalid'),
    move('__proto__', 'input.invalid'),
    send('an undo of nothing', 'POST', `/api/v1/orders/${target.order.id}/undo`, '{}', ['order.wrong-state'], operatorToken),
    send('the end of a show that has not begun', 'POST', `/api/v1/shows/${stranger.show.id}/end`, '{}', ['show.wrong-state'], operatorToken),
    send('pins that are not on the shelf', 'PUT', `/api/v1/shows/${target.show.id}/pins`, JSON.stringify({ productIds: [target.products[2]?.id] }), ['shelf.not-on-shelf'], operatorToken),
    send('a shelf of another seller\'s goods', 'PUT', `/api/v1/shows/${target.show.id}/shelf`, JSON.stringify({ productIds: [stranger.products[0]?.id] }), ['not-found', 'auth.forbidden', 'input.invalid'], operatorToken),
    send('a shelf of what nobody has', 'PUT', `/api/v1/shows/${target.show.id}/shelf`, JSON.stringify({ productIds: [UNKNOWN_ID] }), ['not-found', 'input.invalid'], operatorToken),
    send('a poster that nobody has', 'PATCH', `/api/v1/shows/${target.show.id}`, JSON.stringify({ posterPictureId: UNKNOWN_ID }), ['not-found', 'input.invalid'], operatorToken),
    send('pictures that nobody has', 'PATCH', `/api/v1/products/${target.products[0]?.id}`, JSON.stringify({ pictures: [UNKNOWN_ID] }), ['not-found', 'input.invalid'], operatorToken),
    send('a variant of another product', 'POST', `/api/v1/products/${target.products[0]?.id}/variants`, JSON.stringify({ id: few, unit: 'kg', priceMinor: 1, stock: 1 }), ['not-found'], operatorToken),
    ...files().map(([what, bytes]): HttpCase => ({
      what: `as a picture ${what}`,
      method: 'POST',
      path: '/api/v1/pictures',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${target.hostToken}` },
      body: bytes,
      codes: ['picture.unreadable', 'input.media-type', 'input.too-large'],
    })),
  ];
}

function files(): [string, Uint8Array][] {
  const ascii = (text: string) => Buffer.from(text, 'latin1');
  return [
    ['a text', ascii('not a picture')],
    ['a script', ascii('<script>alert(1)</script>')],
    ['a vector picture', ascii('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>')],
    ['a vector picture that reads a file', ascii('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>')],
    ['a GIF', ascii('GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;')],
    ['a PDF', ascii('%PDF-1.4\n1 0 obj<<>>endobj')],
    ['a program', Buffer.concat([ascii('\x7fELF'), Buffer.alloc(500)])],
    ['zeros', Buffer.alloc(10_000)],
    ['a JPEG\'s first bytes', Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex')],
    ['a JPEG\'s first bytes and noise', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), noise(5_000)])],
    ['a PNG\'s first bytes and noise', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise(5_000)])],
    ['a WebP\'s first bytes and noise', Buffer.concat([ascii('RIFF\x00\x10\x00\x00WEBPVP8 '), noise(5_000)])],
    ['a PNG of 60,000 x 60,000', png(60_000, 60_000)],
    ['a PNG of 0 x 0', png(0, 0)],
    ['a PNG of -1 x -1', png(0xffff_ffff, 0xffff_ffff)],
  ];
}

/** The same noise at each run. */
export function noise(bytes: number, seed = 1): Buffer {
  const made = Buffer.alloc(bytes);
  let state = seed;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    made[at] = state >>> 24;
  }
  return made;
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(100_000))), chunk('IEND', Buffer.alloc(0))]);
}
