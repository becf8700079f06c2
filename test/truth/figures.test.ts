// A show of known truth through the whole app: a light host over real media, light viewers, real orders and promotions, and a clock that the
// test moves. Every figure of every phase is compared with a table worked out by hand from the script below.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveFigures, SellerFigures, ShowReport, Trend } from '../../server/protocol/analytics.ts';
import { type Figure, type FigureName, figureNames, figurePhases, figures } from '../../server/protocol/figures.ts';
import { newId } from '../../server/protocol/ids.ts';
import type { Order } from '../../server/protocol/order.ts';
import type { Auction, CodedCoupon, Draw, FlashSale } from '../../server/protocol/promotions.ts';
import type { Product } from '../../server/protocol/shop.ts';
import type { Show } from '../../server/protocol/show.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LightPeers, type LightPublisher, throughSocket } from '../support/light-peer.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { startApp, type TestApp } from '../support/start-app.ts';
import { LightPage } from './light-crowd.ts';

const DAY_MS = 24 * 3600_000;
const STEP_S = 10;
const [UDP, TCP, TURN, HLS, SOUND, REPLAY] = [0, 1, 2, 3, 4, 5];
const [COMMENT, LIKE, SHARE, FOLLOW, REPORT, NOT_INTERESTED] = [0, 1, 2, 3, 4, 5];
/** kB in ten seconds of picture, and of sound alone. */
const [PICTURE_KB, SOUND_KB] = [300, 20];

const clock = new FakeClock();
let test: TestApp;
let operator: string;
let show: Show;
let hostToken: string;
let goods: { apples: Product; pears: Product; tea: Product; honey: Product };
let ordered: Record<string, Order>;
const coupons = {} as { spring: CodedCoupon };
/** A second pair of hands, with a name. */
let packer: string;
let courier: { id: string };
/** When the show began; a minute begins then too. */
let began: number;
let report: ShowReport;
let trend: Trend;
let online: LiveFigures;

/** Who watched what, in seconds of the show. */
const crowd = {
  ann: { path: UDP, spells: [[0, 300], [340, 600]], address: '112.96.1.1', follows: 1, startMs: 800 },
  bao: { path: UDP, spells: [[0, 60]], address: '112.96.2.2', follows: 0, startMs: 1_200 },
  cai: { path: TCP, spells: [[60, 300], [340, 400]], address: '112.96.3.3', follows: 0, startMs: 2_000 },
  dan: { path: TURN, spells: [[120, 150]], address: '112.96.4.4', follows: 0, startMs: 3_000 },
  eve: { path: HLS, spells: [[0, 300], [350, 480]], address: '112.96.5.5', follows: 1, startMs: 4_000 },
  fei: { path: SOUND, spells: [[200, 240]], address: '240e:478:1::1', follows: 0, startMs: 1_000 },
  // Back after more than half an hour: another entry.
  ivy: { path: UDP, spells: [[0, 20], [2_300, 2_330]], address: '112.96.6.6', follows: 0, startMs: 700 },
} as const;
type Name = keyof typeof crowd | 'gao' | 'han' | 'nan';

// Of `live` 1,472 s: ann 560, bao 60, cai 300, dan 30, eve 430, fei 40, ivy 50, gao 2. Of the replay: ann 20, jia 50.
const watched = { live: 1_472, replay: 70, total: 1_542 };
// 43,040 kB: ann 56, bao 6, cai 30, dan 3, eve 43, ivy 5 tens of seconds of 300 kB, fei 4 of 20, gao 60 kB.
const kbits = { live: 43_040 * 8, replay: 7 * PICTURE_KB * 8, total: 45_140 * 8 };
// 20.00 + 40.00 + 10.00 + 60.00 + 45.00 + 30.00 live, 10.00 of the replay, 50.00 after it.
const placed = { live: 20_500, replay: 1_000, after: 5_000, total: 26_500 };

