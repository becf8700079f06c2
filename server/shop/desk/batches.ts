// Owns moving many orders at once and taking that back: each order by its own rules, what was done together written down together.
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Batch, BATCH_UNDO_MS } from '../../protocol/desk.ts';
import { newId } from '../../protocol/ids.ts';
import type { Order, OrderState } from '../../protocol/order.ts';
import type { Mover } from '../moving.ts';
import type { ShopTables } from '../schema.ts';

/** Orders under way at a time: they share a commit, and a batch leaves room for buyers beside it. */
const AT_A_TIME = 50;
/** Rows of one write: a large table's would hold up every other write. */
const ROWS_A_WRITE = 400;

export interface OrderMoves {
  move(id: string, to: OrderState, note: string, by: Mover, once?: Once): Promise<Order>;
  undo(id: string, by: Mover, onlyPosition?: number): Promise<Order>;
}

export interface Step {
  orderId: string;
  to: OrderState;
  note: string;
}

export type Refusal = Batch['refused'][number];

export class Batches {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #orders: OrderMoves;

  constructor(deps: { database: Database; clock: Clock; orders: OrderMoves }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#orders = deps.orders;
  }

  /** @param once makes a repeated call move nothing again and answer the same batch. */
  async move(steps: readonly Step[], by: Mover, once?: Once): Promise<Batch> {
    const { done, refused } = await this.#each(steps, ({ orderId, to, note }) => this.#orders.move(orderId, to, note, by, once && { ...once, scope: `${once.scope}/${orderId}` }));
    const at = this.#clock.now();
    const states = new Set(steps.map(({ to }) => to));
    const { value: batchId, isRepeat } = await this.#database.writeOnce<ShopTables, string>(once && { ...once, scope: `${once.scope} batch` }, at, async (transaction) => {
      const id = newId('bat');
      const [only] = states;
      await transaction.insertInto('desk_batches').values({ id, to_state: states.size === 1 && only ? only : null, at, by_role: by.role, by_name: by.name, undone_at: null }).execute();
      return id;
    });
    const fresh = isRepeat ? [] : done;
    for (let from = 0; from < fresh.length; from += ROWS_A_WRITE) {
      const rows = fresh.slice(from, from + ROWS_A_WRITE).map((order) => ({ batch_id: batchId, order_id: order.id, position: order.history.length - 1 }));
      await this.#database.write<ShopTables, void>(async (transaction) => void (await transaction.insertInto('desk_batch_orders').values(rows).execute()));
    }
    return { batchId, undoUntil: at + BATCH_UNDO_MS, moved: done, refused };
  }

  /** Ids of the orders in a batch. @throws FieldcastError `not-found`. */
  async ordersOf(batchId: string): Promise<string[]> {
    const rows = await this.#database.read<ShopTables>().selectFrom('desk_batch_orders').select('order_id').where('batch_id', '=', batchId).execute();
    if (rows.length === 0) throw new FieldcastError('not-found', 'There is no such batch.');
    return rows.map(({ order_id }) => order_id);
  }

  /** Orders that have moved since the batch stay where they are. @throws FieldcastError `not-found`, `desk.undo-over`. */
  async undo(batchId: string, by: Mover): Promise<{ undone: Order[]; refused: Refusal[] }> {
    const now = this.#clock.now();
    // Marked first: of two taps one takes it back, and the orders' own rules hold for what a crash leaves.
    await this.#database.write<ShopTables, void>(async (transaction) => {
      const { numUpdatedRows } = await transaction.updateTable('desk_batches').set({ undone_at: now }).where('id', '=', batchId).where('undone_at', 'is', null).where('at', '>=', now - BATCH_UNDO_MS).executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new FieldcastError('desk.undo-over', 'This batch was taken back already, or is too old for that.');
    });
    const rows = await this.#database.read<ShopTables>().selectFrom('desk_batch_orders').select(['order_id as orderId', 'position']).where('batch_id', '=', batchId).execute();
    const { done, refused } = await this.#each(rows, ({ orderId, position }) => this.#orders.undo(orderId, by, position));
    return { undone: done, refused };
  }

  async #each<Item extends { orderId: string }>(items: readonly Item[], act: (item: Item) => Promise<Order>): Promise<{ done: Order[]; refused: Refusal[] }> {
    const done: Order[] = [];
    const refused: Refusal[] = [];
    for (let from = 0; from < items.length; from += AT_A_TIME) {
      const slice = items.slice(from, from + AT_A_TIME);
      const outcomes = await Promise.allSettled(slice.map(act));
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') done.push(outcome.value);
        else refused.push(refusalOf((slice[index] as Item).orderId, outcome.reason));
      }
    }
    return { done, refused };
  }
}

/** @throws the error itself where it is no refusal but a fault. */
function refusalOf(orderId: string, error: unknown): Refusal {
  if (!(error instanceof FieldcastError)) throw error;
  const state = error.toProblem().params?.['state'];
  return { orderId, code: error.code, state: typeof state === 'string' ? (state as OrderState) : null };
}
