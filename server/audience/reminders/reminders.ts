// Owns when people are told of a show: announced, ten minutes before, live, and that it is their turn. Each once, and not when it is old news.
import type { Show } from '../../protocol/show.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { readPushKeys, type PushKeys } from './push-keys.ts';
import { type Due, Outbox } from './outbox.ts';
import type { Subscriptions } from './subscriptions.ts';
import { noteOf } from './words.ts';

/** As the alarm of the calendar file. */
const SOON_MS = 10 * 60_000;
/** Whoever plans a show corrects its title and time in the first minutes. */
const NEW_SETTLES_MS = 3 * 60_000;
/** A show that has gone on for longer than this is not beginning. */
const LIVE_FRESH_MS = 30 * 60_000;
const LOOK_MS = 30_000;
/** Messages on their way at the same time: the line is for the picture. */
const AT_ONCE = 4;

export interface RemindersDeps {
  database: Database;
  clock: Clock;
  subscriptions: Subscriptions;
  shows: { find(showId: string): Promise<Show | undefined> };
  /** Where a show is watched. */
  pageOf: (show: Show) => string;
  /** How push services reach who runs this server. */
  contact: () => string;
  testService: string;
  onFault: (error: unknown) => void;
}

export class Reminders {
  readonly #deps: RemindersDeps;
  readonly #outbox: Outbox;
  #keys: Promise<PushKeys> | undefined;
  #cancelLook: () => void;
  #cancelSend: () => void = () => undefined;
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(deps: RemindersDeps) {
    this.#deps = deps;
    this.#outbox = new Outbox(deps);
    this.#cancelLook = deps.clock.after(0, () => this.#look());
  }

  /** The server's own keys. */
  keys(): Promise<PushKeys> {
    this.#keys ??= readPushKeys(this.#deps.database);
    this.#keys.catch(() => (this.#keys = undefined));
    return this.#keys;
  }

  /** A show was planned, or changed in any way. */
  async showChanged(show: Show): Promise<void> {
    if (show.kind === 'rehearsal') return;
    const now = this.#deps.clock.now();
    if (show.status === 'ended') return this.#deps.subscriptions.showOver(show.id);
    const isNew = show.status === 'planned' && show.plannedAt !== null && show.plannedAt > now;
    const isLive = show.status === 'live' && show.startedAt !== null && now - show.startedAt < LIVE_FRESH_MS;
    const put = isLive
      ? await this.#outbox.put(show, 'live', { occasion: 0, before: show.startedAt ?? now, dueAt: now })
      : isNew
        ? await this.#outbox.put(show, 'new', { occasion: 0, before: now, dueAt: now + NEW_SETTLES_MS })
        : 0;
    if (put > 0) await this.send();
  }

  /** Something that somebody waits for in a show is held for them until `until`. */
  async turnCame(showId: string, identity: string, until: number): Promise<void> {
    if ((await this.#outbox.putTurn(showId, identity, { until, dueAt: this.#deps.clock.now() })) > 0) await this.send();
  }

  /** Sends what is due. Resolves when that is done; what has to wait comes by itself. */
  send(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const run = (): Promise<void> => this.#sendDue();
    const sending = this.#sending ? this.#sending.then(run, run) : run();
    this.#sending = sending;
    return sending;
  }

  /** What is on its way comes to its end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    this.#cancelSend();
    await this.#sending?.catch(this.#deps.onFault);
  }

  #look(): void {
    const { clock, onFault } = this.#deps;
    this.#cancelLook = clock.after(LOOK_MS, () => this.#look());
    this.#lookAhead()
      .then(() => this.send())
      .catch(onFault);
  }

  async #lookAhead(): Promise<void> {
    const { clock, shows, subscriptions } = this.#deps;
    for (const showId of await subscriptions.showsAwaited()) {
      const show = await shows.find(showId);
      const now = clock.now();
      if (show?.status !== 'planned' || show.plannedAt === null || show.plannedAt <= now || show.plannedAt - now > SOON_MS) continue;
      await this.#outbox.put(show, 'soon', { occasion: show.plannedAt, before: show.plannedAt - SOON_MS, dueAt: now });
    }
  }

  async #sendDue(): Promise<void> {
    this.#cancelSend();
    for (let due = await this.#outbox.due(); due.length > 0 && !this.#isClosed; due = await this.#outbox.due()) {
      const queue = due.values();
      const work = async (): Promise<void> => {
        for (const message of queue) if (!this.#isClosed) await this.#deliver(message);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    }
    const next = await this.#outbox.nextDueAt();
    if (next === undefined || this.#isClosed) return;
    this.#cancelSend = this.#deps.clock.after(next - this.#deps.clock.now(), () => this.send().catch(this.#deps.onFault));
  }

  async #deliver(message: Due): Promise<void> {
    const { shows, pageOf, contact, testService, subscriptions } = this.#deps;
    const show = await shows.find(message.show_id);
    const ttlMs = show ? this.#usefulFor(show, message) : 0;
    if (!show || ttlMs <= 0) return this.#outbox.settle(message);
    // Loaded with the first message: most starts of a server send none.
    const { deliver } = await import('./delivery.ts');
    const note = noteOf(show, message, pageOf(show));
    const outcome = await deliver(message, note, { keys: await this.keys(), contact: contact(), testService, ttlMs });
    if (outcome.kind === 'gone') await subscriptions.gone(message.subscription_id);
    else if (outcome.kind === 'later') await this.#outbox.retry(message, outcome.afterMs);
    else await this.#outbox.settle(message);
  }

  /** For how long a message is news, by the show as it is now; 0 when it is none. */
  #usefulFor(show: Show, { moment, occasion }: Due): number {
    const now = this.#deps.clock.now();
    if (moment === 'turn') return occasion - now;
    if (moment === 'live') return show.status === 'live' || show.status === 'paused' ? (show.startedAt ?? now) + LIVE_FRESH_MS - now : 0;
    if (show.status !== 'planned' || show.plannedAt === null) return 0;
    if (moment === 'soon') return show.plannedAt === occasion ? show.plannedAt - now : 0;
    return show.isHidden || show.needsCode ? 0 : show.plannedAt - now;
  }
}
