// Owns orders as a table for a spreadsheet, whose columns `import/columns.ts` reads again.
import { nextTurn } from '../../platform/csv-parse.ts';
import { csvFile } from '../../platform/csv.ts';
import { minorUnitExponent } from '../../protocol/money.ts';
import { goodsName } from '../../protocol/goods-name.ts';
import { lotText } from '../../protocol/lot-text.ts';
import type { Order } from '../../protocol/order.ts';
import type { DeskFilter, Queues } from './queues.ts';
import type { DeskScope } from './scope.ts';

const HEAD = [
  'number', 'state', 'courier', 'tracking_number', 'placed_at', 'name', 'phone', 'address', 'goods', 'quantity', 'discount', 'promotions', 'delivery', 'total', 'currency', 'payment', 'money', 'paid', 'refunded', 'note', 'lots', 'order_id',
];
/** Orders that are read together; between them the event loop goes round. */
const PIECE = 500;

/** @param view what the asker may see of an order */
export async function ordersAsCsv(queues: Queues, scope: DeskScope, filter: Omit<DeskFilter, 'cursor' | 'limit'>, view: (order: Order) => Order): Promise<Uint8Array> {
  const rows: (string | number)[][] = [];
  for (let cursor: number | undefined; ; ) {
    const { orders, next } = await queues.list(scope, { ...filter, cursor, limit: PIECE });
    for (const order of orders) rows.push(rowOf(view(order)));
    if (next === null) break;
    cursor = next;
    await nextTurn();
  }
  return csvFile(HEAD, rows);
}

function rowOf(order: Order): (string | number)[] {
  const major = (minor: number): number => minor / 10 ** minorUnitExponent(order.currency);
  return [
    order.number,
    order.state,
    order.tracking?.courier ?? '',
    order.tracking?.number ?? '',
    new Date(order.placedAt).toISOString(),
    order.buyer.name,
    order.buyer.phone,
    order.buyer.address,
    order.lines.map((line) => `${goodsName(line, ' ')} x${line.quantity}`).join('; '),
    order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    major(order.discountMinor),
    order.discounts.map(({ kind, title, amountMinor }) => `${kind}${title ? ` ${title}` : ''} ${major(amountMinor)}`).join('; '),
    major(order.deliveryMinor),
    major(order.totalMinor),
    order.currency,
    order.payment,
    order.money.state,
    major(order.money.paidMinor),
    major(order.money.refundedMinor),
    order.note,
    order.lines.map(({ lots }) => lotText(lots, 'en')).filter((text) => text !== '').join('; '),
    order.id,
  ];
}
