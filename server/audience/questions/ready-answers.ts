// Owns the answers that a seller keeps ready, for all products or for one.
import type * as v from 'valibot';
import { type Selectable, sql } from 'kysely';
import { newId } from '../../protocol/ids.ts';
import { READY_ANSWERS_LIMIT, type ReadyAnswer, type readyAnswerPatch, type readyAnswerRequest } from '../../protocol/questions.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { QuestionTables } from './tables.ts';

type Row = Selectable<QuestionTables['ready_answers']>;

export class ReadyAnswers {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  async list(sellerId: string): Promise<ReadyAnswer[]> {
    const rows = await this.#database.read<QuestionTables>().selectFrom('ready_answers').selectAll().where('seller_id', '=', sellerId).orderBy(sql`rowid`).execute();
    return rows.map(view);
  }

  /** @throws FieldcastError `ready-answers.full` (params `limit`). */
  async add(sellerId: string, request: v.InferOutput<typeof readyAnswerRequest>, once: Once | undefined): Promise<ReadyAnswer> {
    const { value } = await this.#database.writeOnce<QuestionTables, ReadyAnswer>(once, this.#clock.now(), async (transaction) => {
      const { count } = await transaction
        .selectFrom('ready_answers')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('seller_id', '=', sellerId)
        .where('product_id', request.productId === null ? 'is' : '=', request.productId)
        .executeTakeFirstOrThrow();
      if (count >= READY_ANSWERS_LIMIT) {
        throw new FieldcastError('ready-answers.full', `At most ${READY_ANSWERS_LIMIT} ready answers.`, { params: { limit: READY_ANSWERS_LIMIT } });
      }
      const row: Row = { id: newId('rdy'), seller_id: sellerId, product_id: request.productId, text: request.text, created_at: this.#clock.now() };
      await transaction.insertInto('ready_answers').values(row).execute();
      return view(row);
    });
    return value;
  }

  /** @throws FieldcastError `not-found`. */
  change(sellerId: string, id: string, patch: v.InferOutput<typeof readyAnswerPatch>): Promise<ReadyAnswer> {
    return this.#database.write<QuestionTables, ReadyAnswer>(async (transaction) => {
      const row = await transaction.selectFrom('ready_answers').selectAll().where('id', '=', id).where('seller_id', '=', sellerId).executeTakeFirst();
      if (!row) throw new FieldcastError('not-found', 'There is no such ready answer.');
      const changed = { text: patch.text ?? row.text, product_id: patch.productId === undefined ? row.product_id : patch.productId };
      await transaction.updateTable('ready_answers').set(changed).where('id', '=', id).execute();
      return view({ ...row, ...changed });
    });
  }

  /** @throws FieldcastError `not-found`. */
  async remove(sellerId: string, id: string): Promise<void> {
    await this.#database.write<QuestionTables, void>(async (transaction) => {
      const { numDeletedRows } = await transaction.deleteFrom('ready_answers').where('id', '=', id).where('seller_id', '=', sellerId).executeTakeFirst();
      if (numDeletedRows === 0n) throw new FieldcastError('not-found', 'There is no such ready answer.');
    });
  }
}

function view({ id, product_id: productId, text }: Row): ReadyAnswer {
  return { id, productId, text };
}
