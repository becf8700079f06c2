// Owns auctions as promotions: starting one with its piece off the shelf, how it looks to everybody, and what becomes of the piece.
import type { Kysely } from 'kysely';
import type { Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { type Auction, type AuctionRequest, usualSteps } from '../../../protocol/auction.ts';
import type { Order, OrderState } from '../../../protocol/order.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import { putBack, reserve } from '../../stock.ts';
import type { Asked, OrderPart } from '../part.ts';
import type { Common, KindOfPromotion, Promotions } from '../promotions.ts';
import { goodsAt, type StartPlace } from '../start-place.ts';
import { type PromotionRow, stateOf } from '../state.ts';
import { leastFor, letterOf } from './bidding.ts';
import { eraseBidders } from './erasure.ts';
import { auctionOf, type AuctionRow, biddersIn, rulesOf, standingOf, stepsOf } from './rows.ts';

export class Auctions implements KindOfPromotion, OrderPart {
  readonly kind = 'auction';
  readonly #commits: Commits;
  readonly #promotions: Promotions;

  constructor(deps: { commits: Commits; promotions: Promotions }) {
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
  }

  /**
   * Starts an auction, or its countdown.
   * @throws FieldcastError `shelf.not-on-shelf` (params `variantId`), `stock.insufficient` (params `variantId`, `left`), `promotion.already-on`
   * (params `promotionId`).
   */
  start(request: AuctionRequest, place: StartPlace, once: Once | undefined): Promise<Auction> {
    return this.#commits.run(once, (work) => this.#start(request, place, work), async (id) => asAuction(await this.#promotions.read(id)));
  }

  async #start(request: AuctionRequest, place: StartPlace, work: Work): Promise<Auction> {
    const { transaction, now, tell } = work;
    const { showId, sellerId, byName } = place;
    const { variantId, startMinor } = request;
    const goods = await goodsAt(transaction, variantId, place);
    await this.#requireNoOther(work, showId);
    // Off the shelf at once: nobody may bid for what somebody else is buying.
    const fact = await reserve(transaction, variantId, 1);
    const startsAt = now + request.countdownSeconds * 1_000;
    const endsAt = startsAt + request.seconds * 1_000;
    const { id } = await this.#promotions.open(work, { kind: 'auction', showId, sellerId, title: request.title, byName, shownAt: now, startsAt, endsAt });
    const steps = JSON.stringify(request.steps ?? usualSteps(startMinor));
    const goodsOf = { product_id: goods.productId, variant_id: variantId, holds_unit: 1 as const };
    await transaction
      .insertInto('auctions')
      .values({ promotion_id: id, ...goodsOf, start_minor: startMinor, price_minor: startMinor, steps, extension_ms: request.extensionSeconds * 1_000 })
      .execute();
    tell('variants.changed', { sellerId, variants: [fact] });
    return asAuction(await this.#promotions.changed(work, id));
  }

  /** One at a time: a host can praise one piece. @throws FieldcastError `promotion.already-on`. */
  async #requireNoOther({ transaction, now }: Work, showId: string): Promise<void> {
    const rows = await transaction.selectFrom('promotions').selectAll().where('show_id', '=', showId).where('kind', '=', 'auction').where('ended_at', 'is', null).execute();
    const other = rows.find((row) => stateOf(row, now) !== 'over');
    if (other) throw new FieldcastError('promotion.already-on', 'There is an auction already.', { params: { promotionId: other.id } });
  }

  async view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<Auction> {
    const auction = await auctionOf(database, row.id);
    const standing = standingOf(auction);
    return {
      kind: 'auction',
      ...common,
      productId: auction.product_id,
      variantId: auction.variant_id,
      startMinor: auction.start_minor,
      priceMinor: auction.price_minor,
      leastMinor: leastFor(rulesOf(auction), standing, null),
      steps: stepsOf(auction),
      extensionSeconds: (auction.extension_ms / 1_000) as Auction['extensionSeconds'],
      bids: auction.bids,
      bidders: await biddersIn(database, row.id),
      leader: standing && letterOf(standing.leader),
      result: await this.resultOf(database, row, auction),
    };
  }

  async resultOf(database: Kysely<ShopTables>, row: PromotionRow, auction: AuctionRow): Promise<Auction['result']> {
    if (auction.settled_at === null) return null;
    if (auction.order_id === null) return row.ended_why === 'staff' ? 'called-off' : 'no-bids';
    const { state } = await database.selectFrom('orders').select('state').where('id', '=', auction.order_id).executeTakeFirstOrThrow();
    return state === 'cancelled' || state === 'refused' ? 'unpaid' : 'sold';
  }

  /** Called off by the staff: nobody has bought anything. By its time it is ended by the hammer. */
  async ended({ id, seller_id: sellerId }: PromotionRow, work: Work): Promise<void> {
    const auction = await auctionOf(work.transaction, id);
    await this.letGo(work, auction, sellerId);
    await work.transaction.updateTable('auctions').set({ settled_at: work.now }).where('promotion_id', '=', id).execute();
    await eraseBidders(work.transaction, id);
  }

  /** Whoever won buys the piece that was kept for them: it goes to the shelf for the blink in which their order takes it. */
  async taking({ wonId, sellerId }: Asked, work: Work): Promise<void> {
    if (wonId !== undefined) await this.letGo(work, await auctionOf(work.transaction, wonId), sellerId);
  }

  /** Whether it is sold is what its order says. */
  async moved({ id }: Order, _to: OrderState, work: Work): Promise<void> {
    const auction = await work.transaction.selectFrom('auction_bidders').select('promotion_id').where('order_id', '=', id).executeTakeFirst();
    if (auction) await this.#promotions.changed(work, auction.promotion_id);
  }

  /** Puts the piece back on the shelf if it is still kept: once, by whoever comes first. */
  async letGo({ transaction, tell }: Work, { promotion_id: id, variant_id: variantId }: AuctionRow, sellerId: string): Promise<void> {
    const { numUpdatedRows } = await transaction.updateTable('auctions').set({ holds_unit: 0 }).where('promotion_id', '=', id).where('holds_unit', '=', 1).executeTakeFirst();
    if (numUpdatedRows === 1n) tell('variants.changed', { sellerId, variants: [await putBack(transaction, variantId, 1)] });
  }
}

export function asAuction(promotion: { kind: string }): Auction {
  if (promotion.kind !== 'auction') throw new FieldcastError('not-found', 'There is no such auction.');
  return promotion as Auction;
}
