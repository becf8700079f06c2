// Owns figures for a test: the module over a real shop and its own file, behind real HTTP, with a show, people and a clock that the test moves.
import type { FastifyInstance } from 'fastify';
import { type Analytics, openAnalytics } from '../../../server/analytics/index.ts';
import type { LiveFacts, PinRow } from '../../../server/live/index.ts';
import type { MediaFacts } from '../../../server/media/index.ts';
import { Auth } from '../../../server/platform/auth.ts';
import { FieldcastError } from '../../../server/platform/errors.ts';
import type { Bus } from '../../../server/platform/events.ts';
import { createHttpServer, registerRoutes } from '../../../server/platform/http/server.ts';
import { createLogger } from '../../../server/platform/log.ts';
import { Metrics } from '../../../server/platform/metrics.ts';
import type { LiveFigures, ShowReport } from '../../../server/protocol/analytics.ts';
import type { Order, OrderRequest } from '../../../server/protocol/order.ts';
import type { Product } from '../../../server/protocol/shop.ts';
import type { Show } from '../../../server/protocol/show.ts';
import type { TelemetryEvent } from '../../../server/protocol/telemetry.ts';
import type { ShopFacts } from '../../../server/shop/index.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openShop, requestFor, type TestShop } from '../shop/open-shop.ts';

export const PHONE_BROWSER = 'Mozilla/5.0 (Linux; Android 14; SM-A145P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
export const START = 1_800_000_000_000;

export interface Stand {
  clock: FakeClock;
  shop: TestShop;
  show: Show;
  apples: Product;
  pears: Product;
  pins: PinRow[];
  bus: Bus<ShopFacts & LiveFacts & MediaFacts>;
  auth: Auth;
  /** What the seller's own system was told. */
  told: { id: string; body: string }[];
  /** How often it was tried. */
  tries: number;
  /** Pins cannot be read, and with them no figures, until it is false again. */
  isBroken: boolean;
  analytics: Analytics;
  /** A page of one device. */
  page(device?: string, options?: { address?: string; userAgent?: string; token?: string; replay?: boolean; consents?: boolean; showId?: string }): Page;
  token(role: 'host' | 'operator' | 'viewer', identity?: string): Promise<string>;
  get<Value>(path: string, role?: 'host' | 'operator'): Promise<Value>;
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: { token?: string; body?: string; headers?: Record<string, string> }): Promise<{ status: number; text: string; headers: Record<string, unknown> }>;
  report(): Promise<ShowReport>;
  live(): Promise<LiveFigures>;
  order(change?: Partial<OrderRequest> & { identity?: string; phone?: string; units?: number; product?: Product }): Promise<Order>;
  /** The show ends now. */
  end(): Promise<void>;
  /** What listens has heard. */
  settle(): Promise<void>;
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface Page {
  device: string;
  /** Sends events whose times are so many ms before now. @returns the status */
  send(...events: TelemetryEvent[]): Promise<number>;
  /** Watches until now for so long, with a heartbeat every ten seconds; the clock moves on. */
  watch(seconds: number, path?: number): Promise<void>;
  /** The batch that was sent last, as it was. */
  again(): Promise<number>;
}

let pages = 0;

