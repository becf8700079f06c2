// Owns who may act on which class: the operator on each, a trainer on those they teach, a trainee's phone on its own part.
import type { Caller } from '../../platform/auth.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { ClassTables } from './tables.ts';

export class ClassDoor {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws FieldcastError `not-found`, also of a class that is another trainer's: whether it exists is nobody else's business. */
  async enter(caller: Caller, classId: string): Promise<void> {
    const row = await this.#read.selectFrom('classes').select('id').where('id', '=', classId).executeTakeFirst();
    if (!row || !(await this.mayTeach(caller, classId))) throw new FieldcastError('not-found', 'There is no such class.');
  }

  async mayTeach({ claims: { role, identity, classId: own } }: Caller, classId: string): Promise<boolean> {
    if (role === 'operator') return true;
    if (role !== 'coach') return false;
    if (own === classId) return true;
    const row = await this.#read.selectFrom('class_trainers').select('identity').where('class_id', '=', classId).where('identity', '=', identity).executeTakeFirst();
    return row !== undefined;
  }

  /** Ids of the classes that the caller teaches, all of them for the operator; newest first. */
  async ownClasses({ claims: { role, identity, classId } }: Caller): Promise<string[]> {
    let query = this.#read.selectFrom('classes').select('classes.id').orderBy('classes.created_at', 'desc').orderBy('classes.id').limit(500);
    if (role !== 'operator') {
      query = query.where((eb) =>
        eb.or([
          eb('classes.id', 'in', eb.selectFrom('class_trainers').select('class_id').where('identity', '=', identity)),
          ...(classId === undefined ? [] : [eb('classes.id', '=', classId)]),
        ]),
      );
    }
    return (await query.execute()).map(({ id }) => id);
  }

  /** The class of a trainee whom the caller teaches. @throws FieldcastError `not-found`. */
  classOfTrainee(caller: Caller, traineeId: string): Promise<string> {
    return this.#classOf(caller, this.#read.selectFrom('trainees').select('class_id').where('id', '=', traineeId).executeTakeFirst());
  }

  /** @throws FieldcastError `not-found`. */
  classOfMeeting(caller: Caller, meetingId: string): Promise<string> {
    return this.#classOf(caller, this.#read.selectFrom('meetings').select('class_id').where('id', '=', meetingId).executeTakeFirst());
  }

  /** @throws FieldcastError `not-found`. */
  classOfTask(caller: Caller, taskId: string): Promise<string> {
    return this.#classOf(caller, this.#read.selectFrom('class_tasks').select('class_id').where('id', '=', taskId).executeTakeFirst());
  }

  /** For who teaches it. @throws FieldcastError `not-found`. */
  classOfMaterial(caller: Caller, materialId: string): Promise<string> {
    return this.#classOf(caller, this.#read.selectFrom('materials').select('class_id').where('id', '=', materialId).executeTakeFirst());
  }

  /** Which trainee a phone has come as; undefined: as nobody who is in a class now. */
  async traineeOf({ claims: { role, identity } }: Pick<Caller, 'claims'>): Promise<{ id: string; classId: string } | undefined> {
    if (role !== 'viewer') return undefined;
    const row = await this.#read.selectFrom('trainees').select(['id', 'class_id']).where('id', '=', identity).executeTakeFirst();
    return row && { id: row.id, classId: row.class_id };
  }

  async #classOf(caller: Caller, found: Promise<{ class_id: string } | undefined>): Promise<string> {
    const row = await found;
    if (row && (await this.mayTeach(caller, row.class_id))) return row.class_id;
    throw new FieldcastError('not-found', 'There is nothing of this id in a class of yours.');
  }

  get #read() {
    return this.#database.read<ClassTables>();
  }
}
