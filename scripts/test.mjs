// Owns `npm test`: set-up, lint, then every test; ends with "N passed, N failed" alone on the last line.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, setup, SetupError } from './setup.mjs';
import { countTests } from './test-count.mjs';

const LINTED = ['server', 'web-components', 'demo', 'test', 'scripts'];

function runNode(args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function runTests() {
  let ready;
  try {
    ready = await setup({ needs: ['packages', 'browser', 'decoder', 'network', 'worker', 'build'] });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    return { passed: 0, failed: 1, exitCode: 1 };
  }

  console.log('\nLint');
  const lint = await runNode(['node_modules/oxlint/bin/oxlint', '--config', 'test/oxlintrc.json', ...LINTED]);

  console.log('\nTests');
  const folder = mkdtempSync(join(tmpdir(), 'fieldcast-test-'));
  const reportFile = join(folder, 'report.json');
  try {
    const exitCode = await runNode([
      'node_modules/vitest/vitest.mjs', 'run', '--root', 'test',
      '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`,
      ...process.argv.slice(2),
    ], { MEDIASOUP_WORKER_BIN: ready.workerBin, CHROMIUM_BIN: ready.lightBrowser, CHROMIUM_WINDOWED_BIN: ready.browser });
    const { passed, failed } = countTests(readReport(reportFile), exitCode);
    return { passed, failed: failed + (lint === 0 ? 0 : 1), exitCode: exitCode || lint };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { passed, failed, exitCode } = await runTests();
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? exitCode || 1 : exitCode;
