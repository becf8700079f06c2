// Owns a crowd of HLS viewers in a process of its own: blocking reloads and the parts they name, over one connection a rendition, no player.
import { connect, type Socket } from 'node:net';

export interface CrowdOrder {
  url: string;
  showId: string;
  viewers: number;
  /** Viewers come over this time, and are not measured in it. */
  rampMs: number;
  measureMs: number;
}

export interface CrowdReport {
  /** For each part of the picture that each viewer got: when its last byte came, less the recording time of its end, ms. */
  behindMs: number[];
  /** Answers other than 200, and connections that broke. */
  faults: number;
  receivedBytes: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** HTTP/1.1 with one request at a time: an agent for 600 connections would take the processor that the server is measured with. */
class Line {
  readonly #socket: Socket;
  readonly #host: string;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #wantedBytes = 0;
  #bodyAt = 0;
  #waiting: { resolve(body: Buffer): void; reject(error: Error): void } | undefined;
  receivedBytes = 0;

  constructor(url: URL) {
    this.#host = url.host;
    this.#socket = connect(Number(url.port), url.hostname).setNoDelay();
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the connection broke')));
  }

  get(path: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(`GET ${path} HTTP/1.1\r\nhost: ${this.#host}\r\n\r\n`);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.receivedBytes += chunk.length;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#wantedBytes === 0) this.#readHead();
    if (this.#wantedBytes === 0 || this.#heldBytes < this.#wantedBytes) return;
    const body = Buffer.concat(this.#held).subarray(this.#bodyAt, this.#wantedBytes);
    this.#held = [];
    this.#heldBytes = this.#wantedBytes = 0;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(body);
  }

  #readHead(): void {
    const bytes = Buffer.concat(this.#held);
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    const head = bytes.toString('latin1', 0, end);
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    if (!head.startsWith('HTTP/1.1 200') || length === undefined) return this.#waiting?.reject(new Error(head.split('\r\n')[0]));
    this.#held = [bytes];
    this.#bodyAt = end + HEAD_END.length;
    this.#wantedBytes = this.#bodyAt + Number(length);
  }
}

interface ListedPart {
  path: string;
  /** When what it ends with was recorded, ms since epoch. */
  endsAt: number;
}

/** The last part, and where the next one will be. */
function readPlaylist(text: string): { last: ListedPart; next: { sequence: number; part: number } } {
  let at = Number.NaN;
  let last: ListedPart | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) at = Date.parse(line.slice(25));
    const [, duration, path] = /^#EXT-X-PART:DURATION=([\d.]+),.*?URI="([^"]+)"/.exec(line) ?? [];
    if (duration === undefined || path === undefined) continue;
    at += Number(duration) * 1000;
    last = { path, endsAt: at };
  }
  const [, sequence, part] = /PRELOAD-HINT:TYPE=PART,URI="\w+\/(\d+)\.(\d+)\.m4s"/.exec(text) ?? [];
  if (!last || sequence === undefined) throw new Error('a playlist without parts');
  return { last, next: { sequence: Number(sequence), part: Number(part) } };
}

async function watch(order: CrowdOrder, name: string, until: () => boolean, note: (behindMs: number) => void, lines: Line[]): Promise<void> {
  const base = `/hls/${order.showId}/`;
  const line = new Line(new URL(order.url));
  lines.push(line);
  let playlist = readPlaylist((await line.get(`${base}${name}.m3u8`)).toString());
  while (!until()) {
    const { sequence, part } = playlist.next;
    playlist = readPlaylist((await line.get(`${base}${name}.m3u8?_HLS_msn=${sequence}&_HLS_part=${part}`)).toString());
    await line.get(`${base}${playlist.last.path}`);
    note(Date.now() - playlist.last.endsAt);
  }
}

async function run(order: CrowdOrder): Promise<CrowdReport> {
  const report: CrowdReport = { behindMs: [], faults: 0, receivedBytes: 0 };
  const lines: Line[] = [];
  const startedAt = Date.now();
  const measuresFrom = startedAt + order.rampMs + 1_000;
  const endsAt = measuresFrom + order.measureMs;
  const until = () => Date.now() >= endsAt;
  const note = (behindMs: number) => void (Date.now() >= measuresFrom && report.behindMs.push(behindMs));
  await Promise.all(
    Array.from({ length: order.viewers }, async (_, viewer) => {
      await new Promise((resolve) => setTimeout(resolve, (viewer / order.viewers) * order.rampMs));
      const renditions = [watch(order, 'video', until, note, lines), watch(order, 'audio', until, () => undefined, lines)];
      for (const outcome of await Promise.allSettled(renditions)) if (outcome.status === 'rejected') report.faults += 1;
    }),
  );
  for (const line of lines) {
    report.receivedBytes += line.receivedBytes;
    line.close();
  }
  return report;
}

process.on('message', (order: CrowdOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      throw error;
    },
  );
});
process.on('disconnect', () => process.exit(0));
