// Owns measured events on their way: numbered batches, sent one after the other and again until they are answered, kept over the life of a page.
import { HEARTBEAT_MS, LATE_MS, TELL_LEAST_MS, TELL_MOST_MS, type TelemetryBatch, TELEMETRY_EVENTS_MOST, type TelemetryEvent, type TelemetryTaken } from '../../server/protocol/telemetry.ts';
import { type DeviceStorage, Kept, type Outcome } from '../show/index.ts';
import type { Counting } from './counting.ts';
import { randomId } from './device.ts';
import { recognitionEnds } from './recognition.ts';

/** A batch goes before it is full, so that what is kept for a page that leaves stays small. */
const EVENTS_ENOUGH = 40;
/** What an hour without network can hold, and nobody waits for longer. */
const BATCHES_MOST = 20;
const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 60_000;
const TIMEOUT_MS = 10_000;

export interface BatchBoxOptions {
  serverUrl: string;
  showId: string;
  storage: DeviceStorage;
  /** Random id of this device in this show. */
  device: string;
  counting: () => Counting;
  /** Says who it is, where the server knows them. */
  token: () => Promise<string | null>;
  /** The way that costs a tenth of a request; null while it is not there. */
  connection: () => ((batch: TelemetryBatch) => Promise<Outcome<TelemetryTaken>>) | null;
  fetch?: typeof fetch;
  beacon?: (url: string, body: Blob) => boolean;
}

interface Batch {
  /** Number within its page. */
  n: number;
  /** 1: of the replay. */
  w: 0 | 1;
  e: TelemetryEvent[];
}

/** Batches of a page that is gone: `epoch` is when its clock stood at 0, ms since epoch. */
interface Left {
  page: string;
  epoch: number;
  leftAt: number;
  batches: Batch[];
}

interface Page extends Left {
  /** The next number. */
  next: number;
}

const isLeft = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each: Partial<Left> | null) => typeof each?.page === 'string' && typeof each.epoch === 'number' && typeof each.leftAt === 'number' && Array.isArray(each.batches));

export class BatchBox {
  readonly #options: BatchBoxOptions;
  readonly #url: string;
  readonly #kept: Kept<Left[]>;
  readonly #page: Page = { page: randomId(6), epoch: performance.timeOrigin, leftAt: 0, batches: [], next: 0 };
  /** Pages before this one, the oldest first. */
  #earlier: Left[];
  #open: TelemetryEvent[] = [];
  #openIsReplay: 0 | 1 = 0;
  /** When what is open goes, also while nothing plays. */
  #dueAt = 0;
  /** How often the server wants to hear of what goes on. */
  #everyMs = TELL_LEAST_MS;
  #cutAt = -Infinity;
  #isSending = false;
  #isOver = false;
  #failures = 0;
  #retryAt = 0;
  /** A gated show asks for it in each batch; elsewhere it is enough to have said once who it is. */
  #tokenEachTime = false;
  #saidAs: string | null = null;

  constructor(options: BatchBoxOptions) {
    this.#options = options;
    this.#url = `${options.serverUrl}/api/v1/shows/${encodeURIComponent(options.showId)}/telemetry`;
    this.#kept = new Kept(options.storage, `measured:${options.serverUrl}:${options.showId}`, isLeft);
    this.#earlier = (this.#kept.read() ?? []).filter(({ leftAt }) => Date.now() - leftAt < LATE_MS);
    this.#kept.erase();
  }

  /** The page's clock, whole ms: what events are stamped with. */
  now(): number {
    return Math.floor(performance.now());
  }

