// Owns orders as they are stored: their rows, lines and history. The rules live in placing.ts and moving.ts.
import type { Kysely, Selectable, Transaction } from 'kysely';
import { amongJson, compileOnce } from '../platform/db/compile-once.ts';
import type { Database } from '../platform/db/database.ts';
import type { Order, OrderState } from '../protocol/order.ts';
import type { OrderDiscount } from '../protocol/promotion-shape.ts';
import { lotsOfOrders } from './order-lots.ts';
import type { ShopTables } from './schema.ts';

type OrderChange = Order['history'][number];

/** Orders of one answer; a seller who packs more than that reads on. */
const LIST_LIMIT = 500;

const addOrder = compileOnce<ShopTables, ShopTables['orders']>()((database, param) =>
  database.insertInto('orders').values({
    id: param('id'),
    seller_id: param('seller_id'),
    number: param('number'),
    show_id: param('show_id'),
    state: param('state'),
    payment: param('payment'),
    currency: param('currency'),
    total_minor: param('total_minor'),
    delivery_minor: param('delivery_minor'),
    buyer_name: param('buyer_name'),
    buyer_phone: param('buyer_phone'),
    buyer_address: param('buyer_address'),
    note: param('note'),
    placed_at: param('placed_at'),
    changed_at: param('changed_at'),
    synthetic: param('synthetic'),
    first_paid: param('first_paid'),
  }),
);

const addLine = compileOnce<ShopTables, ShopTables['order_lines']>()((database, param) =>
  database.insertInto('order_lines').values({
    order_id: param('order_id'),
    variant_id: param('variant_id'),
    position: param('position'),
    product_id: param('product_id'),
    name: param('name'),
    label: param('label'),
    grade: param('grade'),
    trace_code: param('trace_code'),
    unit: param('unit'),
    unit_price_minor: param('unit_price_minor'),
    quantity: param('quantity'),
    total_minor: param('total_minor'),
    picture_id: param('picture_id'),
  }),
);

const addChange = compileOnce<ShopTables, ShopTables['order_changes']>()((database, param) =>
  database.insertInto('order_changes').values({
    order_id: param('order_id'),
    position: param('position'),
    from_state: param('from_state'),
    to_state: param('to_state'),
    at: param('at'),
    by_role: param('by_role'),
    by_name: param('by_name'),
    note: param('note'),
    undoes: param('undoes'),
  }),
);

const addDiscount = compileOnce<ShopTables, ShopTables['order_discounts']>()((database, param) =>
  database.insertInto('order_discounts').values({
    order_id: param('order_id'),
    position: param('position'),
    promotion_id: param('promotion_id'),
    kind: param('kind'),
    title: param('title'),
    variant_id: param('variant_id'),
    quantity: param('quantity'),
    amount_minor: param('amount_minor'),
  }),
);

/** Stores a new order with its lines, its discounts and its first change. */
export async function insertOrder(transaction: Transaction<ShopTables>, order: Order): Promise<void> {
  await addOrder(transaction, {
    id: order.id,
    seller_id: order.sellerId,
    number: order.number,
    show_id: order.showId,
    state: order.state,
    payment: order.payment,
    currency: order.currency,
    total_minor: order.totalMinor,
    delivery_minor: order.deliveryMinor,
    buyer_name: order.buyer.name,
    buyer_phone: order.buyer.phone,
    buyer_address: order.buyer.address,
    note: order.note,
    placed_at: order.placedAt,
    changed_at: order.changedAt,
    synthetic: order.isSynthetic ? 1 : 0,
    first_paid: order.isFirstPaid ? 1 : 0,
  });
  for (const [position, line] of order.lines.entries()) {
    await addLine(transaction, {
      order_id: order.id,
      variant_id: line.variantId,
      position,
      product_id: line.productId,
      name: line.name,
      label: line.label,
      grade: line.grade ?? '',
      trace_code: line.traceCode ?? '',
      unit: line.unit,
      unit_price_minor: line.unitPriceMinor,
      quantity: line.quantity,
      total_minor: line.totalMinor,
      picture_id: line.pictureId,
    });
  }
  for (const [position, discount] of order.discounts.entries()) await insertDiscount(transaction, order.id, position, discount);
  for (const [position, change] of order.history.entries()) await insertChange(transaction, order.id, position, change, null);
}

