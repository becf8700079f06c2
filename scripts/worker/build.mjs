// Owns way three: building the worker from the sources inside the mediasoup package against the distribution's libraries.
import { spawn } from 'node:child_process';
import { cpSync, createWriteStream, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const NATIVE_DIR = join(dirname(fileURLToPath(import.meta.url)), 'native');

/** pkg-config names of what a source-built worker is linked with. */
export const LINKED_LIBRARIES = ['libuv', 'openssl', 'libsrtp2', 'absl_strings'];

export const MESON_OPTIONS = [
  '--buildtype', 'release',
  '-Db_ndebug=true',
  // Nothing may be fetched: our forwarding folders under subprojects/ stand in for every download.
  '--wrap-mode', 'nodownload',
  // Not ms_use_builtin_bwe=true, however much cheaper it measures: in 3.27.1 that leaves out all bandwidth estimation.
];

const BYTES_PER_COMPILER = 700 * 1024 * 1024;

/** Copies the worker's sources and puts our subprojects where meson looks for unpacked downloads. */
export function prepareSources(workerDir, target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of ['meson.build', 'meson_options.txt', 'deps', 'fbs', 'include', 'src', 'subprojects']) {
    cpSync(join(workerDir, name), join(target, name), { recursive: true });
  }

  // The file asks for 1.1.0 but uses nothing newer than 1.0.1, which Debian 12 has. Its tail declares test and fuzzer programs
  // from sources that the package may leave out; only the program itself is wanted.
  const mesonFile = join(target, 'meson.build');
  writeFileSync(mesonFile, relaxMeson(readFileSync(mesonFile, 'utf8')));

  const subprojects = join(target, 'subprojects');
  for (const name of readdirSync(join(NATIVE_DIR, 'subprojects'))) {
    const wrapFile = join(subprojects, `${name}.wrap`);
    const wrap = readFileSync(wrapFile, 'utf8');
    cpSync(join(NATIVE_DIR, 'subprojects', name), join(subprojects, wrapDirectory(wrap)), { recursive: true });
    // Without this line meson asks the subproject for `flatc` instead of looking for the system's.
    writeFileSync(wrapFile, wrap.replace(/^program_names\s*=.*$/m, ''));
  }
}

export function relaxMeson(text) {
  const end = text.indexOf('mock_sources = [');
  return (end < 0 ? text : text.slice(0, end)).replace(/meson_version:\s*'[^']*'/, "meson_version: '>= 1.0.0'");
}

export function wrapDirectory(wrap) {
  const directory = /^directory\s*=\s*(\S+)\s*$/m.exec(wrap)?.[1];
  if (!directory) throw new Error('a .wrap file of the worker names no directory');
  return directory;
}

/** Reads ninja's "[12/410] ..." prefix. */
export function ninjaProgress(line) {
  const match = /^\[(\d+)\/(\d+)\]/.exec(line);
  return match ? { done: Number(match[1]), total: Number(match[2]) } : undefined;
}

export function compileJobs(cores, memoryBytes) {
  return Math.max(1, Math.min(cores, Math.floor(memoryBytes / BYTES_PER_COMPILER)));
}

/**
 * Builds and returns the path of the new binary inside `buildDir`. A build that was interrupted goes on where it was.
 * @param {{ workerDir: string, buildDir: string, onProgress: (text: string) => void }} options
 */
export async function buildWorker({ workerDir, buildDir, onProgress }) {
  const sources = join(buildDir, 'sources');
  const out = join(buildDir, 'out');
  const logFile = join(buildDir, 'build.log');
  const configured = join(out, 'build.ninja');
  if (!existsSync(configured)) {
    prepareSources(workerDir, sources);
    rmSync(out, { recursive: true, force: true });
    onProgress('configuring');
    await run('meson', ['setup', ...MESON_OPTIONS, out, sources], logFile);
  }
  const jobs = compileJobs(availableParallelism(), totalmem());
  await run('ninja', ['-C', out, '-j', String(jobs), 'mediasoup-worker'], logFile, (line) => {
    const progress = ninjaProgress(line);
    if (progress) onProgress(`[${progress.done}/${progress.total}]`);
  });
  return join(out, 'mediasoup-worker');
}

/** Runs a program, keeps its output in the log file, and quotes its last lines if it fails. */
function run(program, args, logFile, onLine = () => {}) {
  return new Promise((resolve, reject) => {
    const log = createWriteStream(logFile, { flags: 'a' });
    const tail = [];
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        log.write(`${line}\n`);
        tail.push(line);
        if (tail.length > 15) tail.shift();
        onLine(line);
      });
    }
    child.once('error', (cause) => reject(new Error(`could not start ${program}: ${cause.message}`, { cause })));
    child.once('close', (code, signal) => {
      log.end();
      if (code === 0) resolve();
      else reject(new Error(`${program} failed (${signal ?? `exit code ${code}`}); whole output in ${logFile}\n${tail.join('\n')}`));
    });
  });
}
