// Owns the rows of payments: each change of an order's money is one conditional update and one audited line, in the caller's transaction.
import type { Kysely, Transaction } from 'kysely';
import { compileOnce } from '../../platform/db/compile-once.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import type { Order } from '../../protocol/order.ts';
import type { MoneyState, PaymentChange, PaymentProblemKind } from '../../protocol/payments.ts';
import type { ShopTables } from '../schema.ts';

type NewPayment = Pick<ShopTables['payments'], 'order_id' | 'method' | 'due_minor' | 'hold_until' | 'reference' | 'identity'>;

const addPayment = compileOnce<ShopTables, NewPayment>()((database, param) =>
  database.insertInto('payments').values({
    order_id: param('order_id'),
    method: param('method'),
    state: 'due',
    due_minor: param('due_minor'),
    paid_minor: 0,
    refunded_minor: 0,
    hold_until: param('hold_until'),
    is_processing: 0,
    reference: param('reference'),
    identity: param('identity'),
  }),
);

/** The payment of a new order: nobody has paid. */
export async function insertPayment(transaction: Transaction<ShopTables>, order: Order, identity: string): Promise<void> {
  const { dueMinor, holdUntil, reference } = order.money;
  await addPayment(transaction, { order_id: order.id, method: order.payment, due_minor: dueMinor, hold_until: holdUntil, reference, identity });
}

/** Who, as the list of changes will say. */
export interface MoneyMover {
  role: PaymentChange['byRole'];
  name: string;
}
export const bySystem: MoneyMover = { role: 'system', name: '' };

export interface MoneyStep {
  to: MoneyState;
  /** Minor units that came in, or (negative) went back. */
  amountMinor: number;
  by: MoneyMover;
  why: string;
  at: number;
  set: Partial<Pick<ShopTables['payments'], 'paid_minor' | 'refunded_minor' | 'hold_until' | 'is_processing' | 'due_minor' | 'reference'>>;
}

/**
 * Moves the money of an order from where the caller has read it to be.
 * @throws FieldcastError `payment.wrong-state` (params `state`) when it is elsewhere by now.
 */
export async function moveMoney(transaction: Transaction<ShopTables>, order: Order, step: MoneyStep): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('payments')
    .set({ state: step.to, ...step.set })
    .where('order_id', '=', order.id)
    .where('state', '=', order.money.state)
    .where('paid_minor', '=', order.money.paidMinor)
    .where('refunded_minor', '=', order.money.refundedMinor)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new FieldcastError('payment.wrong-state', 'The payment has just changed.', { params: { state: order.money.state } });
  const { position } = await transaction
    .selectFrom('payment_changes')
    .select((eb) => eb.fn.countAll<number>().as('position'))
    .where('order_id', '=', order.id)
    .executeTakeFirstOrThrow();
  await transaction
    .insertInto('payment_changes')
    .values({
      order_id: order.id,
      position,
      at: step.at,
      by_role: step.by.role,
      by_name: step.by.name,
      from_state: order.money.state,
      to_state: step.to,
      amount_minor: step.amountMinor,
      why: step.why,
    })
    .execute();
  await touch(transaction, order.id, step.at);
}

/** What is known of a payment whose state stays: not audited, because no money moved. */
export async function noteMoney(
  transaction: Transaction<ShopTables>,
  orderId: string,
  set: Partial<Pick<ShopTables['payments'], 'hold_until' | 'is_processing' | 'identity'>>,
  at: number,
): Promise<void> {
  await transaction.updateTable('payments').set(set).where('order_id', '=', orderId).execute();
  await touch(transaction, orderId, at);
}

/** Pages tell an older view of an order from a newer one by the time of its change. */
async function touch(transaction: Transaction<ShopTables>, orderId: string, at: number): Promise<void> {
  await transaction.updateTable('orders').set({ changed_at: at }).where('id', '=', orderId).execute();
}

/** Every step of an order's money, oldest first. */
export async function readMoneyChanges(database: Kysely<ShopTables>, orderId: string): Promise<PaymentChange[]> {
  return database
    .selectFrom('payment_changes')
    .select(['at', 'by_role as byRole', 'by_name as byName', 'from_state as from', 'to_state as to', 'amount_minor as amountMinor', 'why'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .$castTo<PaymentChange>()
    .execute();
}

export interface NewProblem {
  kind: PaymentProblemKind;
  orderId: string | null;
  amountMinor: number | null;
  currency: string | null;
  gatewayRef: string | null;
  detail: string;
  at: number;
}

/** Notes what needs a person, once: the same about the same money is not told twice, also not after somebody has settled it. */
export async function raiseProblem(transaction: Transaction<ShopTables>, problem: NewProblem): Promise<void> {
  const known = await transaction
    .selectFrom('payment_problems')
    .select('id')
    .where('kind', '=', problem.kind)
    .where('order_id', 'is', problem.orderId)
    .where('gateway_ref', 'is', problem.gatewayRef)
    .where('amount_minor', 'is', problem.amountMinor)
    .executeTakeFirst();
  if (known) return;
  const { kind, orderId, amountMinor, currency, gatewayRef, detail, at } = problem;
  await transaction
    .insertInto('payment_problems')
    .values({ id: newId('pbl'), kind, order_id: orderId, amount_minor: amountMinor, currency, gateway_ref: gatewayRef, detail, at, settled_at: null, settled_by: '', settled_note: '' })
    .execute();
  if (orderId !== null) await touch(transaction, orderId, at);
}

/** Somebody has dealt with it; said again it changes nothing. */
export async function settleProblem(transaction: Transaction<ShopTables>, id: string, orderId: string | null, word: { name: string; note: string }, at: number): Promise<void> {
  const set = { settled_at: at, settled_by: word.name, settled_note: word.note };
  const { numUpdatedRows } = await transaction.updateTable('payment_problems').set(set).where('id', '=', id).where('settled_at', 'is', null).executeTakeFirst();
  if (numUpdatedRows === 1n && orderId !== null) await touch(transaction, orderId, at);
}

/** The reason for these problems of an order is gone. @param coveredByMinor only of those that are about no more than this */
export async function withdrawProblems(transaction: Transaction<ShopTables>, orderId: string, kind: PaymentProblemKind, { coveredByMinor = Infinity } = {}): Promise<void> {
  let theirs = transaction.deleteFrom('payment_problems').where('order_id', '=', orderId).where('kind', '=', kind).where('settled_at', 'is', null);
  if (coveredByMinor !== Infinity) theirs = theirs.where('amount_minor', '<=', coveredByMinor);
  await theirs.execute();
}
