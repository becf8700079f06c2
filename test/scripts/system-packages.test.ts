// Owns tests of what set-up says where it may not install system packages itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { loadScript } from './load.ts';

const { BUILD_PACKAGES, DECODER_PACKAGES, findProgram, hasDecoder, installPackages } = await loadScript('system-packages.mjs');
const folder = mkdtempSync(join(tmpdir(), 'fieldcast-path-'));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(join(folder, 'apt-get'), { force: true });
});

test('a user without rights is given the exact command', async () => {
  writeFileSync(join(folder, 'apt-get'), '');
  vi.stubEnv('PATH', folder);
  vi.spyOn(process, 'getuid').mockReturnValue(1000);
  await expect(installPackages(BUILD_PACKAGES, { purpose: 'Building the media worker', onProgress: () => {} })).rejects.toThrow(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends meson ninja-build g++ pkg-config',
  );
});

test('a system that is not like Debian is told what is needed', async () => {
  vi.stubEnv('PATH', folder);
  await expect(installPackages(['chromium'], { purpose: 'Testing in a real browser', onProgress: () => {} })).rejects.toThrow(
    'Testing in a real browser needs what Debian calls: chromium',
  );
});

test('a program is found along PATH', () => {
  writeFileSync(join(folder, 'apt-get'), '');
  expect(findProgram('apt-get', `/nowhere:${folder}`)).toBe(join(folder, 'apt-get'));
  expect(findProgram('no-such-program', folder)).toBeUndefined();
});

test('the decoder of the tests is there when both of its programs are, and is named when it is not', async () => {
  vi.stubEnv('PATH', folder);
  writeFileSync(join(folder, 'ffmpeg'), '');
  expect(hasDecoder()).toBe(false);
  await expect(installPackages(DECODER_PACKAGES, { purpose: 'Checking media that was packaged', onProgress: () => {} })).rejects.toThrow(
    'Checking media that was packaged needs what Debian calls: ffmpeg',
  );
  writeFileSync(join(folder, 'ffprobe'), '');
  expect(hasDecoder()).toBe(true);
});
