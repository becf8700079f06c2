// Owns what is told of classes after they are over, and the writing of visits.
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { type ClassFollowUp, type DueVisit, type FollowedTrainee, type FollowUp, type VisitPatch, type VisitWeek } from '../../protocol/follow-up.ts';
import type { Show } from '../../protocol/show.ts';
import type { ClassesPort, KeptNumbers, TraineeRow } from '../classes/index.ts';
import { isDue, isLate, type NotedVisit, visitsAfter } from './calendar.ts';
import { NumbersSince, type NumbersSource } from './numbers.ts';
import { sharesOf, sharesTogether, stillStreaming } from './still-streaming.ts';
import type { FollowUpTables } from './tables.ts';

export interface FollowUpDeps {
  database: Database;
  clock: Clock;
  classes: Pick<ClassesPort, 'summary' | 'people' | 'kept'>;
  source: NumbersSource;
}

type OwnShow = Pick<Show, 'id' | 'sellerId' | 'startedAt'>;

export class FollowUps {
  readonly #deps: FollowUpDeps;

  constructor(deps: FollowUpDeps) {
    this.#deps = deps;
  }

  /** Everybody of a class since it was over. @throws FieldcastError `not-found`. */
  async ofClass(classId: string): Promise<ClassFollowUp> {
    const { classes, clock, source } = this.#deps;
    const [{ title, endsAt, isErased }, rows, noted] = await Promise.all([classes.summary(classId), classes.people(classId), this.#noted(classId)]);
    const now = clock.now();
    const since = new NumbersSince(source, endsAt, now);
    const people: FollowedTrainee[] = [];
    for (const row of rows) {
      const shows = row.host_id === null ? null : await source.showsOf(row.host_id);
      people.push(await followed(row, shows, noted.get(row.id) ?? [], { endsAt, now, since }));
    }
    const shares = isErased ? ((await classes.kept(classId))?.shares ?? []) : sharesOf(people, endsAt, now);
    return { classId, title, endsAt, serverTime: now, shares, people };
  }

  /** Over several classes, newest first: what is due, and who still streams. */
  async over(classIds: readonly string[]): Promise<FollowUp> {
    const { classes, clock } = this.#deps;
    const now = clock.now();
    const visits: DueVisit[] = [];
    const told: (FollowUp['classes'][number] & { trainees: number })[] = [];
    for (const classId of classIds) {
      const { title, endsAt, trainers, isErased, trainees } = await classes.summary(classId);
      const kept = isErased ? await classes.kept(classId) : await this.numbersOf(classId);
      told.push({ classId, title, endsAt, trainers, trainees: kept?.trainees ?? trainees, visitsDone: kept?.visitsDone ?? 0, visitsMissed: kept?.visitsMissed ?? 0, shares: kept?.shares ?? [] });
      const [rows, noted] = await Promise.all([classes.people(classId), this.#noted(classId)]);
      for (const { id, name, phone, home } of rows) {
        for (const visit of visitsAfter(endsAt, noted.get(id) ?? [])) {
          if (isDue(visit, now)) visits.push({ classId, classTitle: title, traineeId: id, name, phone, home, week: visit.week, plannedAt: visit.plannedAt, isLate: isLate(visit, now) });
        }
      }
    }
    visits.sort((a, b) => a.plannedAt - b.plannedAt);
    const names = [...new Set(told.flatMap(({ trainers }) => trainers))].sort();
    return {
      serverTime: now,
      visits,
      classes: told.map(({ classId, title, endsAt, trainers, visitsDone, visitsMissed, shares }) => ({ classId, title, endsAt, trainers, visitsDone, visitsMissed, shares })),
      trainers: names.map((name) => {
        const own = told.filter(({ trainers }) => trainers.includes(name));
        const sum = (value: (each: (typeof told)[number]) => number): number => own.reduce((total, each) => total + value(each), 0);
        return { name, classes: own.length, trainees: sum(({ trainees }) => trainees), visitsDone: sum(({ visitsDone }) => visitsDone), shares: sharesTogether(own.map(({ shares }) => shares)) };
      }),
    };
  }

  /** What of a class is told without naming anybody; kept when its people are erased. */
  async numbersOf(classId: string): Promise<KeptNumbers> {
    const { classes, clock, source } = this.#deps;
    const [{ endsAt }, rows, noted] = await Promise.all([classes.summary(classId), classes.people(classId), this.#noted(classId)]);
    const now = clock.now();
    const people: { isStreaming: (boolean | null)[]; isHostKnown: boolean }[] = [];
    for (const { host_id: hostId } of rows) {
      const starts = hostId === null ? null : (await source.showsOf(hostId)).flatMap(({ startedAt }) => startedAt ?? []);
      people.push({ isStreaming: stillStreaming(starts, endsAt, now), isHostKnown: hostId !== null });
    }
    const visits = [...noted.values()].flat();
    return {
      trainees: rows.length,
      visitsDone: visits.filter(({ state }) => state === 'done').length,
      visitsMissed: visits.filter(({ state }) => state === 'missed').length,
      shares: sharesOf(people, endsAt, now),
    };
  }

  /** Only what is given changes. */
  async change(traineeId: string, week: VisitWeek, { state, note, plannedAt }: VisitPatch, byName: string): Promise<void> {
    const now = this.#deps.clock.now();
    await this.#deps.database.write<FollowUpTables, void>(async (transaction) => {
      const before = await transaction.selectFrom('visits').selectAll().where('trainee_id', '=', traineeId).where('week', '=', week).executeTakeFirst();
      const nowState = state ?? before?.state ?? 'planned';
      const row = {
        trainee_id: traineeId,
        week,
        state: nowState,
        note: note ?? before?.note ?? '',
        planned_at: plannedAt === undefined ? (before?.planned_at ?? null) : plannedAt,
        marked_at: nowState === 'planned' ? null : state === undefined || state === before?.state ? (before?.marked_at ?? now) : now,
        by_name: byName,
      };
      await transaction.insertInto('visits').values(row).onConflict((conflict) => conflict.columns(['trainee_id', 'week']).doUpdateSet(row)).execute();
    });
  }

  async #noted(classId: string): Promise<Map<string, NotedVisit[]>> {
    const rows = await this.#deps.database
      .read<FollowUpTables & { trainees: { id: string; class_id: string } }>()
      .selectFrom('visits')
      .innerJoin('trainees', 'trainees.id', 'visits.trainee_id')
      .selectAll('visits')
      .where('trainees.class_id', '=', classId)
      .execute();
    const byTrainee = new Map<string, NotedVisit[]>();
    for (const { trainee_id, week, state, note, planned_at, marked_at, by_name } of rows) {
      byTrainee.set(trainee_id, [...(byTrainee.get(trainee_id) ?? []), { week, state, note, plannedAt: planned_at, markedAt: marked_at, byName: by_name }]);
    }
    return byTrainee;
  }
}

async function followed(row: TraineeRow, shows: readonly OwnShow[] | null, noted: readonly NotedVisit[], { endsAt, now, since }: { endsAt: number; now: number; since: NumbersSince }): Promise<FollowedTrainee> {
  const starts = shows?.flatMap(({ startedAt }) => startedAt ?? []) ?? null;
  const after = starts?.filter((at) => at >= endsAt) ?? [];
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    home: row.home,
    visits: visitsAfter(endsAt, noted),
    lastShowAt: after.length === 0 ? null : Math.max(...after),
    isHostKnown: row.host_id !== null,
    numbers: shows !== null && row.shows_numbers === 1 ? await since.of(shows) : null,
    isStreaming: stillStreaming(starts, endsAt, now),
  };
}
