// Owns programs and libraries of the operating system: finds missing ones, installs them where that is possible.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What building the media worker takes, under Debian's names. */
export const BUILD_PACKAGES = [
  'meson', 'ninja-build', 'g++', 'pkg-config', 'libuv1-dev', 'libssl-dev', 'libsrtp2-dev', 'libabsl-dev', 'libflatbuffers-dev', 'flatbuffers-compiler',
];

/** The same, as things that can be looked for on any system. */
const BUILD_PROGRAMS = ['meson', 'ninja', 'g++', 'pkg-config', 'flatc'];
const BUILD_LIBRARIES = ['libuv', 'openssl', 'libsrtp2', 'absl_strings'];
/** Header-only, and Debian 12 gives it no pkg-config file of a fixed name. */
const BUILD_HEADERS = ['flatbuffers/flatbuffers.h'];

/** The one without windows takes two thirds of the time, but tells its user nothing outside of a page. */
export const BROWSER_PACKAGES = ['chromium', 'chromium-headless-shell'];
const WINDOWLESS_PROGRAM = 'chromium-headless-shell';
const BROWSER_PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'];

/** Decodes what packaging and recording have made, with other eyes than a browser's. */
export const DECODER_PACKAGES = ['ffmpeg'];
const DECODER_PROGRAMS = ['ffmpeg', 'ffprobe'];

/** A relay, and a proxy that shares one port between it and the pages. Both are services that start by themselves once installed. */
export const NETWORK_PACKAGES = ['coturn', 'nginx-light', 'libnginx-mod-stream'];
const NETWORK_FILES = ['/usr/bin/turnserver', '/usr/sbin/nginx', '/usr/lib/nginx/modules/ngx_stream_module.so'];

export function findProgram(name, path = process.env.PATH ?? '') {
  return path.split(delimiter).map((folder) => join(folder, name)).find((file) => existsSync(file));
}

export function findBrowser() {
  const chosen = process.env.CHROMIUM_BIN;
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  return BROWSER_PROGRAMS.map((name) => findProgram(name)).find(Boolean);
}

export function findWindowlessBrowser() {
  return process.env.CHROMIUM_BIN ? findBrowser() : findProgram(WINDOWLESS_PROGRAM);
}

export function hasDecoder() {
  return DECODER_PROGRAMS.every((name) => findProgram(name));
}

export function hasNetworkPrograms() {
  return NETWORK_FILES.every((file) => existsSync(file));
}

export function hasBuildTools() {
  return BUILD_PROGRAMS.every((name) => findProgram(name))
    && BUILD_LIBRARIES.every((name) => spawnSync('pkg-config', ['--exists', name]).status === 0)
    && BUILD_HEADERS.every((header) => ['/usr/include', '/usr/local/include'].some((folder) => existsSync(join(folder, header))));
}

export function installCommand(packages) {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Installs packages where this is a Debian-like system and we are root; otherwise throws, saying exactly what to run.
 * @param {string[]} packages
 * @param {{ purpose: string, onProgress: (text: string) => void }} options
 */
export async function installPackages(packages, { purpose, onProgress }) {
  if (!findProgram('apt-get')) {
    throw new Error(`${purpose} needs what Debian calls: ${packages.join(' ')}\n`
      + 'Install these under the names your system has for them, then run this command again.');
  }
  if (process.getuid?.() !== 0) {
    throw new Error(`${purpose} needs system packages. Run this, then this command again:\n`
      + `  sudo apt-get update && sudo ${installCommand(packages)}`);
  }
  onProgress('apt-get update');
  // Stale lists may still do, so only the installation itself decides.
  await apt(['update'], onProgress).catch((error) => onProgress(`package lists not refreshed: ${error.message}`));
  await apt(['install', '-y', '--no-install-recommends', ...packages], onProgress).catch((error) => {
    throw new Error(`${purpose}: installing system packages failed. Try it by hand and see what it says:\n`
      + `  apt-get update && ${installCommand(packages)}\n${error.message}`, { cause: error });
  });
}

function apt(args, onProgress) {
  return new Promise((resolve, reject) => {
    // Another installation may be running (a fresh machine often updates itself): wait for its lock rather than fail.
    const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    });
    let errors = '';
    child.stdout.on('data', (chunk) => {
      const line = String(chunk).trim().split('\n').at(-1);
      if (line) onProgress(line.slice(0, 70));
    });
    child.stderr.on('data', (chunk) => { errors = (errors + chunk).slice(-2_000); });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(errors.trim() || `apt-get ended with ${code}`))));
  });
}