export async function insertDiscount(transaction: Transaction<ShopTables>, orderId: string, position: number, discount: OrderDiscount): Promise<void> {
  const { promotionId, kind, title, variantId, quantity, amountMinor } = discount;
  await addDiscount(transaction, { order_id: orderId, position, promotion_id: promotionId, kind, title, variant_id: variantId, quantity, amount_minor: amountMinor });
}

const moveState = compileOnce<ShopTables, { id: string; from: OrderState; to: OrderState; at: number }>()((database, param) =>
  database
    .updateTable('orders')
    .set({ state: param('to'), changed_at: param('at') })
    .where('id', '=', param('id'))
    .where('state', '=', param('from')),
);

/** Moves an order from a state it is known to be in. False when it is not (any more). */
export async function updateState(
  transaction: Transaction<ShopTables>,
  orderId: string,
  from: OrderState,
  change: { to: OrderState; at: number },
): Promise<boolean> {
  const { numAffectedRows } = await moveState(transaction, { id: orderId, from, to: change.to, at: change.at });
  return numAffectedRows === 1n;
}

/** @param undoes position of the change that this one takes back. */
export async function insertChange(
  transaction: Transaction<ShopTables>,
  orderId: string,
  position: number,
  change: OrderChange,
  undoes: number | null,
): Promise<void> {
  const { from, to, at, byRole, byName, note } = change;
  await addChange(transaction, {
    order_id: orderId,
    position,
    from_state: from,
    to_state: to,
    at,
    by_role: byRole,
    by_name: byName,
    note,
    undoes,
  });
}

/** Changes of an order, oldest first. */
export function readChanges(database: Kysely<ShopTables>, orderId: string): Promise<Selectable<ShopTables['order_changes']>[]> {
  return database.selectFrom('order_changes').selectAll().where('order_id', '=', orderId).orderBy('position').execute();
}

export async function readOrder(database: Kysely<ShopTables>, id: string): Promise<Order | undefined> {
  const [order] = await readOrders(database, [id]);
  return order;
}

export function findOrder(database: Database, id: string): Promise<Order | undefined> {
  return readOrder(database.read<ShopTables>(), id);
}

/** A show's orders, newest first. @param filter.before only those with a smaller number. */
export async function listOrders(
  database: Database,
  filter: { showId: string; state?: OrderState | undefined; before?: number | undefined },
): Promise<Order[]> {
  const reader = database.read<ShopTables>();
  let query = reader.selectFrom('orders').select('id').where('show_id', '=', filter.showId);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.before !== undefined) query = query.where('number', '<', filter.before);
  const rows = await query.orderBy('number', 'desc').limit(LIST_LIMIT).execute();
  return readOrders(
    reader,
    rows.map((row) => row.id),
  );
}

/** Ids as JSON. */
interface Wanted {
  ids: string;
}

const ordersAmong = compileOnce<ShopTables, Wanted>()((database, param) =>
  database
    .selectFrom('orders')
    .innerJoin('sellers', 'sellers.id', 'orders.seller_id')
    .innerJoin('payments', 'payments.order_id', 'orders.id')
    .leftJoin('order_tracking', 'order_tracking.order_id', 'orders.id')
    .selectAll('orders')
    .select(['sellers.name as seller_name', 'payments.state as money_state', 'due_minor', 'paid_minor', 'refunded_minor', 'hold_until', 'is_processing', 'reference', 'order_tracking.courier as tracking_courier', 'order_tracking.number as tracking_number'])
    .select((eb) =>
      eb
        .selectFrom('payment_refunds')
        .select((inner) => inner.fn.coalesce(inner.fn.sum<number>('amount_minor'), inner.lit(0)).as('sum'))
        .whereRef('payment_refunds.order_id', '=', 'orders.id')
        .where('payment_refunds.state', '=', 'asked')
        .as('refunding_minor'),
    )
    .select((eb) =>
      eb
        .selectFrom('payment_problems')
        .select('kind')
        .whereRef('payment_problems.order_id', '=', 'orders.id')
        .where('settled_at', 'is', null)
        .orderBy('payment_problems.at')
        .limit(1)
        .as('problem'),
    )
    .where('orders.id', 'in', amongJson(param('ids'))),
);
const linesAmong = compileOnce<ShopTables, Wanted>()((database, param) =>
  database.selectFrom('order_lines').selectAll().where('order_id', 'in', amongJson(param('ids'))).orderBy('order_id').orderBy('position'),
);
const discountsAmong = compileOnce<ShopTables, Wanted>()((database, param) =>
  database.selectFrom('order_discounts').selectAll().where('order_id', 'in', amongJson(param('ids'))).orderBy('order_id').orderBy('position'),
);
const changesAmong = compileOnce<ShopTables, Wanted>()((database, param) =>
  database.selectFrom('order_changes').selectAll().where('order_id', 'in', amongJson(param('ids'))).orderBy('order_id').orderBy('position'),
);

