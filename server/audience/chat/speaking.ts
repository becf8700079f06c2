// Owns what follows from a message that somebody writes: who is told of it, and the draw that its words enter.
import type { Show } from '../../protocol/show.ts';
import type { Caller } from '../../platform/auth.ts';
import type { Once } from '../../platform/db/database.ts';
import type { Feed } from './feed.ts';
import type { StoredMessage } from './messages.ts';
import type { Posting, Writer } from './posting.ts';

export interface SpeakingDeps {
  posting: Posting;
  feed: Feed;
  /** Takes a viewer into a lucky draw whose word they wrote. */
  written: (show: Show, caller: Caller, text: string) => Promise<void>;
}

export type Speak = (show: Show, request: Parameters<Posting['post']>[1], writer: Writer, once: Once | undefined) => Promise<StoredMessage>;

/** Errors are those of `Posting.post`. */
export function speaking({ posting, feed, written }: SpeakingDeps): Speak {
  return async (show, request, writer, once) => {
    const message = await posting.post(show, request, writer, once);
    if (message.state === 'shown') feed.changed(show.id, [message.id]);
    if (message.state === 'held') await feed.flag(show.id, message.id);
    // Who is not heard by anybody takes part in nothing either.
    if (!writer.isStaff && message.state !== 'shadow' && message.private_for === null) await written(show, writer.caller, request.text);
    return message;
  };
}
