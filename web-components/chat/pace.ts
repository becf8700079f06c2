// Owns what is shown of a rush: as many messages as people can read, what concerns this viewer always, the rest behind "n more". No DOM.
import type { ChatMessage } from '../../server/protocol/chat.ts';

/** A line is read in about 400 ms. */
const WINDOW_MS = 2_000;
const SHOWN_IN_WINDOW = 5;

/** A message, or `count` that stand behind "n more" until somebody opens their `window`. */
export type PacedRow = { id: string; message: ChatMessage } | { id: string; window: number; count: number };

/**
 * @param messages in their order
 * @param ownKey `author.key` of the reader
 * @param opened windows whose messages all stand there
 */
export function pace(messages: readonly ChatMessage[], ownKey: string | null, opened: ReadonlySet<number>): readonly PacedRow[] {
  const own = new Set(messages.filter(({ author }) => author.key === ownKey).map(({ id }) => id));
  const rows: PacedRow[] = [];
  let window = NaN;
  let shown = 0;
  for (const message of messages) {
    const now = Math.floor(message.at / WINDOW_MS);
    if (now !== window) shown = 0;
    window = now;
    const concernsThem = own.has(message.id) || message.author.role !== 'viewer' || message.isPinned || message.isPrivate || (message.replyTo !== null && own.has(message.replyTo.id));
    if (!concernsThem && shown >= SHOWN_IN_WINDOW && !opened.has(now)) {
      const last = rows.at(-1);
      if (last && 'count' in last && last.window === now) last.count += 1;
      else rows.push({ id: `more-${message.id}`, window: now, count: 1 });
      continue;
    }
    if (!concernsThem) shown += 1;
    rows.push({ id: message.id, message });
  }
  return rows;
}
