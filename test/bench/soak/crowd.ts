// Owns viewers who come and go for hours: for the first time or again, for a moment or for minutes, saying goodbye or simply gone; some of
// them write and buy.
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { type LightPeers, throughSocket } from '../../support/light-peer.ts';
import { type Market, orderOf } from '../../support/market.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import { openSocket } from '../../support/socket.ts';

export interface CrowdOptions {
  server: ServerProcess;
  market: Market;
  peers: LightPeers;
  /** Numbers from 0 to 1. */
  random: () => number;
  /** One viewer comes this often, on average. */
  everyMs: number;
  stayMs: number;
}

const KNOWN = 500;
const COMES_AGAIN = 0.3;
const SAYS_GOODBYE = 0.7;
const STAYS_LONG = 0.05;
const LONG = 10;
const WRITES = 0.2;
const BUYS = 0.05;

export class Crowd {
  joined = 0;
  readonly failures: string[] = [];
  #present = 0;
  #isOver = false;
  #count = 0;
  readonly #tokens: string[] = [];
  readonly #visits = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #coming: Promise<void> = Promise.resolve();
  readonly #options: CrowdOptions;

  constructor(options: CrowdOptions) {
    this.#options = options;
    setMaxListeners(0, this.#ending.signal);
  }

  start(): void {
    this.#coming = this.#come();
  }

  /** Nobody comes any more and everybody goes. Resolves when they have. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#ending.abort();
    await this.#coming;
    await Promise.all(this.#visits);
  }

  /** For the line of a minute. */
  said(): string {
    return `${this.#present} watching, ${this.joined} joined, ${this.failures.length} failed${this.failures.length > 0 ? ` (${this.failures.at(-1)})` : ''}`;
  }

  async #come(): Promise<void> {
    const { random, everyMs } = this.#options;
    // By a timetable, so that a slow machine does not make it a smaller crowd.
    for (let nextAt = performance.now(); !this.#isOver; nextAt += everyMs * 2 * random()) {
      await this.#stay(nextAt - performance.now());
      const visit = this.#visit().finally(() => this.#visits.delete(visit));
      this.#visits.add(visit);
    }
  }

  async #visit(): Promise<void> {
    const { server, market, peers, random } = this.#options;
    const number = (this.#count += 1);
    // Each from an address of its own, as behind a proxy: limits count by address.
    const headers = { 'x-forwarded-for': `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}` };
    const [isBack, isLong, saysGoodbye, writes, buys] = [random() < COMES_AGAIN, random() < STAYS_LONG, random() < SAYS_GOODBYE, random() < WRITES, random() < BUYS];
    const stayMs = this.#options.stayMs * 2 * random() * (isLong ? LONG : 1);
    const known = isBack ? this.#tokens[Math.floor(random() * this.#tokens.length)] : undefined;
    try {
      const socket = await openSocket(server.url, known, headers);
      try {
        const { viewerToken } = await socket.ask('show.join', { showId: market.show.id });
        if (viewerToken && this.#tokens.push(viewerToken) > KNOWN) this.#tokens.shift();
        const viewer = await peers.watch(throughSocket((name, input) => socket.ask(name, input)));
        await viewer.firstFrame(10_000);
        this.joined += 1;
        this.#present += 1;
        if (writes) await this.#call('messages', number, headers, { text: `Message ${number}`, name: 'Li' });
        if (buys) await this.#call('orders', number, headers, { ...orderOf(market.products[0]!), expectedTotalMinor: 1_000 });
        await this.#stay(stayMs);
        this.#present -= 1;
        viewer.close();
      } finally {
        if (saysGoodbye) socket.close();
        else socket.raw.io.engine.close();
      }
    } catch (error) {
      if (!this.#isOver) this.failures.push((error as Error).message);
    }
  }

  async #call(what: 'messages' | 'orders', number: number, headers: Record<string, string>, body: object): Promise<void> {
    const { server, market } = this.#options;
    const answer = await server.call('POST', `/api/v1/shows/${market.show.id}/${what}`, { headers: { ...headers, 'idempotency-key': `${what}-of-visit-${number}` }, body });
    if (answer.status !== 201) this.failures.push(`${what}: ${answer.status} ${answer.body.code}`);
  }

  async #stay(ms: number): Promise<void> {
    await pause(Math.max(0, ms), undefined, { signal: this.#ending.signal }).catch(() => undefined);
  }
}
