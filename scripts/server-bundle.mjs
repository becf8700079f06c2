// Owns the server in one file: what its start needs, bundled, and the code that V8 makes of it. Run by the build, after tsc.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin, SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bundleFiles, compilationStamp, evaluateBundle } from '../dist/server/bundle.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const files = bundleFiles();

/** Libraries that every start runs. All others stay in node_modules: native ones, and those that are only loaded where they are used. */
const BUNDLED = [
  '@fastify/cookie', '@fastify/cors', '@fastify/static', '@valibot/to-json-schema', 'fastify', 'jose', 'kysely', 'mediasoup', 'pino',
  'prom-client', 'rate-limiter-flexible', 'sdp-transform', 'socket.io', 'stripe', 'uqr', 'valibot',
];
const NATIVE = ['better-sqlite3', 'sharp'];

const packageOf = (id) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
const isOwn = (file) => file.startsWith(ROOT) && !file.includes('/node_modules/');
const OUTSIDE = '\0outside:';

/** What is not bundled is required where the module that imports it is run. As plain externals all would be required at the start. */
const outsideWhenUsed = {
  name: 'fieldcast-outside-when-used',
  enforce: 'pre',
  resolveId(id, importer) {
    if (/^[./\0]/.test(id) || isBuiltin(id) || importer === undefined) return null;
    const isLeftOut = isOwn(importer) ? !BUNDLED.includes(packageOf(id)) : NATIVE.includes(packageOf(id));
    // Loaded later as well: V8's compiled code does not know whose `import()` it runs, and Node.js refuses it.
    return isLeftOut ? `${OUTSIDE}${id}` : null;
  },
  load: (id) => (id.startsWith(OUTSIDE) ? `module.exports = require(${JSON.stringify(id.slice(OUTSIDE.length))});` : null),
};

/** Every module goes on believing that it lies where it lay: worker threads and the package's own files are found from there. */
const placesKept = {
  name: 'fieldcast-places-kept',
  transform(code, id) {
    if (!/import\.meta\.url|__dirname/.test(code)) return null;
    const file = isOwn(id) ? join(ROOT, 'dist', relative(ROOT, id).replace(/\.ts$/, '.js')) : id;
    const place = (path) => `require('node:path').join(bundleFolder, ${JSON.stringify(relative(files.folder, path))})`;
    return {
      code: code
        .replaceAll('import.meta.url', `require('node:url').pathToFileURL(${place(file)}).href`)
        .replace(/\b__dirname\b/g, place(dirname(file))),
      map: null,
    };
  },
};

/** Maps of libraries would only be decoded below to be thrown away. */
const ownLinesOnly = {
  name: 'fieldcast-own-lines-only',
  transform: (code, id) => (isOwn(id) ? null : { code, map: { mappings: '' } }),
};

/** For each line that comes from our sources: which file, which line. Small enough to be read when a stack is first asked for. */
function linesOf(map, lineCount) {
  const decoded = new SourceMap(map);
  const sources = map.sources.map((source) => relative(ROOT, join(files.folder, source)));
  const lines = {};
  for (let line = 0; line < lineCount; line += 1) {
    const entry = decoded.findEntry(line, Number.MAX_SAFE_INTEGER);
    if (entry.generatedLine === line) lines[line + 1] = [map.sources.indexOf(entry.originalSource), entry.originalLine + 1];
  }
  return { files: sources, lines };
}

rmSync(files.folder, { recursive: true, force: true });
mkdirSync(files.folder, { recursive: true });
const stamp = compilationStamp();
const { output: [chunk] } = await build({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  plugins: [outsideWhenUsed, placesKept, ownLinesOnly],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: join(ROOT, 'server', 'process.ts'),
    outDir: files.folder,
    write: false,
    target: 'node20',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external: (id, importer) => isBuiltin(id) || importer?.startsWith(OUTSIDE),
      output: { format: 'cjs', codeSplitting: false, comments: false },
    },
  },
});
const imported = chunk.dynamicImports.filter((name) => name !== chunk.fileName);
if (imported.length > 0) throw new Error(`the compiled code cannot import() ${imported.join(', ')}`);
// Pure ASCII is held in half the memory, and compiled without being converted.
const code = chunk.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
writeFileSync(files.code, `(function (exports, require, module, bundleFolder) {${code}\n})`);
writeFileSync(files.lines, JSON.stringify(linesOf(chunk.map, chunk.code.split('\n').length)));
writeFileSync(files.compiled, evaluateBundle(files).script.createCachedData());
writeFileSync(files.stamp, stamp);
// What a library does by being loaded may keep the process; the work is done.
process.exit(0);
