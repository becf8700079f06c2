// Owns the figures of a flash sale, through HTTP against a server process of its own: 2,000 buyers in two seconds on 100 pieces while a
// picture goes on. Each has asked what it costs while the countdown ran, as a page does, and orders over that connection. Run by
// `npm run bench -- flash`.
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { newId } from '../../server/protocol/ids.ts';
import type { FlashSale, PromotionDesk } from '../../server/protocol/promotions.ts';
import { LightPeers, type LightViewer, throughSocket } from '../support/light-peer.ts';
import { type Market, openMarket } from '../support/market.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';
import { openSocket, type TestSocket } from '../support/socket.ts';
import { atMost, type Figure, percentile, told } from './support/figure.ts';

export interface FlashPlan {
  buyers: number;
  withinMs: number;
  units: number;
  viewers: number;
}

const WHOLE: FlashPlan = { buyers: 2_000, withinMs: 2_000, units: 100, viewers: 20 };
const DEAL_MINOR = 700;
/** More than the sale gives away, so that it is the cap that ends it. */
const STOCK_FACTOR = 3;
const FRAMES_PER_SECOND = 25;
/** What is under way when the rush ends still arrives. */
const SETTLE_MS = 1_000;
const COUNTDOWN_MS = 10_000;
/** Of the countdown, before the rush. */
const QUIET_MS = 1_000;

export async function bench(plan: FlashPlan = WHOLE): Promise<Figure[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldcast-flash-'));
  const server = await startServer(dataDir, { FIELDCAST_WORKERS: '1', FIELDCAST_LOG_LEVEL: 'error' });
  const agents = Array.from({ length: plan.buyers }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const sockets: TestSocket[] = [];
  let peers: LightPeers | undefined;
  try {
    const market = await openMarket(server, [plan.units * STOCK_FACTOR]);
    const host = await openSocket(server.url, market.hostToken);
    sockets.push(host);
    const { rtpCapabilities } = await host.ask('show.join', { showId: market.show.id });
    peers = await LightPeers.open(rtpCapabilities as Parameters<typeof LightPeers.open>[0]);
    await peers.publish(throughSocket((name, input) => host.ask(name, input)));
    const viewers: LightViewer[] = [];
    for (let count = 0; count < plan.viewers; count += 1) {
      const socket = await openSocket(server.url);
      sockets.push(socket);
      await socket.ask('show.join', { showId: market.show.id });
      viewers.push(await peers.watch(throughSocket((name, input) => socket.ask(name, input))));
    }
    await Promise.all(viewers.map((viewer) => viewer.firstFrame(10_000)));

    const sale = await begin(server, market, plan);
    await askWhatItCosts(server, market, agents, COUNTDOWN_MS - QUIET_MS);
    await pause(sale.startsAt - Date.now() + 100);
    const before = { frames: viewers.map(({ frames }) => frames), at: performance.now() };
    const { latenciesMs, codes } = await rush(server, market, agents, plan);
    await pause(SETTLE_MS);
    const due = ((performance.now() - before.at) / 1000) * FRAMES_PER_SECOND;
    const lost = viewers.map(({ frames }, index) => Math.max(0, 1 - (frames - (before.frames[index] ?? 0)) / due));
    return [...(await books(server, market, sale, plan)), ...answers(latenciesMs, codes, plan), ...picture(lost, viewers, before.at)];
  } finally {
    for (const socket of sockets) socket.close();
    peers?.close();
    for (const agent of agents) agent.destroy();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts the countdown. */
async function begin(server: ServerProcess, { show, products, hostToken }: Market, { units }: FlashPlan): Promise<FlashSale> {
  const body = { variantId: products[0]?.variants[0]?.id, priceMinor: DEAL_MINOR, units, perBuyer: 1, countdownSeconds: COUNTDOWN_MS / 1_000, minutes: 5 };
  const started = await server.call<FlashSale>('POST', `/api/v1/shows/${show.id}/flash-sales`, { token: hostToken, body, headers: { 'idempotency-key': newId('key') } });
  if (started.status !== 201) throw new Error(`the sale answered ${started.status}: ${JSON.stringify(started.body)}`);
  return started.body;
}

async function askWhatItCosts(server: ServerProcess, { show, products }: Market, agents: readonly Agent[], withinMs: number): Promise<void> {
  const body = { lines: [{ variantId: products[0]?.variants[0]?.id, quantity: 1 }] };
  await Promise.all(
    agents.map(async (agent, buyer) => {
      await pause((buyer / agents.length) * withinMs);
      const code = await send(`${server.url}/api/v1/shows/${show.id}/quote`, agent, body);
      if (code !== 'accepted') throw new Error(`a quote answered ${code}`);
    }),
  );
}

async function rush(server: ServerProcess, { show, products }: Market, agents: readonly Agent[], { buyers, withinMs }: FlashPlan): Promise<{ latenciesMs: number[]; codes: Map<string, number> }> {
  const latenciesMs: number[] = [];
  const codes = new Map<string, number>();
  const variantId = products[0]?.variants[0]?.id;
  await Promise.all(
    agents.map(async (agent, buyer) => {
      await pause((buyer / buyers) * withinMs);
      const person = { name: '李梅', phone: `137${String(10_000_000 + buyer)}`, address: `杭州市西湖区文三路 ${buyer} 号` };
      const body = { lines: [{ variantId, quantity: 1 }], buyer: person, payment: 'cod', expectedTotalMinor: DEAL_MINOR };
      const sentAt = performance.now();
      const code = await send(`${server.url}/api/v1/shows/${show.id}/orders`, agent, body);
      latenciesMs.push(performance.now() - sentAt);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }),
  );
  return { latenciesMs, codes };
}

/** node:http rather than fetch: it costs a third, and the buyers share the machine with what they measure. */
function send(url: string, agent: Agent, body: object): Promise<string> {
  return new Promise((resolve) => {
    const payload = Buffer.from(JSON.stringify(body));
    const headers = { 'content-type': 'application/json', 'content-length': payload.length, 'idempotency-key': crypto.randomUUID() };
    const outgoing = httpRequest(url, { method: 'POST', agent, headers });
    outgoing.on('error', () => resolve('unanswered'));
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', () => resolve('unanswered'));
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve((response.statusCode ?? 500) < 300 ? 'accepted' : (JSON.parse(Buffer.concat(chunks).toString()) as { code: string }).code));
    });
    outgoing.end(payload);
  });
}

