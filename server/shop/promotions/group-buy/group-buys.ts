// Owns group buys as promotions: starting one, what it offers an order that joins, and how it looks to everybody. Its end is in group-settling.ts.
import type { Kysely, Selectable } from 'kysely';
import { compileOnce } from '../../../platform/db/compile-once.ts';
import type { Once } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { GroupBuy, GroupBuyRequest } from '../../../protocol/group-buy.ts';
import { type Order, type OrderState, QUANTITY_LIMIT } from '../../../protocol/order.ts';
import { PRICE_DAYS } from '../../../protocol/promotions.ts';
import type { Commits, Work } from '../../commits.ts';
import type { ShopTables } from '../../schema.ts';
import type { Asked, Offer, OrderPart } from '../part.ts';
import { endDeals, lowestBefore, noteDeal } from '../price-record/record.ts';
import type { Common, KindOfPromotion, Promotions } from '../promotions.ts';
import { goodsAt, type StartPlace } from '../start-place.ts';
import { type PromotionRow, requireRunning, stateOf } from '../state.ts';
import { buyersOf } from './count.ts';
import { entryMinor, type Tier, tierReached } from './tiers.ts';

const findGroup = compileOnce<ShopTables, { id: string }>()((database, param) =>
  database
    .selectFrom('group_buys')
    .innerJoin('variants', 'variants.id', 'group_buys.variant_id')
    .selectAll('group_buys')
    .select('variants.price_minor as list_minor')
    .where('promotion_id', '=', param('id')),
);
const findJoined = compileOnce<ShopTables, { orderId: string }>()((database, param) =>
  database.selectFrom('group_buy_orders').select('promotion_id').where('order_id', '=', param('orderId')),
);

type GroupRow = Selectable<ShopTables['group_buys']> & { list_minor: number };

export class GroupBuys implements KindOfPromotion, OrderPart {
  readonly kind = 'group-buy';
  readonly #commits: Commits;
  readonly #promotions: Promotions;

  constructor(deps: { commits: Commits; promotions: Promotions }) {
    this.#commits = deps.commits;
    this.#promotions = deps.promotions;
  }

  /**
   * Starts a group, at once.
   * @throws FieldcastError `shelf.not-on-shelf` (params `variantId`), `promotion.already-on` (params `promotionId`),
   * `promotion.price-not-honest` (params `lowestMinor`, `days`).
   */
  start(request: GroupBuyRequest, place: StartPlace, once: Once | undefined): Promise<GroupBuy> {
    return this.#commits.run(once, (work) => this.#start(request, place, work), async (id) => asGroupBuy(await this.#promotions.read(id)));
  }

  async #start({ title, variantId, tiers, minutes, pickUp }: GroupBuyRequest, place: StartPlace, work: Work): Promise<GroupBuy> {
    const { transaction, now } = work;
    const { showId, sellerId, byName } = place;
    const goods = await goodsAt(transaction, variantId, place);
    await requireNoOther(work, showId, variantId);
    await requireHonest(work, { variantId, tiers, listMinor: goods.priceMinor });
    const endsAt = now + minutes * 60_000;
    const { id } = await this.#promotions.open(work, { kind: 'group-buy', showId, sellerId, title, byName, shownAt: now, startsAt: now, endsAt });
    const fetched = { pick_up_address: pickUp?.address ?? null, pick_up_note: pickUp?.note ?? '' };
    await transaction
      .insertInto('group_buys')
      .values({ promotion_id: id, product_id: goods.productId, variant_id: variantId, tiers: JSON.stringify(tiers), ...fetched })
      .execute();
    const priceMinor = entryMinor(tiers);
    if (priceMinor < goods.priceMinor) await noteDeal(transaction, { promotionId: id, variantId, priceMinor, from: now, until: endsAt });
    return asGroupBuy(await this.#promotions.changed(work, id));
  }

  async view(row: PromotionRow, common: Common, database: Kysely<ShopTables>): Promise<GroupBuy> {
    const group = await groupOf(database, row.id);
    const tiers = tiersOf(group);
    const now = await buyersOf(database, row.id);
    const buyers = group.buyers ?? now.buyers;
    const { pick_up_address: address, pick_up_note: note } = group;
    return {
      kind: 'group-buy',
      ...common,
      productId: group.product_id,
      variantId: group.variant_id,
      listMinor: group.list_minor,
      tiers,
      buyers,
      waiting: now.waiting,
      reached: group.reached ?? tierReached(tiers, buyers),
      pickUp: address === null ? null : { address, note },
      isClosed: group.closed_at !== null,
    };
  }

