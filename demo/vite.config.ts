// Owns how the demo pages are built. The components stay outside: pages load them from the server, as a foreign shop would.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
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
