// Owns how the demo pages are built. The components stay outside: pages load them from the server, as a foreign shop would.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What all pages have in their heads; before a page's own style, so that it can differ. */
const sharedHead: Plugin = {
  name: 'shared-head',
  transformIndexHtml: {
    order: 'pre',
    handler: () => [
      { tag: 'meta', attrs: { charset: 'utf-8' }, injectTo: 'head-prepend' },
      { tag: 'meta', attrs: { name: 'viewport', content: 'width=device-width, initial-scale=1, viewport-fit=cover' }, injectTo: 'head-prepend' },
      { tag: 'link', attrs: { rel: 'icon', type: 'image/svg+xml', href: './pages/mark.svg' }, injectTo: 'head-prepend' },
      { tag: 'link', attrs: { rel: 'stylesheet', href: './pages/base.css' }, injectTo: 'head-prepend' },
    ],
  },
};

export default defineConfig({
  plugins: [sharedHead],
  root: here('.'),
  base: '/demo/',
  publicDir: false,
  build: {
    outDir: here('../dist/demo-pages'),
    emptyOutDir: true,
    target: ['es2022', 'chrome94', 'safari15.4', 'firefox101'],
    // No inline script and no data: URL in a style sheet: the pages run under a strict content security policy.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        index: here('index.html'),
        shop: here('shop.html'),
        'host-shop': here('host-shop.html'),
        order: here('order.html'),
        farmer: here('farmer.html'),
        coach: here('coach.html'),
        class: here('class.html'),
        operator: here('operator.html'),
        poster: here('poster.html'),
        report: here('report.html'),
        board: here('board.html'),
      },
    },
  },
});
