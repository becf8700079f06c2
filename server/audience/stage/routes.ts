// Owns the HTTP routes of polls and announcements, and of what stands in a room now.
import type { Caller } from '../../platform/auth.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Door } from '../../live/index.ts';
import * as endpoints from '../../protocol/endpoints.ts';
import type { Announcement } from '../../protocol/stage.ts';
import type { Announcements } from './announcements.ts';
import type { PollFeed } from './poll-feed.ts';
import type { Polls } from './polls.ts';
import type { Tally } from './tally.ts';

export interface StageRoutesDeps {
  door: Door;
  polls: Polls;
  pollFeed: PollFeed;
  announcements: Announcements;
  tally: Tally;
  tellAnnouncement: (showId: string, announcement: Announcement | null) => void;
}

export function stageRoutes({ door, polls, pollFeed, announcements, tally, tellAnnouncement }: StageRoutesDeps): Route[] {
  async function staff(caller: Caller, showId: string): Promise<{ name: string; isOver: boolean }> {
    const { show, isStaff } = await door.enter(caller, showId);
    if (!isStaff) throw new FieldcastError('auth.forbidden', 'This is not your show.');
    return { name: caller.claims.name ?? '', isOver: show.status === 'ended' };
  }
  /** Staff of a show that somebody may still watch live. */
  async function onStage(caller: Caller, showId: string): Promise<string> {
    const { name, isOver } = await staff(caller, showId);
    if (isOver) throw new FieldcastError('show.wrong-state', 'The show is over.');
    return name;
  }

  return [
    route(endpoints.readStage, async ({ params, caller }) => {
      const { show } = await door.enter(caller, params.showId);
      const [reactions, { poll, ownOption }, announcement] = await Promise.all([
        tally.totals(show.id),
        polls.standing(show.id, caller.claims.identity),
        announcements.standing(show.id),
      ]);
      return { reactions, poll, ownOption, announcement };
    }),

    route(endpoints.listPolls, async ({ params, caller }) => {
      await staff(caller, params.showId);
      return { polls: await polls.list(params.showId) };
    }),

    route(endpoints.openPoll, async ({ params, body, caller, once }) => {
      const name = await onStage(caller, params.showId);
      const poll = await polls.open(params.showId, body, name, once);
      pollFeed.changed(params.showId, poll);
      return poll;
    }),

    route(endpoints.changePoll, async ({ params, body, caller }) => {
      if (body.state === 'open') await onStage(caller, params.showId);
      else await staff(caller, params.showId);
      const poll = await polls.change(params.showId, params.pollId, body.state);
      pollFeed.changed(params.showId, poll);
      return poll;
    }),

    route(endpoints.vote, async ({ params, body, caller }) => {
      const { show, isStaff } = await door.enter(caller, params.showId);
      if (isStaff) throw new FieldcastError('auth.forbidden', 'Who works for the show does not vote in it.');
      await polls.get(show.id, params.pollId);
      // Without a token each call would be somebody else.
      if (!caller.isKnown) throw new FieldcastError('auth.missing', 'Join the show first: it gives this device its token.');
      await polls.vote(show.id, params.pollId, caller.claims.identity, body.option);
      pollFeed.voted(show.id, params.pollId);
      return polls.get(show.id, params.pollId);
    }),

    route(endpoints.announce, async ({ params, body, caller }) => {
      const announcement = await announcements.put(params.showId, body, await onStage(caller, params.showId));
      tellAnnouncement(params.showId, announcement);
      return announcement;
    }),

    route(endpoints.takeAnnouncementAway, async ({ params, caller }) => {
      await staff(caller, params.showId);
      await announcements.remove(params.showId);
      tellAnnouncement(params.showId, null);
      return undefined;
    }),
  ];
}
