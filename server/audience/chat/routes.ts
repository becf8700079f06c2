// Owns the HTTP routes of a show's chat.
import * as endpoints from '../../protocol/endpoints.ts';
import { type Auth, type Caller, hasRight, VIEWER_TOKEN_TTL_MS } from '../../platform/auth.ts';
import type { Database } from '../../platform/db/database.ts';
import { FieldcastError } from '../../platform/errors.ts';
import { type Route, route } from '../../platform/http/route.ts';
import type { Door } from '../../live/index.ts';
import type { AudienceTables } from '../tables.ts';
import { staffDoor } from '../desk/staff-door.ts';
import { authorKey } from './author.ts';
import type { Codes } from '../codes/codes.ts';
import type { Feed } from './feed.ts';
import { newestRevision, readMessage, readMessages, viewMessage } from './messages.ts';
import type { Moderation, Moderator } from './moderation.ts';
import type { Rules } from './rules.ts';
import type { Speak } from './speaking.ts';

export function chatRoutes(deps: { database: Database; auth: Auth; door: Door; speak: Speak; moderation: Moderation; rules: Rules; feed: Feed; codes: Pick<Codes, 'ordered'> }): Route[] {
  const { database, auth, door, speak, moderation, rules, feed, codes } = deps;

  const enter = staffDoor(door);
  const staff = async (caller: Caller, showId: string): Promise<Moderator> => (await enter(caller, showId)).by;

  return [
    route(endpoints.readChat, async ({ params, query, caller }) => {
      const { show, isStaff } = await door.enter(caller, params.showId);
      const read = database.read<AudienceTables>();
      // The newest revision is read first: what comes in between is asked for again, and seen once.
      const revision = await newestRevision(read, show.id);
      const reader = { isStaff: isStaff && hasRight(caller, 'chat'), identity: caller.claims.identity };
      const page = await readMessages(read, { showId: show.id, ...query, reader });
      const isCut = query.after !== undefined && page.length === query.limit;
      return {
        messages: page.flatMap((message) => viewMessage(message, reader) ?? []),
        revision: isCut ? (page.at(-1)?.revision ?? revision) : revision,
        you: authorKey(show.id, reader.identity),
      };
    }),

    route(endpoints.postMessage, async ({ params, body, caller, once, reply }) => {
      const { show, isStaff } = await door.enter(caller, params.showId);
      const message = await speak(show, body, { caller, isStaff, userAgent: reply.request.headers['user-agent'] ?? '' }, once);
      const view = viewMessage(message, { isStaff, identity: caller.claims.identity });
      if (!view) throw new FieldcastError('not-found', 'The message of this key is not yours.');
      // What the staff write names a code; whom the room does not hear may still buy.
      const ordered = isStaff ? [] : await codes.ordered(show.id, message);
      return { message: view, ordered, viewerToken: caller.isKnown ? null : await auth.sign(caller.claims, VIEWER_TOKEN_TTL_MS) };
    }),

    route(endpoints.changeMessage, async ({ params, body, caller }) => {
      const by = await staff(caller, params.showId);
      feed.changed(params.showId, await moderation.act(params.showId, params.messageId, body.action, by));
      const message = await readMessage(database.read<AudienceTables>(), params.showId, params.messageId);
      const view = message && viewMessage(message, { isStaff: true, identity: caller.claims.identity });
      if (!view) throw new FieldcastError('not-found', 'There is no such message.');
      return view;
    }),

    route(endpoints.reportMessage, async ({ params, caller }) => {
      const { show } = await door.enter(caller, params.showId);
      if (await moderation.report(show.id, params.messageId, caller.claims.identity)) await feed.flag(show.id, params.messageId);
      return undefined;
    }),

    route(endpoints.eraseAuthor, async ({ params, caller }) => {
      const { show, isStaff: isOfShow } = await door.enter(caller, params.showId);
      const isStaff = isOfShow && hasRight(caller, 'chat');
      const by = { name: isStaff ? (caller.claims.name ?? '') : '', role: caller.claims.role };
      const mayErase = (message: { identity: string }) => isStaff || message.identity === caller.claims.identity;
      feed.changed(show.id, await moderation.erase(show.id, params.messageId, mayErase, by));
      return undefined;
    }),

    route(endpoints.restrictAuthor, async ({ params, body, caller }) => {
      const by = await staff(caller, params.showId);
      const { restriction, changed } = await moderation.restrict(params.showId, body, by);
      feed.changed(params.showId, changed);
      return restriction;
    }),

    route(endpoints.listRestrictions, async ({ params, caller }) => {
      await staff(caller, params.showId);
      return { restrictions: await moderation.restrictions(params.showId) };
    }),

    route(endpoints.liftRestriction, async ({ params, caller }) => {
      const by = await staff(caller, params.showId);
      feed.changed(params.showId, await moderation.lift(params.showId, params.restrictionId, by));
      return undefined;
    }),

    route(endpoints.readChatRules, async ({ params, caller }) => {
      await staff(caller, params.showId);
      return (await rules.of(params.showId)).rules;
    }),

    route(endpoints.changeChatRules, async ({ params, body, caller }) => moderation.changeRules(params.showId, body, await staff(caller, params.showId))),

    route(endpoints.readModerationLog, async ({ params, caller }) => {
      await staff(caller, params.showId);
      return { entries: await moderation.log(params.showId) };
    }),
  ];
}
