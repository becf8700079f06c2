// Owns what viewers say and how it is ruled. Exports and wiring only.
import type { Auth } from '../platform/auth.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db/database.ts';
import type { Bus } from '../platform/events.ts';
import type { Route, WireRoute } from '../platform/http/route.ts';
import type { Notices as Told } from '../protocol/stage.ts';
import type { Logger } from '../platform/log.ts';
import { Scope } from '../platform/scope.ts';
import type { CommandHandlers } from '../platform/socket.ts';
import type { Door, Goods, Live, LiveFacts } from '../live/index.ts';
import type { ShopFacts } from '../shop/index.ts';
import { type CaptionAudience, createCaptions } from './captions/index.ts';
import { deskRoutes } from './desk/routes.ts';
import { type Audience as Room, Feed } from './chat/feed.ts';
import { Moderation, type OnRestricted } from './chat/moderation.ts';
import { Posting } from './chat/posting.ts';
import { chatRoutes } from './chat/routes.ts';
import { Rules } from './chat/rules.ts';
import { type Speak, speaking } from './chat/speaking.ts';
import { eraseShow, noteBuyer } from './chat/traces.ts';
import { type CodeAudience, createCodes } from './codes/index.ts';
import { createDraws, type DrawDesk } from './draws/draws.ts';
import { Notices } from './notices/notices.ts';
import { Expiry } from './expiry.ts';
import { forgettingRoutes } from './forgetting.ts';
import { createQuestions, type QuestionAudience } from './questions/index.ts';
import { type ShowRecord, showRecord } from './record.ts';
import { createReminders, type ReminderDeps } from './reminders/index.ts';
import { createStage, type StageAudience, type StageDoings } from './stage/index.ts';
import { eraseStage } from './stage/traces.ts';

export type { ShowRecord } from './record.ts';
export { audienceMigrations } from './tables.ts';

export interface AudienceDeps {
  database: Database;
  auth: Auth;
  bus: Bus<LiveFacts & ShopFacts>;
  clock: Clock;
  log: Logger;
  door: Door;
  room: Room & CaptionAudience & QuestionAudience & StageAudience & CodeAudience & { decorate(showId: string, event: 'notices.told', body: Told): void };
  goods: Goods;
  /** Lucky draws, as far as viewers come into them here. */
  draws: DrawDesk;
  replayTimes: Live['replayTimes'];
  shows: ReminderDeps['shows'];
  sellers: ReminderDeps['sellers'];
  /** Where a show is watched. */
  pageOf: ReminderDeps['pageOf'];
  push: ReminderDeps['push'];
  /** Days that a seller's replays are kept; the chat goes with them. */
  daysOf: (sellerId: string) => Promise<number>;
  /** Other modules forget this person too. */
  forgetElsewhere: (identity: string) => Promise<void>;
  /** A viewer was kept from writing, or is not any more. */
  onRestricted: OnRestricted;
}

export interface Audience {
  readonly routes: readonly (Route | WireRoute)[];
  readonly commands: Pick<CommandHandlers, 'reaction.send'>;
  /** What was said in shows, for modules above. */
  readonly record: ShowRecord;
  /** What a viewer does in a show, for modules above that let viewers do it; errors as in the endpoints. */
  readonly viewers: {
    say: Speak;
    react: StageDoings['react'];
  };
  close(): Promise<void>;
}

export function createAudience(deps: AudienceDeps): Audience {
  const { database, auth, bus, clock, log, door, room, goods } = deps;
  const scope = new Scope();
  const rules = new Rules(database, (showId) => door.isGated(showId));
  const moderation = new Moderation({ database, rules, clock, onRestricted: deps.onRestricted });
  const posting = new Posting({ database, rules, clock });
  const onFault = (error: unknown): void => log.error({ err: error }, 'telling of chat messages failed');
  const feed: Feed = new Feed({ database, clock, audience: room, onChanged: (showId) => questions.catchUp(showId), onFault });
  scope.add(() => feed.close());
  const questions = createQuestions({ database, clock, door, goods, feed, posting, audience: room, onFault });
  scope.add(bus.on('order.placed', ({ order, identity }) => noteBuyer(database, order.showId, identity)));
  scope.add(bus.on('show.deleted', ({ showId }) => eraseShow(database, showId)));
  const ordering = createCodes(deps);
  scope.add(() => ordering.close());
  const captions = createCaptions(deps);
  scope.add(() => captions.close());
  const reminders = createReminders({ ...deps, onFault: (error) => log.error({ err: error }, 'reminding failed') });
  scope.add(() => reminders.close());
  const draws = createDraws({ door, draws: deps.draws, follows: reminders.follows, onFault: (error) => log.error({ err: error }, 'a word in the chat took nobody into a draw') });
  const speak = speaking({ posting, feed, written: draws.written });
  const expiry = new Expiry({
    ...deps,
    erase: async (showId) => {
      await eraseShow(database, showId);
      await eraseStage(database, showId);
      log.info({ showId }, 'chat erased, its time is over');
    },
    onFault: (error) => log.error({ err: error }, 'erasing old chats failed'),
  });
  scope.add(() => expiry.close());
  const stage = createStage(deps);
  scope.add(() => stage.close());
  const notices = new Notices({ database, clock, rulesOf: async (showId) => (await rules.of(showId)).rules, tell: (showId, told) => room.decorate(showId, 'notices.told', told), onFault });
  scope.add(() => notices.close());
  scope.add(bus.on('viewer.joined', ({ showId, identity }) => notices.joined(showId, identity)));
  scope.add(bus.on('order.placed', ({ order }) => notices.ordered(order)));
  scope.add(bus.on('show.changed', ({ show }) => show.status === 'ended' && notices.forget(show.id)));
  scope.add(bus.on('show.deleted', ({ showId }) => notices.forget(showId)));
  return {
    routes: [
      ...chatRoutes({
        database,
        auth,
        door,
        rules,
        feed,
        speak,
        moderation,
        codes: ordering.codes,
      }),
      ...deskRoutes({ database, door, moderation, feed }),
      ...questions.routes,
      ...captions.routes,
      ...stage.routes,
      ...ordering.routes,
      ...reminders.routes,
      ...draws.routes,
      ...forgettingRoutes({ database, feed, forgetElsewhere: deps.forgetElsewhere }),
    ],
    commands: stage.commands,
    record: showRecord(database),
    viewers: { say: speak, react: stage.react },
    close: () => scope.close(),
  };
}
