// Owns coupons: giving one out, what it is for an order, and how many orders have used it.
import { randomBytes } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Clock } from '../../../platform/clock.ts';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Database, Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { type CodedCoupon, type Coupon, type CouponDiscount, type CouponRequest, foldCouponCode } from '../../../protocol/coupon.ts';
import type { Order, OrderState } from '../../../protocol/order.ts';
import type { CouponRefusal } from '../../../protocol/promotion-shape.ts';
import type { Promotion } from '../../../protocol/promotions.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import { buyerHad } from '../buyer-had.ts';
import { type Asked, countTurn, type Offer, type OrderPart } from '../part.ts';
import type { Common, KindOfPromotion, Promotions } from '../promotions.ts';
import { type PromotionRow, stateOf } from '../state.ts';
import { noteTap, noteUse } from './claims.ts';

const YEAR_MS = 366 * 24 * 3600_000;
/** Without 0, O, 1, I and L, which people take for each other. 6 of 31 signs are 900 million codes. */
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 6;

/** Where a coupon is given out, and by whom. */
export interface CouponPlace {
  showId: string;
  sellerId: string;
  byName: string;
}

type CouponRow = Selectable<ShopTables['coupons']>;

const byCode = compileOnce<ShopTables, { sellerId: string; code: string }>()((database, param) =>
  database
    .selectFrom('coupons')
    .innerJoin('promotions', 'promotions.id', 'coupons.promotion_id')
    .selectAll('promotions')
    .select(['discount', 'value', 'minimum_minor', 'product_id', 'uses', 'used', 'once_per_buyer', 'live_only'])
    .where('coupons.seller_id', '=', param('sellerId'))
    .where('coupons.code', '=', param('code'))
    // Of several that had the code, the one that is not over; else the newest.
    .orderBy((eb) => eb('ended_at', 'is', null), 'desc')
    .orderBy('created_at', 'desc')
    .limit(sql.lit(1)),
);

const use = compileOnce<ShopTables, { promotionId: string }>()((database, param) =>
  database
    .updateTable('coupons')
    .set((eb) => ({ used: eb('used', '+', sql.lit(1)) }))
    .where('promotion_id', '=', param('promotionId'))
    .where((eb) => eb.or([eb('uses', 'is', null), eb('used', '<', eb.ref('uses'))]))
    .returning('once_per_buyer'),
);

export class Coupons implements KindOfPromotion, OrderPart {
  readonly kind = 'coupon';
  readonly #database: Database;
  readonly #commits: Commits;
  readonly #promotions: Promotions;
  readonly #clock: Clock;

  constructor(deps: { database: Database; commits: Commits; promotions: Promotions; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
  }

  /**
   * Gives a coupon out from now on, or answers the one that this key gave out.
   * @throws FieldcastError `not-found` (params `productId`) for a product that is not the seller's, `coupon.code-taken` (params `code`),
   * `input.invalid` for an end that is past or too far away.
   */
  async open(request: CouponRequest, place: CouponPlace, once: Once | undefined): Promise<CodedCoupon> {
    const { id } = await this.#commits.run(once, (work) => this.#open(request, place, work), (id) => this.#promotions.read(id));
    return this.coded(id);
  }

  async #open(request: CouponRequest, { showId, sellerId, byName }: CouponPlace, work: Work) {
    const { transaction, now } = work;
    const { title, discount, minimumMinor, productId, uses, oncePerBuyer, until, isPinned } = request;
    if (until !== null && (until <= now || until > now + YEAR_MS)) {
      throw new FieldcastError('input.invalid', 'The coupon cannot hold until then.', { issues: [{ path: 'body.until', message: 'from now on, within a year' }] });
    }
    if (productId !== null) await requireOwn(transaction, sellerId, productId);
    const code = await freeCode(transaction, sellerId, request.code, now);
    const { id } = await this.#promotions.open(work, { kind: 'coupon', showId, sellerId, title, byName, shownAt: now, startsAt: now, endsAt: until });
    await transaction
      .insertInto('coupons')
      .values({
        promotion_id: id,
        seller_id: sellerId,
        code,
        discount: discount.kind,
        value: valueOf(discount),
        minimum_minor: minimumMinor,
        product_id: productId,
        uses,
        once_per_buyer: oncePerBuyer ? 1 : 0,
        live_only: until === null ? 1 : 0,
        pinned: isPinned ? 1 : 0,
      })
      .execute();
    return this.#promotions.changed(work, id);
  }

