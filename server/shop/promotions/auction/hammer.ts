// Owns the end of an auction: the order of who won in one transaction, the next bidder where it was not paid, and forgetting who bid.
import type { Kysely } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Caller } from '../../../platform/auth.ts';
import type { Database, Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { AuctionBook } from '../../../protocol/auction.ts';
import type { Commits, Work } from '../../commits.ts';
import type { Payments } from '../../payments/payment.ts';
import type { Placing } from '../../placing.ts';
import { maskName } from '../../privacy.ts';
import type { ShopTables } from '../../schema.ts';
import type { Promotions } from '../promotions.ts';
import { type PromotionRow, stateOf } from '../state.ts';
import type { Dated } from '../timetable.ts';
import { asAuction, type Auctions } from './auctions.ts';
import { afterBid, letterOf, type Standing } from './bidding.ts';
import { deliveryCharged } from './delivery-told.ts';
import { eraseBidders } from './erasure.ts';
import { auctionOf, type AuctionRow, type BidderRow, rulesOf, standingOf } from './rows.ts';

/** So long the next can still be asked; then nobody is known any more who has not won. */
const KEPT_MS = 24 * 3600_000;

// Asked after every sale of anything: what it costs must not be felt.
const nextFall = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('auctions')
    .innerJoin('promotions', 'promotions.id', 'auctions.promotion_id')
    .select((eb) => eb.fn.min<number | null>('ends_at').as('at'))
    .where('settled_at', 'is', null),
);
const nextErasure = compileOnce<ShopTables, object>()((database) =>
  database
    .selectFrom('auctions')
    .select((eb) => eb.fn.min<number | null>('erase_at').as('at'))
    .where('erase_at', 'is not', null),
);

export class Hammer implements Dated {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #promotions: Promotions;
  readonly #auctions: Auctions;
  readonly #payments: Payments;
  readonly #placing: () => Pick<Placing, 'placeIn'>;

  /** @param deps.placing asked when it is needed, because orders know promotions too */
  constructor(deps: { database: Database; commits: Commits; promotions: Promotions; auctions: Auctions; payments: Payments; placing: () => Pick<Placing, 'placeIn'> }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
    this.#auctions = deps.auctions;
    this.#payments = deps.payments;
    this.#placing = deps.placing;
  }

  async dueAt(): Promise<number | null> {
    const read = this.#database.read<ShopTables>();
    const [fall, erasure] = await Promise.all([nextFall(read, {}), nextErasure(read, {})]);
    const moments = [fall, erasure].flatMap(({ rows }) => rows[0]?.at ?? []);
    return moments.length === 0 ? null : Math.min(...moments);
  }

