// Owns what viewers say and how it is ruled. Exports and wiring only.
import type { Auth } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { Route, WireRoute } from '../platform/http/route.ts';
import type { Logger } from '../platform/log.ts';
import { Scope } from '../platform/scope.ts';
import type { Door, Goods, Live, LiveFacts } from '../live/index.ts';
import type { ShopFacts } from '../shop/index.ts';
import { type CaptionAudience, createCaptions } from './captions/index.ts';
import { deskRoutes } from './desk/routes.ts';
import { type Audience as Room, Feed } from './chat/feed.ts';
import { Moderation } from './chat/moderation.ts';
import { Posting } from './chat/posting.ts';
import { chatRoutes } from './chat/routes.ts';
import { Rules } from './chat/rules.ts';
import { eraseShow, noteBuyer } from './chat/traces.ts';
import { createQuestions, type QuestionAudience } from './questions/index.ts';

export { audienceMigrations } from './tables.ts';

export interface AudienceDeps {
  database: Database;
  auth: Auth;
  bus: Bus<LiveFacts & ShopFacts>;
  clock: Clock;
  log: Logger;
  door: Door;
  room: Room & CaptionAudience & QuestionAudience;
  goods: Goods;
  replayTimes: Live['replayTimes'];
}

export interface Audience {
  readonly routes: readonly (Route | WireRoute)[];
  close(): Promise<void>;
}

export function createAudience(deps: AudienceDeps): Audience {
  const { database, auth, bus, clock, log, door, room, goods } = deps;
  const scope = new Scope();
  const rules = new Rules(database);
  const moderation = new Moderation({ database, rules, clock });
  const posting = new Posting({ database, rules, clock });
  const onFault = (error: unknown): void => log.error({ err: error }, 'telling of chat messages failed');
  const feed: Feed = new Feed({ database, clock, audience: room, onChanged: (showId) => questions.catchUp(showId), onFault });
  scope.add(() => feed.close());
  const questions = createQuestions({ database, clock, door, goods, feed, posting, audience: room, onFault });
  scope.add(bus.on('order.placed', ({ order, identity }) => noteBuyer(database, order.showId, identity)));
  scope.add(bus.on('show.deleted', ({ showId }) => eraseShow(database, showId)));
  const captions = createCaptions(deps);
  scope.add(() => captions.close());
  return {
    routes: [
      ...chatRoutes({
        database,
        auth,
        door,
        rules,
        feed,
        posting,
        moderation,
      }),
      ...deskRoutes({ database, door, moderation, feed }),
      ...questions.routes,
      ...captions.routes,
    ],
    close: () => scope.close(),
  };
}
