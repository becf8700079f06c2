// Owns the npm packages: tells whether node_modules is what package-lock.json asks for, and runs `npm ci` if not.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addonLoads, provideAddon } from './sqlite-addon.mjs';

export const PACKAGES_STAMP = '.fieldcast-packages';

/** Native modules are built for one ABI of Node, so another Node means another installation. */
function wanted(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} abi ${process.versions.modules} ${process.platform}-${process.arch}\n`;
}

/** Whether what npm wrote down as installed covers the lock file. Optional packages may be absent on this platform. */
export function coversLock(lock, installed) {
  return Object.entries(lock.packages ?? {}).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '') return true;
    const have = installed.packages?.[path];
    return have ? have.version === version : Boolean(optional || devOptional || peer);
  });
}

function installedByHand(root) {
  try {
    const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
    return coversLock(read('package-lock.json'), read('node_modules', '.package-lock.json'));
  } catch {
    // No such file, or not one that npm finished writing: then it is not installed.
    return false;
  }
}

/** Returns true if something was installed. */
export async function ensurePackages(root, { onProgress }) {
  const stamp = join(root, 'node_modules', PACKAGES_STAMP);
  const want = wanted(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return false;

  const present = installedByHand(root) && await addonLoads(root);
  if (!present) {
    onProgress('npm ci');
    const ci = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    // The lock file names no addresses, so npm asks the registry about every package unless told that what it has kept will do;
    // what it has kept may be older than a version in the lock file, which npm does not get over by itself.
    await npm(root, [...ci, '--prefer-offline']).catch(() => npm(root, ci)).catch((cause) => {
      throw new Error(`npm ci failed. Is the npm registry reachable from here?\n${cause.message}`, { cause });
    });
    // The one package with an install script that has to run; see allowScripts in package.json.
    await provideAddon({
      root,
      install: () => {
        onProgress('better-sqlite3');
        return npm(root, ['rebuild', 'better-sqlite3']);
      },
    });
  }
  writeFileSync(stamp, want);
  return !present;
}

function npm(root, args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', [...args, '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => { output += chunk; });
    }
    child.once('error', (cause) => reject(new Error(`npm could not be started (${cause.message}); it comes with Node.js`, { cause })));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(bothEnds(output)));
    });
  });
}

/** npm says its reason first and a compiler says it last; what lies between is usage text and build noise. */
export function bothEnds(output, lines = 12) {
  const all = output.trim().split('\n');
  return all.length <= 2 * lines ? all.join('\n') : [...all.slice(0, lines), '...', ...all.slice(-lines)].join('\n');
}