  add(event: TelemetryEvent, isReplay: boolean): void {
    if (this.#options.counting() === 'off') return this.#forget();
    if (this.#isOver) return;
    const w = isReplay ? 1 : 0;
    if (w !== this.#openIsReplay) this.#cut();
    this.#openIsReplay = w;
    if (this.#open.length === 0) this.#dueAt = performance.now() + this.#everyMs;
    this.#open.push(event);
    if (this.#open.length >= EVENTS_ENOUGH) this.#cut();
  }

  /** Sends what has waited for long enough, or was not answered. */
  tend(): void {
    if ((this.#open.length > 0 && performance.now() > this.#dueAt) || (this.#failures > 0 && this.#waiting())) this.flush();
  }

  /** A heartbeat was added: sends, where the server has heard of none for as long as it wants to. */
  beat(): void {
    if (performance.now() - this.#cutAt > this.#everyMs - HEARTBEAT_MS / 2) this.flush();
  }

  /** Something came to an end: what has gathered goes in some seconds, which differ from page to page, because a show ends for all of them. */
  soon(): void {
    this.#dueAt = Math.min(this.#dueAt, performance.now() + HEARTBEAT_MS * (0.5 + Math.random() / 2));
  }

  /** Sends what has gathered. While the server does not answer it goes on gathering, so that an hour makes few batches. */
  flush(): void {
    if (this.#page.batches.length === 0) this.#cut();
    void this.#send();
  }

  /** The page may be about to go: sends without waiting for an answer, and keeps it all the same, because nobody hears whether that came. */
  leave(): void {
    this.#cut();
    const left = this.#pages().filter(({ batches }) => batches.length > 0);
    if (this.#options.counting() === 'off' || left.length === 0) return;
    const beacon = this.#options.beacon ?? ((url, body) => navigator.sendBeacon?.(url, body) ?? false);
    for (const page of left) for (const batch of page.batches) beacon(this.#url, new Blob([JSON.stringify(this.#ready(page, batch, null))], { type: 'text/plain' }));
    this.#kept.write(left.map(({ page, epoch, batches }) => ({ page, epoch, leftAt: Date.now(), batches })));
  }

  /** Who is not to be counted is not counted later either. */
  #forget(): void {
    this.#open = [];
    this.#page.batches = [];
    this.#earlier = [];
    this.#kept.erase();
  }

  #pages(): Left[] {
    return [...this.#earlier, this.#page];
  }

  #cut(): void {
    if (this.#open.length === 0) return;
    const { batches } = this.#page;
    batches.push({ n: this.#page.next, w: this.#openIsReplay, e: this.#open.slice(0, TELEMETRY_EVENTS_MOST) });
    this.#page.next += 1;
    this.#open = [];
    this.#cutAt = performance.now();
    if (batches.length > BATCHES_MOST) batches.shift();
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#isOver || this.#options.counting() === 'off' || performance.now() < this.#retryAt) return;
    this.#isSending = true;
    try {
      for (let page = this.#waiting(); page; page = this.#waiting()) {
        const [batch] = page.batches as [Batch];
        const token = await this.#tokenFor();
        const ready = this.#ready(page, batch, token);
        const connection = this.#options.connection();
        const isDone = connection ? this.#settle(await connection(ready)) : await this.#post(JSON.stringify(ready));
        if (!isDone) break;
        if (token) this.#saidAs = this.#sayingAs(token);
        page.batches = page.batches.filter((each) => each !== batch);
        this.#failures = 0;
        this.#retryAt = 0;
      }
    } finally {
      this.#isSending = false;
    }
    if (this.#pages().every(({ batches }) => batches.length === 0)) this.#kept.erase();
  }

  #waiting(): Left | undefined {
    return this.#pages().find(({ batches }) => batches.length > 0);
  }

  #ready({ page, epoch }: Left, { n, w, e }: Batch, token: string | null): TelemetryBatch {
    // The clock of a page that is gone goes on by the device's.
    const now = page === this.#page.page ? performance.now() : Date.now() - epoch;
    const t = e.reduce((latest, [, at]) => Math.max(latest, at), Math.max(0, Math.ceil(now)));
    const who = token === null ? {} : { k: token, ...(this.#options.counting() === 'known' ? { c: 1 } : {}) };
    // What is 0 is left out on the way.
    return { d: this.#options.device, p: page, n, t, ...(w === 1 ? { w } : {}), ...who, e } as TelemetryBatch;
  }

  /** Null: the server knows already. */
  async #tokenFor(): Promise<string | null> {
    const token = await this.#options.token().catch(() => null);
    if (token === null) return null;
    return this.#tokenEachTime || this.#sayingAs(token) !== this.#saidAs ? token : null;
  }

  #sayingAs(token: string): string {
    return `${this.#options.counting()} ${recognitionEnds()} ${token}`;
  }

  /** Answers whether the batch is settled: taken, or never to be taken. */
  async #post(body: string): Promise<boolean> {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
    try {
      const send = this.#options.fetch ?? ((...args) => fetch(...args));
      // As plain text, which a page of another site may send without asking first.
      const response = await send(this.#url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body, keepalive: true, credentials: 'omit', signal: abort.signal });
      if (response.ok) return this.#taken(((await response.json().catch(() => null)) ?? {}) as TelemetryTaken);
      const problem = (await response.json().catch(() => null)) as { code?: string; params?: { seconds?: number } } | null;
      return this.#refused(response.status, problem?.code ?? '', problem?.params?.seconds);
    } catch {
      return this.#again();
    } finally {
      clearTimeout(timer);
    }
  }

  #settle(outcome: Outcome<TelemetryTaken>): boolean {
    if (outcome.ok) return this.#taken(outcome.value);
    const { status, code, params } = outcome.error;
    // Without a status nobody has answered.
    return status === 0 ? this.#again() : this.#refused(status, code, Number(params?.['seconds']) || undefined);
  }

  #taken({ everyMs }: TelemetryTaken): true {
    this.#everyMs = Math.min(TELL_MOST_MS, Math.max(TELL_LEAST_MS, Number(everyMs) || TELL_LEAST_MS));
    return true;
  }

  #refused(status: number, code: string, seconds = 30): boolean {
    if (status === 404) this.#isOver = true;
    if (code === 'show.gated' && !this.#tokenEachTime) {
      this.#tokenEachTime = true;
      return this.#again();
    }
    if (status === 429) return this.#again(seconds * 1000);
    return status < 500 || this.#again();
  }

  #again(afterMs?: number): false {
    this.#retryAt = performance.now() + (afterMs ?? Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MAX_MS) * (0.75 + Math.random() / 2));
    this.#failures += 1;
    return false;
  }
}
