// Owns taking a bid: who may say how much, what it does to the auction, and what each bidder may know of their own.
import type { Caller } from '../../../platform/auth.ts';
import type { Database, Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { BidAnswer, BidRequest } from '../../../protocol/auction.ts';
import type { Buyer } from '../../../protocol/order.ts';
import type { PaymentMethod } from '../../../protocol/payments.ts';
import type { Commits, Work } from '../../commits.ts';
import type { BuyerKeys } from '../../payments/buyer-keys.ts';
import { readSettings, type Ways } from '../../payments/settings.ts';
import { requireFewUnpaid } from '../../payments/unpaid-limits.ts';
import type { ShopTables } from '../../schema.ts';
import type { Promotions } from '../promotions.ts';
import { type PromotionRow, stateOf } from '../state.ts';
import { asAuction } from './auctions.ts';
import { afterBid, endAfter, leastFor, letterOf } from './bidding.ts';
import { deliveryTold } from './delivery-told.ts';
import { auctionOf, type AuctionRow, bidderOf, type BidderRow, biddersIn, rulesOf, standingOf } from './rows.ts';

/** Who bids, and how they would pay. */
interface Details {
  buyer: Buyer;
  payment: PaymentMethod;
  note: string;
  deliveryMinor: number;
}

export class Bids {
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #promotions: Promotions;
  readonly #ways: Ways;
  readonly #keys: BuyerKeys;

  constructor(deps: { database: Database; commits: Commits; promotions: Promotions; ways: Ways; keys: BuyerKeys }) {
    this.#database = deps.database;
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
    this.#ways = deps.ways;
    this.#keys = deps.keys;
  }

  /**
   * Takes a bid, in the countdown too. What is said counts at the moment at which it came, so that a bid on the last second is in time.
   * @throws FieldcastError `not-found`, `promotion.not-yet`, `promotion.over`, `bid.too-low` (params `leastMinor`), `input.invalid` for a
   * first bid without buyer and payment; for those `payment.not-offered` (params `method`), `order.too-many-unpaid` (params `open`),
   * `order.limit-reached`, `delivery.not-here`.
   */
  async place(promotionId: string, request: BidRequest, caller: Caller, once: Once | undefined): Promise<BidAnswer> {
    const { identity } = caller.claims;
    await this.#commits.run(once, (work) => this.#place(work, promotionId, request, identity), async (id) => ({ id }));
    return this.own(promotionId, identity);
  }

  /** @throws FieldcastError `not-found`. */
  async own(promotionId: string, identity: string): Promise<BidAnswer> {
    const database = this.#database.read<ShopTables>();
    const auction = asAuction(await this.#promotions.read(promotionId));
    const own = await bidderOf(database, promotionId, identity);
    if (!own) return { auction, mine: null };
    const letter = letterOf(own.bidder);
    return { auction, mine: { letter, maxMinor: own.max_minor, isLeading: auction.leader === letter, deliveryMinor: own.delivery_minor, orderId: own.order_id } };
  }

  async #place(work: Work, promotionId: string, request: BidRequest, identity: string): Promise<{ id: string }> {
    const { transaction, now } = work;
    const row = await this.#promotions.row(transaction, promotionId);
    const auction = await auctionOf(transaction, promotionId);
    const state = stateOf(row, now);
    if (state === 'over') throw new FieldcastError('promotion.over', 'The hammer has fallen.');
    if (state === 'planned') throw new FieldcastError('promotion.not-yet', 'This auction has not begun.', { params: { startsAt: row.starts_at } });

    const known = await bidderOf(transaction, promotionId, identity);
    const bidder = known?.bidder ?? (await biddersIn(transaction, promotionId));
    const details = await this.#details(work, row, auction, request, known);
    const before = standingOf(auction);
    const after = afterBid(rulesOf(auction), before, { bidder, maxMinor: request.maxMinor });
    if (!after) {
      throw new FieldcastError('bid.too-low', 'Another has bid as much.', { params: { leastMinor: leastFor(rulesOf(auction), before, bidder) } });
    }

    await this.#keep(work, auction, { bidder, identity, maxMinor: request.maxMinor, details });
    await transaction
      .updateTable('auctions')
      .set({ leader: after.leader, leader_max_minor: after.maxMinor, price_minor: after.priceMinor, bids: auction.bids + 1 })
      .where('promotion_id', '=', promotionId)
      .execute();
    const endsAt = endAfter(row.ends_at ?? now, { at: now, isByLeader: before?.leader === bidder }, auction.extension_ms);
    if (endsAt !== row.ends_at) await transaction.updateTable('promotions').set({ ends_at: endsAt }).where('id', '=', promotionId).execute();
    if (before && before.leader !== after.leader) await this.#tellOutbid(work, row, before.leader, leastFor(rulesOf(auction), after, null));
    await this.#promotions.changed(work, promotionId);
    return { id: promotionId };
  }

  /** What is known of them and what they say now; looked at where it is new, so that nobody wins what cannot be brought to them. */
  async #details(work: Work, { seller_id: sellerId, show_id: showId }: PromotionRow, auction: AuctionRow, request: BidRequest, known: BidderRow | undefined): Promise<Details> {
    const before = known && { buyer: { name: known.name, phone: known.phone, address: known.address }, payment: known.payment };
    const buyer = request.buyer ?? before?.buyer;
    const payment = request.payment ?? before?.payment;
    const note = request.note ?? known?.note ?? '';
    if (!buyer || !payment) {
      const path = buyer ? 'body.payment' : 'body.buyer';
      throw new FieldcastError('input.invalid', 'Say who you are and how you pay with your first bid.', { issues: [{ path, message: 'needed with the first bid' }] });
    }
    if (known && !request.buyer && !request.payment) return { buyer, payment, note, deliveryMinor: known.delivery_minor };
    const { transaction, now } = work;
    const settings = await readSettings(transaction, sellerId);
    this.#ways.require(settings, payment);
    await requireFewUnpaid(transaction, { buyer, payment }, { sellerId, settings, keys: this.#keys, now });
    const phoneKey = this.#keys.phone(sellerId, buyer.phone);
    const deliveryMinor = await deliveryTold(transaction, { sellerId, showId, variantId: auction.variant_id, goodsMinor: auction.start_minor, address: buyer.address, phoneKey });
    return { buyer, payment, note, deliveryMinor };
  }

  async #keep({ transaction, now }: Work, auction: AuctionRow, { bidder, identity, maxMinor, details }: { bidder: number; identity: string; maxMinor: number; details: Details }): Promise<void> {
    const { promotion_id: promotionId, bids } = auction;
    const { buyer, payment, note, deliveryMinor } = details;
    const said = { ...buyer, note, payment, delivery_minor: deliveryMinor, max_minor: maxMinor, last_bid_at: now };
    await transaction
      .insertInto('auction_bidders')
      .values({ promotion_id: promotionId, bidder, identity, ...said })
      .onConflict((conflict) => conflict.columns(['promotion_id', 'bidder']).doUpdateSet(said))
      .execute();
    await transaction.insertInto('auction_bids').values({ promotion_id: promotionId, position: bids, bidder, max_minor: maxMinor, at: now }).execute();
  }

  async #tellOutbid({ transaction, tell }: Work, { id: promotionId, show_id: showId }: PromotionRow, bidder: number, leastMinor: number): Promise<void> {
    const { identity } = await transaction.selectFrom('auction_bidders').select('identity').where('promotion_id', '=', promotionId).where('bidder', '=', bidder).executeTakeFirstOrThrow();
    if (identity !== '') tell('promotion.mine', { showId, identity, mine: { what: 'outbid', promotionId, leastMinor } });
  }
}
