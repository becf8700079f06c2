// Owns the built files: the components for a script tag and the demo pages, with their cache and security headers.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What is served from disk, for openapi.json. */
export const staticPaths = ['/fieldcast.js', '/fieldcast-shows.js', '/fieldcast-studio.js', '/fieldcast-desk.js', '/fieldcast-orders.js', '/fieldcast-offers.js', '/fieldcast-analytics.js', '/fieldcast-push.js', '/chunks/{file}', '/demo/{file}'] as const;

export interface StaticOptions {
  /** Folder of `vite build web-components`. */
  componentsDir: string;
  /** Folder of `vite build demo`. */
  pagesDir: string;
  allowedOrigins: readonly string[];
  /** Pages that no other page may frame: somebody signed in could be made to click there. */
  unframedPages: readonly string[];
  /** Where a payment form comes from: script, frames and calls that the pages let in; null where nobody pays by one. */
  paymentForm: { script: string; frame: string; connect: string } | null;
}

export async function registerStatic(app: FastifyInstance, options: StaticOptions): Promise<void> {
  if (existsSync(options.componentsDir)) {
    await app.register(fastifyStatic, {
      root: options.componentsDir,
      prefix: '/',
      // Only files that exist now get a route: nothing else of the folder can be asked for.
      wildcard: false,
      globIgnore: ['chunks/**', '**/*.map', '**/*.json', '**/.*'],
      decorateReply: false,
      cacheControl: false,
      setHeaders(reply) {
        // Entry files keep their name and must be asked about again.
        reply.header('cache-control', 'no-cache');
        reply.header('cross-origin-resource-policy', 'cross-origin');
      },
    });
    await app.register(fastifyStatic, {
      root: join(options.componentsDir, 'chunks'),
      prefix: '/chunks/',
      // One route: over a hundred of them took a tenth of the time of a start.
      allowedPath: (path) => /^\/[\w.-]+\.(?:js|css|wasm)$/.test(path),
      decorateReply: false,
      index: false,
      cacheControl: false,
      setHeaders(reply) {
        // Chunks carry a hash of what is in them in their name.
        reply.header('cache-control', 'public, max-age=31536000, immutable');
        reply.header('cross-origin-resource-policy', 'cross-origin');
      },
    });
  }
  if (existsSync(options.pagesDir)) {
    const framers = options.allowedOrigins.includes('*') ? '*' : ["'self'", ...options.allowedOrigins].join(' ');
    await app.register(fastifyStatic, {
      root: options.pagesDir,
      prefix: '/demo/',
      wildcard: false,
      decorateReply: false,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (!path.endsWith('.html')) return;
        reply.header('content-security-policy', contentSecurityPolicy(options.unframedPages.includes(basename(path)) ? "'none'" : framers, options.paymentForm));
        reply.header('permissions-policy', 'camera=(self), microphone=(self), display-capture=(), geolocation=()');
        // An order's page carries its key in the fragment; nothing of the address leaves with a link.
        reply.header('referrer-policy', 'no-referrer');
      },
    });
    app.get('/', (_request, reply) => reply.redirect('/demo/'));
  }
}

function contentSecurityPolicy(framers: string, form: StaticOptions['paymentForm']): string {
  return [
    "default-src 'self'",
    form ? `script-src 'self' ${form.script}` : "script-src 'self'",
    ...(form ? [`frame-src 'self' ${form.frame}`] : []),
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    form ? `connect-src 'self' ws: wss: ${form.connect}` : "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framers}`,
  ].join('; ');
}
