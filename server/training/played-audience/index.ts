// Owns the audience that is played in rehearsals, as training sees it. Wiring only.
import type { Audience } from '../../audience/index.ts';
import { isHostOf, type Live, type LiveFacts } from '../../live/index.ts';
import type { Media } from '../../media/index.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Logger } from '../../platform/log.ts';
import { Scope } from '../../platform/scope.ts';
import type { Show } from '../../protocol/show.ts';
import type { Shop } from '../../shop/index.ts';
import { Doings } from './doings.ts';
import { playedRoutes } from './routes.ts';
import { Runs } from './runs.ts';
import { Scenarios } from './scenarios.ts';

export { playedMigration } from './tables.ts';

export interface PlayedAudienceDeps {
  database: Database;
  bus: Bus<LiveFacts>;
  clock: Clock;
  log: Logger;
  media: Pick<Media, 'find'>;
  shop: Pick<Shop, 'orders' | 'catalogue'>;
  live: Pick<Live, 'goods' | 'room' | 'shows'>;
  audience: Pick<Audience, 'viewers'>;
  coaches: {
    /** The show that this caller coaches in. @throws FieldcastError `not-found`, `auth.forbidden` */
    require(caller: Caller, showId: string): Promise<Show>;
  };
  /** Of the scenarios that come with the server. */
  scenariosDir: string;
}

export interface PlayedAudiencePart {
  readonly routes: readonly Route[];
  /** Takes up what a stop of the server interrupted. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

export function createPlayedAudience(deps: PlayedAudienceDeps): PlayedAudiencePart {
  const { database, bus, clock, log, media, shop, live, audience, coaches } = deps;
  const scope = new Scope();
  const doings = new Doings({ clock, goods: live.goods, room: live.room, viewers: audience.viewers, shop, media });
  const runs = new Runs({ database, clock, log, doings, shows: live.shows, tell: (showId, run) => live.room.sendToCoaches(showId, 'played.changed', { run }) });
  scope.add(() => runs.close());
  scope.add(bus.on('show.changed', ({ show }) => runs.follow(show)));
  scope.add(bus.on('show.deleted', ({ showId }) => runs.forget(showId)));

  async function trained(caller: Caller, showId: string): Promise<Show> {
    if (caller.claims.role === 'coach') return coaches.require(caller, showId);
    const show = await live.shows.require(showId);
    if (!isHostOf(caller, show)) throw new FieldcastError('not-found', 'There is no such show.');
    return show;
  }

  return {
    routes: playedRoutes({ scenarios: new Scenarios({ database, clock, log, folder: deps.scenariosDir }), runs, trained }),
    recover: () => runs.recover(),
    close: () => scope.close(),
  };
}
