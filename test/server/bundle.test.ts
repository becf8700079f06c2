// Owns the promise of the one-file server: taken only for what it was made from, and its stack traces name the sources.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BundleLines, bundleFiles, compilationStamp, evaluateBundle, loadBundle } from '../../server/bundle.ts';

interface Exports {
  answer(): number;
  fail(): never;
}

const CODE = `(function (exports, require, module, bundleFolder) {
exports.answer = () => 42;
exports.fail = function fail() {
  throw new Error('no apples');
};
})`;
const LINES: BundleLines = { files: ['server/shop/apples.ts'], lines: { 4: [0, 17] } };

const usual = Error.prepareStackTrace;
let dist: string;

beforeEach(async () => {
  dist = await mkdtemp(join(tmpdir(), 'fieldcast-bundle-'));
  const files = bundleFiles(dist);
  await mkdir(files.folder);
  await mkdir(join(dist, '.tsbuildinfo'));
  for (const project of ['protocol', 'server']) await writeFile(join(dist, '.tsbuildinfo', project), `sources of ${project}`);
  await writeFile(files.code, CODE);
  await writeFile(files.lines, JSON.stringify(LINES));
  await writeFile(files.compiled, evaluateBundle(files).script.createCachedData());
  await writeFile(files.stamp, compilationStamp(dist));
});

afterEach(async () => {
  Error.prepareStackTrace = usual as NonNullable<typeof usual>;
  await rm(dist, { recursive: true, force: true });
});

describe('the server in one file', () => {
  it('is loaded when it was made from what is compiled', () => {
    expect(loadBundle<Exports>(dist)?.answer()).toBe(42);
  });

  it('is left alone when the sources were compiled again since', async () => {
    await writeFile(join(dist, '.tsbuildinfo', 'server'), 'other sources');
    expect(loadBundle(dist)).toBeUndefined();
  });

  it.each(['stamp', 'compiled'] as const)('is left alone when its build did not come to the %s', async (file) => {
    await rm(bundleFiles(dist)[file]);
    expect(loadBundle(dist)).toBeUndefined();
  });

  it('is left alone where nothing was compiled', async () => {
    await rm(join(dist, '.tsbuildinfo'), { recursive: true });
    expect(loadBundle(dist)).toBeUndefined();
  });

  it('runs without the compiled code of another version of Node.js', async () => {
    await writeFile(bundleFiles(dist).compiled, 'not of this V8');
    expect(loadBundle<Exports>(dist)?.answer()).toBe(42);
  });

  it('names the source in a stack trace, also when the next build has taken its files away', async () => {
    const loaded = loadBundle<Exports>(dist);
    await rm(bundleFiles(dist).folder, { recursive: true });
    let stack = '';
    try {
      loaded?.fail();
    } catch (error) {
      stack = (error as Error).stack ?? '';
    }
    const [head, first, second] = stack.split('\n');
    expect(head).toBe('Error: no apples');
    expect(first).toMatch(/at .*fail \(server\/shop\/apples\.ts:17\)$/);
    expect(second).toContain('bundle.test.ts');
  });
});