/** A show that is live since ten seconds, with apples and pears on its shelf. */
export async function openStand(): Promise<Stand> {
  const clock = new FakeClock(START);
  const shop = await openShop({ clock });
  const bus = shop.bus as unknown as Bus<ShopFacts & LiveFacts & MediaFacts>;
  const apples = await shop.product(1000);
  const pears = await shop.product(1000);
  const auth = new Auth(new Uint8Array(32).fill(3), clock);
  const show: Show = {
    id: 'shw_test', kind: 'live', title: 'Apples', status: 'live', sellerId: shop.sellerId, sellerName: 'Green Hill', hostId: 'per_host', hostName: 'Zhang', currency: 'CNY', posterPictureId: null,
    plannedAt: null, startedAt: START - 10_000, pausedAt: null, graceUntil: null, endedAt: null, pageUrl: null, needsCode: false, isHidden: false,
  };
  const shelf = [apples, pears];
  const pins: PinRow[] = [];
  const told: Stand['told'] = [];
  const pinLog = async (): Promise<PinRow[]> => {
    if (!stand.isBroken) return pins;
    stand.tries += 1;
    throw new Error('the disk is broken');
  };
  let http: FastifyInstance;
  let analytics: Analytics;

  async function open(): Promise<void> {
    analytics = await openAnalytics({
      dataDir: shop.dataDir, auth, bus, clock, log: createLogger('silent'), sellers: shop.shop.sellers, sales: shop.shop.sales, promotionsIn: (showId) => shop.shop.promotions.all.past(showId), attributionDays: 7, rawDays: 90, peopleKey: new Uint8Array(32).fill(4),
      shows: { find: async (id) => (id === show.id ? { ...show } : undefined) },
      goods: { of: async () => shelf, pinLog, pinnedAt: async () => [] },
      room: { showOf: () => ({ showId: show.id, isStaff: false, isCoach: false, onLeft() {} }) },
      tellSystem: async (_, message) => {
        told.push(message);
        return { isTaken: true };
      },
      door: {
        async enter({ claims }, showId) {
          if (showId !== show.id) throw new FieldcastError('not-found', 'There is no such show.');
          return { show: { ...show }, isStaff: claims.role === 'operator' || claims.identity === show.hostId };
        },
        isGated: async () => false,
        async mayWorkFor({ claims }) {
          if (claims.role !== 'operator' && claims.identity !== show.hostId) throw new FieldcastError('auth.forbidden', 'This belongs to another seller.');
        },
      },
    });
    http = await createHttpServer({ auth, log: createLogger('silent'), metrics: new Metrics(), allowedOrigins: ['*'] });
    registerRoutes(http, analytics.routes, auth);
  }
  await open();
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

  const stand: Stand = {
    clock, shop, show, apples, pears, pins, bus, auth, told, tries: 0, isBroken: false,
    get analytics() {
      return analytics;
    },
    page(device = `device_of_test_${(pages += 1)}`, options = {}) {
      const id = `page${(pages += 1)}`;
      let number = 0;
      let last: string | undefined;
      const post = async (body: string): Promise<number> => {
        const answer = await http.inject({
          method: 'POST',
          url: `/api/v1/shows/${options.showId ?? show.id}/telemetry`,
          headers: { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': options.userAgent ?? PHONE_BROWSER },
          remoteAddress: options.address ?? '127.0.0.1',
          payload: body,
        });
        return answer.statusCode;
      };
      const page: Page = {
        device,
        async send(...events) {
          // Its clock began somewhere else, and stands for the same moments.
          const t = clock.now() - START + 5_000_000;
          const e = events.map(([kind, agoMs, ...rest]) => [kind, t - agoMs, ...rest]);
          last = JSON.stringify({ d: device, p: id, n: number, t, e, ...(options.replay ? { w: 1 } : {}), ...(options.token ? { k: options.token } : {}), ...(options.consents ? { c: 1 } : {}) });
          number += 1;
          return post(last);
        },
        async watch(seconds, path = 0) {
          for (let left = seconds * 1000; left > 0; left -= 10_000) {
            const playedMs = Math.min(10_000, left);
            clock.advance(playedMs);
            await page.send([2, 0, playedMs, path, 100]);
          }
        },
        again: () => post(last as string),
      };
      return page;
    },
    token: (role, identity = role === 'host' ? show.hostId : `${role}_one`) => auth.sign({ role, identity }, 30 * 24 * 3600_000),
    async call(method, path, { token, body, headers = {} } = {}) {
      const answer = await http.inject({ method, url: path, headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) }, ...(body === undefined ? {} : { payload: body }) });
      return { status: answer.statusCode, text: answer.body, headers: answer.headers };
    },
    async get(path, role = 'host') {
      const answer = await stand.call('GET', path, { token: await stand.token(role) });
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
      return JSON.parse(answer.text);
    },
    report: () => stand.get(`/api/v1/analytics/shows/${show.id}`),
    live: () => stand.get(`/api/v1/analytics/shows/${show.id}/live`),
    async order({ identity = 'vwr_buyer', phone = '13800001234', units = 1, product = apples, ...change } = {}) {
      const request = { ...requestFor(product, units), ...change };
      const order = await shop.shop.orders.place(
        { ...request, buyer: { ...request.buyer, phone } },
        { showId: show.id, sellerId: shop.sellerId, allowedProductIds: new Set(shelf.map(({ id }) => id)), isOnAir: true },
        { claims: { role: 'viewer', identity }, isKnown: true, address: '127.0.0.1' },
        undefined,
      );
      await settle();
      return order;
    },
    async end() {
      Object.assign(show, { status: 'ended', endedAt: clock.now() });
      bus.emit('show.changed', { show: { ...show } });
      await settle();
    },
    settle,
    async reopen() {
      await http.close();
      await analytics.close();
      await open();
    },
    async close() {
      await http.close();
      await analytics.close();
      await shop.close();
    },
  };
  return stand;
}
