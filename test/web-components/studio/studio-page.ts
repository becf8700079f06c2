// Owns the studio in a real browser for its tests: a phone, the built bundle on the app's own origin, under a strict content security policy.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Link } from '../../../server/protocol/access.ts';
import { findAccessibilityFaults } from '../../support/accessibility.ts';
import { openVisitor, type Visitor } from '../../support/browser.ts';
import type { TestApp } from '../../support/start-app.ts';

const POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws:; object-src 'none'; base-uri 'none'";

export interface StudioPage extends Visitor {
  studio: Locator;
  address: string;
  /** Waits until the studio is on one of these screens. */
  until(...states: string[]): Promise<void>;
  /** Keeps a picture of the screen where `FIELDCAST_SCREENSHOTS` names a folder. */
  shoot(name: string): Promise<void>;
  /** Ids of what axe finds wrong, with where. */
  faults(): Promise<string[]>;
}

export interface StudioOptions {
  lang?: 'zh-CN' | 'en';
  code?: string;
  camera?: boolean;
  userAgent?: string;
  /** How wrong the phone's clock is. */
  clockOffMs?: number;
  /** Runs before the page's own scripts. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens the studio as a phone at 360x800 would. */
export async function openStudio(browser: Browser, app: TestApp, options: StudioOptions = {}): Promise<StudioPage> {
  const { lang = 'zh-CN', code, camera = true } = options;
  const visitor = await openVisitor(browser, { locale: lang, ...(options.clockOffMs ? { clockOffMs: options.clockOffMs } : {}) });
  const { context, page } = visitor;
  page.setDefaultTimeout(20_000);
  if (camera) await context.grantPermissions(['camera', 'microphone']);
  if (options.userAgent) await context.addInitScript((agent) => Object.defineProperty(navigator, 'userAgent', { get: () => agent }), options.userAgent);
  await options.prepare?.(page);
  await context.route('**/studio-under-test', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': POLICY },
      body: `<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>Studio</title><link rel="stylesheet" href="/studio-under-test.css"><script type="module" src="/fieldcast-studio.js"></script><main><h1>Studio</h1><fieldcast-studio></fieldcast-studio></main></html>`,
    }),
  );
  await context.route('**/studio-under-test.css', (route) => route.fulfill({ contentType: 'text/css', body: 'body{margin:0} h1{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}' }));
  const address = `${app.url}/studio-under-test${code ? `#code=${code}` : ''}`;
  await page.goto(address);
  const studio = page.locator('fieldcast-studio');
  return {
    ...visitor,
    studio,
    address,
    async until(...states) {
      await page.waitForFunction((wanted) => wanted.includes(document.querySelector('fieldcast-studio')?.getAttribute('state') ?? ''), states, { timeout: 25_000 });
    },
    async shoot(name) {
      const folder = process.env['FIELDCAST_SCREENSHOTS'];
      if (!folder) return;
      await mkdir(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${lang}.png`) });
    },
    faults: () => findAccessibilityFaults(page),
  };
}

/** Answers the measuring of the uplink by itself, for who takes a working line for granted while the machine is busy. */
export const withGoodUplink = (page: Page): Promise<void> => page.route('**/api/v1/probe', (route) => route.fulfill({ json: { bytes: 0 } }));

/** A fresh one-time code for the show's host. */
export async function hostCode(app: TestApp, showId: string, name = '张大爷'): Promise<string> {
  const link = await app.call<Link>('POST', `/api/v1/shows/${showId}/links`, { token: app.operatorToken, body: { role: 'host', name } });
  const code = /#code=(.+)$/.exec(link.body.url)?.[1];
  if (!code) throw new Error(`no code in ${JSON.stringify(link.body)}`);
  return code;
}