  /** Shows its card to viewers, or takes it away. @throws FieldcastError `not-found`, `promotion.over`. */
  async pin(id: string, isPinned: boolean): Promise<CodedCoupon> {
    await this.#commits.run(
      undefined,
      async (work) => {
        const row = await this.#promotions.row(work.transaction, id);
        await this.#row(work.transaction, id);
        if (isPinned && stateOf(row, work.now) === 'over') throw new FieldcastError('promotion.over', 'This coupon is over.');
        const { numUpdatedRows } = await work.transaction
          .updateTable('coupons')
          .set({ pinned: isPinned ? 1 : 0 })
          .where('promotion_id', '=', id)
          .where('pinned', '<>', isPinned ? 1 : 0)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return { id };
        const promotion = await this.#promotions.changed(work, id);
        // The last that viewers hear of it.
        if (!isPinned) work.tell('promotion.changed', { showId: row.show_id, promotion });
        return { id };
      },
      async () => ({ id }),
    );
    return this.coded(id);
  }

  /** A coupon with its code, for staff. @throws FieldcastError `not-found`. */
  async coded(id: string): Promise<CodedCoupon> {
    const [promotion, { code }] = await Promise.all([this.#promotions.read(id), this.#row(this.#database.read<ShopTables>(), id)]);
    return { coupon: asCoupon(promotion), code };
  }

  /**
   * A pinned coupon with its code, for whoever takes it. @throws FieldcastError `not-found` also for one that is not pinned, `promotion.over`.
   * @param viewer who is counted as having taken it; missing: nobody
   */
  async take(id: string, viewer?: string): Promise<CodedCoupon> {
    const coded = await this.coded(id);
    if (!coded.coupon.isPinned) throw new FieldcastError('not-found', 'There is no such coupon to take.');
    if (coded.coupon.state === 'over') throw new FieldcastError('promotion.over', 'This coupon is over.');
    if (viewer !== undefined) await noteTap(this.#database, id, viewer, this.#clock.now());
    return coded;
  }

  /** Coupons of a show with their codes, newest first. */
  async list(showId: string): Promise<CodedCoupon[]> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('promotions')
      .select('id')
      .where('show_id', '=', showId)
      .where('kind', '=', 'coupon')
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return Promise.all(rows.map(({ id }) => this.coded(id)));
  }

  /** The show is over for good: what was for it alone ends with it. Orders ask the show itself, so that nothing depends on this. */
  async showOver(showId: string): Promise<void> {
    const rows = await this.#database
      .read<ShopTables>()
      .selectFrom('promotions')
      .innerJoin('coupons', 'coupons.promotion_id', 'promotions.id')
      .select('id')
      .where('show_id', '=', showId)
      .where('live_only', '=', 1)
      .where('ended_at', 'is', null)
      .execute();
    for (const { id } of rows) {
      await this.#commits.run(
        undefined,
        async (work) => {
          const row = await this.#promotions.row(work.transaction, id);
          if (stateOf(row, work.now) !== 'over') await this.#promotions.finish(work, row, 'time');
          return { id };
        },
        async () => ({ id }),
      );
    }
  }

  isListed(promotion: Promotion): boolean {
    return promotion.kind === 'coupon' && promotion.isPinned;
  }

  async view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<Coupon> {
    const coupon = await this.#row(database, row.id);
    return {
      kind: 'coupon',
      ...common,
      discount: discountOf(coupon),
      minimumMinor: coupon.minimum_minor,
      productId: coupon.product_id,
      uses: coupon.uses,
      left: coupon.uses === null ? null : coupon.uses - coupon.used,
      oncePerBuyer: coupon.once_per_buyer === 1,
      liveOnly: coupon.live_only === 1,
      isPinned: coupon.pinned === 1,
    };
  }

  async offers(asked: Asked, database: Kysely<ShopTables>): Promise<Offer> {
    if (asked.coupon === undefined) return {};
    const [row] = (await byCode(database, { sellerId: asked.sellerId, code: foldCouponCode(asked.coupon) })).rows;
    if (!row) return { coupon: { code: 'coupon.unknown', params: {} } };
    const why = await whyNot(row, asked, database);
    if (why !== undefined) return { coupon: notUsable(why) };
    const { id: promotionId, title, minimum_minor: minimumMinor, product_id: productId } = row;
    return { coupon: { promotionId, title, discount: discountOf(row), minimumMinor, productId } };
  }

  async placed(order: Order, { identity, now }: Asked, work: Work): Promise<void> {
    for (const promotionId of couponsOf(order)) {
      await this.#use(promotionId, work);
      await noteUse(work.transaction, promotionId, identity, { orderId: order.id, now });
    }
  }

  async moved(order: Order, to: OrderState, work: Work): Promise<void> {
    const turn = countTurn(order, to);
    if (turn === undefined) return;
    for (const promotionId of couponsOf(order)) {
      if (turn === 'take') {
        const { once_per_buyer: isOnce } = await this.#use(promotionId, work);
        if (isOnce === 1) await requireOnce(order, promotionId, work);
        continue;
      }
      await work.transaction
        .updateTable('coupons')
        .set((eb) => ({ used: eb('used', '-', 1) }))
        .where('promotion_id', '=', promotionId)
        .execute();
      await this.#promotions.changed(work, promotionId);
    }
  }

  /** @throws FieldcastError `coupon.not-usable` (params `why`: `used-up`). */
  async #use(promotionId: string, work: Work): Promise<Pick<CouponRow, 'once_per_buyer'>> {
    const [used] = (await use(work.transaction, { promotionId })).rows;
    if (!used) throw refusal('used-up');
    await this.#promotions.changed(work, promotionId);
    return used;
  }

  async #row(database: Kysely<ShopTables>, id: string): Promise<CouponRow> {
    const row = await database.selectFrom('coupons').selectAll().where('promotion_id', '=', id).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such coupon.');
    return row;
  }
}

