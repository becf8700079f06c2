// Owns a show in real browsers for a bench: a farmer's page that sends, shop pages that watch, both as built.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, launchYieldingBrowser, openVisitor } from '../../support/browser.ts';
import { hostLink, openMarket } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { pictureWatchScript } from '../../support/picture-watch.ts';

export class Stage {
  readonly showId: string;
  readonly #browser: Browser;
  readonly #url: string;

  private constructor(browser: Browser, url: string, showId: string) {
    this.#browser = browser;
    this.#url = url;
    this.showId = showId;
  }

  /**
   * Resolves when the farmer is live.
   * @param options.isYielding browsers let the server go first, as phones do by being elsewhere
   */
  static async open(server: ServerProcess, { isYielding = false } = {}): Promise<Stage> {
    const [browser, { show }] = await Promise.all([isYielding ? launchYieldingBrowser() : launchBrowser(), openMarket(server, [10, 5])]);
    const stage = new Stage(browser, server.url, show.id);
    try {
      const { page } = await openVisitor(browser, { camera: true });
      await page.goto(await hostLink(server.call, server.operatorToken, show.id));
      await page.getByRole('button', { name: '开始直播' }).click({ timeout: 30_000 });
      return stage;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /**
   * A shop page of a new visitor, with a picture.
   * @param options.prepare runs before the page is opened
   * @param options.url the server as this visitor reaches it
   */
  async openViewer(options: { prepare?: (context: BrowserContext) => Promise<unknown>; url?: string } = {}): Promise<Page> {
    const { page, context } = await openVisitor(this.#browser, { locale: 'en' });
    await context.addInitScript(pictureWatchScript());
    await options.prepare?.(context);
    await page.goto(`${options.url ?? this.#url}/demo/shop.html?show=${this.showId}`);
    // By what the page notes itself: reading the picture from outside would take the time that is measured.
    await page.waitForFunction(() => window.pictureWatch.frames.length > 0, null, { polling: 200 });
    return page;
  }

  /** An empty page of a new visitor, on the server's own site. */
  async openEmpty(): Promise<Page> {
    const { page, context } = await openVisitor(this.#browser, { locale: 'en' });
    await context.addInitScript(pictureWatchScript());
    await page.goto(`${this.#url}/health/live`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
