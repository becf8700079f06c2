// Owns how the browser bundle is made: fieldcast.js for viewers, fieldcast-studio.js for sellers, shared chunks between them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { leanHls } from './build/lean-hls.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Libraries that tell a logger what they do. */
const LOGGING = /\/(?:mediasoup-client|h264-profile-level-id|awaitqueue)\/lib\//;

/**
 * Leaves out of the libraries what no page here runs, a fifth of their size. mediasoup-client's index carries test doubles,
 * its `Device` a React Native handler, its transports data channels, each file a debug logger, and its emitter is Node's;
 * engine.io-client carries WebTransport. Only `Device` is used from mediasoup-client, and inside it the version.
 */
function leanLibraries(): Plugin {
  const { version } = JSON.parse(readFileSync(here('../node_modules/mediasoup-client/package.json'), 'utf8')) as { version: string };
  const leftOut = (name: string) => `exports.${name} = class { constructor() { throw new Error('${name} is not in this build'); } };`;
  const substitutes: Record<string, string> = {
    // Vite's would wait for style sheets, of which there are none.
    '\0vite/preload-helper.js': 'export const __vitePreload = (load) => load();',
    '\0lean:react-native': 'exports.ReactNative106 = class { static createFactory() { throw new Error("not in this build"); } };',
    '\0lean:data-producer': leftOut('DataProducer'),
    '\0lean:data-consumer': leftOut('DataConsumer'),
    '\0lean:logger': 'exports.Logger = class { debug() {} warn() {} error() {} };',
    '\0lean:debug': 'module.exports = () => () => undefined; module.exports.default = module.exports;',
    '\0lean:version': `exports.version = ${JSON.stringify(version)};`,
    '\0lean:events': `
      const { Emitter } = require('@socket.io/component-emitter');
      exports.EventEmitter = class extends Emitter {
        setMaxListeners() { return this; }
        listenerCount(name) { return super.listeners(name).length; }
      };`,
    '\0lean:webtransport': 'export class WT { constructor() { throw new Error("WebTransport is not in this build"); } }',
  };
  const inMediasoup: [RegExp, string][] = [
    [/\/ReactNative106$/, 'react-native'],
    [/\/DataProducer$/, 'data-producer'],
    [/\/DataConsumer$/, 'data-consumer'],
    [/^\.\.\/\.\.\/?$/, 'version'],
    [/^events-alias$/, 'events'],
  ];
  return {
    name: 'fieldcast-lean-libraries',
    enforce: 'pre',
    resolveId(source, importer = '') {
      if (source === 'mediasoup-client') return here('../node_modules/mediasoup-client/lib/Device.js');
      if (source === 'debug') return '\0lean:debug';
      if (/\/Logger$/.test(source) && LOGGING.test(importer)) return '\0lean:logger';
      if (importer.includes('/engine.io-client/') && source.endsWith('/webtransport.js')) return '\0lean:webtransport';
      if (importer === '\0lean:events') return here('../node_modules/@socket.io/component-emitter/lib/esm/index.js');
      const found = importer.includes('/mediasoup-client/') && inMediasoup.find(([pattern]) => pattern.test(source));
      return found ? `\0lean:${found[1]}` : null;
    },
    load: (id) => substitutes[id] ?? null,
    transform(code, id) {
      if (!LOGGING.test(id)) return null;
      // Without a logger behind them, 290 lines of log text are 2.3 kB after gzip.
      return { code: code.replace(/^\s*(?:this\.)?#?logger\.(?:debug|warn|error)\(.*\);$/gm, ''), map: null };
    },
  };
}

/** Takes the indentation out of templates: minifiers leave strings alone, and a fifth of an element is its indentation. */
function tightTemplates(): Plugin {
  const stylesheet = /css`([^`]*)`/g;
  return {
    name: 'fieldcast-tight-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(here('.')) || !/\b(?:css|html)`/.test(code)) return null;
      const tight = code
        .replace(stylesheet, (_, text: string) => `css\`${text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ').replace(/ ?([{};,]) ?/g, '$1').trim()}\``)
        // Outside templates it is only layout, and no string here goes over several lines.
        .replace(/\n\s+/g, '\n');
      return { code: tight, map: null };
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [leanLibraries(), leanHls(), tightTemplates()],
  build: {
    outDir: here('../dist/web-components'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    modulePreload: false,
    rollupOptions: {
      input: { fieldcast: here('index.ts'), 'fieldcast-shows': here('shows/index.ts'), 'fieldcast-studio': here('studio.ts'), 'fieldcast-desk': here('desk/index.ts'), 'fieldcast-coach': here('coach.ts'), 'fieldcast-class': here('class.ts'), 'fieldcast-money': here('money/index.ts'), 'fieldcast-orders': here('live/orders-money.ts'), 'fieldcast-offers': here('studio/promotions/index.ts'), 'fieldcast-analytics': here('analytics/index.ts'), 'fieldcast-push': here('push-worker.ts') },
      preserveEntrySignatures: 'strict',
      // Only the entries do anything by being loaded. Said so, an export list does not tie what one page uses to the other's chunks.
      treeshake: { moduleSideEffects: (id) => !id.startsWith(here('..')) || id.includes('/node_modules/') || /web-components\/(studio|coach|class|push-worker|live\/orders-money|((studio|studio\/promotions|shows|desk|money|orders|analytics)\/)?index)\.ts$/.test(id) },
      output: {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Left to itself it makes a chunk of each set of modules that some pages share, and ten small files weigh a kilobyte more than two.
        codeSplitting: {
          groups: [
            { name: 'base', test: /vite\/preload-helper|\/(?:lit|lit-html|lit-element|@lit\/reactive-element)\/|web-components\/i18n\/(?:localize|units)\.ts|web-components\/ui\/(?:define|icons|tokens\.styles|button\.styles|card\.styles|field\.styles|picture|picture\.styles|price)\.ts|web-components\/show\/(?:http|outcome|server-url|storage|viewer-token)\.ts|server\/protocol\/(?:errors|money-format)\.ts/ },
            { name: 'visit', test: /\/(?:socket\.io|engine\.io|@socket\.io)[^/]*\/|web-components\/show\/(?:watchable|show-state|show-store|socket|client|buyer|cart|outbox|playhead|visit|visit-context)\.ts|web-components\/playback\/(?:webrtc-engine|receiver|reception|resend-room|device)\.ts|server\/protocol\/new-id\.ts/ },
            { name: 'viewer', test: /web-components\/(?:i18n\/(?:en|zh-CN|viewer)|show\/show-event|player\/(?:data-use|picture-box\.styles|picture-fit)|host-shop\/callbacks)\.ts/ },
          ],
        },
      },
    },
  },
});
