// Owns the step from bytes that somebody sent to pictures that are safe to show: type by content, size limits, no metadata.
import type { Sharp, SharpOptions } from 'sharp';
import { FieldcastError } from '../platform/errors.ts';
import { pictureWidths } from '../protocol/shop.ts';

/** Above what phones take by default (12 megapixels) and in their largest mode (50); decoded that is 200 MB at most. */
export const PIXEL_LIMIT = 50_000_000;
// A strip of 1 x 50,000,000 passes the limit above; WebP ends at 16,383.
const HEIGHT_PER_WIDTH = 4;
const QUALITY = 78;

let loading: Promise<(input: Uint8Array, options?: SharpOptions) => Sharp> | undefined;

// With the first picture, not with the server: libvips takes memory that most days nobody needs.
async function load() {
  const { default: sharp } = await import('sharp');
  // One thread: media workers and orders share these cores. No cache: a picture is encoded once.
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

export interface EncodedPicture {
  /** Of the largest kept version, upright. */
  width: number;
  height: number;
  versions: { width: number; webp: Uint8Array }[];
}

/** @throws FieldcastError `picture.unreadable` when it is no JPEG, PNG or WebP, too large, or broken. */
export async function encodePicture(bytes: Uint8Array): Promise<EncodedPicture> {
  // Before any decoder sees it: libvips reads SVG, GIF, TIFF and more, none of which has to be trusted here.
  if (!isKnownType(bytes)) throw new FieldcastError('picture.unreadable', 'A picture has to be a JPEG, PNG or WebP.');
  const sharp = await (loading ??= load());
  try {
    const largestWidth = Math.max(...pictureWidths);
    // The original is decoded once. The colours become sRGB; without `withMetadata` nothing else is taken over, least of all GPS.
    const { data, info } = await sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'error' })
      .autoOrient()
      .resize({ width: largestWidth, height: largestWidth * HEIGHT_PER_WIDTH, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const versions: EncodedPicture['versions'] = [];
    for (const each of pictureWidths) {
      const webp = await sharp(data, { raw: { width, height, channels } })
        .resize({ width: each, withoutEnlargement: true })
        .webp({ quality: QUALITY })
        .toBuffer();
      versions.push({ width: each, webp });
    }
    return { width, height, versions };
  } catch (cause) {
    throw new FieldcastError('picture.unreadable', 'The picture cannot be read, or is too large.', { cause });
  }
}

function isKnownType(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 12)).toString('latin1');
  return head.startsWith('\xff\xd8\xff') || head.startsWith('\x89PNG\r\n\x1a\n') || (head.startsWith('RIFF') && head.slice(8) === 'WEBP');
}
