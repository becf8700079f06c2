import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pictureWidths } from '../../../server/protocol/shop.ts';
import { openShop, refusal, type TestShop } from './open-shop.ts';

const drawn = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c03' } });

/** A PNG that says it is this large and carries a few bytes: what a decompression bomb looks like before it is decoded. */
function hollowPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(10_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

describe('pictures', () => {
  let test: TestShop;
  beforeEach(async () => {
    test = await openShop();
  });
  afterEach(() => test.close());

  it('keeps JPEG, PNG and WebP as WebP in every width', async () => {
    for (const bytes of [await drawn(1600, 1200).jpeg().toBuffer(), await drawn(1600, 1200).png().toBuffer(), await drawn(1600, 1200).webp().toBuffer()]) {
      const picture = await test.shop.pictures.add(bytes);
      expect(picture).toMatchObject({ width: 1080, height: 810 });
      expect(await test.shop.pictures.exists(picture.id)).toBe(true);
      for (const width of pictureWidths) {
        const kept = await sharp(await test.shop.pictures.read(picture.id, width)).metadata();
        expect(kept).toMatchObject({ format: 'webp', width, height: (width * 3) / 4 });
      }
    }
    const files = await readdir(join(test.dataDir, 'pictures'));
    expect(files).toHaveLength(9);
    expect(files.every((file) => file.endsWith('.webp'))).toBe(true);
  });

  it('does not blow up a small picture', async () => {
    const picture = await test.shop.pictures.add(await drawn(200, 100).png().toBuffer());
    expect(picture).toMatchObject({ width: 200, height: 100 });
    const kept = await sharp(await test.shop.pictures.read(picture.id, 1080)).metadata();
    expect([kept.width, kept.height]).toEqual([200, 100]);
  });

  it('turns a phone’s picture upright and keeps nothing that says where it was taken', async () => {
    const bytes = await drawn(300, 200)
      .withExif({
        IFD0: { Make: 'Budget Phone', Model: 'Secret Model' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 35/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '109/1 29/1 0/1' },
      })
      .withMetadata({ orientation: 6 })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>')
      .jpeg()
      .toBuffer();
    const sent = await sharp(bytes).metadata();
    expect(sent.orientation).toBe(6);
    expect(sent.exif?.toString('latin1')).toContain('Secret Model');
    expect(sent.xmp).toBeDefined();

    const picture = await test.shop.pictures.add(bytes);
    expect(picture).toMatchObject({ width: 200, height: 300 });
    for (const width of pictureWidths) {
      const kept = Buffer.from((await test.shop.pictures.read(picture.id, width)) ?? []);
      const metadata = await sharp(kept).metadata();
      for (const part of ['exif', 'xmp', 'iptc', 'icc', 'orientation'] as const) expect(metadata[part]).toBeUndefined();
      expect(kept.toString('latin1')).not.toMatch(/EXIF|XMP |GPS|Budget|Secret/);
    }
  });

  it('gives the same bytes the same id', async () => {
    const bytes = await drawn(50, 50).png().toBuffer();
    const [first, second] = await Promise.all([test.shop.pictures.add(bytes), test.shop.pictures.add(bytes)]);
    expect(second).toEqual(first);
    expect((await test.shop.pictures.add(await drawn(51, 50).png().toBuffer())).id).not.toBe(first.id);
  });

  it('refuses everything that is no picture of the three kinds, whatever it calls itself', async () => {
    const jpeg = await drawn(400, 300).jpeg().toBuffer();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
    const cases: Record<string, Uint8Array> = {
      empty: new Uint8Array(),
      'a few bytes': Buffer.from([0xff, 0xd8]),
      gif: await drawn(9, 9).gif().toBuffer(),
      tiff: await drawn(9, 9).tiff().toBuffer(),
      svg: Buffer.from(svg),
      'svg after a byte order mark': Buffer.from(`\ufeff${svg}`),
      'text named jpg': Buffer.from('just words, renamed to apple.jpg'),
      html: Buffer.from('<!doctype html><script>alert(1)</script>'),
      'text with the head of a JPEG': Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('only words')]),
      'svg with the head of a PNG': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from(svg)]),
      'a WAV, which is RIFF too': Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1'),
      'half a JPEG': jpeg.subarray(0, jpeg.length / 2),
      'a PNG of 900 megapixels': hollowPng(30_000, 30_000),
      'a PNG of 4 gigapixels': hollowPng(65_535, 65_535),
      'a PNG that ends early': hollowPng(2000, 2000),
    };
    const codes: Record<string, string> = {};
    for (const [name, bytes] of Object.entries(cases)) codes[name] = (await refusal(test.shop.pictures.add(bytes))).code;
    expect(codes).toEqual(Object.fromEntries(Object.keys(cases).map((name) => [name, 'picture.unreadable'])));
    await expect(readdir(join(test.dataDir, 'pictures'))).rejects.toMatchObject({ code: 'ENOENT' });
    // And the next good one goes through.
    expect((await test.shop.pictures.add(jpeg)).width).toBe(400);
  });

  it('keeps a picture as tall as a ribbon inside what WebP can hold', async () => {
    const picture = await test.shop.pictures.add(await drawn(20, 30_000).png().toBuffer());
    expect(picture.height).toBeLessThanOrEqual(4320);
    expect(await test.shop.pictures.read(picture.id, 160)).toBeDefined();
  });

  it('reads nothing outside of its folder and no width but the kept ones', async () => {
    const { id } = await test.shop.pictures.add(await drawn(50, 50).png().toBuffer());
    expect(await test.shop.pictures.read(id, 161)).toBeUndefined();
    for (const wrong of ['pic_unknown', '../shop.sqlite', '..%2fshop', '__proto__', '']) {
      expect(await test.shop.pictures.read(wrong, 160)).toBeUndefined();
    }
    expect(await test.shop.pictures.exists('pic_unknown')).toBe(false);
  });
});
