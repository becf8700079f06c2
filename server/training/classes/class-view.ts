// Owns the reading of classes: as their trainers see them, and as one trainee does.
import type { Selectable } from 'kysely';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Certificate, ClassSummary, ClassView, Material, OwnClass, Trainee } from '../../protocol/classes.ts';
import type { ClassTables } from './tables.ts';

export type TraineeRow = Selectable<ClassTables['trainees']>;

export class ClassViews {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #hostName: (hostId: string) => Promise<string | undefined>;

  constructor(deps: { database: Database; clock: Clock; hostName: (hostId: string) => Promise<string | undefined> }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
    this.#hostName = deps.hostName;
  }

  /** @throws FieldcastError `not-found`. */
  async summary(classId: string): Promise<ClassSummary> {
    const row = await this.#read.selectFrom('classes').selectAll().where('id', '=', classId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such class.');
    const [trainers, times, people] = await Promise.all([
      this.#read.selectFrom('class_trainers').select('name').where('class_id', '=', classId).orderBy('name').execute(),
      this.#read.selectFrom('meetings').select((eb) => [eb.fn.min('starts_at').as('first'), eb.fn.max('ends_at').as('last')]).where('class_id', '=', classId).executeTakeFirstOrThrow(),
      this.#read.selectFrom('trainees').select((eb) => eb.fn.countAll<number>().as('count')).where('class_id', '=', classId).executeTakeFirstOrThrow(),
    ]);
    return {
      id: row.id,
      title: row.title,
      place: row.place,
      stage: row.stage,
      seats: row.seats,
      trainers: trainers.map(({ name }) => name),
      startsAt: times.first ?? row.created_at,
      endsAt: times.last ?? row.created_at,
      trainees: people.count,
      isErased: row.erased_at !== null,
    };
  }

  /** @throws FieldcastError `not-found`. */
  async whole(classId: string): Promise<ClassView> {
    const summary = await this.summary(classId);
    const [meetings, attendance, rows, tasks, marks, materials, certificates] = await Promise.all([
      this.#read.selectFrom('meetings').selectAll().where('class_id', '=', classId).orderBy('starts_at').orderBy('id').execute(),
      this.#read.selectFrom('attendance').selectAll().where('meeting_id', 'in', (eb) => eb.selectFrom('meetings').select('id').where('class_id', '=', classId)).orderBy('at').execute(),
      this.people(classId),
      this.#read.selectFrom('class_tasks').selectAll().where('class_id', '=', classId).orderBy('due_at').orderBy('id').execute(),
      this.#read.selectFrom('task_marks').selectAll().where('task_id', 'in', (eb) => eb.selectFrom('class_tasks').select('id').where('class_id', '=', classId)).execute(),
      this.materials(classId),
      this.#read.selectFrom('certificates').selectAll().where('trainee_id', 'in', (eb) => eb.selectFrom('trainees').select('id').where('class_id', '=', classId)).execute(),
    ]);
    const now = this.#clock.now();
    return {
      ...summary,
      serverTime: now,
      meetings: meetings.map((row) => ({
        id: row.id,
        startsAt: row.starts_at,
        endsAt: row.ends_at,
        openUntil: row.open_until !== null && row.open_until > now ? row.open_until : null,
        present: attendance.filter(({ meeting_id }) => meeting_id === row.id).map(({ trainee_id, at, how }) => ({ traineeId: trainee_id, at, how })),
      })),
      people: await Promise.all(rows.map((row) => this.#trainee(row, certificates.find(({ trainee_id }) => trainee_id === row.id)))),
      tasks: tasks.map((row) => ({ id: row.id, title: row.title, text: row.text, dueAt: row.due_at, isFirstSteps: row.is_first_steps === 1, done: marks.filter(({ task_id }) => task_id === row.id).map(({ trainee_id, at }) => ({ traineeId: trainee_id, at })) })),
      materials,
    };
  }

  /** As one of its trainees sees it. @throws FieldcastError `not-found`. */
  async own(traineeId: string): Promise<OwnClass> {
    const row = await this.#read.selectFrom('trainees').selectAll().where('id', '=', traineeId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'This phone has come to no class.');
    const { meetings, people, tasks, materials, ...summary } = await this.whole(row.class_id);
    const known = ({ name, phone }: Trainee): { name: string; phone: string } => ({ name, phone });
    const senior = people.find(({ id }) => id === row.senior_id);
    return {
      classId: summary.id,
      title: summary.title,
      place: summary.place,
      trainers: summary.trainers,
      name: row.name,
      serverTime: summary.serverTime,
      meetings: meetings.map(({ id, startsAt, endsAt, present }) => ({ id, startsAt, endsAt, wasThere: present.some((each) => each.traineeId === row.id) })),
      tasks: tasks.map(({ done, ...task }) => ({ ...task, doneAt: done.find((each) => each.traineeId === row.id)?.at ?? null })),
      materials,
      senior: senior ? known(senior) : null,
      juniors: people.filter(({ seniorId }) => seniorId === row.id).map(known),
      isHostKnown: row.host_id !== null,
      showsNumbers: row.shows_numbers === 1,
      certificate: people.find(({ id }) => id === row.id)?.certificate ?? null,
    };
  }

  /** By name. */
  async people(classId: string): Promise<TraineeRow[]> {
    return this.#read.selectFrom('trainees').selectAll().where('class_id', '=', classId).orderBy('name').orderBy('id').execute();
  }

  async materials(classId: string): Promise<Material[]> {
    const rows = await this.#read.selectFrom('materials').selectAll().where('class_id', '=', classId).orderBy('added_at').orderBy('id').execute();
    return rows.map(({ id, name, type, bytes, added_at }) => ({ id, name, type, bytes, addedAt: added_at }));
  }

  async #trainee(row: TraineeRow, certificate: Selectable<ClassTables['certificates']> | undefined): Promise<Trainee> {
    const hostName = row.host_id === null ? undefined : await this.#hostName(row.host_id);
    return {
      id: row.id,
      name: row.name,
      phone: row.phone,
      home: row.home,
      stage: row.stage,
      seniorId: row.senior_id,
      hasDevice: row.has_device === 1,
      host: row.host_id === null ? null : { id: row.host_id, name: hostName ?? '' },
      showsNumbers: row.shows_numbers === 1,
      certificate: certificate ? certificateOf(certificate) : null,
    };
  }

  get #read() {
    return this.#database.read<ClassTables>();
  }
}

export function certificateOf({ id, number, issued_at, by_name }: Selectable<ClassTables['certificates']>): Certificate {
  return { id, number, issuedAt: issued_at, byName: by_name };
}