  /** Ended by the staff: its deadline is now, and what is reached by now counts. */
  async ended({ id }: PromotionRow, { transaction, now }: Work): Promise<void> {
    await endDeals(transaction, id, now);
  }

  /** @throws FieldcastError `not-found`, `promotion.over`, `input.invalid` for other goods in the same order: what is fetched together is ordered by itself. */
  async offers({ groupBuyId, showId, lines, coupon, now }: Asked, database: Kysely<ShopTables>): Promise<Offer> {
    if (groupBuyId === undefined) return {};
    const row = await this.#promotions.row(database, groupBuyId);
    if (row.show_id !== showId) throw new FieldcastError('not-found', 'There is no such group buy in this show.');
    const group = await groupOf(database, groupBuyId);
    requireRunning(row, now);
    const { variant_id: variantId, pick_up_address: pickUpAt } = group;
    if (lines.some((line) => line.variantId !== variantId)) {
      throw new FieldcastError('input.invalid', 'A group buy is ordered by itself.', { issues: [{ path: 'body.lines', message: 'only the goods of the group' }] });
    }
    return {
      deals: [{ promotionId: groupBuyId, kind: 'group-buy', title: row.title, variantId, unitMinor: entryMinor(tiersOf(group)), units: QUANTITY_LIMIT }],
      ...(pickUpAt === null ? {} : { pickUpAt }),
      // What may still become cheaper for all takes no coupon of one.
      ...(coupon === undefined ? {} : { coupon: { code: 'coupon.not-usable', params: { why: 'goods' } } }),
    };
  }

  async placed(order: Order, { groupBuyId }: Asked, work: Work): Promise<void> {
    const [line] = order.lines;
    if (groupBuyId === undefined || !line) return;
    const offMinor = order.discounts.reduce((sum, { variantId, amountMinor }) => (variantId === line.variantId ? sum + amountMinor : sum), 0);
    await work.transaction
      .insertInto('group_buy_orders')
      .values({ order_id: order.id, promotion_id: groupBuyId, quantity: line.quantity, goods_minor: line.totalMinor - offMinor })
      .execute();
    await this.#promotions.changed(work, groupBuyId);
  }

  /** Paid, cancelled, taken up again: there may be more buyers or fewer, or one to settle with. */
  async moved(order: Order, _to: OrderState, work: Work): Promise<void> {
    const [joined] = (await findJoined(work.transaction, { orderId: order.id })).rows;
    if (joined) await this.#promotions.changed(work, joined.promotion_id);
  }
}

/** @throws FieldcastError `not-found` for what is no group buy. */
async function groupOf(database: Kysely<ShopTables>, id: string): Promise<GroupRow> {
  const [row] = (await findGroup(database, { id })).rows;
  if (!row) throw new FieldcastError('not-found', 'There is no such group buy.');
  return row;
}

export function tiersOf({ tiers }: { tiers: string }): Tier[] {
  return JSON.parse(tiers) as Tier[];
}

async function requireNoOther({ transaction, now }: Work, showId: string, variantId: string): Promise<void> {
  const rows = await transaction
    .selectFrom('promotions')
    .innerJoin('group_buys', 'group_buys.promotion_id', 'promotions.id')
    .selectAll('promotions')
    .where('show_id', '=', showId)
    .where('variant_id', '=', variantId)
    .where('ended_at', 'is', null)
    .execute();
  const other = rows.find((row) => stateOf(row, now) !== 'over');
  if (other) throw new FieldcastError('promotion.already-on', 'There is a group for it already.', { params: { promotionId: other.id } });
}

/** Nobody joins above the list price; what a group makes cheaper is below every list price of the last days, and not above a deal of them. */
async function requireHonest({ transaction, now }: Work, { variantId, tiers, listMinor }: { variantId: string; tiers: readonly Tier[]; listMinor: number }): Promise<void> {
  const { list, deal } = await lowestBefore(transaction, { variantId, at: now });
  const lowestListMinor = Math.min(list, listMinor);
  const cheaper = tiers.filter((tier) => tier.priceMinor < listMinor);
  const best = cheaper.at(-1);
  const isHonest = best !== undefined && entryMinor(tiers) <= listMinor && cheaper.every((tier) => tier.priceMinor < lowestListMinor) && best.priceMinor <= deal;
  if (isHonest) return;
  throw new FieldcastError('promotion.price-not-honest', 'It was as cheap as that before.', { params: { lowestMinor: Math.min(lowestListMinor, deal), days: PRICE_DAYS } });
}

function asGroupBuy(promotion: { kind: string }): GroupBuy {
  if (promotion.kind !== 'group-buy') throw new FieldcastError('not-found', 'There is no such group buy.');
  return promotion as GroupBuy;
}