  async settle(now: number): Promise<void> {
    const read = this.#database.read<ShopTables>();
    const over = await read
      .selectFrom('auctions')
      .innerJoin('promotions', 'promotions.id', 'auctions.promotion_id')
      .select('id')
      .where('settled_at', 'is', null)
      .where('ends_at', '<=', now)
      .execute();
    const old = await read.selectFrom('auctions').select('promotion_id as id').where('erase_at', '<=', now).execute();
    // Each for itself: one that cannot be settled now keeps no other waiting.
    const outcomes = await Promise.allSettled([...over.map(({ id }) => this.#once(id, undefined, (work) => this.#fall(work, id))), ...old.map(({ id }) => this.#forget(id))]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /**
   * Sells to the next what the last has not paid, at the price that the auction would have had without those who did not pay.
   * @throws FieldcastError `not-found` where nobody is left, `order.wrong-state` where it is sold or going on, `stock.insufficient`.
   */
  async offerNext(promotionId: string, once: Once | undefined): Promise<AuctionBook> {
    await this.#once(promotionId, once, async (work) => {
      const row = await this.#promotions.row(work.transaction, promotionId);
      const auction = await auctionOf(work.transaction, promotionId);
      const result = await this.#auctions.resultOf(work.transaction, row, auction);
      if (result !== 'unpaid') throw new FieldcastError('order.wrong-state', 'It is not to be sold again.', { params: { state: result ?? 'running' } });
      const next = await this.#next(work.transaction, auction);
      if (!next) throw new FieldcastError('not-found', 'Nobody else has bid.');
      await this.#sell(work, row, auction, next);
    });
    return this.book(promotionId);
  }

  /** Who bids, as the staff may know it. @throws FieldcastError `not-found`. */
  async book(promotionId: string): Promise<AuctionBook> {
    const database = this.#database.read<ShopTables>();
    const auction = asAuction(await this.#promotions.read(promotionId));
    const bidders = await database
      .selectFrom('auction_bidders')
      .leftJoin('orders', 'orders.id', 'auction_bidders.order_id')
      .selectAll('auction_bidders')
      .select(['orders.id as orderId', 'orders.number', 'orders.state', 'orders.total_minor as totalMinor'])
      .where('promotion_id', '=', promotionId)
      .orderBy('max_minor', 'desc')
      .orderBy('bidder')
      .execute();
    const next = auction.result === 'unpaid' ? await this.#next(database, await auctionOf(database, promotionId)) : null;
    const nextName = next && (bidders.find(({ bidder }) => bidder === next.leader)?.name ?? '');
    const known = bidders.map(({ bidder, name, max_minor: maxMinor, last_bid_at: lastBidAt, orderId, number, state, totalMinor }) => ({
      letter: letterOf(bidder),
      name: maskName(name),
      // Before the hammer it would let the seller's own people bid up to it.
      maxMinor: auction.result === null ? null : maxMinor,
      lastBidAt,
      isLeading: auction.leader === letterOf(bidder),
      order: orderId === null || number === null || state === null || totalMinor === null ? null : { id: orderId, number, state, totalMinor },
    }));
    // Nor may their order say who has said most.
    if (auction.result === null) known.sort((a, b) => Number(b.isLeading) - Number(a.isLeading) || b.lastBidAt - a.lastBidAt);
    return { auction, bidders: known, next: next && { letter: letterOf(next.leader), name: maskName(nextName ?? ''), priceMinor: next.priceMinor } };
  }

  async #fall(work: Work, id: string): Promise<void> {
    const row = await this.#promotions.row(work.transaction, id);
    const auction = await auctionOf(work.transaction, id);
    // Another bid gave it more time, or somebody was here first.
    if (auction.settled_at !== null || stateOf(row, work.now) !== 'over') return;
    const standing = standingOf(auction);
    if (standing) return this.#sell(work, row, auction, standing);
    await this.#auctions.letGo(work, auction, row.seller_id);
    await work.transaction.updateTable('auctions').set({ settled_at: work.now }).where('promotion_id', '=', id).execute();
    await this.#promotions.changed(work, id);
  }

  /** Places the order of who has won: they were told what it costs them, and bound themselves to it. */
  async #sell(work: Work, { id, show_id: showId, seller_id: sellerId }: PromotionRow, auction: AuctionRow, { leader, maxMinor, priceMinor }: Standing): Promise<void> {
    const { transaction, now, tell } = work;
    const who = await transaction.selectFrom('auction_bidders').selectAll().where('promotion_id', '=', id).where('bidder', '=', leader).executeTakeFirstOrThrow();
    const { name, phone, address, note, identity } = who;
    const deliveryMinor = await deliveryCharged(transaction, { sellerId, variantId: auction.variant_id, goodsMinor: priceMinor, address }, who.delivery_minor);
    const order = await this.#placing().placeIn(
      work,
      { lines: [{ variantId: auction.variant_id, quantity: 1 }], buyer: { name, phone, address }, note, payment: this.#wayOf(who) },
      { showId, sellerId, allowedProductIds: new Set([auction.product_id]), isOnAir: false, won: { promotionId: id, unitMinor: priceMinor, deliveryMinor } },
      winner(identity),
    );
    await transaction.updateTable('auction_bidders').set({ order_id: order.id }).where('promotion_id', '=', id).where('bidder', '=', leader).execute();
    await transaction
      .updateTable('auctions')
      .set({ settled_at: now, order_id: order.id, leader, leader_max_minor: maxMinor, price_minor: priceMinor, erase_at: now + KEPT_MS })
      .where('promotion_id', '=', id)
      .execute();
    await eraseBidders(transaction, id, { onlyForgotten: true });
    tell('promotion.mine', { showId, identity, mine: { what: 'won', promotionId: id, orderId: order.id } });
    await this.#promotions.changed(work, id);
  }

  /** How the auction stands without those who had it and those who are not known any more. */
  async #next(database: Kysely<ShopTables>, auction: AuctionRow): Promise<Standing | null> {
    const bids = await database
      .selectFrom('auction_bids')
      .innerJoin('auction_bidders', (join) => join.onRef('auction_bidders.promotion_id', '=', 'auction_bids.promotion_id').onRef('auction_bidders.bidder', '=', 'auction_bids.bidder'))
      .select(['auction_bids.bidder', 'auction_bids.max_minor as maxMinor'])
      .where('auction_bids.promotion_id', '=', auction.promotion_id)
      .where('order_id', 'is', null)
      .where('identity', '<>', '')
      .orderBy('position')
      .execute();
    const rules = rulesOf(auction);
    return bids.reduce<Standing | null>((standing, bid) => afterBid(rules, standing, bid) ?? standing, null);
  }

  /** A way of paying that the server has lost since must not keep the hammer up. */
  #wayOf({ payment }: BidderRow): BidderRow['payment'] {
    return this.#payments[payment] ? payment : 'cod';
  }

  async #forget(id: string): Promise<void> {
    await this.#once(id, undefined, async ({ transaction }) => {
      await eraseBidders(transaction, id);
      await transaction.updateTable('auctions').set({ erase_at: null }).where('promotion_id', '=', id).execute();
    });
  }

  async #once(id: string, once: Once | undefined, act: (work: Work) => Promise<void>): Promise<void> {
    await this.#commits.run(
      once,
      async (work) => {
        await act(work);
        return { id };
      },
      async () => ({ id }),
    );
  }
}

/** As whom the order is placed: by bidding they have. */
function winner(identity: string): Caller {
  return { claims: { role: 'viewer', identity }, isKnown: true, address: '' };
}
