// Owns orders as figures need them: what was ordered when, and what became of the money. Of the buyer there is no
// more than a key by which nobody is found.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../platform/db/database.ts';
import type { Role } from '../protocol/access.ts';
import type { OrderState } from '../protocol/order.ts';
import type { PaymentMethod } from '../protocol/payments.ts';
import type { ShopTables } from './schema.ts';

export interface Sale {
  orderId: string;
  showId: string;
  /** When it was begun, ms since epoch. */
  begunAt: number;
  /** When it became the seller's to work; null: it still waits for money, or never had any. */
  placedAt: number | null;
  /** When the first money came. */
  paidAt: number | null;
  /** When it was first sent; null: it was not. */
  sentAt: number | null;
  payment: PaymentMethod;
  state: OrderState;
  totalMinor: number;
  units: number;
  paidMinor: number;
  refundedMinor: number;
  /** Taken back by the buyer's bank. */
  isLost: boolean;
  /** The same for one buyer of one seller; empty once erased. */
  buyer: string;
  /** When they ordered, the seller had money of an earlier order of this buyer. */
  isReturning: boolean;
  /** County of the address; empty: it could not be told. */
  area: string;
  /** Who packed it last, or sent it where nobody did: role and name; null: nobody yet. */
  staff: { role: Role | 'system'; name: string } | null;
  /** Whoever carries it: a courier of the seller's own by their id, a carrier by its name alone; null: nobody yet. */
  courier: { id: string | null; name: string } | null;
}

/** How many people took a coupon, and how many of them ordered with it, until the end of its show and until the end of the days after it. */
export interface CouponTaken {
  promotionId: string;
  liveClaims: number;
  liveUsers: number;
  claims: number;
  users: number;
}

export interface SaleLine {
  orderId: string;
  productId: string;
  /** As it was called when it was ordered. */
  name: string;
  units: number;
  /** Less what offers took off these goods themselves; a coupon is for the order as a whole. */
  goodsMinor: number;
}

/** A promotion by which an order was placed. */
export interface SalePromotion {
  orderId: string;
  promotionId: string;
  /** At its price; 0 where it is for the order as a whole. */
  units: number;
  takenOffMinor: number;
}

