// Owns reading a table of states and tracking numbers in two steps: first what it would change, then, when somebody has looked, doing it.
import { newId } from '../../../protocol/ids.ts';
import { STATE_IMPORT_ROWS, type StateImport, type StateImportChange } from '../../../protocol/desk.ts';
import { orderTransitions } from '../../../protocol/order.ts';
import type { Clock } from '../../../platform/clock.ts';
import { decodeTable } from '../../../platform/csv-decode.ts';
import { nextTurn, parseTable } from '../../../platform/csv-parse.ts';
import type { Database } from '../../../platform/db/database.ts';
import { FieldcastError } from '../../../platform/errors.ts';
import type { Mover } from '../../moving.ts';
import type { Batches, Refusal } from '../batches.ts';
import { deskReader, type DeskScope, scopeOf } from '../scope.ts';
import type { TrackingNumbers } from '../tracking.ts';
import { columnsOf, readRow, type RowFault, type Wish } from './columns.ts';

const KEPT_MS = 15 * 60_000;
/** Plans that wait for somebody's yes at a time; the oldest goes first. */
const MOST_PLANS = 20;
/** Of changes and faults, how many the preview shows. */
const SHOWN = 100;
const PIECE = 400;

interface Plan {
  scope: DeskScope;
  changes: readonly StateImportChange[];
  expiresAt: number;
}

export interface ImportOutcome {
  batchId: string | null;
  undoUntil: number;
  moved: number;
  tracked: number;
  refused: Refusal[];
}

export class StateImports {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #batches: Batches;
  readonly #tracking: TrackingNumbers;
  readonly #plans = new Map<string, Plan>();

  constructor(deps: { database: Database; clock: Clock; batches: Batches; tracking: TrackingNumbers }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#batches = deps.batches;
    this.#tracking = deps.tracking;
  }

  /** Changes nothing. @throws FieldcastError `table.unreadable`. */
  async preview(scope: DeskScope, bytes: Uint8Array): Promise<StateImport> {
    const { text, encoding } = decodeTable(bytes);
    const [heading, ...rows] = await parseTable(text, { mostRows: STATE_IMPORT_ROWS + 1 });
    if (!heading) throw new FieldcastError('table.unreadable', 'The table is empty.', { params: { reason: 'empty', line: 1 } });
    const columns = columnsOf(heading);
    const wishes = new Map<number, Wish>();
    const faults: RowFault[] = [];
    for (const [index, row] of rows.entries()) {
      const read = readRow(row, columns);
      if ('fault' in read) faults.push(read);
      else if (wishes.has(read.number)) faults.push({ line: row.line, fault: 'twice', text: String(read.number) });
      else wishes.set(read.number, read);
      if (index % 5_000 === 4_999) await nextTurn();
    }
    const { changes, unchanged } = await this.#compare(scope, [...wishes.values()], faults);
    const importId = newId('imp');
    this.#keep(importId, { scope, changes, expiresAt: this.#clock.now() + KEPT_MS });
    faults.sort((a, b) => a.line - b.line);
    return { importId, encoding, rows: rows.length, unchanged, changeCount: changes.length, changes: changes.slice(0, SHOWN), faultCount: faults.length, faults: faults.slice(0, SHOWN) };
  }

  /** The scope of a plan, for whoever asks whether the caller may. @throws FieldcastError `not-found` when it is done, too old, or none. */
  scopeOf(importId: string): DeskScope {
    return this.#plan(importId).scope;
  }

  /** Does what the preview told, once. @throws FieldcastError `not-found`. */
  async apply(importId: string, by: Mover): Promise<ImportOutcome> {
    const { changes } = this.#plan(importId);
    this.#plans.delete(importId);
    const refused: Refusal[] = [];
    let tracked = 0;
    for (let from = 0; from < changes.length; from += PIECE) {
      const outcomes = await Promise.allSettled(changes.slice(from, from + PIECE).map(async ({ orderId, tracking }) => tracking && (await this.#tracking.set(orderId, tracking, by))));
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') throw outcome.reason;
        if (outcome.value) tracked += 1;
      }
    }
    const steps = changes.flatMap(({ orderId, to }) => (to === null ? [] : [{ orderId, to, note: '' }]));
    if (steps.length === 0) return { batchId: null, undoUntil: 0, moved: 0, tracked, refused };
    const batch = await this.#batches.move(steps, by);
    return { batchId: batch.batchId, undoUntil: batch.undoUntil, moved: batch.moved.length, tracked, refused: batch.refused.slice(0, SHOWN) };
  }

  async #compare(scope: DeskScope, wishes: readonly Wish[], faults: RowFault[]): Promise<{ changes: StateImportChange[]; unchanged: number }> {
    const changes: StateImportChange[] = [];
    let unchanged = 0;
    for (let from = 0; from < wishes.length; from += PIECE) {
      const piece = wishes.slice(from, from + PIECE);
      const rows = await deskReader(this.#database)
        .selectFrom('orders')
        .leftJoin('order_tracking as tracking', 'tracking.order_id', 'orders.id')
        .select(['orders.id', 'orders.number', 'state', 'buyer_name', 'tracking.courier', 'tracking.number as tracking_number'])
        .where('orders.seller_id', '=', scope.sellerId)
        .where(...scopeOf(scope))
        .where('orders.number', 'in', piece.map(({ number }) => number))
        .execute();
      const byNumber = new Map(rows.map((row) => [row.number, row]));
      for (const { line, number, to, tracking } of piece) {
        const row = byNumber.get(number);
        if (!row) faults.push({ line, fault: 'unknown', text: String(number) });
        else if (to !== null && to !== row.state && !orderTransitions[row.state].includes(to)) faults.push({ line, fault: 'not-allowed', text: `${number}: ${row.state} > ${to}` });
        else {
          const next = to === row.state ? null : to;
          const isNewNumber = tracking !== null && (tracking.number !== row.tracking_number || tracking.courier !== row.courier);
          if (next === null && !isNewNumber) unchanged += 1;
          else changes.push({ line, orderId: row.id, number, name: row.buyer_name, from: row.state, to: next, tracking: isNewNumber ? tracking : null });
        }
      }
      await nextTurn();
    }
    return { changes, unchanged };
  }

  #plan(importId: string): Plan {
    const plan = this.#plans.get(importId);
    if (!plan || plan.expiresAt <= this.#clock.now()) throw new FieldcastError('not-found', 'This table was read in already, or too long ago. Choose it again.');
    return plan;
  }

  #keep(importId: string, plan: Plan): void {
    const now = this.#clock.now();
    for (const [id, { expiresAt }] of this.#plans) {
      if (expiresAt <= now || this.#plans.size >= MOST_PLANS) this.#plans.delete(id);
      else break;
    }
    this.#plans.set(importId, plan);
  }
}
