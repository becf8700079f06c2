// Owns classes: who learns from whom, who was there, what is done and what is given along. Exports and wiring only.
import type { Auth } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Route, WireRoute } from '../../platform/http/route.ts';
import { Scope } from '../../platform/scope.ts';
import type { ClassSummary } from '../../protocol/classes.ts';
import { Certificates } from './certificates.ts';
import { ClassDoor } from './class-door.ts';
import { type TraineeRow, ClassViews } from './class-view.ts';
import { Classes } from './classes.ts';
import { Materials } from './materials.ts';
import { classRoutes, type TrainerLinks } from './routes.ts';
import type { ClassTables } from './tables.ts';
import { Tasks } from './tasks.ts';
import { Trainees } from './trainees.ts';
import { ClassUpkeep, type KeptNumbers } from './upkeep.ts';

export type { TraineeRow } from './class-view.ts';
export type { TrainerLinks } from './routes.ts';
export { classMigration } from './tables.ts';
export type { KeptNumbers } from './upkeep.ts';

export interface ClassesDeps {
  database: Database;
  auth: Auth;
  clock: Clock;
  dataDir: string;
  /** Room on the disk that stays free. */
  reserveBytes: number;
  /** Names, files and notes are kept until so many days after the last meeting. */
  classDays: number;
  links: TrainerLinks;
  hostName: (hostId: string) => Promise<string | undefined>;
  publicUrl: () => string;
  onFault: (error: unknown) => void;
}

/** What the rest of training uses of classes. */
export interface ClassesPort {
  readonly routes: readonly (Route | WireRoute)[];
  readonly door: Pick<ClassDoor, 'enter' | 'mayTeach' | 'ownClasses' | 'classOfTrainee'>;
  /** @throws FieldcastError `not-found`. */
  summary(classId: string): Promise<ClassSummary>;
  /** By name. */
  people(classId: string): Promise<TraineeRow[]>;
  /** Hosts whose shows are those of somebody in the class. */
  hostIds(classId: string): Promise<string[]>;
  /** What stayed of a class whose people are erased. */
  kept(classId: string): Promise<KeptNumbers | undefined>;
  /** Says what is to be kept of a class before its people are erased. */
  keepNumbersOf(numbersOf: (classId: string) => Promise<KeptNumbers>): void;
  /** Erases one trainee, for modules beside. */
  forgetPerson(identity: string): Promise<void>;
  close(): Promise<void>;
}

export function createClasses(deps: ClassesDeps): ClassesPort {
  const { database, clock } = deps;
  const scope = new Scope();
  const door = new ClassDoor(database);
  const views = new ClassViews(deps);
  const trainees = new Trainees(deps);
  const materials = new Materials(deps);
  scope.add(() => materials.close());
  let numbersOf: (classId: string) => Promise<KeptNumbers> = async (classId) => ({ trainees: (await views.people(classId)).length, visitsDone: 0, visitsMissed: 0, shares: [] });
  const upkeep = new ClassUpkeep({ database, clock, materials, days: deps.classDays, numbersOf: (classId) => numbersOf(classId), onFault: deps.onFault });
  scope.add(() => upkeep.close());
  return {
    routes: classRoutes({ ...deps, door, views, classes: new Classes(deps), trainees, tasks: new Tasks(deps), materials, certificates: new Certificates(deps) }),
    door,
    summary: (classId) => views.summary(classId),
    people: (classId) => views.people(classId),
    hostIds: (classId) => trainees.hostIds(classId),
    async kept(classId) {
      const row = await database.read<ClassTables>().selectFrom('classes').select('kept').where('id', '=', classId).executeTakeFirst();
      return row?.kept ? (JSON.parse(row.kept) as KeptNumbers) : undefined;
    },
    keepNumbersOf(kept) {
      numbersOf = kept;
    },
    forgetPerson: (identity) => trainees.erase(identity),
    close: () => scope.close(),
  };
}
