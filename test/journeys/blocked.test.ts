// What happens on a network that lets only https on one port through: pages, sockets and picture pass nginx and coturn, as docs/networks.md
// sets them up. That nothing else passes is played in the page: its peer connections may use relays only.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Relays } from '../../server/media/relays.ts';
import { systemClock } from '../../server/platform/clock.ts';
import { Secret } from '../../server/platform/config.ts';
import { loadScript } from '../scripts/load.ts';
import { launchBrowser, openVisitor, type Visitor, waitForPicture } from '../support/browser.ts';
import { caller } from '../support/market.ts';
import { missingPrograms, type OnePort, openOnePort, PAGES, RELAY, RELAY_SECRET } from '../support/one-port.ts';
import { freePort } from '../support/server-process.ts';
import { hostLink, type Market, openMarket, startApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let onePort: OnePort;
let browser: Browser;
let market: Market;

const { checkRelay } = await loadScript('doctor/turn.mjs');

const names = `MAP ${PAGES} 127.0.0.1, MAP ${RELAY} 127.0.0.1`;

describe.skipIf(missingPrograms.length > 0)(`behind one port (${missingPrograms.length > 0 ? `not installed: ${missingPrograms.join(', ')}` : 'nginx and coturn'})`, () => {
  async function visit(options: { camera?: 'phone' } = {}): Promise<Visitor> {
    const visitor = await openVisitor(browser, { locale: 'en', ...options });
    await visitor.context.addInitScript(useRelaysOnly);
    return visitor;
  }

  beforeAll(async () => {
    const [port, pagesPort] = await Promise.all([freePort(), freePort()]);
    const url = `https://${PAGES}:${port}`;
    [app, onePort, browser] = await Promise.all([
      startApp({
        env: {
          FIELDCAST_PORT: String(pagesPort),
          FIELDCAST_PUBLIC_URL: url,
          FIELDCAST_TURN_URLS: `turns:${RELAY}:${port}?transport=tcp`,
          FIELDCAST_TURN_SECRET: RELAY_SECRET,
        },
      }),
      openOnePort(pagesPort, port),
      launchBrowser([`--host-resolver-rules=${names}`, '--ignore-certificate-errors']),
    ]);
    // The test itself is on the machine, where nobody answers to the public names.
    app = { ...app, call: caller(`http://127.0.0.1:${pagesPort}`) };
    market = await openMarket(app, [10]);
  });
  afterAll(async () => {
    await browser?.close();
    await onePort?.close();
    await app?.close();
  });

  it('a farmer sends and a viewer watches through a relay on the port of the pages, and nobody is asked anything', async () => {
    const farmer = await visit({ camera: 'phone' });
    await farmer.page.goto(await hostLink(app.call, app.operatorToken, market.show.id));
    await farmer.page.getByRole('button', { name: 'Go live' }).click();
    await farmer.page.locator('fieldcast-studio[state=live]').waitFor({ timeout: 30_000 });
    const viewer = await visit();
    await viewer.page.goto(`${app.url}/demo/shop.html?show=${market.show.id}`);
    await viewer.page.locator('fieldcast-player[path=webrtc-tcp]').waitFor({ timeout: 30_000 });
    await waitForPicture(viewer.page.locator('fieldcast-player video'), { timeoutMs: 20_000 });
    expect([...viewer.complaints, ...farmer.complaints]).toEqual([]);
  });

  it.each(['udp', 'tcp'])('the doctor is given an address by the relay over %s, and told when the secret is another', async (transport) => {
    const uri = `turn:127.0.0.1:${onePort.relayPort}?transport=${transport}`;
    const [ours] = new Relays({ urls: [uri], secret: new Secret(RELAY_SECRET) }, systemClock).forOneClient();
    expect(await checkRelay(uri, ours)).toEqual({ ok: true, text: `relay ${uri}: gives addresses to our clients` });
    const [wrong] = new Relays({ urls: [uri], secret: new Secret('another word') }, systemClock).forOneClient();
    expect(await checkRelay(uri, wrong)).toMatchObject({ ok: false, text: expect.stringContaining('static-auth-secret') });
  });
});

/** In the page: a network on which no direct way exists. */
function useRelaysOnly(): void {
  const Direct = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Direct {
    constructor(configuration: RTCConfiguration = {}) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
    }
  };
}
