// Owns how a message of the chat travels to everybody in a room: what most messages have in common is left out. A message to ten thousand
// viewers leaves the server ten thousand times, and a third of its bytes would say what it is not.
import type { ChatMessage, ChatNews } from './chat.ts';

const USUAL = { replyTo: null, state: 'shown', isPinned: false, isPrivate: false, isAnswered: false } as const satisfies Partial<ChatMessage>;

/** Leaves out what is usual, and a `revision` that is the `position`: nothing has changed since it was written. */
export function briefly(message: ChatMessage): ChatNews {
  const news: ChatNews = { ...message };
  for (const name of Object.keys(USUAL) as (keyof typeof USUAL)[]) if (message[name] === USUAL[name]) delete news[name];
  if (message.revision === message.position) delete news.revision;
  return news;
}

export function inFull(news: ChatNews): ChatMessage {
  // JSON knows nothing that is there and undefined.
  return { ...USUAL, revision: news.position, ...news } as ChatMessage;
}
