// Owns training: rehearsals beside the real shows, and those who coach in them. Nobody below knows it: without it the server sells just the
// same. Exports and wiring only.
import type { Audience } from '../audience/index.ts';
import type { Live, LiveFacts } from '../live/index.ts';
import type { Media, MediaFacts } from '../media/index.ts';
import type { Auth } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { Route, WireRoute } from '../platform/http/route.ts';
import type { Logger } from '../platform/log.ts';
import { Scope } from '../platform/scope.ts';
import type { Shop, ShopFacts } from '../shop/index.ts';
import { createConsole, type ConsolePart } from './console/index.ts';
import { createRehearsals, type RehearsalPart } from './rehearsal/index.ts';

export { trainingMigrations } from './tables.ts';

/** What every part of training is built from; each takes what it needs. */
export interface TrainingDeps {
  database: Database;
  auth: Auth;
  bus: Bus<MediaFacts & ShopFacts & LiveFacts>;
  clock: Clock;
  log: Logger;
  media: Media;
  shop: Shop;
  live: Live;
  audience: Audience;
  publicUrl: () => string;
  /** Days after which a rehearsal is erased. */
  rehearsalDays: number;
}

/** The same with what parts give each other. */
export interface TrainingPartDeps extends TrainingDeps {
  coaches: RehearsalPart['coaches'];
  rehearsals: RehearsalPart['rehearsals'];
}

export interface Training {
  readonly routes: readonly (Route | WireRoute)[];
  readonly commands: ConsolePart['commands'];
  close(): Promise<void>;
}

export function createTraining(deps: TrainingDeps): Training {
  const scope = new Scope();
  const rehearsal = createRehearsals({ ...deps, days: deps.rehearsalDays });
  scope.add(() => rehearsal.close());
  const parts: TrainingPartDeps = { ...deps, coaches: rehearsal.coaches, rehearsals: rehearsal.rehearsals };
  const desk = createConsole(parts);
  scope.add(() => desk.close());
  return {
    routes: [...rehearsal.routes, ...desk.routes],
    commands: desk.commands,
    close: () => scope.close(),
  };
}
