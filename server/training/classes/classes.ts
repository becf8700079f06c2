// Owns the writing of classes themselves: title, places, meetings, who teaches, and pairs.
import type { Transaction } from 'kysely';
import type * as v from 'valibot';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Once } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { classPatch, classRequest } from '../../protocol/classes.ts';
import { newId } from '../../protocol/ids.ts';
import { type Pair, pairFault } from '../../protocol/pairing.ts';
import type { ClassTables } from './tables.ts';

type NewClass = v.InferOutput<typeof classRequest>;
type ClassPatch = v.InferOutput<typeof classPatch>;

export class Classes {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(deps: { database: Database; clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** @param trainer who teaches it; undefined: nobody yet */
  async create({ title, place, stage, seats, meetings }: NewClass, trainer: { identity: string; name: string } | undefined, once: Once | undefined): Promise<string> {
    const now = this.#clock.now();
    const { value } = await this.#database.writeOnce<ClassTables, { classId: string }>(once, now, async (transaction) => {
      const classId = newId('cls');
      await transaction.insertInto('classes').values({ id: classId, title, place, stage, seats, created_at: now, erased_at: null, kept: null }).execute();
      if (trainer) await transaction.insertInto('class_trainers').values({ class_id: classId, ...trainer }).execute();
      for (const { startsAt, endsAt } of meetings) {
        await transaction.insertInto('meetings').values({ id: newId('mtg'), class_id: classId, starts_at: startsAt, ends_at: endsAt, code: null, open_until: null }).execute();
      }
      return { classId };
    });
    return value.classId;
  }

  /** @throws FieldcastError `class.full` for fewer places than people, `class.wrong-state` for a meeting that was held and is left out. */
  async change(classId: string, { meetings, ...patch }: ClassPatch): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      if (patch.seats !== undefined) await requireRoom(transaction, classId, patch.seats, 0);
      const set = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      if (Object.keys(set).length > 0) await transaction.updateTable('classes').set(set).where('id', '=', classId).execute();
      if (meetings) await replaceMeetings(transaction, classId, meetings);
    });
  }

  async delete(classId: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('classes').where('id', '=', classId).execute();
    });
  }

  /** Identity of who teaches the class by this name. */
  async trainerNamed(classId: string, name: string): Promise<string | undefined> {
    const row = await this.#database.read<ClassTables>().selectFrom('class_trainers').select('identity').where('class_id', '=', classId).where('name', '=', name).executeTakeFirst();
    return row?.identity;
  }

  async addTrainer(classId: string, identity: string, name: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.insertInto('class_trainers').values({ class_id: classId, identity, name }).onConflict((conflict) => conflict.doNothing()).execute();
    });
  }

  async removeTrainer(classId: string, identity: string): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      await transaction.deleteFrom('class_trainers').where('class_id', '=', classId).where('identity', '=', identity).execute();
    });
  }

  /** All pairs at once. @throws FieldcastError `class.wrong-state` with what is wrong with them. */
  async pair(classId: string, pairs: readonly Pair[]): Promise<void> {
    await this.#database.write<ClassTables, void>(async (transaction) => {
      const people = await transaction.selectFrom('trainees').select(['id', 'stage']).where('class_id', '=', classId).execute();
      const fault = pairFault(pairs, people);
      if (fault === 'unknown') throw new FieldcastError('not-found', 'Somebody in these pairs is not in the class.');
      if (fault) throw new FieldcastError('class.wrong-state', 'These pairs do not go together.', { params: { reason: fault } });
      await transaction.updateTable('trainees').set({ senior_id: null }).where('class_id', '=', classId).execute();
      for (const { juniorId, seniorId } of pairs) await transaction.updateTable('trainees').set({ senior_id: seniorId }).where('id', '=', juniorId).execute();
    });
  }
}

/** @throws FieldcastError `class.full` where so many more have no place. */
export async function requireRoom(transaction: Transaction<ClassTables>, classId: string, seats: number, more: number): Promise<void> {
  const { count } = await transaction.selectFrom('trainees').select((eb) => eb.fn.countAll<number>().as('count')).where('class_id', '=', classId).executeTakeFirstOrThrow();
  if (count + more > seats) throw new FieldcastError('class.full', 'Every place in this class is taken.', { params: { seats } });
}

async function replaceMeetings(transaction: Transaction<ClassTables>, classId: string, meetings: NonNullable<ClassPatch['meetings']>): Promise<void> {
  const known = await transaction.selectFrom('meetings').select('id').where('class_id', '=', classId).execute();
  const kept = new Set(meetings.flatMap(({ id }) => id ?? []));
  for (const id of kept) if (!known.some((row) => row.id === id)) throw new FieldcastError('not-found', 'There is no such meeting of this class.');
  for (const { id } of known.filter((row) => !kept.has(row.id))) {
    const held = await transaction.selectFrom('attendance').select('at').where('meeting_id', '=', id).executeTakeFirst();
    if (held) throw new FieldcastError('class.wrong-state', 'Somebody was at this meeting.', { params: { reason: 'was-held' } });
    await transaction.deleteFrom('meetings').where('id', '=', id).execute();
  }
  for (const { id, startsAt, endsAt } of meetings) {
    const times = { starts_at: startsAt, ends_at: endsAt };
    if (id === undefined) await transaction.insertInto('meetings').values({ id: newId('mtg'), class_id: classId, ...times, code: null, open_until: null }).execute();
    else await transaction.updateTable('meetings').set(times).where('id', '=', id).execute();
  }
}
