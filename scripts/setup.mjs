// Owns bringing a checkout to where it can run: packages, browser, decoder, media worker, build; each step skips what is done.
import './node-version.mjs';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll } from './build-steps.mjs';
import { ensurePackages, PACKAGES_STAMP } from './npm-packages.mjs';
import { createProgress } from './progress.mjs';
import { BROWSER_PACKAGES, DECODER_PACKAGES, findBrowser, findWindowlessBrowser, hasDecoder, hasNetworkPrograms, installCommand, installPackages, NETWORK_PACKAGES } from './system-packages.mjs';
import { provisionWorker } from './worker/provision.mjs';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const STEPS = {
  packages: { label: 'npm packages', run: packages },
  browser: { label: 'Chromium for the tests', run: browser },
  decoder: { label: 'ffmpeg for the tests', run: decoder },
  network: { label: 'Relay and proxy for the tests', run: network },
  worker: { label: 'Media worker', run: worker },
  build: { label: 'Build', run: build },
};

/** What was asked for cannot be set up; the message is meant for the person at the keyboard. */
export class SetupError extends Error {}

/**
 * @param {{ needs?: (keyof typeof STEPS)[], quiet?: boolean }} options
 * @returns {Promise<{ workerBin?: string, browser?: string, lightBrowser?: string }>} `lightBrowser` is `browser` where there is no lighter one
 */
export async function setup({ needs = ['packages', 'worker', 'build'], quiet = false } = {}) {
  const steps = Object.keys(STEPS).filter((name) => needs.includes(name));
  const progress = createProgress({ total: steps.length, quiet });
  const result = {};
  for (const name of steps) {
    const { label, run } = STEPS[name];
    progress.begin(label);
    try {
      progress.end(await run(progress, result));
    } catch (cause) {
      progress.fail();
      throw new SetupError(`${label}: ${cause.message}`, { cause });
    }
  }
  return result;
}

/** For commands: the same, but a failure is printed and ends the process. */
export async function setupOrExit(options) {
  try {
    return await setup(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(1);
  }
}

async function packages(progress) {
  const installed = await ensurePackages(ROOT, { onProgress: progress.update });
  return installed ? 'installed' : 'up to date';
}

async function browser(progress, result) {
  const windowless = findWindowlessBrowser();
  Object.assign(result, { browser: findBrowser(), lightBrowser: windowless ?? findBrowser() });
  // On somebody's own machine the browser that is there does; a build server saves some minutes by the lighter one.
  if (result.browser && (!process.env.CI || windowless)) return [...new Set([result.browser, result.lightBrowser])].join(', ');
  try {
    await installPackages(BROWSER_PACKAGES, { purpose: 'Testing in a real browser', onProgress: progress.update });
  } catch (error) {
    if (!result.browser) throw error;
    return `${result.browser} (${error.message.split('\n')[0]})`;
  }
  Object.assign(result, { browser: findBrowser(), lightBrowser: findWindowlessBrowser() ?? findBrowser() });
  if (!result.browser) throw new Error('it was installed but is not in PATH; set CHROMIUM_BIN to its path');
  return `${result.lightBrowser} installed`;
}

async function decoder(progress) {
  if (hasDecoder()) return 'ready';
  await installPackages(DECODER_PACKAGES, { purpose: 'Checking media that was packaged', onProgress: progress.update });
  if (!hasDecoder()) throw new Error('it was installed but is not in PATH');
  return 'installed';
}

/** A build server gets them; on somebody's own machine two services that nobody asked for would start, so there their journey is skipped. */
async function network(progress) {
  if (hasNetworkPrograms()) return 'ready';
  if (!process.env.CI) return `not installed, their journey is skipped (${installCommand(NETWORK_PACKAGES)})`;
  try {
    await installPackages(NETWORK_PACKAGES, { purpose: 'Testing behind one port', onProgress: progress.update });
  } catch (error) {
    progress.note(error.message);
  }
  return hasNetworkPrograms() ? 'installed' : 'not to be had, their journey is skipped';
}

async function worker(progress, result) {
  const { path, source, fresh } = await provisionWorker({ onProgress: progress.update, onNote: progress.note });
  result.workerBin = path;
  return fresh ? `${source}, passed its self-check with real media` : `ready (${source})`;
}

async function build(progress) {
  const packagesStamp = readFileSync(join(ROOT, 'node_modules', PACKAGES_STAMP), 'utf8').trim();
  const built = await buildAll(ROOT, { packagesStamp, onProgress: progress.update });
  return built.length > 0 ? `built ${built.join(', ')}` : 'up to date';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await setupOrExit({ needs: Object.keys(STEPS) });
}
