// Owns the HTTP routes of the staff's desk for a chat.
import * as endpoints from '../../protocol/endpoints.ts';
import type { Database } from '../../platform/db/database.ts';
import { Bytes, type Route, route } from '../../platform/http/route.ts';
import type { Door } from '../../live/index.ts';
import type { Feed } from '../chat/feed.ts';
import type { Moderation } from '../chat/moderation.ts';
import type { AudienceTables } from '../tables.ts';
import { chatAsCsv } from './export.ts';
import { flagged } from './queue.ts';
import { staffDoor } from './staff-door.ts';
import { tryWord } from './word-trial.ts';

export function deskRoutes(deps: { database: Database; door: Door; moderation: Moderation; feed: Feed }): Route[] {
  const { database, moderation, feed } = deps;
  const staff = staffDoor(deps.door);

  return [
    route(endpoints.listFlagged, async ({ params, caller }) => {
      await staff(caller, params.showId);
      return { flagged: await flagged(database.read<AudienceTables>(), params.showId) };
    }),

    route(endpoints.exportChat, async ({ params, caller, reply }) => {
      const { show } = await staff(caller, params.showId);
      reply.header('content-disposition', `attachment; filename="chat-${show.id}.csv"`);
      reply.header('cache-control', 'no-store');
      return new Bytes(await chatAsCsv(database.read<AudienceTables>(), show), endpoints.exportChat.produces);
    }),

    route(endpoints.tryBlockedWord, async ({ params, body, caller }) => {
      await staff(caller, params.showId);
      return tryWord(body.word, body.text);
    }),

    route(endpoints.changeRestriction, async ({ params, body, caller }) => {
      const { by } = await staff(caller, params.showId);
      const { restriction, changed } = await moderation.hold(params.showId, params.restrictionId, body.minutes, by);
      feed.changed(params.showId, changed);
      return restriction;
    }),
  ];
}
