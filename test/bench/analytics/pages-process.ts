// Owns many pages that measure, in a process of their own and spoken by hand: each has joined the show and sends batches by its connection, or by HTTP.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { frameOf, textFrame } from '../support/websocket-frames.ts';

export interface PagesOrder {
  host: string;
  port: number;
  showId: string;
  productId: string;
  pages: number;
}

export interface PagesReport {
  taken: number;
  refused: number;
  /** Bytes of batches and their answers as they are on the connections, without TCP and IP around them. */
  bytes: number;
}

const TICK_MS = 10;
const BROWSER = 'Mozilla/5.0 (Linux; Android 14; SM-A145P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36';
const HEAD_END = '\r\n\r\n';
/** A page that was opened hours ago. */
const OPEN_FOR_MS = 3 * 3600_000;
const pageClock = (): number => Math.round(performance.now()) + OPEN_FOR_MS;
let report: PagesReport = { taken: 0, refused: 0, bytes: 0 };
/** Batches that were sent and not answered, by page and number. */
const waiting = new Set<string>();

class Page {
  readonly joined: Promise<void>;
  readonly #order: PagesOrder;
  readonly #device: string;
  readonly #socket: Socket;
  #onJoined: () => void = () => undefined;
  #isOpen = false;
  #held: Buffer = Buffer.alloc(0);
  #number = 0;
  /** Until when it has told of its watching, by its own clock. */
  #toldUntil = pageClock();

  constructor(order: PagesOrder, index: number) {
    this.#order = order;
    this.#device = `device_of_bench_${process.pid}_${index}`;
    this.joined = new Promise((resolve) => (this.#onJoined = resolve));
    this.#socket = connect(order.port, order.host).setNoDelay();
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${order.host}:${order.port}\r\nUser-Agent: ${BROWSER}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${HEAD_END}`);
  }

  /** Two heartbeats of the time since the last batch and what goes with them: 5 events. */
  beat(): void {
    const { productId } = this.#order;
    const t = pageClock();
    const halfMs = Math.floor((t - this.#toldUntil) / 2);
    this.#toldUntil = t;
    const e = [[2, t - halfMs, halfMs, 0, 312], [2, t, halfMs, 0, 340], [6, t - 500, productId], [7, t - 400, productId], [10, t - 200, 1, 2]];
    this.#send(`42${this.#number + 1}["telemetry.send",${JSON.stringify({ d: this.#device, p: 'bench', n: this.#number, t, e })}]`);
    this.#number += 1;
    waiting.add(`${this.#device} ${this.#number}`);
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
    const text = payload.toString('latin1', 0, 40);
    if (text.startsWith('0')) this.#send('40');
    else if (text === '2') this.#send('3');
    else if (text.startsWith('40')) this.#send(`420["show.join",{"showId":"${this.#order.showId}"}]`);
    else if (text.startsWith('430[')) this.#onJoined();
    else if (text.startsWith('43')) {
      report.bytes += payload.length + 2;
      waiting.delete(`${this.#device} ${/^43(\d+)/.exec(text)?.[1]}`);
      if (text.includes('"ok":true')) report.taken += 1;
      else report.refused += 1;
    }
  }

  #send(text: string): void {
    const frame = textFrame(text);
    if (text.includes('telemetry.send')) report.bytes += frame.length;
    this.#socket.write(frame);
  }
}

const pages: Page[] = [];

async function open(order: PagesOrder): Promise<void> {
  const joining = new Set<Promise<void>>();
  for (let index = 0; index < order.pages; index += 1) {
    const page = new Page(order, index);
    pages.push(page);
    joining.add(page.joined);
    void page.joined.then(() => joining.delete(page.joined));
    while (joining.size > 100) await Promise.race(joining);
  }
  await Promise.all(joining);
}

/** Sends evenly, and waits for what is on its way in the end. */
async function rush({ batchesPerSecond, seconds }: { batchesPerSecond: number; seconds: number }): Promise<PagesReport> {
  report = { taken: 0, refused: 0, bytes: 0 };
  const startedAt = performance.now();
  let sent = 0;
  for (let passed = 0; passed < seconds * 1000; passed = performance.now() - startedAt) {
    for (; sent < (passed / 1000) * batchesPerSecond; sent += 1) (pages[sent % pages.length] as Page).beat();
    await pause(TICK_MS);
  }
  for (let left = 500; waiting.size > 0 && left > 0; left -= 1) await pause(TICK_MS);
  return report;
}

process.on('message', (call: { open: PagesOrder } | { rush: { batchesPerSecond: number; seconds: number } }) => {
  if ('open' in call) void open(call.open).then(() => process.send?.('open'));
  else void rush(call.rush).then((told) => process.send?.(told));
});
process.on('disconnect', () => process.exit(0));
