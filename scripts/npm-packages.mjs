// Owns the npm packages: tells whether node_modules is what package-lock.json asks for, and runs `npm ci` if not.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

function nativeModulesLoad(root) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', "new (require('better-sqlite3'))(':memory:').close()"], { cwd: root, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

/** Returns true if something was installed. */
export async function ensurePackages(root, { onProgress }) {
  const stamp = join(root, 'node_modules', PACKAGES_STAMP);
  const want = wanted(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return false;

  const present = installedByHand(root) && await nativeModulesLoad(root);
  if (!present) {
    onProgress('npm ci');
    await npmCi(root);
    if (!await nativeModulesLoad(root)) {
      throw new Error('better-sqlite3 was installed but does not load. It needs its prebuilt file from GitHub or, to be built here, '
        + 'python3, make and g++.\nOn Debian: apt-get install -y python3 make g++   then: npm rebuild better-sqlite3');
    }
  }
  writeFileSync(stamp, want);
  return !present;
}

function npmCi(root) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      env: {
        ...process.env,
        // Older npm runs mediasoup's install script in spite of allowScripts; with this set, that script does nothing.
        MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN || 'provided-by-setup',
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => { output += chunk; });
    }
    child.once('error', (cause) => reject(new Error(`npm could not be started (${cause.message}); it comes with Node.js`, { cause })));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci failed. Is the npm registry reachable from here?\n${bothEnds(output)}`));
    });
  });
}

/** npm says its reason first and a compiler says it last; what lies between is usage text and build noise. */
export function bothEnds(output, lines = 12) {
  const all = output.trim().split('\n');
  return all.length <= 2 * lines ? all.join('\n') : [...all.slice(0, lines), '...', ...all.slice(-lines)].join('\n');
}