/** A step of start-up times is 10 % long. */
const step = (ms: number) => ({ from: ms, to: Math.ceil(ms * 1.1) });
type Truth = number | null | { from: number; to: number };
/** Live, replay, after, total. `paid` is what the transfer was made out for. */
const truth = (paid: number): Record<FigureName, readonly [Truth, Truth, Truth, Truth]> => ({
  reach: [10, 1, 1, 12],
  entries: [9, 2, 0, 11],
  viewers: [8, 2, 0, 9],
  validViews: [8, 2, 0, 10],
  engagedViews: [8, 2, 0, 10],
  enterRate: [9 / 10, 2, 0, 11 / 12],
  watchSeconds: [watched.live, watched.replay, 0, watched.total],
  averageWatchSeconds: [watched.live / 8, 35, null, watched.total / 9],
  stayed30s: [7, 1, 0, 8],
  stayed60s: [4, 0, 0, 4],
  stayed180s: [3, 0, 0, 3],
  stayed300s: [3, 0, 0, 3],
  retention30s: [7 / 8, 1 / 2, null, 8 / 9],
  retention60s: [4 / 8, 0, null, 4 / 9],
  retention180s: [3 / 8, 0, null, 3 / 9],
  retention300s: [3 / 8, 0, null, 3 / 9],
  onAirSeconds: [2_360, null, null, 2_360],
  averageOnline: [watched.live / 2_360, null, null, watched.total / 2_360],
  peakOnline: [4, null, null, 4],
  interactors: [5, 1, 0, 6],
  interactionRate: [5 / 8, 1 / 2, null, 6 / 9],
  comments: [3, 0, 0, 3],
  commenters: [2, 0, 0, 2],
  commentRate: [2 / 8, 0, null, 2 / 9],
  likes: [35, 0, 0, 35],
  likers: [2, 0, 0, 2],
  shares: [1, 1, 0, 2],
  sharers: [1, 1, 0, 2],
  newFollowers: [2, 0, 0, 2],
  notFollowing: [5, 1, 0, 6],
  followRate: [2 / 5, 0, null, 2 / 6],
  // A report, who was not interested, and two mutes of whom one was lifted again.
  negativeFeedback: [3, 0, 0, 3],
  productImpressions: [8, 1, 1, 10],
  impressionPeople: [6, 1, 1, 8],
  productClicks: [7, 1, 0, 8],
  clickPeople: [6, 1, 0, 7],
  cartPeople: [3, 0, 0, 3],
  cartUnits: [6, 0, 0, 6],
  checkoutPeople: [6, 1, 0, 7],
  productClickRate: [6 / 8, 1 / 2, null, 7 / 9],
  impressionClickRate: [7 / 8, 1, 0, 8 / 10],
  clickThrough: [7 / 9, 1 / 2, null, 8 / 11],
  cartRate: [3 / 6, 0, null, 3 / 7],
  orders: [6, 1, 1, 8],
  units: [9, 1, 1, 11],
  // Ann bought twice live, and once more after her money had come.
  buyers: [5, 1, 1, 6],
  begunOrders: [7, 1, 1, 9],
  unpaidOrders: [1, 0, 0, 1],
  unpaidOrderRate: [1 / 7, 0, 0, 1 / 9],
  clickToOrder: [6 / 7, 1, null, 1],
  clickToBuyer: [5 / 6, 1, null, 6 / 7],
  viewToBuyer: [5 / 8, 1 / 2, null, 6 / 9],
  returningBuyers: [0, 0, 1, 1],
  returningBuyerRate: [0, 0, 1, 1 / 6],
  returningMinor: [0, 0, 5_000, 5_000],
  placedMinor: [placed.live, placed.replay, placed.after, placed.total],
  // Collected of ann's, dan's and the auction's; the transfer; nothing of what is still on its way.
  paidMinor: [9_000 + paid, 0, 0, 9_000 + paid],
  refundedMinor: [2_000, 0, 0, 2_000],
  keptMinor: [7_000 + paid, 0, 0, 7_000 + paid],
  averageOrderMinor: [placed.live / 6, 1_000, 5_000, placed.total / 8],
  averageUnitMinor: [placed.live / 9, 1_000, 5_000, placed.total / 11],
  valuePerViewer: [placed.live / 8, 500, null, placed.total / 9],
  gpm: [(placed.live / 9) * 1_000, 500_000, null, (placed.total / 11) * 1_000],
  valuePerHour: [(placed.live / 2_360) * 3_600, null, null, (placed.total / 2_360) * 3_600],
  returningValueShare: [0, 0, 1, 5_000 / placed.total],
  otherMinor: [1_000, null, null, 1_000],
  contributionMinor: [placed.live + 1_000, null, null, placed.live + 1_000],
  refundRate: [2_000 / (9_000 + paid), null, null, 2_000 / (9_000 + paid)],
  codReached: [4, 0, 0, 4],
  codRefused: [1, 0, 0, 1],
  codRefusalRate: [1 / 4, null, null, 1 / 4],
  dueOrders: [6, 1, 1, 8],
  lateOrders: [2, 1, 1, 4],
  lateShipRate: [2 / 6, 1, 1, 4 / 8],
  // Of the first coupon ann, jia and ivy, who ordered with it; dan took the second after the show.
  couponClaims: [3, null, null, 4],
  couponUsers: [1, null, null, 1],
  couponUseRate: [1 / 3, null, null, 1 / 4],
  explainedSeconds: [2_400, null, null, 2_400],
  valuePerExplainedMinute: [placed.live / 40, null, null, placed.total / 40],
  starts: [9, 2, 0, 11],
  failedStarts: [1, 0, 0, 1],
  startAttempts: [10, 2, 0, 12],
  failedStartRate: [1 / 10, 0, null, 1 / 12],
  startP50Ms: [step(1_000), step(1_500), null, step(1_200)],
  startP95Ms: [step(4_000), step(1_500), null, step(4_000)],
  stalls: [2, 0, 0, 2],
  stallSeconds: [5, 0, 0, 5],
  stallRatio: [5 / watched.live, 0, null, 5 / watched.total],
  receivedKbits: [kbits.live, kbits.replay, 0, kbits.total],
  averageKbps: [kbits.live / watched.live, kbits.replay / watched.replay, null, kbits.total / watched.total],
  outages: [1, null, null, 1],
  outageSeconds: [40, null, null, 40],
  ordersAfterOutage: [1, null, null, 1],
});

