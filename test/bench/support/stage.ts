// Owns a show in real browsers for a bench: a farmer's page that sends, shop pages that watch, both as built.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, launchYieldingBrowser, openVisitor, PHONE_CAMERA } from '../../support/browser.ts';
import { hostLink, openMarket } from '../../support/market.ts';
import type { FrailNetwork } from '../../support/frail-network.ts';
import { pictureWatchScript } from '../../support/picture-watch.ts';
import type { ServerProcess } from '../../support/server-process.ts';

export class Stage {
  readonly showId: string;
  readonly hostPage: Page;
  readonly #browser: Browser;
  readonly #url: string;

  private constructor(browser: Browser, url: string, showId: string, hostPage: Page) {
    this.#browser = browser;
    this.#url = url;
    this.showId = showId;
    this.hostPage = hostPage;
  }

  /**
   * Resolves when the farmer is live.
   * @param options.isYielding browsers let the server go first, as phones do by being elsewhere
   * @param options.network the farmer's
   */
  static async open(server: ServerProcess, { isYielding = false, network }: { isYielding?: boolean; network?: FrailNetwork } = {}): Promise<Stage> {
    const [browser, { show }] = await Promise.all([isYielding ? launchYieldingBrowser([PHONE_CAMERA]) : launchBrowser([PHONE_CAMERA]), openMarket(server, [10, 5])]);
    try {
      const { page, context } = await openVisitor(browser, { camera: 'phone' });
      await network?.lead(context);
      const link = await hostLink(server.call, server.operatorToken, show.id);
      await page.goto(network?.through(link) ?? link);
      await page.getByRole('button', { name: '开始直播' }).click({ timeout: 30_000 });
      return new Stage(browser, server.url, show.id, page);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /**
   * A shop page of a new visitor, with a picture.
   * @param options.prepare runs before the page is opened
   * @param options.network the visitor's
   */
  async openViewer(options: { prepare?: (context: BrowserContext) => Promise<unknown>; network?: FrailNetwork } = {}): Promise<Page> {
    const { page, context } = await openVisitor(this.#browser, { locale: 'en' });
    await context.addInitScript(pictureWatchScript());
    await options.network?.lead(context);
    await options.prepare?.(context);
    await page.goto(`${options.network?.url ?? this.#url}/demo/shop.html?show=${this.showId}`);
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
