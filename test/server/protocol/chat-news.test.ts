// Owns that a message of the chat is the same before and after its way to a room.
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { briefly, inFull } from '../../../server/protocol/chat-news.ts';

const usual: ChatMessage = {
  id: 'msg_1', position: 7, revision: 7, at: 1_000, author: { key: 'k', name: 'Ming', role: 'viewer' },
  text: 'hello', replyTo: null, state: 'shown', isPinned: false, isPrivate: false, isAnswered: false,
};

describe('a message on its way to a room', () => {
  it('says nothing of what is usual', () => {
    expect(briefly(usual)).toEqual({ id: 'msg_1', position: 7, at: 1_000, author: usual.author, text: 'hello' });
  });

  it.each<Partial<ChatMessage>>([
    {},
    { revision: 9 },
    { replyTo: { id: 'msg_0', name: 'Li', text: 'how much?' } },
    { state: 'removed', text: '', revision: 12 },
    { state: 'held' },
    { isPinned: true, revision: 8 },
    { isPrivate: true },
    { isAnswered: true, revision: 10 },
  ])('is whole again at the other end: %o', (unusual) => {
    const message = { ...usual, ...unusual };
    expect(inFull(JSON.parse(JSON.stringify(briefly(message))))).toEqual(message);
  });
});
