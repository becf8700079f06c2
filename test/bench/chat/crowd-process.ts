// Owns a crowd of a room in a process of its own: WebSockets spoken by hand, because a thousand real clients would cost more than the server.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { frameOf, textFrame } from '../support/websocket-frames.ts';

export interface CrowdOrder {
  url: string;
  showId: string;
  sockets: number;
  perSecond: number;
}

export interface CrowdReport {
  sockets: number;
  /** Connections that were lost, or could not be made. */
  faults: number;
  /** Messages by how long they took, from being written to being here, in steps of `stepMs`. */
  tookMs: number[];
  stepMs: number;
  /** Messages over all sockets. */
  received: number;
  /** Numbered events that did not follow on the one before. */
  holes: number;
  doubled: number;
}

const STEP_MS = 10;
const STEPS = 1_000;
const HEAD_END = '\r\n\r\n';

const tookMs = new Array<number>(STEPS).fill(0);
const report: CrowdReport = { sockets: 0, faults: 0, tookMs, stepMs: STEP_MS, received: 0, holes: 0, doubled: 0 };
/** By number of the event: when its messages were written. Everybody gets the same bytes, so they are read once. */
const written = new Map<number, number[]>();

class Member {
  readonly #socket: Socket;
  readonly #showId: string;
  #held: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #seq = 0;
  joined: Promise<void>;
  #onJoined: () => void = () => undefined;

  constructor(url: URL, showId: string) {
    this.#showId = showId;
    this.joined = new Promise((resolve) => (this.#onJoined = resolve));
    this.#socket = connect(Number(url.port), url.hostname).setNoDelay();
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => {
      report.faults += 1;
      this.#onJoined();
    });
    this.#socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==${HEAD_END}`);
  }

  #take(chunk: Buffer): void {
    let data = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    if (!this.#isOpen) {
      const end = data.indexOf(HEAD_END);
      if (end < 0) {
        this.#held = data;
        return;
      }
      this.#isOpen = true;
      data = data.subarray(end + HEAD_END.length);
    }
    for (;;) {
      const frame = frameOf(data);
      if (!frame) break;
      this.#read(frame.payload);
      data = data.subarray(frame.end);
    }
    // A piece of a large buffer would keep all of it.
    this.#held = data.length === 0 ? data : Buffer.from(data);
  }

  /** engine.io in front (open 0, ping 2, message 4), then socket.io (connect 0, event 2, acknowledgement 3). */
  #read(payload: Buffer): void {
    const kind = payload[0];
    if (kind === 0x30) this.#send('40');
    else if (kind === 0x32) this.#send('3');
    else if (kind === 0x34 && payload[1] === 0x30) this.#send(`420["show.join",{"showId":"${this.#showId}"}]`);
    else if (kind === 0x34 && payload[1] === 0x33) {
      const seq = /"seq":(\d+)/.exec(payload.toString('latin1'));
      this.#seq = Math.max(this.#seq, Number(seq?.[1]));
      report.sockets += 1;
      this.#onJoined();
    } else if (kind === 0x34 && payload[1] === 0x32) this.#hear(payload);
  }

  #hear(payload: Buffer): void {
    const head = payload.toString('latin1', 0, 110);
    const seq = Number(/"seq":(\d+)/.exec(head)?.[1]);
    // What is not numbered is decoration; what comes before the join is part of its answer.
    if (!Number.isFinite(seq) || this.#seq === 0) return;
    if (seq <= this.#seq) report.doubled += 1;
    else if (seq > this.#seq + 1) report.holes += 1;
    this.#seq = Math.max(this.#seq, seq);
    if (!head.startsWith('42["chat.changed"')) return;
    let stamps = written.get(seq);
    if (!stamps) {
      stamps = [...payload.toString('utf8').matchAll(/"text":"bench \d+ at(\w+)"/g)].map(([, at]) => Number.parseInt(at as string, 36));
      written.set(seq, stamps);
      if (written.size > 500) written.delete(written.keys().next().value as number);
    }
    const now = Date.now();
    for (const at of stamps) {
      const step = Math.min(STEPS - 1, Math.max(0, Math.floor((now - at) / STEP_MS)));
      tookMs[step] = (tookMs[step] ?? 0) + 1;
    }
    report.received += stamps.length;
  }

  #send(text: string): void {
    this.#socket.write(textFrame(text));
  }
}

process.on('message', (call: { method: 'open'; order: CrowdOrder } | { method: 'report' } | { method: 'reset' }) => {
  if (call.method === 'open') void open(call.order).then(() => process.send?.('open'));
  if (call.method === 'report') process.send?.(report);
  if (call.method === 'reset') {
    tookMs.fill(0);
    report.received = report.holes = report.doubled = 0;
    process.send?.('reset');
  }
});
process.on('disconnect', () => process.exit(0));

async function open({ url, showId, sockets, perSecond }: CrowdOrder): Promise<void> {
  const target = new URL(url);
  const startedAt = performance.now();
  const joining = new Set<Promise<void>>();
  for (let index = 0; index < sockets; index += 1) {
    const { joined } = new Member(target, showId);
    joining.add(joined);
    void joined.then(() => joining.delete(joined));
    // No faster than ordered, and no more at once than a queue of the kernel holds.
    const aheadMs = ((index + 1) / perSecond) * 1000 - (performance.now() - startedAt);
    if (aheadMs > 5) await pause(aheadMs);
    while (joining.size > 200) await Promise.race(joining);
  }
  await Promise.all(joining);
}
