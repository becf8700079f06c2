// Owns composition: builds every module in order and hands each what it uses. Reads like the start of the server, because it is.
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Server as TlsServer } from 'node:tls';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { openAnalytics } from './analytics/index.ts';
import { audienceMigrations, createAudience } from './audience/index.ts';
import type { Claims } from './protocol/access.ts';
import { createLive, hashSecret, type Live, type LiveFacts, liveMigrations, watchUrl } from './live/index.ts';
import { createMedia, HlsPasses, type MediaFacts, openReplays } from './media/index.ts';
import { Auth } from './platform/auth.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { lockDataFolder } from './platform/data-lock.ts';
import { Database } from './platform/db/database.ts';
import { Bus } from './platform/events.ts';
import { asyncApi, openApi } from './platform/http/describe.ts';
import type { Route, WireRoute } from './platform/http/route.ts';
import { createHttpServer, registerRoutes } from './platform/http/server.ts';
import { registerStatic, staticPaths } from './platform/http/static.ts';
import { HttpTraffic } from './platform/http/traffic.ts';
import { ignore } from './platform/errors.ts';
import { createLogger, type Logger } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import { Scope } from './platform/scope.ts';
import { createSocketServer } from './platform/socket.ts';
import type { Trust } from './platform/tls/trust-page.ts';
import { derivedKey, tokenKey } from './platform/token-key.ts';
import { createShop, type ShopFacts, shopMigrations } from './shop/index.ts';
import { createTraining, trainingMigrations } from './training/index.ts';
import { serviceRoutes } from './service-routes.ts';

export interface App {
  /** Where browsers reach it, without a trailing slash. */
  readonly url: string;
  /** The operator's secret when it was made at this start, else undefined: it is shown once. */
  readonly newOperatorSecret: string | undefined;
  /** A signed bearer token, for the command line and the seed. */
  issueToken(claims: Claims, ttlMs: number): Promise<string>;
  /** A one-time link that signs the operator's device in. */
  createOperatorLink(): Promise<string>;
  /** Where the server is its own certificate authority: the page on which phones learn to trust it. */
  trust(): Trust | undefined;
  /** Stops within 10 s: no new orders, those under way finished, everyone connected told. */
  close(): Promise<void>;
}

const ANSWERS_KEPT_MS = 7 * 24 * 3600_000;
const HOUSEKEEPING_MS = 3600_000;
/** Answers under way may finish; a client that does not read its answer may not hold up the stop. */
const ANSWERS_FINISH_MS = 3_000;

/** Connections that may wait to be taken. At Node's 511 the system dropped buyers of a rush of 2,000 in two seconds, and their phones asked again a second later. */
const WAITING_CONNECTIONS = 4_096;

