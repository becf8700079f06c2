// Owns reactions, polls and announcements as the audience module sees them. Wiring only.
import type { Caller } from '../../platform/auth.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Bus } from '../../platform/events.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Logger } from '../../platform/log.ts';
import { Scope } from '../../platform/scope.ts';
import type { CommandHandlers, Peer } from '../../platform/socket.ts';
import type { Announcement, Poll, ReactionCounts, ReactionKind } from '../../protocol/stage.ts';
import type { Door, LiveFacts } from '../../live/index.ts';
import { Announcements } from './announcements.ts';
import { PollFeed } from './poll-feed.ts';
import { Polls } from './polls.ts';
import { ReactionLimits } from './reaction-limits.ts';
import { stageRoutes } from './routes.ts';
import { Tally } from './tally.ts';
import { eraseStage } from './traces.ts';

/** The people in a show, as the stage speaks to them. */
export interface StageAudience {
  send(showId: string, event: 'poll.changed', body: { poll: Poll }): void;
  send(showId: string, event: 'announcement.changed', body: { announcement: Announcement | null }): void;
  decorate(showId: string, event: 'reactions.changed', body: { counts: ReactionCounts; totals: ReactionCounts }): void;
  showOf(peer: Peer): { showId: string; isStaff: boolean };
}

export interface StageDeps {
  database: Database;
  bus: Bus<LiveFacts>;
  clock: Clock;
  log: Logger;
  door: Door;
  room: StageAudience;
}

export interface StageDoings {
  /** Taps of one kind by one person. @throws FieldcastError `rate.limited`. */
  react(showId: string, caller: Caller, kind: ReactionKind, count: number): Promise<void>;
}

export function createStage({ database, bus, clock, log, door, room }: StageDeps): StageDoings & { routes: Route[]; commands: Pick<CommandHandlers, 'reaction.send'>; close(): Promise<void> } {
  const scope = new Scope();
  const onFault = (error: unknown): void => log.error({ err: error }, 'telling what is on the stage failed');
  const polls = new Polls({ database, clock });
  const announcements = new Announcements({ database, clock });
  const limits = new ReactionLimits();
  const tally = new Tally({ database, clock, tell: (showId, body) => room.decorate(showId, 'reactions.changed', body), onFault });
  scope.add(() => tally.close());
  const pollFeed = new PollFeed({ polls, clock, tell: (showId, poll) => room.send(showId, 'poll.changed', { poll }), onFault });
  scope.add(() => pollFeed.close());
  scope.add(bus.on('show.deleted', async ({ showId }) => void (await Promise.all([tally.forget(showId), eraseStage(database, showId)]))));
  const react: StageDoings['react'] = async (showId, caller, kind, count) => {
    await limits.take(caller, count);
    tally.add(showId, kind, count);
  };
  return {
    react,
    routes: stageRoutes({ door, polls, pollFeed, announcements, tally, tellAnnouncement: (showId, announcement) => room.send(showId, 'announcement.changed', { announcement }) }),
    commands: {
      async 'reaction.send'({ kind, count }, peer) {
        const { showId } = room.showOf(peer);
        await react(showId, peer.caller, kind, count);
        return {};
      },
    },
    close: () => scope.close(),
  };
}
