// Owns what the rest of training may use of rehearsals and of coaches. Wiring only.
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import { Scope } from '../../platform/scope.ts';
import type { Live, LiveFacts } from '../../live/index.ts';
import { Coaches } from './coaches.ts';
import { GoingLive, type GoingLiveDeps } from './going-live.ts';
import { Rehearsals, type RehearsalsDeps } from './rehearsals.ts';
import { rehearsalRoutes } from './routes.ts';

export type { Coaches, HostsTaught } from './coaches.ts';
export type { Rehearsals } from './rehearsals.ts';

export interface RehearsalDeps extends Omit<RehearsalsDeps, 'live'> {
  bus: Bus<LiveFacts>;
  live: RehearsalsDeps['live'] & GoingLiveDeps['live'] & Pick<Live, 'room' | 'followCoaches'>;
}

export interface RehearsalPart {
  readonly coaches: Coaches;
  readonly rehearsals: Rehearsals;
  readonly routes: readonly Route[];
  close(): Promise<void>;
}

export function createRehearsals(deps: RehearsalDeps): RehearsalPart {
  const { live, bus, database, clock } = deps;
  const scope = new Scope();
  const coaches = new Coaches({ database, clock, shows: live.shows, room: live.room });
  live.followCoaches((caller, show) => coaches.may(caller, show));
  const rehearsals = new Rehearsals(deps);
  scope.add(() => rehearsals.close());
  const goingLive = new GoingLive({ ...deps, rehearsals });
  // Whoever deletes the show deletes what was copied for it.
  scope.add(bus.on('show.deleted', ({ showId }) => rehearsals.forget(showId)));
  scope.add(bus.on('link.made', ({ role, by, showId, identity, name }) => (role === 'coach' && by === 'host' ? coaches.allow(showId, identity, name) : undefined)));
  scope.add(bus.on('coach.came', ({ showId }) => coaches.moved(showId)));
  scope.add(bus.on('coach.left', ({ showId }) => coaches.moved(showId)));
  return { coaches, rehearsals, routes: rehearsalRoutes({ rehearsals, goingLive, coaches, shows: live.shows }), close: () => scope.close() };
}