export async function createApp(options: { config: Readonly<Config>; log?: Logger; clock?: Clock }): Promise<App> {
  const { config } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLogger(config.logLevel);
  const scope = new Scope();
  let url = config.publicUrl;
  try {
    const metrics = new Metrics();
    scope.add(() => metrics.close());
    const bus = new Bus<MediaFacts & ShopFacts & LiveFacts>((fact, error) => {
      metrics.listenerFaults.inc({ fact });
      log.error({ err: error, fact }, 'a listener failed');
    });

    await mkdir(config.dataDir, { recursive: true });
    const lock = await lockDataFolder(config.dataDir);
    scope.add(() => lock.release());
    const reserveBytes = config.diskReserveMb * 1e6;
    // Opened before the media and closed after it, because a stream's last segment comes with its end.
    const replays = await openReplays({ dataDir: config.dataDir, reserveBytes, bus, clock, log, metrics });
    scope.add(() => replays.close());
    const traffic = new HttpTraffic();
    // The workers start while the database opens: after a crash everybody waits for both.
    const opening = createMedia({ config, bus, log, metrics, clock, httpBytes: () => traffic.bytes });
    opening.catch(ignore('told where it is awaited'));
    scope.add(() => opening.then((media) => media.close(), ignore('it never opened')));
    const database = await Database.open(join(config.dataDir, 'fieldcast.sqlite'), [...shopMigrations, ...liveMigrations, ...audienceMigrations, ...trainingMigrations], log);
    scope.add(() => database.close());
    const key = await tokenKey(database);
    const auth = new Auth(key, clock);
    const operator = await operatorSecret(database, config);

    const media = await opening;
    const shop = createShop({
      database,
      bus,
      dataDir: config.dataDir,
      clock,
      log,
      buyerKey: derivedKey(key, 'buyers of orders'),
      payments: { stripe: config.stripe, holdMs: config.holdMinutes * 60_000 },
    });
    scope.add(() => shop.money.close());
    scope.add(() => shop.promotions.close());
    shop.desk.start();
    scope.add(() => shop.desk.close());
    shop.cash.reminders.start();
    scope.add(() => shop.cash.reminders.close());
    const live: Live = createLive({
      database,
      media,
      replays,
      passes: new HlsPasses(derivedKey(key, 'hls passes'), clock),
      retention: { days: config.retentionDays, budgetBytes: config.recordingsGb * 1e9, reserveBytes },
      shop,
      auth,
      bus,
      clock,
      log,
      metrics,
      graceMs: config.graceMinutes * 60_000,
      operatorSecretHash: operator.hash,
      publicUrl: () => url,
      hlsBaseUrl: config.hlsBaseUrl,
      configuredUrl: config.publicUrl,
    });
    scope.add(() => live.close());
    const analytics = await openAnalytics({
      dataDir: config.dataDir, auth, bus, clock, log, door: live.door, room: live.room, goods: live.goods,
      shows: live.shows,
      sales: shop.sales,
      promotionsIn: (showId) => shop.promotions.all.past(showId),
      sellers: shop.sellers,
      tellSystem: (sellerId, message) => shop.desk.teller.tell(sellerId, message),
      peopleKey: derivedKey(key, 'people in figures'),
      attributionDays: config.attributionDays,
      rawDays: config.telemetryDays,
    });
    scope.add(() => analytics.close());
    const audience = createAudience({
      database, auth, bus, clock, log, door: live.door, room: live.room, goods: live.goods, replayTimes: live.replayTimes,
      shows: live.shows,
      sellers: shop.sellers,
      draws: shop.promotions.drawEntries,
      pageOf: (show) => watchUrl(show, url),
      push: { contact: () => pushContact(config, url), testService: config.pushTestService },
      daysOf: async (sellerId) => (await shop.sellers.find(sellerId))?.retentionDays ?? config.retentionDays,
      forgetElsewhere: async (identity) => {
        await live.forgetAdmissions(identity);
        await shop.promotions.waitlist.forgetPerson(identity);
        await analytics.forgetPerson(identity);
        await training.forgetPerson(identity);
      },
      onRestricted: (what) => analytics.chatRestricted(what),
    });
    scope.add(() => audience.close());
    const training = createTraining({ database, auth, bus, clock, log, media, shop, live, audience, publicUrl: () => url, rehearsalDays: config.rehearsalDays, classDays: config.classDays, analytics, dataDir: config.dataDir, reserveBytes, scenariosDir: join(projectRoot(), 'server', 'training', 'scenarios') });
    scope.add(() => training.close());

    // Loaded only where it is used: the certificate libraries take memory that a server behind a proxy has better uses for.
    const tls = config.tls === 'off' ? undefined : await (await import('./platform/tls/tls.ts')).openTls({ config, clock, log, url: () => url });
    if (tls) scope.add(() => tls.close());
    const http = await createHttpServer({ auth, log, metrics, allowedOrigins: config.allowedOrigins, tls: tls?.pair });
    scope.add(() => closeWithin(http, ANSWERS_FINISH_MS));
    traffic.follow(http.server, tls !== undefined);
    tls?.keepRenewed(http.server as unknown as TlsServer);
    const routes: (Route | WireRoute)[] = [...live.routes, ...audience.routes, ...analytics.routes, ...training.routes, ...(tls?.routes ?? [])];
    routes.push(
      ...serviceRoutes({
        metrics,
        readiness: async () => {
          const workers = media.workersReady();
          return [...(scope.isClosed ? ['stopping'] : []), ...(workers.ready ? [] : workers.reasons), ...(await storageReasons(database))];
        },
        openApi: () => openApi(routes, staticPaths),
        asyncApi,
        trust: () => tls?.trust(),
      }),
    );
    registerRoutes(http, routes, auth, (call) => live.noteStaffCall(call));
    const built = join(projectRoot(), 'dist');
    await registerStatic(http, {
      componentsDir: join(built, 'web-components'),
      pagesDir: join(built, 'demo-pages'),
      allowedOrigins: config.allowedOrigins,
      unframedPages: ['farmer.html', 'coach.html', 'class.html', 'operator.html', 'report.html', 'board.html'],
      paymentForm: config.stripe ? paymentForm(config.stripe.apiBase) : null,
    });

    const sockets = createSocketServer({ http: http.server, auth, log, metrics, allowedOrigins: config.allowedOrigins, handlers: { ...live.commands, ...audience.commands, ...analytics.commands, ...training.commands } });
    scope.add(() => sockets.close());
    live.attach(sockets);
    scope.add(() => live.sayClosing(1_000));
    scope.add(repeat(clock, HOUSEKEEPING_MS, () => database.forgetAnswers(clock.now() - ANSWERS_KEPT_MS), log));
    scope.add(repeat(clock, HOUSEKEEPING_MS, () => shop.promotions.waitlist.expire(), log));

    await live.recover();
    await training.recover();
    shop.money.start();
    shop.promotions.start();
    await http.listen({ host: config.host, port: config.port, backlog: WAITING_CONNECTIONS });
    url ||= `${tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? 'localhost' : config.host}:${(http.server.address() as AddressInfo).port}`;
    log.info({ url }, 'listening');

    return {
      url,
      newOperatorSecret: operator.shown,
      issueToken: (claims, ttlMs) => auth.sign(claims, ttlMs),
      async createOperatorLink() {
        const { code } = await live.links.create({ role: 'operator', identity: 'operator', name: 'operator', showId: null, rights: [] });
        return `${url}/demo/operator.html#code=${code}`;
      },
      trust: () => tls?.trust(),
      close: () => scope.close(),
    };
  } catch (error) {
    await scope.close();
    throw error;
  }
}

