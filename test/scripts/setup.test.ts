// Owns tests of the pure parts of set-up, of the count that ends npm test, of bench output and of the doctor's judgement.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadScript } from './load.ts';

const { countTests } = await loadScript('test-count.mjs');
const { bothEnds, coversLock } = await loadScript('npm-packages.mjs');
const { isNodeNewEnough } = await loadScript('node-version.mjs');
const { createProgress, formatDuration } = await loadScript('progress.mjs');
const { benchLine, figureTable } = await loadScript('bench-table.mjs');
const { checkDecoder } = await loadScript('doctor/programs.mjs');
const { checkDisk } = await loadScript('doctor/system.mjs');
const { checkStripe, checkTls, checkUplink } = await loadScript('doctor/settings.mjs');

describe('the last line of npm test', () => {
  const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((each) => ({ status: each })) });

  test('sums what passed and failed and ignores what was skipped', () => {
    const report = { testResults: [file('passed', 'passed', 'passed', 'skipped'), file('failed', 'passed', 'failed')] };
    expect(countTests(report, 1)).toEqual({ passed: 3, failed: 1 });
  });

  test('counts a file that could not be loaded as a failure', () => {
    expect(countTests({ testResults: [file('failed'), file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('never says 0 failed when the run did not end well', () => {
    expect(countTests({ testResults: [file('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1 });
    expect(countTests(undefined, 0)).toEqual({ passed: 0, failed: 1 });
    expect(countTests(undefined, 137)).toEqual({ passed: 0, failed: 1 });
  });
});

test('packages are up to date when every locked version is there, but for optional ones', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/mac-only': { version: '2.0.0', optional: true } } };
  expect(coversLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  expect(coversLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
  expect(coversLock(lock, { packages: {} })).toBe(false);
});

test('a long failure keeps its first and last lines', () => {
  const lines = Array.from({ length: 50 }, (_, n) => `line ${n}`);
  expect(bothEnds(lines.join('\n'), 2)).toBe('line 0\nline 1\n...\nline 48\nline 49');
  expect(bothEnds('short\n')).toBe('short');
});

test.each([['20.19.0', true], ['20.18.9', false], ['22.0.0', true], ['18.20.4', false], ['24.1.0', true]])('Node.js %s is new enough: %s', (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected);
});

test('durations are read at a glance', () => {
  expect(formatDuration(41_200)).toBe('41 s');
  expect(formatDuration(182_000)).toBe('3 min 02 s');
});

test('progress says which step of how many, and nothing at all when quiet', () => {
  const lines: string[] = [];
  const stream = { isTTY: false, write: (text: string) => lines.push(text) };
  const progress = createProgress({ stream, total: 2 });
  progress.begin('npm packages');
  progress.end('up to date');
  progress.begin('Media worker');
  progress.note('building it');
  progress.fail();
  expect(lines).toEqual(['[1/2] npm packages: up to date\n', '[2/2] Media worker: building it\n', '[2/2] Media worker: failed\n']);

  const quiet = createProgress({ stream, total: 1, quiet: true });
  quiet.begin('x');
  quiet.end('y');
  expect(lines).toHaveLength(3);
});

test('figures are written as a table and as one line', () => {
  const figures = [{ name: 'orders', value: 512.5, unit: '1/s', goal: 500, ok: true }, { name: 'oversold', value: 1, unit: '', goal: 0, ok: false, note: 'x' }];
  expect(figureTable(figures).split('\n').map((line: string) => line.trim())).toEqual([
    'figure    value      goal', 'orders    512.5 1/s  500   ok', 'oversold  1          0     MISSED',
  ]);
  expect(JSON.parse(benchLine('orders', figures))).toEqual({
    bench: 'orders',
    figures: [{ name: 'orders', value: 512.5, unit: '1/s', goal: 500, ok: true }, { name: 'oversold', value: 1, unit: '', goal: 0, ok: false }],
  });
});

describe('the doctor', () => {
  const keys = { FIELDCAST_STRIPE_SECRET_KEY: 'sk_test_0123456789', FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_test_0123456789', FIELDCAST_STRIPE_WEBHOOK_SECRET: 'whsec_0123456789' };

  test.each([
    ['no keys', {}, true],
    ['three keys of one mode', keys, true],
    ['a missing key', { ...keys, FIELDCAST_STRIPE_WEBHOOK_SECRET: '' }, false],
    ['keys swapped', { ...keys, FIELDCAST_STRIPE_SECRET_KEY: keys.FIELDCAST_STRIPE_PUBLISHABLE_KEY }, false],
    ['keys of two modes', { ...keys, FIELDCAST_STRIPE_PUBLISHABLE_KEY: 'pk_live_0123456789' }, false],
  ])('judges Stripe settings with %s and prints no key', (_, env, ok) => {
    const result = checkStripe(env);
    expect(result.ok).toBe(ok);
    expect(result.text).not.toContain('0123456789');
  });

  test.each([
    [{ tls: 'off', host: '127.0.0.1', publicUrl: '' }, true],
    [{ tls: 'off', host: '0.0.0.0', publicUrl: '' }, false],
    [{ tls: 'off', host: '0.0.0.0', publicUrl: 'https://live.example.org' }, true],
    [{ tls: 'off', host: '0.0.0.0', publicUrl: 'http://live.example.org' }, false],
    [{ tls: 'acme', host: '0.0.0.0', publicUrl: 'https://203.0.113.7' }, false],
    [{ tls: 'acme', host: '0.0.0.0', publicUrl: 'https://live.example.org' }, true],
    [{ tls: 'local-ca', host: '0.0.0.0', publicUrl: '' }, true],
  ])('judges TLS settings %o', (config, ok) => {
    expect(checkTls(config).ok).toBe(ok);
  });

  test.each([
    [{ uplinkKbps: 0, hlsBaseUrl: '' }, true, 'no limit'],
    [{ uplinkKbps: 20_000, hlsBaseUrl: '' }, true, '20 Mbit/s'],
    [{ uplinkKbps: 'auto', hlsBaseUrl: 'https://cdn.example.org' }, true, 'https://cdn.example.org'],
    [{ uplinkKbps: 0, hlsBaseUrl: 'https://cdn.example.org' }, false, 'Set FIELDCAST_UPLINK_KBPS'],
  ])('says what uplink settings %o mean', (config, ok, words) => {
    const result = checkUplink(config);
    expect(result.ok).toBe(ok);
    expect(result.text).toContain(words);
  });

  test.each([
    ['ffmpeg', 'decodes H.264'],
    ['/nowhere/ffmpeg', 'apt install ffmpeg'],
    ['true', 'cannot decode H.264'],
  ])('only hints at what %s means for the pictures of replays', (program, words) => {
    const { ok, text } = checkDecoder(program);
    expect(ok).toBe(true);
    expect(text).toContain(words);
  });

  test('says that nothing is recorded on a disk with less than the reserve', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fieldcast-doctor-'));
    try {
      expect(checkDisk(dataDir, 1_000_000_000)).toMatchObject({ ok: false, text: expect.stringContaining('not recorded') });
      expect(checkDisk(dataDir, 0).text).not.toContain('not recorded');
    } finally {
      rmSync(dataDir, { recursive: true });
    }
  });
});
