// Owns what a viewer has to load before the first picture, measured on the build.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const BUILD = join(import.meta.dirname, '../../dist/web-components');
/** Loaded after the first picture, or by those who have something to see there: gate, chat, a product in full, orders, HLS, replay, list of shows, measuring. */
const LATER = /\/(?:lobby|data-sheet|shows|checkout|host-shop|place-order|chat|captions|following|room|promotions|ladder|picture-clock|replay|fieldcast-moments|product-page|telemetry)-[^/]*\.js$/;

/** A file with everything it imports, statically and at once by `import()`. */
function firstLoad(path: string, later = LATER, seen = new Map<string, number>()): Map<string, number> {
  if (seen.has(path)) return seen;
  const code = readFileSync(path, 'utf8');
  seen.set(path, gzipSync(code, { level: 9 }).length);
  for (const [, isDynamic, imported] of code.matchAll(/(?:from|import)(\(?)\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)) {
    if (!(isDynamic && later.test(imported!))) firstLoad(join(dirname(path), imported!), later, seen);
  }
  return seen;
}

it('shows the first picture after at most 75 kB of gzip', () => {
  const files = firstLoad(join(BUILD, 'fieldcast.js'));
  // Without mediasoup-client and socket.io-client in it the figure would mean nothing.
  expect([...files.keys()].some((path) => readFileSync(path, 'utf8').includes('routerRtpCapabilities'))).toBe(true);
  const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(total, [...files].map(([path, bytes]) => `${path.slice(BUILD.length)} ${bytes}`).join(', ')).toBeLessThanOrEqual(75_000);
});

it('brings figures with their charts in at most 40 kB of gzip, beside what all elements for staff are made of', () => {
  const files = firstLoad(join(BUILD, 'fieldcast-analytics.js'), /\/(?:fieldcast-report|fieldcast-big-screen|fieldcast-live-figures)-[^/]*\.js$/);
  const own = [...files].filter(([path]) => !/\/(?:base|session|common|ids|rolldown-runtime|decorate)-[^/]*\.js$/.test(path));
  expect(own.some(([path]) => path.includes('uPlot'))).toBe(true);
  // Nothing here is told by a connection.
  expect([...files.keys()].some((path) => path.includes('/visit-'))).toBe(false);
  expect(own.reduce((sum, [, bytes]) => sum + bytes, 0), own.map(([path, bytes]) => `${path.slice(BUILD.length)} ${bytes}`).join(', ')).toBeLessThanOrEqual(40_000);
});
