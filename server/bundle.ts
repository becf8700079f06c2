// Owns loading the server from one file, with V8's compiled code beside it: a quarter of the processor time that 900 modules take.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** Where this file was compiled to. Run from its source, as in tests, the server finds no bundle here. */
export const DIST = dirname(dirname(fileURLToPath(import.meta.url)));

export interface BundleFiles {
  readonly folder: string;
  readonly code: string;
  /** What V8 made of the code. Another version of Node.js refuses it and compiles the code again, in memory. */
  readonly compiled: string;
  /** Where the code's lines come from: `BundleLines` as JSON. */
  readonly lines: string;
  /** Written last, so that a build that was interrupted is not taken for one. */
  readonly stamp: string;
}

export interface BundleLines {
  files: string[];
  /** By line of the bundle: index of the file and line in it. Libraries are not listed. */
  lines: Record<number, [file: number, line: number]>;
}

export function bundleFiles(dist = DIST): BundleFiles {
  const folder = join(dist, 'server-bundle');
  const at = (name: string) => join(folder, name);
  return { folder, code: at('server.cjs'), compiled: at('server.v8'), lines: at('lines.json'), stamp: at('made-from.txt') };
}

/** @returns what the bundle exports; undefined where there is none, or one of other sources than dist/server was compiled from. */
export function loadBundle<Exports>(dist = DIST): Exports | undefined {
  const files = bundleFiles(dist);
  let compiled: Buffer;
  try {
    if (readFileSync(files.stamp, 'utf8') !== compilationStamp(dist)) return undefined;
    compiled = readFileSync(files.compiled);
  } catch {
    return undefined;
  }
  const { exports } = evaluateBundle(files, compiled);
  // Read now: the next build may replace it while this process runs.
  Error.prepareStackTrace = traceBySource(files.code, readFileSync(files.lines, 'utf8'));
  return exports as Exports;
}

/** Says which sources dist/server was compiled from: the compiler notes a hash of each. */
export function compilationStamp(dist = DIST): string {
  const hash = createHash('sha256');
  for (const project of ['protocol', 'server']) hash.update(readFileSync(join(dist, '.tsbuildinfo', project)));
  return hash.digest('hex');
}

/** @param compiled from an earlier `script.createCachedData()` of the same file */
export function evaluateBundle(files: BundleFiles, compiled?: Buffer): { script: vm.Script; exports: unknown } {
  // The build makes it pure ASCII, which V8 takes as it is.
  const script = new vm.Script(readFileSync(files.code, 'latin1'), {
    filename: files.code,
    ...(compiled ? { cachedData: compiled } : {}),
  });
  const module = { exports: {} };
  const evaluate = script.runInThisContext() as (...scope: unknown[]) => void;
  evaluate(module.exports, createRequire(files.code), module, files.folder);
  return { script, exports: module.exports };
}

/** Stack traces name our own sources, as they would without a bundle. */
function traceBySource(code: string, lines: string): NonNullable<typeof Error.prepareStackTrace> {
  let known: BundleLines | undefined;
  const named = (site: NodeJS.CallSite): string => {
    if (site.getFileName() !== code) return String(site);
    known ??= JSON.parse(lines) as BundleLines;
    const [file, line] = known.lines[site.getLineNumber() ?? 0] ?? [];
    return file === undefined ? String(site) : String(site).replace(/[^( ]+:\d+:\d+/, `${known.files[file]}:${line}`);
  };
  return (error, sites) => [String(error), ...sites.map((site) => `    at ${named(site)}`)].join('\n');
}
