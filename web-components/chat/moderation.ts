// Owns what happens when somebody chooses an action for a message: the call, and the words and undo that follow it.
import type { ChatMessage } from '../../server/protocol/chat.ts';
import { changeMessage, eraseAuthor, liftRestriction, markQuestion, reportMessage, restrictAuthor, unmarkQuestion } from '../../server/protocol/endpoints.ts';
import type { ChatMessages } from '../i18n/chat.ts';
import type { MessageAction } from './message-row.ts';
import type { ChatRoom } from './room.ts';
import type { RestrictKind } from '../ui/index.ts';

/** What to tell after an action. */
export interface Done {
  text: string;
  isFault: boolean;
  /** The message as it is now, where the answer told. */
  message?: ChatMessage;
  undo?: () => Promise<unknown>;
}

export async function act(room: ChatRoom, action: Exclude<MessageAction, 'reply' | 'private' | 'restrict'>, message: ChatMessage, text: ChatMessages): Promise<Done> {
  const { call } = room.client;
  const params = { showId: room.showId, messageId: message.id };
  const failed: Done = { text: text.failed, isFault: true };
  const change = (what: 'approve' | 'remove' | 'restore' | 'pin' | 'unpin') => call(changeMessage, { params, body: { action: what } });
  switch (action) {
    case 'report':
      return (await call(reportMessage, { params, body: {} })).ok ? { text: text.reported, isFault: false } : failed;
    case 'ask':
      if (!(await call(markQuestion, { params })).ok) return failed;
      return { text: text.asked, isFault: false, undo: () => call(unmarkQuestion, { params }) };
    case 'erase':
      return (await call(eraseAuthor, { params })).ok ? { text: text.removed, isFault: false } : failed;
    default: {
      const changed = await change(action);
      if (!changed.ok) return failed;
      if (action !== 'remove') return { text: '', isFault: false, message: changed.value };
      return { text: text.removed, isFault: false, message: changed.value, undo: () => change('restore') };
    }
  }
}

/** Keeps the author of a message from writing for a time. */
export async function restrict(room: ChatRoom, message: ChatMessage, kind: RestrictKind, minutes: number, text: ChatMessages): Promise<Done> {
  const { call } = room.client;
  const restricted = await call(restrictAuthor, { params: { showId: room.showId }, body: { messageId: message.id, kind, minutes } });
  if (!restricted.ok) return { text: text.failed, isFault: true };
  const params = { showId: room.showId, restrictionId: restricted.value.id };
  return {
    text: text.restrict.done[kind](message.author.name || text.guest, text.restrict.minutes(minutes)),
    isFault: false,
    undo: () => call(liftRestriction, { params }),
  };
}
