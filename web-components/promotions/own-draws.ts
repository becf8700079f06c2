// Owns what this viewer has in the draws of a show: taking part, what came of it, where a prize goes. No DOM.
import { claimPrize, enterDraw, listOwnEntries } from '../../server/protocol/endpoints/draw.ts';
import { postMessage } from '../../server/protocol/endpoints/chat.ts';
import { followSeller } from '../../server/protocol/endpoints/following.ts';
import type { Draw, OwnEntry } from '../../server/protocol/draw.ts';
import { newId } from '../../server/protocol/new-id.ts';
import type { Buyer } from '../../server/protocol/order.ts';
import { deviceStorage, type Failure, Kept, type PromotionLog, promotionsOf, type Visit, Watchable } from '../show/index.ts';

/** Draws whose beginning is kept on the device. */
const MOST = 20;
/** Set while a prize waits for its address: the page looks for it also when the show is over. */
export const PRIZE_KEY = 'fieldcast:prize';

interface Own {
  entry: string;
  prizeTo: Buyer | null;
  /** When the seller sent it; null: not yet. */
  sentAt: number | null;
}

/** Hash of the seed of each draw that this device took part in, as it was told then. */
type Promised = Record<string, string>;
const isPromised = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).every((each) => typeof each === 'string');

export class OwnDraws extends Watchable {
  readonly #visit: Visit;
  readonly #log: PromotionLog;
  readonly #kept: Kept<Promised>;
  /** By draw. */
  readonly #own = new Map<string, Own>();
  readonly #seen = new Map<string, string>();
  readonly #busy = new Set<string>();
  #users = 0;
  #stops: (() => void)[] = [];

  constructor(visit: Visit) {
    super();
    this.#visit = visit;
    this.#log = promotionsOf(visit);
    this.#kept = new Kept(deviceStorage(), `draws:${visit.serverUrl}:${visit.showId}`, isPromised);
  }

  of(promotionId: string): Own | null {
    return this.#own.get(promotionId) ?? null;
  }

  isBusy(promotionId: string): boolean {
    return this.#busy.has(promotionId);
  }

  /** Which prize this viewer has won, from 0; null: none, or not drawn yet. */
  placeIn({ id, winners }: Draw): number | null {
    const own = this.#own.get(id);
    const place = own ? winners.indexOf(own.entry) : -1;
    return place < 0 ? null : place;
  }

  /** The hash that this device was told while the draw was open; null when it came later. */
  promisedIn(promotionId: string): string | null {
    return this.#kept.read()?.[promotionId] ?? this.#seen.get(promotionId) ?? null;
  }

  /** A draw as it is seen now; what is told of its seed before it is known holds. */
  look({ id, seed, commitment }: Draw): void {
    if (seed === null && !this.#seen.has(id)) this.#seen.set(id, commitment);
  }

  use(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users > 0) return;
      for (const stop of this.#stops) stop();
      this.#stops = [];
    };
  }

  /** Takes part: follows first where that is asked for, and writes the word where there is one. Null when it worked. */
  async enter(draw: Draw): Promise<Failure | null> {
    if (this.#busy.has(draw.id)) return null;
    this.#busy.add(draw.id);
    this.changed();
    const fault = await this.#enter(draw);
    this.#busy.delete(draw.id);
    this.changed();
    return fault;
  }

  /** Says where a prize goes. Null when it worked. */
  async claim({ id }: Draw, buyer: Buyer): Promise<Failure | null> {
    const outcome = await this.#visit.client.call(claimPrize, { params: { promotionId: id }, body: buyer });
    if (!outcome.ok) return outcome.error;
    this.#take(outcome.value);
    deviceStorage().removeItem(PRIZE_KEY);
    this.changed();
    return null;
  }

  async #enter({ id, entry, word, followersOnly, commitment }: Draw): Promise<Failure | null> {
    const { client, showId, store, viewer } = this.#visit;
    const sellerId = store.snapshot?.show.sellerId;
    if (followersOnly && sellerId !== undefined) {
      const followed = await client.call(followSeller, { params: { sellerId }, body: {} });
      if (!followed.ok) return followed.error;
      if (followed.value.viewerToken) viewer.keep(followed.value.viewerToken);
    }
    if (entry === 'word') {
      const name = new Kept<string>(deviceStorage(), 'chat-name', (value) => typeof value === 'string').read() ?? '';
      const said = await client.call(postMessage, { params: { showId }, body: { text: word ?? '', name, pictureAt: Math.round(store.pictureNow()) }, idempotencyKey: newId('key') });
      return said.ok ? null : said.error;
    }
    const outcome = await client.call(enterDraw, { params: { promotionId: id }, body: {} });
    if (!outcome.ok) return outcome.error;
    this.#promise(id, commitment);
    this.#take(outcome.value);
    return null;
  }

  #start(): void {
    const { client, store, showId } = this.#visit;
    let joins = store.joinCount;
    this.#stops = [
      client.on('promotion.mine', ({ showId: where, mine }) => {
        if (where !== showId || mine.what !== 'entered') return;
        this.#own.set(mine.promotionId, { prizeTo: null, sentAt: null, ...this.#own.get(mine.promotionId), entry: mine.entry });
        const draw = this.#log.shown.find((each) => each.id === mine.promotionId);
        if (draw?.kind === 'draw') this.#promise(draw.id, draw.commitment);
        this.changed();
      }),
      this.#log.subscribe(() => this.#hold()),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        void this.#sync();
      }),
    ];
    void this.#sync();
  }

  /** Asked only by devices that took part in something. */
  async #sync(): Promise<void> {
    if (this.#kept.read() === null) return;
    const { client, showId } = this.#visit;
    const outcome = await client.call(listOwnEntries, { params: { showId } });
    if (!outcome.ok || this.#stops.length === 0) return;
    for (const own of outcome.value.entries) this.#take(own);
    this.#hold();
    this.changed();
  }

  #take({ draw, entry, place, prizeTo, sentAt }: OwnEntry): void {
    this.#own.set(draw.id, { entry, prizeTo, sentAt });
    // Old ones are of no interest but for a prize that waits.
    if (draw.state !== 'over' || (place !== null && prizeTo === null)) this.#log.take(draw, 0);
    this.#hold();
  }

  /** A prize stays before its winner until they have said where it goes. */
  #hold(): void {
    for (const [id, { prizeTo }] of this.#own) {
      const draw = this.#log.find(id);
      const isWaiting = draw?.kind === 'draw' && prizeTo === null && this.placeIn(draw) !== null;
      if (isWaiting) deviceStorage().setItem(PRIZE_KEY, '1');
      this.#log.hold(id, 'prize', isWaiting);
    }
  }

  #promise(id: string, commitment: string): void {
    const known = Object.entries(this.#kept.read() ?? {}).filter(([each]) => each !== id);
    this.#kept.write(Object.fromEntries([...known.slice(1 - MOST), [id, this.#seen.get(id) ?? commitment]]));
  }
}

const known = new WeakMap<object, OwnDraws>();

/** The one of a visit; its cards share it. */
export function ownDrawsOf(visit: Visit): OwnDraws {
  let own = known.get(visit);
  if (!own) known.set(visit, (own = new OwnDraws(visit)));
  return own;
}
