// Owns what this viewer has bid in the auctions of a show: their bids sent once each, what they won, and the order of it. No DOM.
import { placeBid, readOwnBid } from '../../server/protocol/endpoints/auction.ts';
import type { Auction, BidAnswer, BidRequest, OwnBid } from '../../server/protocol/auction.ts';
import { newId } from '../../server/protocol/new-id.ts';
import { deviceStorage, type Failure, isRetryable, Kept, type PromotionLog, promotionsOf, type Visit, Watchable, wonOrdersOf } from '../show/index.ts';

/** Auctions of which a device remembers that it bid in them. */
const MOST = 20;
const isIds = (value: unknown): boolean => Array.isArray(value) && value.every((id) => typeof id === 'string');

export class OwnBids extends Watchable {
  readonly #visit: Visit;
  readonly #log: PromotionLog;
  /** Auctions that this device has bid in: only those are asked for again. */
  readonly #kept: Kept<string[]>;
  readonly #own = new Map<string, OwnBid>();
  readonly #opened: Kept<string[]>;
  /** A bid that may have arrived is sent again under its own key. */
  #sent = { words: '', key: '' };
  #users = 0;
  #stops: (() => void)[] = [];
  isBusy = false;

  constructor(visit: Visit) {
    super();
    this.#visit = visit;
    this.#log = promotionsOf(visit);
    this.#kept = new Kept(deviceStorage(), `bids:${visit.serverUrl}:${visit.showId}`, isIds);
    this.#opened = new Kept(deviceStorage(), `bids-opened:${visit.serverUrl}:${visit.showId}`, isIds);
  }

  of(promotionId: string): OwnBid | null {
    return this.#own.get(promotionId) ?? null;
  }

  /** Who leads is in what everybody is told; an own letter says whether it is this viewer. */
  isLeading({ id, leader }: Auction): boolean {
    return leader !== null && this.#own.get(id)?.letter === leader;
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

  /** Bids. Null when it was taken. */
  async bid({ id }: Auction, body: BidRequest): Promise<Failure | null> {
    if (this.isBusy) return null;
    const words = JSON.stringify([id, body]);
    if (words !== this.#sent.words) this.#sent = { words, key: newId('key') };
    this.isBusy = true;
    this.changed();
    const outcome = await this.#visit.client.call(placeBid, { params: { promotionId: id }, body, idempotencyKey: this.#sent.key });
    this.isBusy = false;
    if (outcome.ok || !isRetryable(outcome.error)) this.#sent = { words: '', key: '' };
    if (outcome.ok) {
      this.#kept.write([...(this.#kept.read() ?? []).filter((each) => each !== id).slice(1 - MOST), id]);
      this.#take(outcome.value);
    }
    this.changed();
    return outcome.ok ? null : outcome.error;
  }

  /** Brings the order of what was won to the checkout. Null when it worked. */
  async open(promotionId: string): Promise<Failure | null> {
    const orderId = this.of(promotionId)?.orderId;
    if (!orderId) return null;
    const fault = await wonOrdersOf(this.#visit).bring(orderId);
    if (fault) return fault;
    this.#opened.write([...(this.#opened.read() ?? []).slice(1 - MOST), orderId]);
    this.#hold(promotionId);
    return null;
  }

  #start(): void {
    const { client, store, showId } = this.#visit;
    let joins = store.joinCount;
    this.#stops = [
      client.on('promotion.mine', ({ showId: where, mine }) => {
        if (where === showId && mine.what === 'won' && mine.orderId !== null) void this.#read(mine.promotionId);
      }),
      store.subscribe(() => {
        if (store.joinCount === joins) return;
        joins = store.joinCount;
        this.#sync();
      }),
    ];
    this.#sync();
  }

  #sync(): void {
    for (const id of this.#kept.read() ?? []) void this.#read(id);
  }

  async #read(promotionId: string): Promise<void> {
    const outcome = await this.#visit.client.call(readOwnBid, { params: { promotionId } });
    if (this.#stops.length === 0) return;
    // Long over, and forgotten by the server too.
    if (outcome.ok && outcome.value.mine === null) this.#forget(promotionId);
    if (!outcome.ok) return;
    this.#take(outcome.value);
    this.changed();
  }

  #take({ auction, mine }: BidAnswer): void {
    if (!mine) return;
    this.#own.set(auction.id, mine);
    if (mine.orderId !== null) void wonOrdersOf(this.#visit).keep(mine.orderId);
    // What is over is of no interest but for what was won.
    if (auction.state !== 'over' || this.#isUnseen(mine)) this.#log.take(auction, 0);
    this.#hold(auction.id);
  }

  /** What was won stays before its winner until they have looked at the order. */
  #hold(id: string): void {
    const mine = this.#own.get(id);
    this.#log.hold(id, 'won', mine !== undefined && this.#isUnseen(mine));
  }

  #isUnseen({ orderId }: OwnBid): boolean {
    return orderId !== null && !this.#opened.read()?.includes(orderId);
  }

  #forget(id: string): void {
    this.#kept.write((this.#kept.read() ?? []).filter((each) => each !== id));
  }
}

const known = new WeakMap<object, OwnBids>();

/** The one of a visit; its cards share it. */
export function ownBidsOf(visit: Visit): OwnBids {
  let own = known.get(visit);
  if (!own) known.set(visit, (own = new OwnBids(visit)));
  return own;
}