export class Sales {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Orders of a show, oldest first. @param orderIds only these of them */
  ofShow(showId: string, orderIds?: readonly string[]): Promise<Sale[]> {
    return salesOf(this.#database.read<ShopTables>(), showId, orderIds);
  }

  /** What they are made of. */
  linesOf(showId: string, orderIds?: readonly string[]): Promise<SaleLine[]> {
    return this.#database
      .read<ShopTables>()
      .selectFrom('order_lines as line')
      .innerJoin('orders', 'orders.id', 'line.order_id')
      .where('orders.show_id', '=', showId)
      .$if(orderIds !== undefined, (query) => query.where('orders.id', 'in', orderIds ?? []))
      .select((eb) => {
        const takenOff = eb.selectFrom('order_discounts as discount').select((inner) => inner.fn.coalesce(inner.fn.sum<number>('discount.amount_minor'), inner.lit(0)).as('minor')).whereRef('discount.order_id', '=', 'line.order_id').whereRef('discount.variant_id', '=', 'line.variant_id');
        return ['line.order_id as orderId', 'line.product_id as productId', eb.fn.max('line.name').as('name'), eb.fn.sum<number>('line.quantity').as('units'), eb.fn.sum<number>(eb('line.total_minor', '-', takenOff)).as('goodsMinor')];
      })
      .groupBy(['line.order_id', 'line.product_id'])
      .execute();
  }

  /** By which promotions they were placed. */
  async promotionsOf(showId: string, orderIds?: readonly string[]): Promise<SalePromotion[]> {
    const reader = this.#database.read<ShopTables>();
    const discounts = await reader
      .selectFrom('order_discounts as discount')
      .innerJoin('orders', 'orders.id', 'discount.order_id')
      .where('orders.show_id', '=', showId)
      .$if(orderIds !== undefined, (query) => query.where('orders.id', 'in', orderIds ?? []))
      .select((eb) => ['discount.order_id as orderId', 'discount.promotion_id as promotionId', eb.fn.sum<number>('discount.quantity').as('units'), eb.fn.sum<number>('discount.amount_minor').as('takenOffMinor')])
      .groupBy(['discount.order_id', 'discount.promotion_id'])
      .execute();
    // The price of what was won is its own: nothing is taken off it.
    const won = await reader
      .selectFrom('auction_bidders as bidder')
      .innerJoin('promotions', 'promotions.id', 'bidder.promotion_id')
      .where('promotions.show_id', '=', showId)
      .where('bidder.order_id', 'is not', null)
      .$if(orderIds !== undefined, (query) => query.where('bidder.order_id', 'in', orderIds ?? []))
      .select(['bidder.order_id', 'bidder.promotion_id as promotionId'])
      .execute();
    return [...discounts, ...won.map(({ order_id, promotionId }) => ({ orderId: order_id as string, promotionId, units: 1, takenOffMinor: 0 }))];
  }

  /** Of coupons of a show that anybody took; `live` is until `endedAt`. Orders with them count in whichever show they are. */
  couponsOf(showId: string, { endedAt, until }: { endedAt: number; until: number }): Promise<CouponTaken[]> {
    const claims = this.#database
      .read<ShopTables>()
      .selectFrom('coupon_claims as claim')
      .innerJoin('promotions', 'promotions.id', 'claim.promotion_id')
      .leftJoin('order_changes as change', (join) => join.onRef('change.order_id', '=', 'claim.order_id').on('change.to_state', '=', 'placed'))
      .where('promotions.show_id', '=', showId)
      .select((eb) => ['claim.promotion_id', 'claim.person', eb.fn.min('claim.at').as('claimed_at'), eb.fn.min('change.at').as('used_at')])
      .groupBy(['claim.promotion_id', 'claim.person']);
    return this.#database
      .read<ShopTables>()
      .selectFrom(claims.as('each'))
      .select((eb) => {
        const people = (at: 'claimed_at' | 'used_at', last: number) => eb.fn.sum<number>(eb.case().when(at, '<=', last).then(1).else(0).end());
        return ['promotion_id as promotionId', people('claimed_at', endedAt).as('liveClaims'), people('used_at', endedAt).as('liveUsers'), people('claimed_at', until).as('claims'), people('used_at', until).as('users')];
      })
      .groupBy('promotion_id')
      .execute();
  }

  /** Value placed at a seller in a stretch of time by other shows than one, minor units. */
  async besides(showId: string, { sellerId, from, to }: { sellerId: string; from: number; to: number }): Promise<number> {
    const row = await this.#database
      .read<ShopTables>()
      .selectFrom('orders')
      .select((eb) => eb.fn.sum<number | null>('total_minor').as('sum'))
      .where('seller_id', '=', sellerId)
      .where('show_id', '<>', showId)
      .where('placed_at', '>=', from)
      .where('placed_at', '<', to)
      .where((eb) => eb.exists(eb.selectFrom('order_changes').select('position').whereRef('order_id', '=', 'orders.id').where('to_state', '=', 'placed')))
      .executeTakeFirst();
    return row?.sum ?? 0;
  }
}

async function salesOf(reader: Kysely<ShopTables>, showId: string, orderIds: readonly string[] | undefined): Promise<Sale[]> {
  const rows = await reader
    .selectFrom('orders')
    .innerJoin('payments', 'payments.order_id', 'orders.id')
    .leftJoin('order_buyers as buyer', 'buyer.order_id', 'orders.id')
    .leftJoin('deliveries as door', 'door.order_id', 'orders.id')
    .leftJoin('couriers', 'couriers.id', 'door.courier_id')
    .leftJoin('order_tracking as tracking', 'tracking.order_id', 'orders.id')
    .leftJoin('order_changes as packing', (join) => join.onRef('packing.order_id', '=', 'orders.id').on('packing.position', '=', lastPacking))
    .where('orders.show_id', '=', showId)
    .$if(orderIds !== undefined, (query) => query.where('orders.id', 'in', orderIds ?? []))
    .select(['orders.id as orderId', 'orders.show_id as showId', 'orders.placed_at as begunAt', 'orders.payment', 'orders.state', 'orders.total_minor as totalMinor', 'paid_minor as paidMinor', 'refunded_minor as refundedMinor', 'payments.state as money', 'buyer.phone_key as buyer', 'buyer.area'])
    .select(['packing.by_role as staffRole', 'packing.by_name as staffName', 'couriers.id as courierId', 'couriers.name as courierName', 'tracking.courier as carrier'])
    .select((eb) => [
      eb.selectFrom('order_changes as change').select((inner) => inner.fn.min('change.at').as('at')).whereRef('change.order_id', '=', 'orders.id').where('change.to_state', '=', 'placed').as('placedAt'),
      eb.selectFrom('payment_changes as step').select((inner) => inner.fn.min('step.at').as('at')).whereRef('step.order_id', '=', 'orders.id').where('step.amount_minor', '>', 0).as('paidAt'),
      eb.selectFrom('order_changes as sent').select((inner) => inner.fn.min('sent.at').as('at')).whereRef('sent.order_id', '=', 'orders.id').where('sent.to_state', '=', 'shipped').as('sentAt'),
      eb.selectFrom('order_lines as line').select((inner) => inner.fn.sum<number>('line.quantity').as('units')).whereRef('line.order_id', '=', 'orders.id').as('units'),
      eb
        .exists(
          eb
            .selectFrom('order_buyers as earlier')
            .select('earlier.order_id')
            .whereRef('earlier.seller_id', '=', 'orders.seller_id')
            .whereRef('earlier.phone_key', '=', 'buyer.phone_key')
            .where('earlier.phone_key', '<>', '')
            .whereRef('earlier.placed_at', '<', 'orders.placed_at')
            // As it was then: whatever becomes of an earlier order afterwards, nobody has to look at this one again.
            .where((inner) => inner(inner.selectFrom('payment_changes as money').select((sum) => sum.fn.sum<number>('money.amount_minor').as('minor')).whereRef('money.order_id', '=', 'earlier.order_id').whereRef('money.at', '<=', 'orders.placed_at'), '>', 0)),
        )
        .as('isReturning'),
    ])
    .orderBy('orders.number')
    .execute();
  return rows.map(({ money, buyer, units, isReturning, area, staffRole, staffName, courierId, courierName, carrier, ...row }) => ({
    ...row,
    units: units ?? 0,
    isLost: money === 'lost',
    buyer: buyer ?? '',
    isReturning: Boolean(isReturning),
    area: area ?? '',
    staff: staffRole === null ? null : { role: staffRole, name: staffName ?? '' },
    courier: courierName !== null ? { id: courierId, name: courierName } : carrier ? { id: null, name: carrier } : null,
  }));
}

/** Position of the last change to packed, or to sent where there is none. */
const lastPacking = sql<number>`(select step.position from order_changes step where step.order_id = orders.id and step.to_state in ('packed', 'shipped') order by step.to_state = 'packed' desc, step.position desc limit 1)`;

