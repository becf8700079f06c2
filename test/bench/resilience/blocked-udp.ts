// Owns how soon there is a picture where a network lets no UDP through.
import { FrailNetwork } from '../../support/frail-network.ts';
import { atMost, type Figure } from '../support/figure.ts';
import type { FrailShow } from './frail-show.ts';

export async function blockedUdp(show: FrailShow, plan: { starts: number }): Promise<Figure[]> {
  const network = await FrailNetwork.open({ url: show.server.url, rtcPort: show.rtcPort });
  network.swallowsUdp = true;
  const tookMs: number[] = [];
  try {
    for (let start = 0; start < plan.starts; start += 1) {
      const page = await show.stage.openViewer({ network });
      tookMs.push(await page.evaluate(() => (window.pictureWatch.firstShownAt ?? Number.NaN) - performance.timeOrigin));
      await page.context().close();
    }
  } finally {
    network.close();
  }
  return [atMost('slowest first picture with UDP blocked, from opening the page', Math.max(...tookMs), 'ms', 5_000)];
}
