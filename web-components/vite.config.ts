// Owns how the browser bundle is made: fieldcast.js for viewers, fieldcast-studio.js for sellers, shared chunks between them.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** mediasoup-client picks a handler by browser at run time, so bundlers keep all of them; no page runs in React Native or Chrome 74. */
function withoutForeignHandlers(): Plugin {
  const absent = '\0absent-handler';
  return {
    name: 'fieldcast-without-foreign-handlers',
    enforce: 'pre',
    resolveId: (source, importer) => (importer?.includes('mediasoup-client') && /handlers\/ReactNative106$/.test(source) ? absent : null),
    load: (id) => (id === absent ? 'module.exports = { ReactNative106: class { static createFactory() { throw new Error("not in this build"); } } };' : null),
  };
}

export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [withoutForeignHandlers()],
  build: {
    outDir: here('../dist/web-components'),
    emptyOutDir: true,
    target: ['es2022', 'chrome94', 'safari15.4', 'firefox101'],
    sourcemap: true,
    modulePreload: false,
    rollupOptions: {
      input: { fieldcast: here('index.ts'), 'fieldcast-studio': here('studio/index.ts') },
      preserveEntrySignatures: 'strict',
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    },
  },
});
