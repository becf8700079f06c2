// Owns a show of twenty minutes for the screens of figures: a light host, two dozen light viewers, orders, pins and a drop, by a clock that the test moves.
import { newId } from '../../../server/protocol/ids.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import type { Show } from '../../../server/protocol/show.ts';
import type { TelemetryEvent } from '../../../server/protocol/telemetry.ts';
import type { FakeClock } from '../../support/fake-clock.ts';
import { LightPeers, type LightPublisher, throughSocket } from '../../support/light-peer.ts';
import { openSocket } from '../../support/socket.ts';
import type { TestApp } from '../../support/start-app.ts';
import { LightPage } from '../../truth/light-crowd.ts';

const MINUTE_MS = 60_000;
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

export interface PlayedShow {
  show: Show;
  goods: Product[];
  hostToken: string;
  /** Plays so many minutes on. */
  play(minutes: number): Promise<void>;
  drop(seconds: number): Promise<void>;
  end(): Promise<void>;
}

export async function playShow(app: TestApp, clock: FakeClock, title: string, sellerId?: string): Promise<PlayedShow> {
  const token = app.operatorToken;
  const must = async <T>(method: string, path: string, body?: unknown, as = token): Promise<T> => {
    const answer = await app.call<T>(method, path, { token: as, headers: { 'idempotency-key': newId('key') }, ...(body === undefined ? {} : { body }) });
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const seller = sellerId ?? (await must<{ id: string }>('POST', '/api/v1/sellers', { name: '南坡果园', currency: 'CNY' })).id;
  const goods: Product[] = [];
  for (const [name, priceMinor] of [['红富士苹果', 6_800], ['雪花梨', 4_500], ['土蜂蜜', 8_800]] as const) goods.push(await must('POST', '/api/v1/products', { sellerId: seller, name, variants: [{ label: '', unit: 'box', priceMinor, stock: 500 }] }));
  const show = await must<Show>('POST', '/api/v1/shows', { title, sellerId: seller, hostName: '张大爷' });
  await must('PUT', `/api/v1/shows/${show.id}/shelf`, { productIds: goods.map(({ id }) => id) });
  const hostToken = await app.app.issueToken({ role: 'host', identity: show.hostId, showId: show.id }, 24 * 60 * MINUTE_MS);

  const socket = await openSocket(app.url, hostToken);
  const { rtpCapabilities } = await socket.ask('show.join', { showId: show.id });
  const peers = await LightPeers.open(rtpCapabilities as never);
  const signalling = throughSocket((name, input) => socket.ask(name, input));
  let sending: { publisher: LightPublisher; transportId: string };
  const goOn = async (): Promise<void> => {
    let transportId = '';
    const publisher = await peers.publish({ ...signalling, publish: async () => {
      const far = await signalling.publish();
      transportId = far.id;
      return far;
    } }, { videoKbps: [200] });
    sending = { publisher, transportId };
    await settle();
  };
  const goOff = async (): Promise<void> => {
    sending.publisher.close();
    await socket.ask('media.close', { transportId: sending.transportId });
    await settle();
  };
  await goOn();

  const pages = Array.from({ length: 24 }, (_, index) => new LightPage({ url: app.url, showId: show.id, clock, address: `112.${60 + (index % 3)}.9.${index + 1}` }));
  let minute = 0;
  async function playMinute(): Promise<void> {
    if (minute % 7 === 0) await must('PUT', `/api/v1/shows/${show.id}/pins`, { productIds: [goods[(minute / 7) % goods.length]!.id] });
    clock.set(MINUTE_MS - 10_000);
    clock.advance(10_000);
    await settle();
    const now = minute;
    await Promise.all(pages.map(async (page, index) => {
      const from = Math.floor(index / 3);
      const until = index % 4 === 0 ? from + 3 : 30;
      if (now < from || now >= until) return;
      const good = goods[index % goods.length]!;
      const path = index % 6 === 5 ? 3 : 0;
      const events: TelemetryEvent[] = now === from ? [[0, 59_000], [3, 58_000, 700 + index * 150, path], [1, 58_000, path, index % 5 === 0 ? 1 : 0], [6, 50_000, good.id], [6, 30_000, good.id]] : [];
      if (now === from + 1 && index % 2 === 0) events.push([7, 20_000, good.id], [10, 10_000, 1, 12], [10, 9_000, 0, 1]);
      if (now === from + 2 && index % 2 === 0) events.push([8, 20_000, good.id, 1], [9, 15_000]);
      await page.send(...events, [2, 40_000, 19_000, path, 600], [2, 20_000, 20_000, path, 600], [2, 0, 20_000, path, 600]);
      if (now === from + 2 && index % 2 === 0) {
        const buyer = { name: '李梅', phone: `1380000${String(1_000 + index)}`, address: '杭州市西湖区文三路 1 号' };
        await must('POST', `/api/v1/shows/${show.id}/orders`, { lines: [{ variantId: good.variants[0]!.id, quantity: 1 + (index % 3) }], buyer, payment: 'cod' }, await app.app.issueToken({ role: 'viewer', identity: newId('vwr') }, 24 * 60 * MINUTE_MS));
      }
    }));
    minute += 1;
  }
  return {
    show,
    goods,
    hostToken,
    async play(minutes) {
      for (let count = 0; count < minutes; count += 1) await playMinute();
    },
    async drop(seconds) {
      await goOff();
      clock.set(seconds * 1000);
      await goOn();
    },
    async end() {
      await goOff();
      await must('POST', `/api/v1/shows/${show.id}/end`, {}, hostToken);
      await settle();
      peers.close();
      socket.close();
    },
  };
}
