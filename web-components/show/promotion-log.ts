// Owns a page's copy of the promotions of its show: asked for once, kept by events, asked for again after each join. No DOM.
import { listPromotions } from '../../server/protocol/endpoints.ts';
import { type PromotionKind, type PromotionState, stateAt } from '../../server/protocol/promotion-shape.ts';
import type { Promotion } from '../../server/protocol/promotions.ts';
import type { Client } from './client.ts';
import { isRetryable } from './outcome.ts';
import type { ShowStore } from './show-store.ts';
import { Watchable } from './watchable.ts';

const RETRY_MS = 2_500;
/** How often to look whether a late picture has come to what was told. */
const LOOK_MS = 250;
/** One that is over stands for a moment, with what came of it. */
const RESULT_MS = 20_000;

/** A promotion of one kind. */
export type PromotionOf<K extends PromotionKind> = Extract<Promotion, { kind: K }>;

export interface PromotionRoom {
  readonly showId: string;
  readonly client: Pick<Client, 'call' | 'on'>;
  readonly store: Pick<ShowStore, 'joinCount' | 'subscribe' | 'serverNow' | 'pictureNow'>;
}

/** Where a promotion stands at a moment of the server's clock. One that was ended by hand is over before its time. */
export function promotionStateAt(promotion: Promotion, now: number): PromotionState {
  return promotion.state === 'over' ? 'over' : stateAt(promotion, now);
}

interface Entry {
  promotion: Promotion;
  /** Server clock when it was first told of: a late picture comes to it later. */
  toldAt: number;
  /** Server clock when this page first knew that it was over. */
  overAt: number | null;
}

export class PromotionLog extends Watchable {
  readonly #room: PromotionRoom;
  #entries = new Map<string, Entry>();
  /** Who holds which. */
  readonly #held = new Map<string, Set<string>>();
  #stops: (() => void)[] = [];
  #users = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(room: PromotionRoom) {
    super();
    this.#room = room;
  }

  /** The server's clock now, ms since epoch. */
  now(): number {
    return this.#room.store.serverNow();
  }

  /** Those that the picture has come to, in the order in which they begin; what is over stays for 20 s. */
  get shown(): readonly Promotion[] {
    const picture = this.#room.store.pictureNow();
    const now = this.now();
    return [...this.#entries.values()]
      .filter((entry) => entry.toldAt <= picture && (now < leavesAt(entry) || this.#held.has(entry.promotion.id)))
      .map(({ promotion }) => promotion)
      .toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  }

  /** The newest of a kind that is shown. */
  of<K extends PromotionKind>(kind: K): PromotionOf<K> | null {
    return (this.shown.findLast((promotion) => promotion.kind === kind) as PromotionOf<K> | undefined) ?? null;
  }

  /** One that is known, be it shown or not. */
  find(id: string): Promotion | undefined {
    return this.#entries.get(id)?.promotion;
  }

  isHeld(id: string): boolean {
    return this.#held.has(id);
  }

  /** Keeps one in view beyond its end, for as long as somebody has something to do with it; each reason counts by itself. */
  hold(id: string, why: string, isHeld: boolean): void {
    const whys = this.#held.get(id) ?? new Set<string>();
    if (whys.has(why) === isHeld) return;
    if (isHeld) whys.add(why);
    else whys.delete(why);
    if (whys.size > 0) this.#held.set(id, whys);
    else this.#held.delete(id);
    this.changed();
  }

  /** Takes what an endpoint answered, so that the own tap is seen at once. */
  take(promotion: Promotion, at = this.now()): void {
    const known = this.#entries.get(promotion.id);
    if (known && known.promotion.revision > promotion.revision) return;
    const overAt = promotion.state === 'over' ? (known?.overAt ?? Math.min(promotion.endsAt ?? Infinity, this.now())) : null;
    this.#entries.set(promotion.id, { promotion, toldAt: Math.min(known?.toldAt ?? Infinity, at), overAt });
    this.#arm();
    this.changed();
  }

  /** Begins to follow the show for one element; the answered function ends it. */
  use(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users === 0) this.#stop();
    };
  }

  #start(): void {
    const { client, store, showId } = this.#room;
    let joins = store.joinCount;
    this.#stops = [
      client.on('promotion.changed', (event) => event.showId === showId && this.take(event.promotion, event.at)),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        void this.#sync();
      }),
    ];
    void this.#sync();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
  }

  async #sync(): Promise<void> {
    clearTimeout(this.#retry);
    const { client, store, showId } = this.#room;
    const joins = store.joinCount;
    const before = new Set(this.#entries.keys());
    const outcome = await client.call(listPromotions, { params: { showId } });
    if (this.#stops.length === 0 || joins !== store.joinCount) return;
    if (!outcome.ok) {
      if (isRetryable(outcome.error)) this.#retry = setTimeout(() => void this.#sync(), RETRY_MS * (0.75 + Math.random() / 2));
      return;
    }
    const listed = new Set(outcome.value.promotions.map(({ id }) => id));
    // Over for long, or taken away, while this page was not there.
    for (const id of before) if (!listed.has(id) && !this.#held.has(id)) this.#entries.delete(id);
    for (const promotion of outcome.value.promotions) this.take(promotion, 0);
    this.changed();
  }

  /** Says so when the next one begins, ends, leaves, or is come to by the picture. */
  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#stops.length === 0) return;
    const now = this.now();
    const picture = this.#room.store.pictureNow();
    const dues = [...this.#entries.values()].flatMap((entry) => {
      const { promotion, toldAt } = entry;
      return [toldAt > picture ? now + Math.min(toldAt - picture, LOOK_MS) : 0, promotion.startsAt, promotion.endsAt ?? 0, leavesAt(entry)];
    });
    const next = Math.min(...dues.filter((at) => at > now));
    if (next === Infinity) return;
    this.#timer = setTimeout(
      () => {
        this.#arm();
        this.changed();
      },
      Math.min(next - now + 10, 60_000),
    );
  }
}

/** When it is no longer looked at. */
function leavesAt({ promotion, overAt }: Entry): number {
  // Taken back before it began: there is nothing to tell of it.
  if (overAt !== null && overAt < promotion.startsAt) return overAt;
  return (overAt ?? promotion.endsAt ?? Infinity) + RESULT_MS;
}

const logs = new WeakMap<object, PromotionLog>();

/** The one of a show's connection; whoever shows or starts promotions shares it. */
export function promotionsOf(room: PromotionRoom): PromotionLog {
  let log = logs.get(room.store);
  if (!log) logs.set(room.store, (log = new PromotionLog(room)));
  return log;
}
