// Owns many pages that measure, in a process of their own and spoken by hand, which tell as often as the server asks them to. A connection that has
// joined the show speaks for some of them in turn, because as many connections as pages would take the memory of several servers.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { HEARTBEAT_MOST_MS, HEARTBEAT_MS, TELL_LEAST_MS } from '../../../server/protocol/telemetry.ts';
import { frameOf, textFrame } from '../support/websocket-frames.ts';

export interface PagesOrder {
  host: string;
  port: number;
  showId: string;
  productId: string;
  connections: number;
  pages: number;
  /** What happens on one of them. */
  eventsPerSecond: number;
}

export interface RushOrder {
  /** Of all pages that are there at that time. */
  eventsPerSecond: number;
  seconds: number;
}

export interface PagesReport {
  batches: number;
  events: number;
  refused: number;
  /** How often a page was last asked to tell, ms. */
  everyMs: number;
  /** Bytes of batches and their answers as they are on the connections, without TCP and IP around them. */
  bytes: number;
}

const TICK_MS = 10;
const BROWSER = 'Mozilla/5.0 (Linux; Android 14; SM-A145P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
const HEAD_END = '\r\n\r\n';
/** A page that was opened hours ago. */
const OPEN_FOR_MS = 3 * 3600_000;
const pageClock = (): number => Math.round(performance.now()) + OPEN_FOR_MS;
let everyMs = TELL_LEAST_MS;
const nothing = (): PagesReport => ({ batches: 0, events: 0, refused: 0, everyMs, bytes: 0 });
let report = nothing();
/** Events of batches that were sent and not answered, by connection and number. */
const waiting = new Map<string, number>();

/** One viewer's page. */
class Page {
  readonly #device: string;
  #number = 0;
  /** Until when it has told of its watching, by its own clock. */
  #toldUntil = pageClock() - HEARTBEAT_MS;
  /** What happened beside watching and did not make a whole event. */
  #rest = 0;

  constructor(index: number) {
    this.#device = `device_of_bench_${process.pid}_${index}`;
  }

  /** Heartbeats of the time since its last batch, and what happened beside. */
  batch(productId: string, eventsPerSecond: number): { d: string; p: string; n: number; t: number; e: unknown[][] } {
    const t = pageClock();
    const beats = everyMs / HEARTBEAT_MS;
    const playedMs = Math.min(HEARTBEAT_MOST_MS, Math.floor((t - this.#toldUntil) / beats));
    this.#toldUntil = t;
    const e: unknown[][] = Array.from({ length: beats }, (_, index) => [2, t - (beats - 1 - index) * playedMs, playedMs, 0, 312]);
    for (this.#rest += (everyMs / 1000) * eventsPerSecond - beats; this.#rest >= 1; this.#rest -= 1) {
      const kind = (this.#number + e.length) % 3;
      e.push(kind === 0 ? [6, t - 500, productId] : kind === 1 ? [7, t - 400, productId] : [10, t - 200, 1, 2]);
    }
    return { d: this.#device, p: 'bench', n: this.#number++, t, e };
  }
}

class Connection {
  readonly joined: Promise<void>;
  readonly #order: PagesOrder;
  readonly #index: number;
  readonly #socket: Socket;
  #onJoined: () => void = () => undefined;
  #isOpen = false;
  #held: Buffer = Buffer.alloc(0);
  #number = 0;

  constructor(order: PagesOrder, index: number) {
    this.#order = order;
    this.#index = index;
    this.joined = new Promise((resolve) => (this.#onJoined = resolve));
    this.#socket = connect(order.port, order.host).setNoDelay();
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${order.host}:${order.port}\r\nUser-Agent: ${BROWSER}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${HEAD_END}`);
  }

  /** @returns how many events went */
  tell(page: Page): number {
    const batch = page.batch(this.#order.productId, this.#order.eventsPerSecond);
    this.#number += 1;
    const frame = textFrame(`42${this.#number}["telemetry.send",${JSON.stringify(batch)}]`);
    report.bytes += frame.length;
    waiting.set(`${this.#index} ${this.#number}`, batch.e.length);
    this.#socket.write(frame);
    return batch.e.length;
  }

  #take(chunk: Buffer): void {
    let data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (!this.#isOpen) {
      const end = data.indexOf(HEAD_END);
      if (end < 0) return void (this.#held = data);
      this.#isOpen = true;
      data = data.subarray(end + HEAD_END.length);
    }
    for (let frame = frameOf(data); frame; frame = frameOf(data)) {
      this.#read(frame.payload);
      data = data.subarray(frame.end);
    }
    this.#held = data.length === 0 ? data : Buffer.from(data);
  }

  /** engine.io in front (open 0, ping 2, message 4), then socket.io (connect 0, acknowledgement 3). */
  #read(payload: Buffer): void {
    const text = payload.toString('latin1', 0, 60);
    if (text.startsWith('0')) this.#send('40');
    else if (text === '2') this.#send('3');
    else if (text.startsWith('40')) this.#send(`420["show.join",{"showId":"${this.#order.showId}"}]`);
    else if (text.startsWith('430[')) this.#onJoined();
    else if (text.startsWith('43')) this.#answered(text, payload.length + 2);
  }

  #answered(text: string, bytes: number): void {
    const key = `${this.#index} ${/^43(\d+)/.exec(text)?.[1]}`;
    const events = waiting.get(key) ?? 0;
    waiting.delete(key);
    report.bytes += bytes;
    if (!text.includes('"ok":true')) return void (report.refused += 1);
    report.batches += 1;
    report.events += events;
    // Between rushes they are silent, which only pages of a bench are: while all of them tell, nobody is asked to tell more often again.
    report.everyMs = everyMs = Math.max(everyMs, Number(/"everyMs":(\d+)/.exec(text)?.[1] ?? 0));
  }

  #send(text: string): void {
    this.#socket.write(textFrame(text));
  }
}

const connections: Connection[] = [];
const pages: Page[] = [];

async function open(order: PagesOrder): Promise<void> {
  for (let index = 0; index < order.pages; index += 1) pages.push(new Page(index));
  const joining = new Set<Promise<void>>();
  for (let index = 0; index < order.connections; index += 1) {
    const connection = new Connection(order, index);
    connections.push(connection);
    joining.add(connection.joined);
    void connection.joined.then(() => joining.delete(connection.joined));
    while (joining.size > 100) await Promise.race(joining);
  }
  await Promise.all(joining);
}

/** Whose turn it is, over rushes. */
let turn = 0;

/** Sends evenly, and waits for what is on its way in the end. */
async function rush({ eventsPerSecond, seconds }: RushOrder): Promise<PagesReport> {
  report = nothing();
  const startedAt = performance.now();
  let sent = 0;
  for (let passed = 0; passed < seconds * 1000; passed = performance.now() - startedAt) {
    for (; sent < (passed / 1000) * eventsPerSecond; turn += 1) sent += (connections[turn % connections.length] as Connection).tell(pages[turn % pages.length] as Page);
    await pause(TICK_MS);
  }
  for (let left = 500; waiting.size > 0 && left > 0; left -= 1) await pause(TICK_MS);
  return report;
}

process.on('message', (call: { open: PagesOrder } | { rush: RushOrder }) => {
  if ('open' in call) void open(call.open).then(() => process.send?.('open'));
  else void rush(call.rush).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit(0));
