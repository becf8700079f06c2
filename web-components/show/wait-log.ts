// Owns a viewer's own places on the waitlists of a show: asked for when there may be some, kept by events, and what is held laid over the stock. No DOM.
import { joinWaitlist, leaveWaitlist, readWaits } from '../../server/protocol/endpoints.ts';
import type { ShowSnapshot } from '../../server/protocol/show.ts';
import type { Wait } from '../../server/protocol/waitlist.ts';
import type { Failure } from './outcome.ts';
import { isRetryable } from './outcome.ts';
import { deviceStorage, Kept } from './storage.ts';
import type { Visit } from './visit.ts';
import { Watchable } from './watchable.ts';

const RETRY_MS = 3_000;
/** After a restock those before are fewer: asked for within so long, not by thousands at once. */
const LOOK_WITHIN_MS = 15_000;
/** So long after its end the page still asks: the server remembers no longer how it ended. */
const REMEMBERED_MS = 8 * 24 * 3600_000;

export interface WaitFault {
  variantId: string;
  error: Failure;
}

export type WaitRoom = Pick<Visit, 'serverUrl' | 'showId' | 'client' | 'store' | 'onPlaced'>;

export class WaitLog extends Watchable {
  readonly #room: WaitRoom;
  /** When somebody waited here last, ms of the device's clock: without it nobody asks the server. */
  readonly #waited: Kept<number>;
  #waits: readonly Wait[] = [];
  /** Put aside by the viewer. */
  #hidden = new Set<string>();
  #laid = '';
  #users = 0;
  #stops: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  /** Why the last tap was not taken. */
  fault: WaitFault | null = null;
  isBusy = false;

  constructor(room: WaitRoom) {
    super();
    this.#room = room;
    this.#waited = new Kept<number>(deviceStorage(), `waits:${room.serverUrl}:${room.showId}`, Number.isFinite);
  }

  /** The place for a variant: one that stands, else how the last one ended. */
  of(variantId: string): Wait | undefined {
    const own = this.#waits.filter((wait) => wait.variantId === variantId);
    return own.find((wait) => isStanding(wait)) ?? own[0];
  }

  /** What a viewer has to know now: held for them, or over without it. */
  get news(): readonly Wait[] {
    return this.#waits.filter((wait) => !this.#hidden.has(wait.id) && (this.isHeld(wait) || wait.state === 'lapsed' || wait.state === 'closed'));
  }

  /** Whether its pieces are still held. */
  isHeld({ state, holdUntil }: Wait): boolean {
    return state === 'held' && (holdUntil ?? 0) > this.#room.store.serverNow();
  }

  /** Puts one of the news aside. */
  hide({ id }: Wait): void {
    this.#hidden.add(id);
    this.changed();
  }

  async join(variantId: string, quantity: number): Promise<boolean> {
    if (this.isBusy) return false;
    const { client, showId } = this.#room;
    this.isBusy = true;
    this.fault = null;
    this.changed();
    const outcome = await client.call(joinWaitlist, { params: { showId }, body: { variantId, quantity } });
    this.isBusy = false;
    if (outcome.ok) {
      this.#waited.write(Date.now());
      this.#take([outcome.value, ...this.#waits.filter((wait) => wait.variantId !== variantId)]);
    } else this.fault = { variantId, error: outcome.error };
    this.changed();
    return outcome.ok;
  }

  async leave(wait: Wait): Promise<void> {
    if (this.isBusy) return;
    const { client, showId } = this.#room;
    this.isBusy = true;
    this.fault = null;
    this.changed();
    const outcome = await client.call(leaveWaitlist, { params: { showId, waitId: wait.id } });
    this.isBusy = false;
    if (outcome.ok) this.#take(this.#waits.filter(({ id }) => id !== wait.id));
    else this.fault = { variantId: wait.variantId, error: outcome.error };
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
    const { client, store, showId, onPlaced } = this.#room;
    let joins = store.joinCount;
    const mayWait = (): boolean => Date.now() - (this.#waited.read() ?? -Infinity) < REMEMBERED_MS;
    this.#stops = [
      client.on('promotion.mine', ({ showId: of, mine }) => of === showId && (mine.what === 'your-turn' || mine.what === 'wait-over') && void this.#sync()),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        if (mayWait()) void this.#sync();
      }),
      client.on('variants.changed', ({ showId: of, variants }) => {
        if (of !== showId || !variants.some(({ variantId }) => this.of(variantId)?.state === 'waiting')) return;
        clearTimeout(this.#looking);
        this.#looking = setTimeout(() => void this.#sync(), LOOK_WITHIN_MS * Math.random());
      }),
      // What was held is ordered now.
      onPlaced(() => mayWait() && void this.#sync()),
    ];
    if (mayWait()) void this.#sync();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    clearTimeout(this.#looking);
  }

  async #sync(): Promise<void> {
    clearTimeout(this.#retry);
    const { client, showId } = this.#room;
    const outcome = await client.call(readWaits, { params: { showId } });
    if (this.#stops.length === 0) return;
    if (outcome.ok) {
      this.#take(outcome.value.waits);
      this.changed();
    } else if (isRetryable(outcome.error)) this.#retry = setTimeout(() => void this.#sync(), RETRY_MS * (0.75 + Math.random() / 2));
  }

  #take(waits: readonly Wait[]): void {
    this.#waits = waits;
    this.#lay();
  }

  /** Lays what is held over the stock: for this viewer it is there. */
  #lay(): void {
    const { store } = this.#room;
    clearTimeout(this.#timer);
    const held = this.#waits.filter((wait) => this.isHeld(wait));
    const next = Math.min(...held.map((wait) => wait.holdUntil ?? Infinity));
    if (held.length > 0) {
      this.#timer = setTimeout(() => {
        this.#lay();
        this.changed();
      }, Math.max(50, next - store.serverNow()));
    }
    const laid = held.map((wait) => `${wait.variantId} ${wait.heldQuantity}`).join();
    if (laid === this.#laid) return;
    this.#laid = laid;
    store.dressWith(withHeld(held));
  }
}

/** The show with what is held for this viewer in its stock; the same object for the same show. */
export function withHeld(held: readonly Pick<Wait, 'variantId' | 'heldQuantity'>[]): (plain: ShowSnapshot) => ShowSnapshot {
  if (held.length === 0) return (plain) => plain;
  const quantities = new Map(held.map(({ variantId, heldQuantity }) => [variantId, heldQuantity]));
  const dressed = new WeakMap<ShowSnapshot, ShowSnapshot>();
  return (plain) => {
    let shown = dressed.get(plain);
    if (!shown) {
      const shelf = plain.shelf.map((product) =>
        product.variants.some(({ id }) => quantities.has(id)) ? { ...product, variants: product.variants.map((variant) => ({ ...variant, stock: variant.stock + (quantities.get(variant.id) ?? 0) })) } : product,
      );
      dressed.set(plain, (shown = { ...plain, shelf }));
    }
    return shown;
  };
}

function isStanding({ state }: Wait): boolean {
  return state === 'waiting' || state === 'held';
}

const logs = new WeakMap<object, WaitLog>();

/** The one of a visit; shelf and card share it. */
export function waitsOf(visit: WaitRoom): WaitLog {
  let log = logs.get(visit);
  if (!log) logs.set(visit, (log = new WaitLog(visit)));
  return log;
}
