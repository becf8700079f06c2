// Owns the endpoints of a show's chat and of its moderation.
import * as v from 'valibot';
import * as chat from '../chat.ts';
import { orderedByCode } from '../codes.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { everyone, showParams, staff } from './common.ts';

const messageParams = v.strictObject({ showId: id, messageId: id });
const count = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number));

export const readChat = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/messages',
  summary: 'The newest messages; with `after` all that has changed since that revision, taken-away messages included; with `before` those at earlier positions; with `from` and `to` (ms since epoch) those of a stretch of time, for the replay',
  roles: everyone,
  params: showParams,
  query: v.strictObject({
    after: v.optional(count),
    before: v.optional(count),
    from: v.optional(count),
    to: v.optional(count),
    limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(chat.CHAT_PAGE_LIMIT)), '50'),
  }),
  status: 200,
  response: chat.chatPage,
});

export const postMessage = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/messages',
  summary: 'Write in the chat; the same key writes once. `ordered` is what it orders by code, where the show has codes: the page puts it into its cart',
  roles: everyone,
  right: 'chat',
  params: showParams,
  body: chat.chatMessageRequest,
  status: 201,
  response: v.object({ message: chat.chatMessage, viewerToken: v.nullable(v.string()), ordered: orderedByCode }),
  idempotency: 'required',
  limit: { perIdentity: 30, perAddress: 120 },
});

export const changeMessage = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/messages/{messageId}',
  summary: 'Take a message away, put it back, let it through, pin it',
  roles: staff,
  right: 'chat',
  params: messageParams,
  body: chat.chatMessagePatch,
  status: 200,
  response: chat.chatMessage,
});

export const reportMessage = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/messages/{messageId}/reports',
  summary: 'A viewer finds a message bad; the staff see how many do',
  roles: everyone,
  params: messageParams,
  body: v.strictObject({}),
  status: 204,
  limit: { perIdentity: 10, perAddress: 60 },
});

export const eraseAuthor = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/messages/{messageId}/author',
  summary: 'Erase for good all that the author of this message wrote in this show: by the author or by the staff',
  roles: everyone,
  params: messageParams,
  status: 204,
});

export const restrictAuthor = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/restrictions',
  summary: 'Mute, shadow-ban or ban the author of a message for a time; what a banned author wrote is taken away',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: chat.restrictionRequest,
  status: 201,
  response: chat.restriction,
});

export const listRestrictions = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/restrictions',
  summary: 'Restrictions that hold now, newest first',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: v.object({ restrictions: v.array(chat.restriction) }),
});

export const liftRestriction = endpoint({
  method: 'DELETE',
  path: '/api/v1/shows/{showId}/restrictions/{restrictionId}',
  summary: 'End a restriction now; what a ban took away is put back',
  roles: staff,
  right: 'chat',
  params: v.strictObject({ showId: id, restrictionId: id }),
  status: 204,
});

export const readChatRules = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/chat-rules',
  summary: 'How the chat is ruled',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: chat.chatRules,
});

export const changeChatRules = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/chat-rules',
  summary: 'Slow mode, who may write, approval, contacts, blocked words, notices of who came and who bought',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: chat.chatRulesPatch,
  status: 200,
  response: chat.chatRules,
});

export const readModerationLog = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/moderation',
  summary: 'Who of the staff did what in the chat, newest first, 200 at most',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: v.object({ entries: v.array(chat.moderationEntry) }),
});