async function books(server: ServerProcess, { show, products, hostToken }: Market, sale: FlashSale, { units }: FlashPlan): Promise<Figure[]> {
  const { promotions } = (await server.call<PromotionDesk>('GET', `/api/v1/shows/${show.id}/promotions/desk`, { token: hostToken })).body;
  const stood = promotions.find(({ promotion }) => promotion.id === sale.id);
  const stock = (await server.call('GET', `/api/v1/products/${products[0]?.id}`)).body.variants[0].stock as number;
  return [
    exactly(`pieces sold at the deal price of ${units}`, stood?.figures.units ?? 0, units),
    exactly('pieces that left the shelf', units * STOCK_FACTOR - stock, units),
    exactly('orders with a wrong discount', (stood?.figures.takenOffMinor ?? 0) - units * (sale.listMinor - DEAL_MINOR), 0),
  ];
}

function answers(latenciesMs: readonly number[], codes: ReadonlyMap<string, number>, { buyers, units }: FlashPlan): Figure[] {
  const expected = (codes.get('accepted') ?? 0) + (codes.get('order.price-changed') ?? 0);
  return [
    exactly(`orders accepted of ${buyers}`, codes.get('accepted') ?? 0, units),
    exactly('answered otherwise than accepted or that the price is over', buyers - expected, 0),
    told('order answered, p50', percentile(latenciesMs, 0.5), 'ms'),
    atMost('order answered, p99', percentile(latenciesMs, 0.99), 'ms', 1_000),
  ];
}

function picture(lost: readonly number[], viewers: readonly LightViewer[], from: number): Figure[] {
  const pausesMs = viewers.flatMap(({ pauses }) => pauses.filter((each) => each.kind === 'video' && each.from >= from).map(({ ms }) => ms));
  return [
    atMost('frames lost meanwhile, of the viewer who lost most', Math.max(...lost) * 100, '%', 5),
    told('longest time without a new frame meanwhile, 0 below 400 ms', Math.max(0, ...pausesMs), 'ms'),
  ];
}

function exactly(name: string, value: number, goal: number): Figure {
  return { name, value, unit: '', goal, ok: value === goal };
}
