// Owns the endpoints of the staff's desk for a chat: what waits for a decision, trying the word filter, taking the chat along as a table.
import * as v from 'valibot';
import * as chat from '../chat.ts';
import { endpoint } from '../endpoint.ts';
import { id } from '../ids.ts';
import { line } from '../text.ts';
import { showParams, staff } from './common.ts';

export const listFlagged = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/messages/flagged',
  summary: 'Messages that wait for a decision, oldest first, 200 at most: held ones, and those that viewers have reported since the last decision',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  response: v.object({ flagged: v.array(v.object({ message: chat.chatMessage, reports: v.number() })) }),
});

export const exportChat = endpoint({
  method: 'GET',
  path: '/api/v1/shows/{showId}/messages.csv',
  summary: 'The whole chat as a table (UTF-8 with a byte order mark, cells that a spreadsheet could take for formulas are defused)',
  roles: staff,
  right: 'chat',
  params: showParams,
  status: 200,
  produces: 'text/csv; charset=utf-8',
  limit: { perIdentity: 12 },
});

export const tryBlockedWord = endpoint({
  method: 'POST',
  path: '/api/v1/shows/{showId}/chat-rules/trial',
  summary: 'What a blocked word would catch: examples of its variants, and whether it is found in a text',
  roles: staff,
  right: 'chat',
  params: showParams,
  body: v.strictObject({ word: line(1, 40), text: v.optional(line(0, chat.MESSAGE_LIMIT), '') }),
  status: 200,
  response: v.object({ variants: v.array(v.string()), isCaught: v.boolean() }),
  limit: { perIdentity: 240 },
});

export const changeRestriction = endpoint({
  method: 'PATCH',
  path: '/api/v1/shows/{showId}/restrictions/{restrictionId}',
  summary: 'Let a restriction hold for another time from now; one that was lifted holds again, with all that belongs to it',
  roles: staff,
  right: 'chat',
  params: v.strictObject({ showId: id, restrictionId: id }),
  body: v.strictObject({ minutes: chat.restrictionMinutes }),
  status: 200,
  response: chat.restriction,
});
