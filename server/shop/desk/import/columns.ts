// Owns how a table of states and tracking numbers is understood: its headings and words in English and Chinese, as courier systems write them.
import type { TableRow } from '../../../platform/csv-parse.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import { plainCell, UNREADABLE } from '../../../platform/csv-decode.ts';
import { type OrderState, orderStates } from '../../../protocol/order.ts';
import type { StateImportFault } from '../../../protocol/desk.ts';

const headings = {
  number: ['number', 'order', 'order number', 'no', '订单号', '订单编号', '单号', '编号'],
  state: ['state', 'status', '状态', '订单状态'],
  courier: ['courier', 'carrier', '快递', '快递公司', '物流公司', '承运商'],
  tracking: ['tracking number', 'tracking', 'waybill', '快递单号', '运单号', '物流单号'],
} as const;
type Column = keyof typeof headings;

const stateWords: Readonly<Record<OrderState, readonly string[]>> = {
  'awaiting-payment': ['awaiting payment', '待付款'],
  placed: ['new', '已下单', '新订单'],
  confirmed: ['已确认'],
  packed: ['已打包', '待发货'],
  shipped: ['on its way', 'sent', '配送中', '已发货', '运输中'],
  delivered: ['已送达', '已签收', '已完成'],
  refused: ['refused at the door', '已拒收', '拒收'],
  cancelled: ['canceled', '已取消'],
};

/** What a row asks for; a state or number that is missing stays as it is. */
export interface Wish {
  line: number;
  number: number;
  to: OrderState | null;
  tracking: { courier: string; number: string } | null;
}
export interface RowFault {
  line: number;
  fault: StateImportFault;
  /** The cell it is about, cut. */
  text: string;
}

const TRACKING = /^[A-Za-z0-9-]{1,40}$/;
/** What a spreadsheet makes of a long number that it took for an amount: its last digits are gone. */
const MANGLED = /^\d(?:[.,]\d+)?E\+?\d+$/i;

/** @throws FieldcastError `table.unreadable` with `reason: heading` where no column names orders, or none says anything of them. */
export function columnsOf(heading: TableRow): Readonly<Partial<Record<Column, number>>> {
  const names = heading.cells.map((cell) => plainCell(cell).normalize('NFKC').trim().toLowerCase().replaceAll(/[_\s]+/g, ' '));
  const found: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(headings) as Column[]) {
    const index = names.findIndex((name) => (headings[column] as readonly string[]).includes(name));
    if (index >= 0) found[column] = index;
  }
  if (found.number === undefined || (found.state === undefined && found.tracking === undefined)) {
    throw new FieldcastError('table.unreadable', 'The first line has to name the columns: number, and state or tracking_number.', { params: { reason: 'heading', line: heading.line } });
  }
  return found;
}

export function readRow(row: TableRow, columns: Readonly<Partial<Record<Column, number>>>): Wish | RowFault {
  const cell = (column: Column): string => {
    const index = columns[column];
    return index === undefined ? '' : plainCell(row.cells[index] ?? '').normalize('NFKC').trim();
  };
  const refuse = (fault: StateImportFault, text: string): RowFault => ({ line: row.line, fault, text: text.slice(0, 40) });
  const [number, stateText, courier, tracking] = [cell('number'), cell('state'), cell('courier'), cell('tracking').replaceAll(/\s/g, '')];
  const broken = [number, stateText, courier, tracking].find((text) => text.includes(UNREADABLE));
  if (broken !== undefined) return refuse('unreadable', broken);
  const digits = number.replace(/^(?:#|no\.?\s*|№)/i, '');
  if (!/^[1-9]\d{0,9}$/.test(digits)) return refuse('number', number);
  const to = stateText === '' ? null : stateOf(stateText);
  if (to === undefined) return refuse('state', stateText);
  if (MANGLED.test(tracking)) return refuse('mangled', tracking);
  if (tracking !== '' && !TRACKING.test(tracking)) return refuse('courier', tracking);
  if (courier.length > 40) return refuse('courier', courier);
  return { line: row.line, number: Number(digits), to, tracking: tracking === '' ? null : { courier, number: tracking } };
}

function stateOf(text: string): OrderState | undefined {
  const word = text.toLowerCase();
  return orderStates.find((state) => state === word || stateWords[state].includes(word));
}
