// Owns the taking in of batches: who sends, whether it may, whether it came before, and what of it counts.
import type { Door, Goods } from '../../live/index.ts';
import type { Auth, Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { validate } from '../../platform/validate.ts';
import type { Show } from '../../protocol/show.ts';
import { type TelemetryBatch, telemetryBatch, type TelemetryTaken, TELL_LEAST_MS } from '../../protocol/telemetry.ts';
import type { Book } from '../store/book.ts';
import type { Books } from '../store/books.ts';
import type { Device } from '../store/device.ts';
import { areaOf } from './area.ts';
import { IntakeLimits } from './limits.ts';
import { Marks } from './marks.ts';
import { paceFor } from './pace.ts';
import type { People } from './people.ts';
import { readEvents, readRepeated } from './reading-events.ts';

/** Tabs and reloads within an hour. */
const PAGES_PER_DEVICE = 30;

/** Whoever sent it, and by which program. */
export interface Sender {
  caller: Caller;
  userAgent: string;
}

export interface IntakeDeps {
  auth: Auth;
  clock: Clock;
  door: Pick<Door, 'enter'>;
  goods: Pick<Goods, 'of'>;
  books: Books;
  people: People;
}

export class Intake {
  readonly #deps: IntakeDeps;
  readonly #marks = new Marks();
  readonly #limits: IntakeLimits;
  /** Products that were ever on the shelf since it is heard of: what was taken off it was seen all the same. */
  readonly #sold = new Map<string, { ids: Promise<ReadonlySet<string>>; isStale: boolean }>();

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
    this.#limits = new IntakeLimits(deps.clock);
  }

  /** Who watches may not have told of it for so long, ms: as often as pages of the last minutes were asked to tell. */
  get silentMs(): number {
    return paceFor(Math.max(...this.#limits.devices));
  }

  /**
   * Takes one batch and says how often the page is to send one; one that came before changes nothing.
   * @throws FieldcastError `not-found`, `show.gated`, `rate.limited`, `storage.unavailable`.
   */
  async take(showId: string, batch: TelemetryBatch, from: Sender): Promise<TelemetryTaken> {
    const { books, clock } = this.#deps;
    await this.#limits.take(from.caller.address, batch.d, batch.e.length);
    const caller = await this.#callerOf(batch, from.caller);
    const { show, isStaff } = await this.#deps.door.enter(caller, showId);
    if (show.kind === 'rehearsal') return {};
    const sold = await this.#soldIn(showId);
    const book = await books.open(show);
    // From here on in one turn: see Books.open.
    if (book.isFull) throw new FieldcastError('storage.unavailable', 'Nothing can be stored now; try again later.');
    const now = clock.now();
    const device = this.#deviceOf(book, batch, { caller, userAgent: from.userAgent, isStaff });
    this.#count(book, device, batch, { show, sold, now });
    return this.#taken();
  }

  /** Something came onto the shelf, or left it. */
  shelfChanged(showId: string): void {
    const known = this.#sold.get(showId);
    if (known) known.isStale = true;
  }

  forget(showId: string): void {
    this.#marks.forget(showId);
    this.#sold.delete(showId);
  }

  #taken(): TelemetryTaken {
    const [now, last] = this.#limits.devices;
    const everyMs = paceFor(Math.max(now, last));
    return everyMs === TELL_LEAST_MS ? {} : { everyMs };
  }

  #count(book: Book, device: Device, batch: TelemetryBatch, { show, sold, now }: { show: Show; sold: ReadonlySet<string>; now: number }): void {
    const page = device.page(batch.p, batch.t, now);
    if (device.pageCount > PAGES_PER_DEVICE) throw new FieldcastError('rate.limited', 'Too many pages of one device.', { headers: { 'retry-after': '600' }, params: { seconds: 600 } });
    if (!page.take(batch.n)) return book.count(readRepeated(batch, { show, device: device.number, mark: device.mark, now }), device);
    const events = readEvents(batch, { show, device: device.number, mark: device.mark, toServer: page.clock(batch.t, now), firstAt: page.firstAt, isSold: (id) => sold.has(id), now });
    book.count(events, device);
  }

  #deviceOf(book: Book, batch: TelemetryBatch, { caller, userAgent, isStaff }: { caller: Caller; userAgent: string; isStaff: boolean }): Device {
    const device = book.find(batch.d) ?? book.meet(batch.d, this.#marks.of(book.showId, batch.d, { address: caller.address, userAgent, isStaff }), this.#deps.clock.now(), areaOf(caller.address));
    // Who works for the show has signed in since.
    if (isStaff) device.mark = 'own';
    if (caller.isKnown) {
      const { identity } = caller.claims;
      const { people } = this.#deps;
      const person = people.inShow(book.showId, identity);
      // Whether they agree stands beside the token; a connection's later batches say neither.
      if (batch.k !== undefined || device.person !== person) book.know(device, person, batch.c === 1 ? people.across(identity) : null);
    }
    return device;
  }

  /** A beacon has no headers, so the token comes in the batch; one that has run out says no more than none. */
  async #callerOf({ k }: TelemetryBatch, caller: Caller): Promise<Caller> {
    if (caller.isKnown || k === undefined) return caller;
    try {
      return await this.#deps.auth.identify(k, caller.address, caller.origin);
    } catch {
      return caller;
    }
  }

  #soldIn(showId: string): Promise<ReadonlySet<string>> {
    const known = this.#sold.get(showId);
    if (known?.isStale === false) return known.ids;
    // Taken for fresh before it is read: what changes meanwhile is read again.
    const fresh = { ids: this.#readSold(showId, known?.ids), isStale: false };
    this.#sold.set(showId, fresh);
    fresh.ids.catch(() => (known ? this.#sold.set(showId, known) : this.#sold.delete(showId)));
    return fresh.ids;
  }

  async #readSold(showId: string, before: Promise<ReadonlySet<string>> | undefined): Promise<ReadonlySet<string>> {
    const shelf = await this.#deps.goods.of(showId);
    return new Set([...((await before) ?? []), ...shelf.map(({ id }) => id)]);
  }
}

/** @throws FieldcastError `input.not-json`, `input.invalid`. */
export function batchOf(body: Uint8Array): TelemetryBatch {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new FieldcastError('input.not-json', 'The body is not JSON.');
  }
  return validate(telemetryBatch, parsed, 'body') as TelemetryBatch;
}
