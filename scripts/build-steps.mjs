// Owns compiling the project: which commands, from which sources, and skipping those whose sources have not changed.
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** `output` is looked for as well, so that emptying dist/ builds again. */
export const BUILD_STEPS = [
  {
    name: 'server',
    args: ['node_modules/typescript/bin/tsc', '-b'],
    sources: ['server', 'web-components', 'demo', 'test', 'tsconfig.json'],
    output: 'dist/server',
  },
  {
    name: 'server in one file',
    args: ['scripts/server-bundle.mjs'],
    // What the compiler notes about the sources it compiled, and not the sources: both have to be of the same state.
    sources: ['dist/.tsbuildinfo/protocol', 'dist/.tsbuildinfo/server', 'scripts/server-bundle.mjs'],
    output: 'dist/server-bundle',
  },
  {
    name: 'web components',
    args: ['node_modules/vite/bin/vite.js', 'build', 'web-components', '--logLevel', 'warn'],
    sources: ['web-components', 'server/protocol', 'tsconfig.json'],
    output: 'dist/web-components/fieldcast.js',
  },
  {
    name: 'demo pages',
    args: ['node_modules/vite/bin/vite.js', 'build', 'demo', '--logLevel', 'warn'],
    sources: ['demo', 'web-components', 'server/protocol', 'tsconfig.json'],
    output: 'dist/demo-pages',
  },
];

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const full = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesUnder(full);
    return entry.isFile() ? [full] : [];
  });
}

/** By content and not by time: a fresh checkout gives every file a new time. */
export function hashSources(root, sources) {
  const hash = createHash('sha256');
  const files = sources.flatMap((source) => filesUnder(join(root, source)));
  for (const file of files.sort()) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** Returns the names of what was built; empty when everything was up to date. */
export async function buildAll(root, { packagesStamp, onProgress }) {
  const stamps = join(root, 'dist', '.fieldcast-build');
  const built = [];
  for (const step of BUILD_STEPS) {
    const stampFile = join(stamps, `${step.name.replaceAll(' ', '-')}.txt`);
    const stamp = `${hashSources(root, step.sources)} ${packagesStamp} ${step.args.join(' ')}`;
    if (existsSync(join(root, step.output)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    onProgress(step.name);
    await runBuild(root, step);
    mkdirSync(stamps, { recursive: true });
    writeFileSync(stampFile, stamp);
    built.push(step.name);
  }
  return built;
}

function runBuild(root, step) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, step.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`building the ${step.name} failed: node ${step.args.join(' ')}\n${output.trim()}`));
    });
  });
}