/** Long stretches in one leap: timers of the server that ring several times a second would ring by the million. */
function pass(ms: number): void {
  const leapMs = Math.max(0, ms - STEP_S * 1000);
  if (leapMs > 0) clock.set(leapMs);
  clock.advance(ms - leapMs);
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
const key = () => ({ 'idempotency-key': newId('key') });
const showPath = (rest = '') => `/api/v1/shows/${show.id}${rest}`;
const asViewer = (identity: string) => test.app.issueToken({ role: 'viewer', identity }, 30 * DAY_MS);

async function must<Body>(method: string, path: string, body?: unknown, token = hostToken): Promise<Body> {
  const answer = await test.call<Body>(method, path, { token, headers: key(), ...(body === undefined ? {} : { body }) });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function buy(product: Product, quantity: number, phone: string, { payment = 'cod', identity = newId('vwr'), showId = show.id, coupon = undefined as string | undefined, address = '杭州市西湖区文三路 1 号' } = {}): Promise<Order> {
  const buyer = { name: '李梅', phone, address };
  const lines = [{ variantId: product.variants[0]?.id, quantity }];
  return must('POST', `/api/v1/shows/${showId}/orders`, { lines, buyer, payment, ...(coupon ? { coupon } : {}) }, await asViewer(identity));
}

async function move(order: Order | undefined, states: readonly string[], by = operator): Promise<void> {
  for (const to of states) await must('POST', `/api/v1/orders/${order?.id}/state`, { to, note: '' }, by);
}

const collect = (order: Order | undefined) => must('POST', `/api/v1/orders/${order?.id}/payment/collected`, { note: '' }, operator);

async function setUp(): Promise<Show> {
  const seller = await must<{ id: string }>('POST', '/api/v1/sellers', { name: 'Orchard', currency: 'CNY' }, operator);
  const product = (name: string, priceMinor: number, stock: number) => must<Product>('POST', '/api/v1/products', { sellerId: seller.id, name, variants: [{ label: '', unit: 'kg', priceMinor, stock }] }, operator);
  goods = { apples: await product('Apples', 1_000, 100), pears: await product('Pears', 2_000, 3), tea: await product('Tea', 5_000, 50), honey: await product('Honey', 6_000, 2) };
  courier = await must('POST', `/api/v1/sellers/${seller.id}/couriers`, { name: 'Old Li' }, operator);
  const plan = async (title: string): Promise<Show> => {
    const planned = await must<Show>('POST', '/api/v1/shows', { title, sellerId: seller.id, hostName: 'Zhang' }, operator);
    await must('PUT', `/api/v1/shows/${planned.id}/shelf`, { productIds: Object.values(goods).map(({ id }) => id) }, operator);
    return planned;
  };
  show = await plan('Apples and tea');
  hostToken = await test.app.issueToken({ role: 'host', identity: show.hostId, showId: show.id }, 30 * DAY_MS);
  const code = await sharp({ create: { width: 200, height: 200, channels: 3, background: '#fff' } }).png().toBuffer();
  const picture = (await (await fetch(`${test.url}/api/v1/pictures`, { method: 'POST', headers: { 'content-type': 'image/png', authorization: `Bearer ${operator}` }, body: new Uint8Array(code) })).json()) as { id: string };
  await must('PATCH', `/api/v1/sellers/${seller.id}/ways`, { transfer: { qrPictureId: picture.id, payeeName: '*建国' } }, operator);
  return plan('Another show');
}

/** The host's side: light, over real media. */
async function openHost(): Promise<{ on(): Promise<void>; off(): Promise<void>; close(): void }> {
  const socket: TestSocket = await openSocket(test.url, hostToken);
  const { rtpCapabilities } = await socket.ask('show.join', { showId: show.id });
  const peers = await LightPeers.open(rtpCapabilities as never);
  const signalling = throughSocket((name, input) => socket.ask(name, input));
  let sending: { publisher: LightPublisher; transportId: string } | undefined;
  return {
    async on() {
      let transportId = '';
      const publish = async () => {
        const far = await signalling.publish();
        transportId = far.id;
        return far;
      };
      sending = { publisher: await peers.publish({ ...signalling, publish }, { videoKbps: [200] }), transportId };
      await settle();
    },
    async off() {
      sending?.publisher.close();
      await socket.ask('media.close', { transportId: sending?.transportId as string });
      await settle();
    },
    close() {
      peers.close();
      socket.close();
    },
  };
}

type Act = () => Promise<unknown>;

async function play(): Promise<void> {
  const elsewhere = await setUp();
  const host = await openHost();
  const base = { url: test.url, showId: show.id, clock };
  const pages = {} as Record<Name, LightPage>;
  for (const [name, { address }] of Object.entries(crowd)) pages[name as Name] = new LightPage({ ...base, address });
  pages.gao = new LightPage({ ...base, address: '240e:478:2::1' });
  pages.han = new LightPage({ ...base, address: '240e:478:3::1' });
  pages.nan = new LightPage({ ...base, address: '112.96.7.7' });
  await pages.cai.connect();
  const { apples, pears, tea, honey } = goods;
  const { ann, bao, cai, dan, eve, fei, ivy, gao, han, nan } = pages;

  let coupon: CodedCoupon;
  const take = async (identity: string, { coupon: { id } } = coupon) => must('GET', `/api/v1/coupons/${id}/code`, undefined, await asViewer(identity));
  let auction: Auction;
  let draw: Draw;
  const acts: Record<number, Act[]> = {
    0: [() => must('PUT', showPath('/pins'), { productIds: [apples.id] }), () => nan.send([0, 0]), () => han.send([0, 0], [4, 0, HLS as number])],
    20: [() => ann.send([6, 0, apples.id], [6, 0, apples.id]), () => bao.send([6, 0, apples.id], [7, 0, 'prd_of_nobody'])],
    30: [() => ann.send([7, 0, apples.id], [10, 0, COMMENT as number, 1], [10, 0, LIKE as number, 30]), () => bao.send([7, 0, apples.id], [10, 0, SHARE as number, 1])],
    40: [() => ann.send([8, 0, apples.id, 2], [9, 0]), () => bao.send([9, 0])],
    50: [async () => (ordered['bao'] = await buy(apples, 1, '13800000002', { payment: 'transfer' }))],
    60: [async () => (ordered['ann'] = await buy(apples, 2, '13800000001'))],
    100: [
      () => must<FlashSale>('POST', showPath('/flash-sales'), { variantId: tea.variants[0]?.id, priceMinor: 4_000, units: 2, countdownSeconds: 10, minutes: 5 }),
      async () => (draw = await must('POST', showPath('/draws'), { title: 'A jar', prizes: 1, entry: 'tap', seconds: 30 })),
    ],
    110: [async () => { for (const who of ['ann', 'eve']) await must('PUT', `/api/v1/draws/${draw.id}/entry`, {}, await asViewer(`vwr_${who}`)); }, () => ann.send([10, 0, COMMENT as number, 1])],
    130: [() => dan.send([6, 0, tea.id], [7, 0, tea.id], [9, 0], [10, 0, FOLLOW as number, 1]), async () => (online = await must('GET', `/api/v1/analytics/shows/${show.id}/live`))],
    140: [async () => (ordered['dan'] = await buy(tea, 1, '13800000003'))],
    200: [() => must('PUT', showPath('/pins'), { productIds: [tea.id] }), () => cai.send([5, 0, 2_000, TCP as number], [10, 0, FOLLOW as number, 1], [10, 0, COMMENT as number, 1])],
    210: [async () => (auction = await must('POST', showPath('/auctions'), { variantId: honey.variants[0]?.id, startMinor: 3_000, seconds: 30 }))],
    220: [
      async () => must('POST', `/api/v1/promotions/${auction.id}/bids`, { maxMinor: 3_500, payment: 'cod', buyer: { name: '王芳', phone: '13800000006', address: '杭州市西湖区文三路 6 号' } }, await asViewer('vwr_eve')),
      () => eve.send([6, 0, pears.id], [10, 0, LIKE as number, 5]),
      () => fei.send([10, 0, REPORT as number, 1]),
    ],
    250: [() => eve.send([5, 0, 3_000, HLS as number])],
    300: [() => host.off()],
    340: [() => host.on()],
    360: [() => eve.send([7, 0, apples.id], [8, 0, apples.id, 1], [9, 0]), async () => (ordered['eve'] = await buy(apples, 1, '13800000004'))],
    380: [() => cai.send([6, 0, apples.id], [6, 0, pears.id], [7, 0, pears.id], [7, 0, pears.id], [8, 0, pears.id, 3], [9, 0])],
    390: [async () => (ordered['cai'] = await buy(pears, 3, '13800000005', { payment: 'transfer', address: '北京市朝阳区建国路 1 号' }))],
    // One is muted, another by mistake.
    400: [async () => {
      for (const isMistake of [false, true]) {
        const { message } = await must<{ message: { id: string } }>('POST', showPath('/messages'), { text: 'Buy elsewhere' }, await asViewer(newId('vwr')));
        const { id } = await must<{ id: string }>('POST', showPath('/restrictions'), { messageId: message.id, kind: 'mute', minutes: 10 });
        if (isMistake) await must('DELETE', showPath(`/restrictions/${id}`));
      }
    }],
    420: [() => must('POST', `/api/v1/orders/${ordered['cai']?.id}/payment/confirm`, { note: '' })],
    // Told again as it was, told again as if it were new, and watched twice at once.
    470: [() => eve.again(), () => eve.send([2, 0, 10_000, HLS as number, PICTURE_KB])],
    500: [() => buy(apples, 1, '13800000007', { showId: elsewhere.id })],
    592: [() => gao.send([0, 2_000], [1, 2_000, UDP as number, 1], [3, 1_100, 900, UDP as number], [2, 0, 2_000, UDP as number, 60], [10, 0, NOT_INTERESTED as number, 1])],
    2300: [async () => (coupon = await must('POST', showPath('/coupons'), { discount: { kind: 'amount', amountMinor: 500 } }))],
    2310: [
      async () => (coupons.spring = await must('POST', showPath('/coupons'), { title: 'Spring', discount: { kind: 'amount', amountMinor: 100 }, until: clock.now() + 30 * DAY_MS })),
      // Ann taps twice; the host tries the coupon too.
      async () => { for (const who of ['vwr_ann', 'vwr_ann', 'vwr_jia']) await take(who); },
      () => must('GET', `/api/v1/coupons/${coupon.coupon.id}/code`),
      () => ivy.send([6, 0, tea.id], [7, 0, tea.id], [9, 0], [6, 3_601_000, tea.id]),
      async () => (ordered['ivy'] = await buy(tea, 1, '13800000001', { coupon: coupon.code })),
    ],
  };
  ordered = {};
  const moments = new Set([...Object.keys(acts).map(Number), ...Array.from({ length: 61 }, (_, index) => index * STEP_S), 2_300, 2_310, 2_320, 2_330, 2_400]);
  const isFirst = new Set(Object.keys(crowd));

  await host.on();
  began = clock.now();
  let at = 0;
  for (const moment of [...moments].sort((a, b) => a - b)) {
    if (moment > at) {
      pass((moment - at) * 1000);
      await settle();
    }
    at = moment;
    for (const [name, { path, spells, follows, startMs }] of Object.entries(crowd)) {
      const page = pages[name as Name];
      if (spells.some(([from, to]) => at > from && at <= to && (at - from) % STEP_S === 0)) await page.send([2, 0, STEP_S * 1000, path as number, path === SOUND ? SOUND_KB : PICTURE_KB]);
      if (!spells.some(([from]) => from === at)) continue;
      // After a drop the same page goes on, and says so; a start is told of those that began.
      const isBack = at === 340 || at === 350;
      await page.send(...(isFirst.delete(name) ? ([[0, 0]] as [0, number][]) : []), [1, 0, path as number, follows], ...(isBack ? [] : ([[3, 0, startMs, path as number]] as [3, number, number, number][])));
    }
    for (const act of acts[at] ?? []) await act();
  }
  await host.off();
  show = await must('POST', showPath('/end'), {});
  await settle();
  host.close();
  await afterwards(pages);
  for (const page of Object.values(pages)) page.close();
}

/** Who is no viewer, who comes for the replay, what becomes of the orders in eight days. */
async function afterwards(pages: Record<Name, LightPage>): Promise<void> {
  const base = { url: test.url, showId: show.id, clock };
  const { apples, tea } = goods;
  clock.advance(120_000);
  // Neither live nor of the replay: nobody can have watched.
  await pages.bao.send([2, 0, STEP_S * 1000, UDP as number, PICTURE_KB]);
  await pages.nan.send([0, 0], [6, 0, apples.id]);
  await new LightPage({ ...base, address: '66.249.66.1', userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }).send([0, 0], [7, 0, tea.id]);
  await new LightPage({ ...base, address: '112.96.8.8', token: hostToken }).send([7, 0, tea.id]);

  const replay = async (name: string, seconds: number, follows: number, device?: string, token?: string): Promise<LightPage> => {
    const page = new LightPage({ ...base, address: '112.96.9.9', isReplay: true, ...(token ? { token } : {}) }, device);
    await page.send(...(name === 'jia' ? ([[0, 0]] as [0, number][]) : []), [1, 0, REPLAY as number, follows], [3, 0, 1_500, REPLAY as number]);
    for (let played = 0; played < seconds; played += STEP_S) {
      clock.advance(STEP_S * 1000);
      await page.send([2, 0, STEP_S * 1000, REPLAY as number, PICTURE_KB]);
    }
    return page;
  };
  await replay('ann', 20, 1, pages.ann.device);
  const jia = await replay('jia', 50, 0, undefined, await asViewer('vwr_jia'));
  await jia.send([6, 0, apples.id], [7, 0, apples.id], [9, 0], [10, 0, SHARE as number, 1]);

  // Within the hour: ann's, dan's, the auction's and eve's are sent.
  const auctioned = (await must<{ orders: Order[] }>('GET', showPath('/orders'), undefined, operator)).orders.find(({ buyer }) => buyer.phone.endsWith('06'));
  ordered['won'] = auctioned as Order;
  for (const name of ['ann', 'dan', 'eve', 'won']) await move(ordered[name], ['confirmed', 'packed']);
  for (const name of ['ann', 'dan']) await move(ordered[name], ['shipped']);
  for (const name of ['eve', 'won']) await must('POST', `/api/v1/orders/${ordered[name]?.id}/handover`, { courierId: courier.id }, operator);
  pass(DAY_MS);
  for (const name of ['ann', 'dan', 'won']) {
    await move(ordered[name], ['delivered']);
    await collect(ordered[name]);
  }
  await move(ordered['eve'], ['refused']);
  await must('GET', `/api/v1/coupons/${coupons.spring.coupon.id}/code`, undefined, await asViewer('vwr_dan'));
  await buy(apples, 1, '13800000008', { identity: 'vwr_jia' });
  pass(DAY_MS);
  await buy(tea, 1, '13800000001');
  pass(2 * DAY_MS);
  // Four days after it was placed.
  await move(ordered['cai'], ['confirmed', 'packed', 'shipped'], packer);
  await must('POST', `/api/v1/orders/${ordered['cai']?.id}/payment/refund`, { amountMinor: 2_000, note: 'bruised' }, operator);
  pass(3 * DAY_MS + 3600_000);
  // More than seven days after the show.
  await buy(tea, 1, '13800000010');
  pass(DAY_MS);
  await settle();
}

beforeAll(async () => {
  test = await startApp({ clock });
  operator = await test.app.issueToken({ role: 'operator', identity: newId('per') }, 30 * DAY_MS);
  packer = await test.app.issueToken({ role: 'operator', identity: newId('per'), name: 'Wang' }, 30 * DAY_MS);
  await play();
  report = await must('GET', `/api/v1/analytics/shows/${show.id}`, undefined, operator);
  trend = await must('GET', `/api/v1/analytics/shows/${show.id}/minutes`, undefined, operator);
});
afterAll(() => test?.close());

/** Differences of one phase from the table: exact but for the error of dividing. */
function wrongIn(phase: (typeof figurePhases)[number], index: 0 | 1 | 2 | 3): string[] {
  const table = truth(ordered['cai']?.money.dueMinor as number);
  return figureNames.flatMap((name) => {
    const own = report.figures[phase][name];
    const right = table[name][index];
    const isRight =
      right === null || own === null ? own === right : typeof right === 'object' ? own >= right.from && own <= right.to : Math.abs(own - right) <= Math.abs(right) * 1e-9;
    return isRight ? [] : [`${phase} ${name}: ${own}, and it was ${JSON.stringify(right)}`];
  });
}

describe('a show of known truth', () => {
  it('has every figure as it was', () => {
    expect(figurePhases.flatMap((phase, index) => wrongIn(phase, index as 0))).toEqual([]);
  });

  it('holds the identity of GPM in each phase with entries and orders', () => {
    for (const phase of ['live', 'replay', 'total'] as const) {
      const { gpm, clickThrough, clickToOrder, averageOrderMinor } = report.figures[phase];
      expect(gpm).toBeCloseTo((clickThrough as number) * (clickToOrder as number) * (averageOrderMinor as number) * 1_000, 6);
    }
  });

  it('divides sums, and averages no ratio', () => {
    const wrong = figurePhases.flatMap((phase) =>
      figureNames.filter((name) => {
        const figure: Figure = figures[name];
        const values = report.figures[phase];
        if (figure.kind === 'count' || values[name] === null) return false;
        return values[name] !== ((values[figure.of as FigureName] as number) / (values[figure.per as FigureName] as number)) * figure.times;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('says who is in no figure, and which events are not, and why', () => {
    expect(report.apart).toEqual([{ reason: 'own', devices: 1, events: 1 }, { reason: 'bot', devices: 1, events: 2 }]);
    expect(report.leftOut).toEqual([{ reason: 'late', events: 1 }, { reason: 'off-air', events: 1 }, { reason: 'foreign', events: 1 }, { reason: 'repeated', events: 1 }, { reason: 'twice', events: 1 }]);
  });

  it('goes step by step from reach to what was kept', () => {
    expect(report.funnel.map(({ step: name, count }) => [name, count])).toEqual([
      ['reach', 12], ['entries', 11], ['impressionPeople', 8], ['clickPeople', 7], ['cartPeople', 3], ['checkoutPeople', 7], ['orders', 8], ['paidOrders', 4], ['keptOrders', 4],
    ]);
  });

  it('knows each product', () => {
    const { apples, pears, tea, honey } = goods;
    const of = (product: Product) => report.products.find(({ productId }) => productId === product.id);
    expect(of(apples)).toMatchObject({ pins: 1, explainedSeconds: 200, impressions: 6, impressionPeople: 5, clicks: 4, clickPeople: 4, cartPeople: 2, cartUnits: 3, orders: 3, units: 4, placedMinor: 4_000, placedMinorPerMinute: 1_200, codReached: 2, codRefused: 1 });
    expect(of(pears)).toMatchObject({ pins: 0, explainedSeconds: 0, impressions: 2, impressionPeople: 2, clicks: 2, clickPeople: 1, cartPeople: 1, cartUnits: 3, orders: 1, units: 3, placedMinor: 6_000, placedMinorPerMinute: null });
    expect(of(tea)).toMatchObject({ pins: 1, explainedSeconds: 2_200, impressions: 2, impressionPeople: 2, clicks: 2, orders: 3, units: 3, placedMinor: 14_000 });
    expect(of(honey)).toMatchObject({ impressions: 0, orders: 1, units: 1, placedMinor: 3_000 });
  });

  it('knows what promotions brought, beside what came without them', () => {
    const { promotions } = report;
    expect(promotions.map(({ kind, startsAt }) => [kind, (startsAt - began) / 1000])).toEqual([['draw', 100], ['flash-sale', 110], ['auction', 210], ['coupon', 2_300], ['coupon', 2_310]]);
    const [draw, sale, auction, coupon, spring] = promotions;
    expect(draw).toMatchObject({ title: 'A jar', endsAt: began + 130_000, orders: 0, people: 2, limit: 1, sellThrough: 1, productId: null });
    expect(sale).toMatchObject({ endsAt: began + 410_000, orders: 1, units: 1, placedMinor: 4_000, takenOffMinor: 1_000, ordersWithout: 2, placedMinorWithout: 4_000, limit: 2, sellThrough: 1 / 2, productId: goods.tea.id });
    expect(sale?.ordersPerMinute).toBeCloseTo(3 / 5, 9);
    expect(sale?.ordersPerMinuteBefore).toBeCloseTo(60 / 110, 9);
    expect(auction).toMatchObject({ endsAt: began + 240_000, orders: 1, units: 1, placedMinor: 3_000, takenOffMinor: 0, people: 1, sellThrough: 1, productId: goods.honey.id });
    expect(coupon).toMatchObject({ orders: 1, units: 0, placedMinor: 4_500, takenOffMinor: 500, ordersWithout: 0, limit: null, couponClaims: 3, couponUsers: 1, couponUseRate: 1 / 3 });
    expect(spring).toMatchObject({ title: 'Spring', orders: 0, couponClaims: 1, couponUsers: 0, couponUseRate: 0 });
    expect(sale).toMatchObject({ couponClaims: null, couponUsers: null, couponUseRate: null });
  });

  it('knows what was sent late, refused and given back, of each product, area, packer and courier', async () => {
    const { apples, pears, tea, honey } = goods;
    const paid = ordered['cai']?.money.dueMinor as number;
    const row = (by: string, id: string, name: string, orders: number, [paidMinor, refundedMinor]: readonly [number, number], [codReached, codRefused]: readonly [number, number], [dueOrders, lateOrders]: readonly [number, number]) => ({
      by, id, name, orders, paidMinor, refundedMinor, refundRate: paidMinor ? refundedMinor / paidMinor : null,
      codReached, codRefused, codRefusalRate: codReached ? codRefused / codReached : null, dueOrders, lateOrders, lateShipRate: lateOrders / dueOrders,
    });
    const told = [
      // Ann's, eve's that was refused, and jia's that nobody sent.
      row('product', apples.id, 'Apples', 3, [2_000, 0], [2, 1], [3, 1]),
      row('product', tea.id, 'Tea', 3, [4_000, 0], [1, 0], [3, 2]),
      row('product', honey.id, 'Honey', 1, [3_000, 0], [1, 0], [1, 0]),
      row('product', pears.id, 'Pears', 1, [paid, 2_000], [0, 0], [1, 1]),
      row('area', '杭州市西湖区', '杭州市西湖区', 7, [9_000, 0], [4, 1], [7, 3]),
      row('area', '北京市朝阳区', '北京市朝阳区', 1, [paid, 2_000], [0, 0], [1, 1]),
      row('staff', 'operator ', 'operator', 4, [9_000, 0], [4, 1], [4, 0]),
      row('staff', 'operator Wang', 'Wang', 1, [paid, 2_000], [0, 0], [1, 1]),
      row('staff', '', '', 3, [0, 0], [0, 0], [3, 3]),
      row('courier', courier.id, 'Old Li', 2, [3_000, 0], [2, 1], [2, 0]),
      row('courier', '', '', 6, [6_000 + paid, 2_000], [2, 0], [6, 4]),
    ];
    expect(report.fulfilment).toEqual(told);
    // Of what leaves the seller nothing is left of one buyer: five and one are six together.
    const shared = await must<ShowReport>('GET', `/api/v1/analytics/shows/${show.id}?share=true`, undefined, operator);
    expect(shared.fulfilment.filter(({ by }) => by === 'area')).toEqual([{ ...row('area', '', '', 8, [9_000 + paid, 2_000], [4, 1], [8, 4]) }]);
    expect([shared.promotions[3]?.couponClaims, shared.figures.total.couponClaims, shared.figures.total.couponUseRate]).toEqual([null, null, null]);
    const lines = await (await fetch(`${test.url}/api/v1/analytics/shows/${show.id}/export.jsonl?of=fulfilment`, { headers: { authorization: `Bearer ${operator}` } })).text();
    expect(lines.trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(told);
  });

  it('marks pins, drops, stock-outs and promotions on the axis of its minutes', () => {
    const inShow = (at: number | null) => (at === null ? null : (at - began) / 1000);
    const marks = trend.marks.map(({ kind, at, until, name }) => [kind, name, inShow(at), inShow(until)]);
    expect(marks).toEqual([
      ['pin', 'Apples', 0, 200],
      ['draw', 'A jar', 100, 130],
      ['flash-sale', 'Tea', 110, 410],
      ['pin', 'Tea', 200, 2_400],
      ['auction', 'Honey', 210, 240],
      ['outage', '', 300, 340],
      ['sold-out', 'Pears', 390, 2_400],
      ['coupon', '', 2_300, 2_400],
      ['coupon', 'Spring', 2_310, 2_310 + (30 * DAY_MS) / 1000],
    ]);
    const { minutes } = trend;
    expect(minutes[0]).toMatchObject({ at: began, watchers: 4, entered: 4, left: 2, entries: 4, online: 4, watchSeconds: 200, impressions: 3, clicks: 2, comments: 1, likes: 30, orders: 0 });
    const sum = (of: 'entries' | 'watchSeconds' | 'orders' | 'placedMinor' | 'impressions' | 'clicks' | 'cartUnits' | 'comments' | 'likes' | 'stallSeconds') => minutes.reduce((total, minute) => total + minute[of], 0);
    expect([sum('entries'), sum('watchSeconds'), sum('orders'), sum('placedMinor'), sum('impressions'), sum('clicks'), sum('cartUnits'), sum('comments'), sum('likes'), sum('stallSeconds')]).toEqual([9, watched.live, 6, placed.live, 8, 7, 6, 3, 35, 5]);
    expect(online).toMatchObject({ online: 4, peakOnline: 4, orders: 1, placedMinor: 2_000, network: { isOnAir: true, outages: 0 } });
  });

  it('knows by which ways and through which networks it came, none of fewer than five by itself', () => {
    const { paths, areas, outages } = report.quality;
    expect(paths.map(({ path, watchSeconds, stallSeconds, failedStarts }) => [path, watchSeconds, stallSeconds, failedStarts])).toEqual([
      ['udp', 672, 0, 0], ['tcp', 300, 2, 0], ['turn', 30, 0, 0], ['hls', 430, 3, 1], ['sound', 40, 0, 0], ['replay', 70, 0, 0],
    ]);
    expect(areas).toMatchObject([
      { area: '112.96', viewers: 7, watchSeconds: 1_500, stallRatio: 5 / 1_500, averageKbps: 240, failedStarts: 0, checkoutPeople: 7 },
      { area: '', viewers: 2, watchSeconds: 42, stallRatio: 0, failedStarts: 1, checkoutPeople: 0 },
    ]);
    expect(outages).toMatchObject([{ from: began + 300_000, to: began + 340_000, orders: 1 }]);
  });

  it('comes out the same once more from its raw events', async () => {
    expect(await must('POST', `/api/v1/analytics/shows/${show.id}/recompute`, undefined, operator)).toMatchObject({ changed: 0 });
    expect((await must<ShowReport>('GET', `/api/v1/analytics/shows/${show.id}`, undefined, operator)).figures).toEqual(report.figures);
  });

  it('is one of its seller’s shows', async () => {
    const seller = await must<SellerFigures>('GET', `/api/v1/analytics/sellers/${show.sellerId}?from=${began - 1}&to=${clock.now()}`, undefined, operator);
    expect(seller.shows).toMatchObject([{ showId: show.id, figures: { viewers: 9, orders: 8, placedMinor: placed.total } }]);
    expect(seller.fulfilment).toEqual(report.fulfilment);
    expect(seller.figures).toMatchObject({ watchSeconds: watched.total, placedMinor: placed.total });
  });
});
