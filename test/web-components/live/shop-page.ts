// Owns a foreign shop's page with the one-tag embed in it, in a real browser, under a strict content security policy.
import type { Browser, Locator, Page } from 'playwright-core';
import { findAccessibilityFaults, LEGAL_LEVELS } from '../../support/accessibility.ts';
import { DESKTOP, openVisitor, PHONE } from '../../support/browser.ts';
import type { TestApp } from '../../support/start-app.ts';

/** No inline style or script, no eval: what a careful shop allows. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src blob:; connect-src 'self' ws:; base-uri 'none'";
const HOSTILE = `
  * { margin: 9px; padding: 7px; color: red; letter-spacing: 4px; text-transform: uppercase; line-height: 3; font: 30px fantasy }
  button, input, ul, li, img { display: none !important; float: right }
  fieldcast-live { text-align: right; text-indent: 40px; --fieldcast-height: 780px }`;
const CALM = 'body { margin: 0 } h1 { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%) } fieldcast-live { --fieldcast-height: 100vh }';

export interface ShopPage {
  page: Page;
  live: Locator;
  player: Locator;
  shelf: Locator;
  checkout: Locator;
  complaints: string[];
  /** What axe finds wrong with what is on the screen now. */
  faults(): Promise<string[]>;
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface ShopOptions {
  lang?: 'zh-CN' | 'en';
  isWide?: boolean;
  isHostile?: boolean;
  /** Instead of the embed. */
  body?: string;
  /** Origin of a payment service that the shop's policy lets in: its script, and its form in a frame. */
  paysAt?: string;
}

export async function openShop(browser: Browser, app: TestApp, showId: string, options: ShopOptions = {}): Promise<ShopPage> {
  const { lang = 'zh-CN', isWide = false, isHostile = false, paysAt, body = `<fieldcast-live show="${showId}"></fieldcast-live>` } = options;
  const { page, context, complaints } = await openVisitor(browser, { size: isWide ? DESKTOP : PHONE, locale: lang });
  page.setDefaultTimeout(20_000);
  // Chromium takes this page, which no server sent, for one of the internet that reaches into this machine.
  if (paysAt) await context.grantPermissions(['local-network-access'], { origin: app.url });
  const policy = paysAt ? `${POLICY.replace("script-src 'self'", `script-src 'self' ${paysAt}`)}; frame-src ${paysAt}` : POLICY;
  await context.route(/\/a-shop(?:\?.*)?$/, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy },
      body: `<!doctype html><html lang="${lang}"><meta name="viewport" content="width=device-width"><title>A shop</title><link rel="stylesheet" href="/a-shop.css"><script type="module" src="/fieldcast.js"></script><main><h1>A shop</h1>${body}</main></html>`,
    }),
  );
  await context.route('**/a-shop.css', (route) => route.fulfill({ contentType: 'text/css', body: isHostile ? HOSTILE : CALM }));
  await page.goto(`${app.url}/a-shop`);
  return {
    page,
    complaints,
    live: page.locator('fieldcast-live'),
    player: page.locator('fieldcast-player'),
    shelf: page.locator('fieldcast-shelf'),
    checkout: page.locator('fieldcast-checkout'),
    faults: () => findAccessibilityFaults(page, LEGAL_LEVELS),
    async shoot(name) {
      const folder = process.env['FIELDCAST_SCREENSHOTS'];
      if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
    },
    close: () => context.close(),
  };
}
