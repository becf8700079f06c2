// What is shown of a rush: what a person can read, whatever concerns them, and how much more there was.
import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { pace, type PacedRow } from '../../../web-components/chat/pace.ts';

let count = 0;
function message(at: number, more: Partial<ChatMessage> = {}): ChatMessage {
  count += 1;
  return { id: `m${count}`, position: count, revision: count, at, author: { key: 'other', name: 'Li', role: 'viewer' }, text: `${count}`, replyTo: null, state: 'shown', isPinned: false, isPrivate: false, isAnswered: false, ...more };
}
/** `perSecond` messages for `seconds`. */
const rush = (perSecond: number, seconds: number, from = 0) => Array.from({ length: perSecond * seconds }, (_, index) => message(from + Math.floor((index * 1000) / perSecond)));
const brief = (rows: readonly PacedRow[]) => rows.map((row) => ('count' in row ? `+${row.count}` : 'm'));
const none = new Set<number>();

describe('the pace of a chat', () => {
  it('shows all of what can be read', () => {
    const calm = rush(2, 10);
    expect(pace(calm, null, none)).toHaveLength(calm.length);
    expect(brief(pace(calm, null, none)).every((row) => row === 'm')).toBe(true);
  });

  it('shows five in two seconds of a rush, and says how many more there were', () => {
    expect(brief(pace(rush(20, 4), null, none))).toEqual(['m', 'm', 'm', 'm', 'm', '+35', 'm', 'm', 'm', 'm', 'm', '+35']);
  });

  it('always shows the reader’s own, what answers them, the staff, the pinned and the private', () => {
    const flood = rush(20, 1);
    const own = message(990, { author: { key: 'me', name: 'Me', role: 'viewer' } });
    const special = [
      own,
      message(991, { replyTo: { id: own.id, name: 'Me', text: '' } }),
      message(992, { author: { key: 'h', name: 'Zhang', role: 'host' } }),
      message(993, { isPinned: true }),
      message(994, { isPrivate: true }),
    ];
    expect(brief(pace([...flood, ...special, message(995)], 'me', none))).toEqual(['m', 'm', 'm', 'm', 'm', '+15', 'm', 'm', 'm', 'm', 'm', '+1']);
  });

  it('shows everything of a stretch that somebody has opened, and nothing else', () => {
    const rows = pace(rush(20, 4), null, new Set([0]));
    expect(rows.filter((row) => 'message' in row)).toHaveLength(45);
    expect(brief(rows).at(-1)).toBe('+35');
  });

  it('gives each row a name of its own, the same when more comes', () => {
    const messages = rush(20, 4);
    const before = pace(messages.slice(0, 60), null, none).map(({ id }) => id);
    const after = pace(messages, null, none).map(({ id }) => id);
    expect(new Set(after).size).toBe(after.length);
    expect(after.slice(0, before.length)).toEqual(before);
  });
});