/** Push services want to know whom to write to when something goes wrong (RFC 8292 section 2.1): a mail address, else where we are. */
function pushContact(config: Readonly<Config>, url: string): string {
  if (config.acmeEmail !== '') return `mailto:${config.acmeEmail}`;
  return url.startsWith('https://') && !url.startsWith('https://localhost') ? url : 'mailto:operator@localhost';
}

/** The configured secret wins; else one is made at the first start, kept as a hash, and shown that once. */
async function operatorSecret(database: Database, config: Readonly<Config>): Promise<{ hash: string; shown: string | undefined }> {
  if (config.operatorSecret) return { hash: hashSecret(config.operatorSecret.reveal()), shown: undefined };
  const fresh = randomBytes(18).toString('base64url');
  const hash = await database.setting('operator-secret-hash', () => hashSecret(fresh));
  return { hash, shown: hash === hashSecret(fresh) ? fresh : undefined };
}

async function storageReasons(database: Database): Promise<string[]> {
  try {
    await database.probe();
    return [];
  } catch {
    return ['the database cannot be written to'];
  }
}

async function closeWithin(http: FastifyInstance, limitMs: number): Promise<void> {
  const cut = setTimeout(() => http.server.closeAllConnections(), limitMs);
  await http.close().finally(() => clearTimeout(cut));
}

function repeat(clock: Clock, everyMs: number, task: () => Promise<void>, log: Logger): () => void {
  let cancel = clock.after(everyMs, run);
  function run(): void {
    cancel = clock.after(everyMs, run);
    task().catch((error: unknown) => log.error({ err: error }, 'housekeeping failed'));
  }
  return () => cancel();
}

// The sources and what is compiled from them lie at different depths below package.json.
function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}

/** What Stripe's form needs of a page's policy (docs.stripe.com/security/guide); all of it from `apiBase` where that stands in for Stripe. */
function paymentForm(apiBase: string) {
  if (apiBase !== '') return { script: apiBase, frame: apiBase, connect: apiBase };
  return { script: 'https://js.stripe.com https://*.js.stripe.com', frame: 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com', connect: 'https://api.stripe.com' };
}