/** Whole orders in the order asked; ids that name none are left out. */
export async function readOrders(database: Kysely<ShopTables>, ids: readonly string[]): Promise<Order[]> {
  if (ids.length === 0) return [];
  const wanted = { ids: JSON.stringify(ids) };
  const [{ rows: orders }, { rows: lines }, { rows: discounts }, { rows: changes }, lots] = await Promise.all([
    ordersAmong(database, wanted),
    linesAmong(database, wanted),
    discountsAmong(database, wanted),
    changesAmong(database, wanted),
    lotsOfOrders(database, ids),
  ]);
  const byId = new Map<string, Order>();
  for (const row of orders) {
    byId.set(row.id, {
      id: row.id,
      number: row.number,
      showId: row.show_id,
      sellerId: row.seller_id,
      sellerName: row.seller_name,
      state: row.state,
      payment: row.payment,
      money: {
        state: row.money_state,
        dueMinor: row.due_minor,
        paidMinor: row.paid_minor,
        refundedMinor: row.refunded_minor,
        refundingMinor: row.refunding_minor ?? 0,
        holdUntil: row.hold_until,
        isProcessing: row.is_processing === 1,
        reference: row.reference,
        problem: row.problem,
      },
      currency: row.currency,
      totalMinor: row.total_minor,
      deliveryMinor: row.delivery_minor,
      lines: [],
      discounts: [],
      discountMinor: 0,
      buyer: { name: row.buyer_name, phone: row.buyer_phone, address: row.buyer_address },
      note: row.note,
      ...(row.tracking_number === null ? {} : { tracking: { courier: row.tracking_courier ?? '', number: row.tracking_number } }),
      placedAt: row.placed_at,
      changedAt: row.changed_at,
      history: [],
      ...(row.first_paid === 1 ? { isFirstPaid: true } : {}),
      ...(row.synthetic === 1 ? { isSynthetic: true } : {}),
    });
  }
  for (const row of lines) {
    const own = lots.get(row.order_id)?.get(row.variant_id);
    byId.get(row.order_id)?.lines.push({
      productId: row.product_id,
      variantId: row.variant_id,
      name: row.name,
      label: row.label,
      ...(row.grade === '' ? {} : { grade: row.grade }),
      ...(row.trace_code === '' ? {} : { traceCode: row.trace_code }),
      unit: row.unit,
      unitPriceMinor: row.unit_price_minor,
      quantity: row.quantity,
      totalMinor: row.total_minor,
      pictureId: row.picture_id,
      ...(own ? { lots: own } : {}),
    });
  }
  for (const row of discounts) {
    const order = byId.get(row.order_id);
    if (!order) continue;
    order.discounts.push({ promotionId: row.promotion_id, kind: row.kind, title: row.title, variantId: row.variant_id, quantity: row.quantity, amountMinor: row.amount_minor });
    order.discountMinor += row.amount_minor;
  }
  for (const row of changes) {
    byId.get(row.order_id)?.history.push({
      from: row.from_state,
      to: row.to_state,
      at: row.at,
      byRole: row.by_role,
      byName: row.by_name,
      note: row.note,
      ...(row.undoes === null ? {} : { isUndo: true }),
    });
  }
  return ids.flatMap((id) => byId.get(id) ?? []);
}
