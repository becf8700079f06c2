// Owns the order of the three ways to a media worker, and the rule that none is used before it carried real media.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, copyFileSync, chmodSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD_PACKAGES, hasBuildTools, installPackages } from '../system-packages.mjs';
import { buildWorker, LINKED_LIBRARIES, MESON_OPTIONS, NATIVE_DIR } from './build.mjs';
import { cacheKey, cacheRoot, hashFolder, libraryVersions, machine, withLock } from './cache.mjs';
import { downloadWorker, startsHere } from './download.mjs';
import { selfCheckInChild } from './self-check.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PACKAGE_DIR = join(ROOT, 'node_modules', 'mediasoup');
const BINARY = 'mediasoup-worker';
const CHECKED = 'checked.json';

/**
 * Returns { path, source, fresh } of a worker that has passed its self-check.
 * @param {{ onProgress?: (text: string) => void, onNote?: (text: string) => void }} options
 */
export async function provisionWorker({ onProgress = () => {}, onNote = () => {} } = {}) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) return useGiven(given, onProgress);

  if (!existsSync(join(PACKAGE_DIR, 'package.json'))) throw new Error('mediasoup is not installed; run: npm ci');
  const { version } = JSON.parse(readFileSync(join(PACKAGE_DIR, 'package.json'), 'utf8'));
  const root = join(cacheRoot(), 'worker');
  mkdirSync(root, { recursive: true });

  const cached = checkedIn(prebuiltFolder(root, version)) ?? checkedIn(builtFolder(root, version));
  if (cached) return { path: cached, source: 'cache', fresh: false };

  return withLock(join(root, 'lock'), async () => {
    // Another set-up may have finished it while this one waited.
    const meanwhile = checkedIn(prebuiltFolder(root, version)) ?? checkedIn(builtFolder(root, version));
    if (meanwhile) return { path: meanwhile, source: 'cache', fresh: false };
    return (await tryDownload({ root, version, onProgress, onNote })) ?? build({ root, version, onProgress, onNote });
  }, () => onProgress('another set-up is preparing it, waiting'));
}

async function useGiven(path, onProgress) {
  if (!existsSync(path)) throw new Error(`MEDIASOUP_WORKER_BIN names ${path}, which does not exist. Correct or unset it.`);
  const checks = join(cacheRoot(), 'worker', 'given');
  const mark = join(checks, `${createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 32)}.json`);
  if (existsSync(mark)) return { path, source: 'MEDIASOUP_WORKER_BIN', fresh: false };
  onProgress('self-check with real media');
  const result = await selfCheckInChild(path).catch((cause) => {
    throw new Error(`the worker of MEDIASOUP_WORKER_BIN (${path}) fails its self-check: ${cause.message}\n`
      + 'Unset the variable to have one provided.', { cause });
  });
  mkdirSync(checks, { recursive: true });
  writeFileSync(mark, JSON.stringify(result));
  return { path, source: 'MEDIASOUP_WORKER_BIN', fresh: true };
}

/** A prebuilt worker carries its libraries in itself, so theirs are not part of its key. */
function prebuiltFolder(root, version) {
  return join(root, cacheKey({ mediasoup: version, ...machine(), libraries: {}, recipe: 'prebuilt' }));
}

function builtFolder(root, version) {
  const recipe = `${hashFolder(NATIVE_DIR)} ${MESON_OPTIONS.join(' ')}`;
  return join(root, cacheKey({ mediasoup: version, ...machine(), libraries: libraryVersions(LINKED_LIBRARIES), recipe }));
}

function checkedIn(folder) {
  const path = join(folder, BINARY);
  // Started once more, because a library it is linked with may have been removed since.
  return existsSync(join(folder, CHECKED)) && startsHere(path) ? path : undefined;
}

async function tryDownload({ root, version, onProgress, onNote }) {
  const temporary = join(root, `${BINARY}.download-${process.pid}`);
  try {
    onProgress('looking for a prebuilt one');
    await downloadWorker({ version, target: temporary, onProgress: (text) => onProgress(`downloading a prebuilt one, ${text}`) });
    return await accept({ from: temporary, folder: prebuiltFolder(root, version), source: 'prebuilt', onProgress });
  } catch (error) {
    onNote(`no prebuilt one (${error.message}); it will be built here`);
    return undefined;
  } finally {
    rmSync(temporary, { force: true });
  }
}

async function build({ root, version, onProgress, onNote }) {
  if (!hasBuildTools()) {
    await installPackages(BUILD_PACKAGES, { purpose: 'Building the media worker', onProgress });
  }
  const folder = builtFolder(root, version);
  const buildDir = `${folder}.build`;
  mkdirSync(buildDir, { recursive: true });
  onNote('building it from source, once on this machine: 3 to 10 minutes on two cores');
  try {
    const binary = await buildWorker({
      workerDir: join(PACKAGE_DIR, 'worker'),
      buildDir,
      onProgress: (text) => onProgress(`building from source ${text}`),
    });
    const accepted = await accept({ from: binary, folder, source: 'built', onProgress });
    rmSync(buildDir, { recursive: true, force: true });
    return accepted;
  } catch (error) {
    // Sources and objects of a failed build are of no use; its log is.
    rmSync(join(buildDir, 'out'), { recursive: true, force: true });
    throw error;
  }
}

/** Puts a binary in its place under a temporary name, checks it there, and only then gives it its real name. */
async function accept({ from, folder, source, onProgress }) {
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `${BINARY}.${process.pid}`);
  try {
    copyFileSync(from, temporary);
    chmodSync(temporary, 0o755);
    onProgress('self-check with real media');
    // Once more if it fails: a machine busy with something else must not cost a whole build.
    const result = await selfCheckInChild(temporary).catch(() => selfCheckInChild(temporary)).catch((cause) => {
      throw new Error(`the ${source} worker fails its self-check with real media: ${cause.message}`, { cause });
    });
    renameSync(temporary, join(folder, BINARY));
    writeFileSync(join(folder, CHECKED), JSON.stringify({ ...result, source }));
    return { path: join(folder, BINARY), source, fresh: true };
  } finally {
    rmSync(temporary, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { path, source } = await provisionWorker({
      onProgress: (text) => process.stderr.write(`${text}\n`),
      onNote: (text) => process.stderr.write(`${text}\n`),
    });
    process.stderr.write(`ok (${source})\n`);
    console.log(path);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
