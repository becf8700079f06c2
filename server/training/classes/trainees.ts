// Owns the writing of who is in a class: by the trainer's list, and by a phone that comes with the code on the wall.
import { randomBytes } from 'node:crypto';
import type { Selectable, Transaction } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { ATTENDANCE_OPEN_MS, type comingRequest, type traineePatch, type traineeRequest } from '../../protocol/classes.ts';
import { newId } from '../../protocol/ids.ts';
import { requireRoom } from './classes.ts';
import type { ClassTables } from './tables.ts';

type NewTrainee = v.InferOutput<typeof traineeRequest>;
type TraineePatch = v.InferOutput<typeof traineePatch>;
type Coming = v.InferOutput<typeof comingRequest>;
type MeetingRow = Selectable<ClassTables['meetings']>;

export class Trainees {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** @throws FieldcastError `class.full`, `class.wrong-state` in a class that was erased. */
  async add(classId: string, request: NewTrainee, once: Once | undefined): Promise<void> {
    await this.#database.writeOnce<ClassTables, { id: string }>(once, this.#clock.now(), async (transaction) => ({ id: await this.#insert(transaction, classId, request, false) }));
  }

  async change(traineeId: string, { isFreed, hostId, ...patch }: TraineePatch): Promise<void> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const set = {
      ...given,
      ...(isFreed ? { has_device: 0 as const } : {}),
      // Whoever they were taken for before agreed to it, not they.
      ...(hostId === undefined ? {} : { host_id: hostId, shows_numbers: 0 as const }),
    };
    if (Object.keys(set).length === 0) return;
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.updateTable('trainees').set(set).where('id', '=', traineeId).execute();
    });
  }

  /** They host shows as this person, and say whether their trainers see what they sell. */
  async connect(traineeId: string, hostId: string, showsNumbers: boolean): Promise<void> {
    await this.#set(traineeId, { host_id: hostId, shows_numbers: showsNumbers ? 1 : 0 });
  }

  async agree(traineeId: string, showsNumbers: boolean): Promise<void> {
    await this.#set(traineeId, { shows_numbers: showsNumbers ? 1 : 0 });
  }

  /** Erases all that is kept of them. */
  async erase(traineeId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('trainees').where('id', '=', traineeId).execute();
    });
  }

  /** Hosts whose shows are those of somebody in the class. */
  async hostIds(classId: string): Promise<string[]> {
    const rows = await this.#database.read<ClassTables>().selectFrom('trainees').select('host_id').where('class_id', '=', classId).where('host_id', 'is not', null).execute();
    return rows.flatMap(({ host_id }) => host_id ?? []);
  }

  // Attendance

  /** Opens the code of a meeting, or keeps it open longer. */
  async open(meetingId: string): Promise<{ code: string; openUntil: number }> {
    const now = this.#clock.now();
    return this.#database.write<ClassTables, { code: string; openUntil: number }>(async (transaction) => {
      const row = await transaction.selectFrom('meetings').select(['code', 'open_until']).where('id', '=', meetingId).executeTakeFirstOrThrow();
      // One that has been over is on old photos; a new code takes its place.
      const code = row.code !== null && row.open_until !== null && row.open_until > now ? row.code : randomBytes(9).toString('base64url');
      const openUntil = now + ATTENDANCE_OPEN_MS;
      await transaction.updateTable('meetings').set({ code, open_until: openUntil }).where('id', '=', meetingId).execute();
      return { code, openUntil };
    });
  }

  async close(meetingId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.updateTable('meetings').set({ code: null, open_until: null }).where('id', '=', meetingId).execute();
    });
  }

  /** The meeting of a code that takes people now. @throws FieldcastError `attendance.closed`. */
  async meetingOf(code: string): Promise<MeetingRow> {
    const row = await this.#database.read<ClassTables>().selectFrom('meetings').selectAll().where('code', '=', code).where('open_until', '>', this.#clock.now()).executeTakeFirst();
    if (!row) throw new FieldcastError('attendance.closed', 'This code takes nobody any more.');
    return row;
  }

  /**
   * Somebody is there, by the server's clock; whoever came before stays as of when.
   * @param known whom this phone has come as before
   * @throws FieldcastError `class.full`, `class.name-taken`, `not-found`.
   */
  async come(meeting: MeetingRow, request: Coming, known: string | undefined): Promise<{ id: string; name: string; at: number }> {
    const now = this.#clock.now();
    return this.#database.write<ClassTables, { id: string; name: string; at: number }>(async (transaction) => {
      const find = (id: string) => transaction.selectFrom('trainees').selectAll().where('id', '=', id).where('class_id', '=', meeting.class_id).executeTakeFirst();
      let id = known !== undefined && (request.traineeId === undefined || request.traineeId === known) && (await find(known)) ? known : undefined;
      if (id === undefined && request.traineeId !== undefined) {
        const row = await find(request.traineeId);
        if (!row) throw new FieldcastError('not-found', 'This name is not in the class.');
        if (row.has_device === 1) throw new FieldcastError('class.name-taken', 'Another phone has come as this person.');
        id = row.id;
      }
      if (id === undefined && request.name !== undefined) id = await this.#insert(transaction, meeting.class_id, { name: request.name, phone: request.phone, home: request.home }, true);
      if (id === undefined) throw new FieldcastError('not-found', 'Say who has come.');
      await transaction.updateTable('trainees').set({ has_device: 1 }).where('id', '=', id).execute();
      await transaction.insertInto('attendance').values({ meeting_id: meeting.id, trainee_id: id, at: now, how: 'code' }).onConflict((conflict) => conflict.doNothing()).execute();
      const { at } = await transaction.selectFrom('attendance').select('at').where('meeting_id', '=', meeting.id).where('trainee_id', '=', id).executeTakeFirstOrThrow();
      const { name } = await transaction.selectFrom('trainees').select('name').where('id', '=', id).executeTakeFirstOrThrow();
      return { id, name, at };
    });
  }

  /** As the trainer saw it. @throws FieldcastError `not-found` for somebody of another class. */
  async mark(meetingId: string, traineeId: string, wasThere: boolean): Promise<void> {
    const now = this.#clock.now();
    await this.#database.write<ClassTables, void>(async (transaction) => {
      const both = await transaction
        .selectFrom('meetings')
        .innerJoin('trainees', 'trainees.class_id', 'meetings.class_id')
        .select('meetings.id')
        .where('meetings.id', '=', meetingId)
        .where('trainees.id', '=', traineeId)
        .executeTakeFirst();
      if (!both) throw new FieldcastError('not-found', 'This person is not in the class.');
      if (wasThere) await transaction.insertInto('attendance').values({ meeting_id: meetingId, trainee_id: traineeId, at: now, how: 'trainer' }).onConflict((conflict) => conflict.doNothing()).execute();
      else await transaction.deleteFrom('attendance').where('meeting_id', '=', meetingId).where('trainee_id', '=', traineeId).execute();
    });
  }

  async #insert(transaction: Transaction<ClassTables>, classId: string, { name, phone, home, stage }: NewTrainee, hasDevice: boolean): Promise<string> {
    const row = await transaction.selectFrom('classes').select(['seats', 'stage', 'erased_at']).where('id', '=', classId).executeTakeFirst();
    if (!row) throw new FieldcastError('not-found', 'There is no such class.');
    if (row.erased_at !== null) throw new FieldcastError('class.wrong-state', 'This class was erased when its time was over.', { params: { reason: 'erased' } });
    await requireRoom(transaction, classId, row.seats, 1);
    const id = newId('trn');
    await transaction
      .insertInto('trainees')
      .values({ id, class_id: classId, name, phone, home, stage: stage ?? row.stage, senior_id: null, host_id: null, shows_numbers: 0, has_device: hasDevice ? 1 : 0, joined_at: this.#clock.now() })
      .execute();
    return id;
  }

  async #set(traineeId: string, set: { host_id?: string; shows_numbers: 0 | 1 }): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.updateTable('trainees').set(set).where('id', '=', traineeId).execute();
    });
  }
}