type Why = 'over' | 'not-live' | 'used-up' | 'used';

/** What speaks against a coupon before its terms are looked at; undefined: nothing. */
async function whyNot(row: PromotionRow & Pick<CouponRow, 'uses' | 'used' | 'once_per_buyer' | 'live_only'>, asked: Asked, database: Kysely<ShopTables>): Promise<Why | undefined> {
  if (stateOf(row, asked.now) !== 'running') return 'over';
  if (row.live_only === 1 && !(asked.isOnAir && asked.showId === row.show_id)) return 'not-live';
  if (row.uses !== null && row.used >= row.uses) return 'used-up';
  if (row.once_per_buyer === 0 || asked.phoneKey === null) return undefined;
  const { times } = await buyerHad(database, { promotionId: row.id, sellerId: asked.sellerId, phoneKey: asked.phoneKey });
  return times > 0 ? 'used' : undefined;
}

function notUsable(why: Why): CouponRefusal {
  return { code: 'coupon.not-usable', params: { why } };
}

function refusal(why: Why): FieldcastError {
  return new FieldcastError('coupon.not-usable', 'This coupon takes nothing off this order.', { params: { why } });
}

/** An order that is taken up again uses its coupon like a new one. @throws FieldcastError `coupon.not-usable` (params `why`: `used`). */
async function requireOnce({ id, sellerId }: Order, promotionId: string, { transaction }: Work): Promise<void> {
  const { phone_key: phoneKey } = await transaction.selectFrom('order_buyers').select('phone_key').where('order_id', '=', id).executeTakeFirstOrThrow();
  // The order is in its new state by now, and counted.
  const { times } = await buyerHad(transaction, { promotionId, sellerId, phoneKey });
  if (times > 1) throw refusal('used');
}

/** @throws FieldcastError `not-found` (params `productId`). */
async function requireOwn(transaction: Work['transaction'], sellerId: string, productId: string): Promise<void> {
  const own = await transaction.selectFrom('products').select('id').where('id', '=', productId).where('seller_id', '=', sellerId).where('archived', '=', 0).executeTakeFirst();
  if (!own) throw new FieldcastError('not-found', 'There is no such product of this seller.', { params: { productId } });
}

/** The code asked for, or one that nobody has. @throws FieldcastError `coupon.code-taken` (params `code`). */
async function freeCode(transaction: Work['transaction'], sellerId: string, wanted: string | undefined, now: number): Promise<string> {
  for (;;) {
    const code = wanted ?? [...randomBytes(LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');
    const [other] = (await byCode(transaction, { sellerId, code })).rows;
    if (!other || stateOf(other, now) === 'over') return code;
    if (wanted !== undefined) throw new FieldcastError('coupon.code-taken', 'Another coupon has this code now.', { params: { code } });
  }
}

function valueOf(discount: CouponDiscount): number {
  if (discount.kind === 'amount') return discount.amountMinor;
  return discount.kind === 'percent' ? discount.percent : 0;
}

function discountOf({ discount, value }: Pick<CouponRow, 'discount' | 'value'>): CouponDiscount {
  if (discount === 'amount') return { kind: discount, amountMinor: value };
  return discount === 'percent' ? { kind: discount, percent: value } : { kind: discount };
}

function couponsOf(order: Order): string[] {
  return order.discounts.filter(({ kind }) => kind === 'coupon').map(({ promotionId }) => promotionId);
}

function asCoupon(promotion: { kind: string }): Coupon {
  if (promotion.kind !== 'coupon') throw new FieldcastError('not-found', 'There is no such coupon.');
  return promotion as Coupon;
}
