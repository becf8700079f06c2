// Owns the writing of what a class has to do until when, and who has done it.
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { CLASS_LIMITS, type taskPatch, type taskRequest } from '../../protocol/classes.ts';
import { newId } from '../../protocol/ids.ts';
import type { ClassTables } from './tables.ts';

type NewTask = v.InferOutput<typeof taskRequest>;
type TaskPatch = v.InferOutput<typeof taskPatch>;

export class Tasks {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** @throws FieldcastError `class.wrong-state` for one too many. */
  async add(classId: string, { title, text, dueAt, isFirstSteps }: NewTask, once: Once | undefined): Promise<void> {
    await this.#database.writeOnce<ClassTables, object>(once, this.#clock.now(), async (transaction) => {
      const { count } = await transaction.selectFrom('class_tasks').select((eb) => eb.fn.countAll<number>().as('count')).where('class_id', '=', classId).executeTakeFirstOrThrow();
      if (count >= CLASS_LIMITS.tasks) throw new FieldcastError('class.wrong-state', 'A class has so many tasks at most.', { params: { reason: 'tasks', limit: CLASS_LIMITS.tasks } });
      await transaction.insertInto('class_tasks').values({ id: newId('tsk'), class_id: classId, title, text, due_at: dueAt, is_first_steps: isFirstSteps ? 1 : 0 }).execute();
      return {};
    });
  }

  async change(taskId: string, { title, text, dueAt }: TaskPatch): Promise<void> {
    const set = { ...(title === undefined ? {} : { title }), ...(text === undefined ? {} : { text }), ...(dueAt === undefined ? {} : { due_at: dueAt }) };
    if (Object.keys(set).length === 0) return;
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.updateTable('class_tasks').set(set).where('id', '=', taskId).execute();
    });
  }

  async remove(taskId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('class_tasks').where('id', '=', taskId).execute();
    });
  }

  /** The first time stays. @throws FieldcastError `not-found` for a task or a person of another class. */
  async mark(taskId: string, traineeId: string, isDone: boolean): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<ClassTables, void>(async (transaction) => {
      const both = await transaction
        .selectFrom('class_tasks')
        .innerJoin('trainees', 'trainees.class_id', 'class_tasks.class_id')
        .select('class_tasks.id')
        .where('class_tasks.id', '=', taskId)
        .where('trainees.id', '=', traineeId)
        .executeTakeFirst();
      if (!both) throw new FieldcastError('not-found', 'There is no such task of this class.');
      if (isDone) await transaction.insertInto('task_marks').values({ task_id: taskId, trainee_id: traineeId, at: now }).onConflict((conflict) => conflict.doNothing()).execute();
      else await transaction.deleteFrom('task_marks').where('task_id', '=', taskId).where('trainee_id', '=', traineeId).execute();
    });
  }
}
