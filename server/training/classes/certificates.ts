// Owns certificates: given once to who was there, taken back, and what each tells.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { newId } from '../../protocol/ids.ts';
import type { ClassTables } from './tables.ts';

export interface CertificateFacts {
  id: string;
  number: string;
  issuedAt: number;
  byName: string;
  name: string;
  title: string;
  place: string;
  /** Of the first meeting, and of the last one. */
  from: number;
  to: number;
  attended: number;
  meetings: number;
  tasksDone: number;
  tasks: number;
}

export class Certificates {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** The same one again where there is one. @throws FieldcastError `class.wrong-state` for who was never there. */
  async issue(traineeId: string, byName: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<ClassTables, void>(async (transaction) => {
      const there = await transaction.selectFrom('attendance').select('at').where('trainee_id', '=', traineeId).executeTakeFirst();
      if (!there) throw new FieldcastError('class.wrong-state', 'Who was at no meeting gets no certificate.', { params: { reason: 'never-there' } });
      const id = newId('cer');
      // Short enough to be read out; the id, which opens the page, is the secret.
      const number = `${new Date(now).getUTCFullYear()}-${newId('cer').slice(4, 11).toUpperCase()}`;
      await transaction.insertInto('certificates').values({ id, trainee_id: traineeId, number, issued_at: now, by_name: byName }).onConflict((conflict) => conflict.column('trainee_id').doNothing()).execute();
    });
  }

  async withdraw(traineeId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('certificates').where('trainee_id', '=', traineeId).execute();
    });
  }

  async find(certificateId: string): Promise<CertificateFacts | undefined> {
    const read = this.#database.read<ClassTables>();
    const row = await read
      .selectFrom('certificates')
      .innerJoin('trainees', 'trainees.id', 'certificates.trainee_id')
      .innerJoin('classes', 'classes.id', 'trainees.class_id')
      .select(['certificates.id', 'certificates.number', 'certificates.issued_at', 'certificates.by_name', 'trainees.name', 'trainees.id as trainee_id', 'classes.id as class_id', 'classes.title', 'classes.place'])
      .where('certificates.id', '=', certificateId)
      .executeTakeFirst();
    if (!row) return undefined;
    const [meetings, attended, tasks, done] = await Promise.all([
      read.selectFrom('meetings').select(['starts_at', 'ends_at']).where('class_id', '=', row.class_id).orderBy('starts_at').execute(),
      read.selectFrom('attendance').select('at').where('trainee_id', '=', row.trainee_id).execute(),
      read.selectFrom('class_tasks').select('id').where('class_id', '=', row.class_id).execute(),
      read.selectFrom('task_marks').select('at').where('trainee_id', '=', row.trainee_id).execute(),
    ]);
    return {
      id: row.id,
      number: row.number,
      issuedAt: row.issued_at,
      byName: row.by_name,
      name: row.name,
      title: row.title,
      place: row.place,
      from: meetings[0]?.starts_at ?? row.issued_at,
      to: meetings.at(-1)?.ends_at ?? row.issued_at,
      attended: attended.length,
      meetings: meetings.length,
      tasksDone: done.length,
      tasks: tasks.length,
    };
  }
}
