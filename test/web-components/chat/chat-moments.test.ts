// Owns which messages go with the picture: live not before their moment, in a replay those that were said then.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatMessage } from '../../../server/protocol/chat.ts';
import { PastChat, reached, serverClockAt } from '../../../web-components/chat/chat-moments.ts';

const said = (at: number, key = 'li'): ChatMessage => ({
  id: `msg_${at}`, position: at, revision: at, at, author: { key, name: '', role: 'viewer' }, text: String(at), replyTo: null, state: 'shown', isPinned: false, isPrivate: false, isAnswered: false,
});
const times = (messages: readonly ChatMessage[]) => messages.map((message) => message.at);

describe('live', () => {
  it('a message waits for the picture of its moment, one\'s own does not', () => {
    const { due, nextInMs } = reached([said(1_000), said(4_000), said(5_000), said(6_000, 'me')], 1_200, 'me');
    expect([times(due), nextInMs]).toEqual([[1_000, 6_000], 2_300]);
  });

  it('nothing is waited for where the picture is not late', () => {
    expect(reached([said(1_000), said(2_000)], 2_000, null)).toMatchObject({ nextInMs: null, due: [{ at: 1_000 }, { at: 2_000 }] });
  });
});

describe('the clock of a replay', () => {
  const stretches = [{ startMs: 0, endMs: 10_000, at: 1_000_000 }, { startMs: 10_000, endMs: 30_000, at: 1_500_000 }];
  it.each([[0, 1_000_000], [9_999, 1_009_999], [10_000, 1_500_000], [25_000, 1_515_000], [99_000, 1_520_000], [-5, 1_000_000]])('at %i ms shows what was said at %i', (timeMs, at) => {
    expect(serverClockAt({ stretches }, timeMs)).toBe(at);
  });

  it('has no time where nothing was recorded', () => {
    expect(serverClockAt({ stretches: [] }, 0)).toBeNull();
  });
});

describe('PastChat', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 0 }));
  afterEach(() => void vi.useRealTimers());

  it('reads each minute once, and shows nothing before it was said', async () => {
    const asked: number[] = [];
    const past = new PastChat((async (_endpoint: unknown, { query }: { query: { from: string } }) => {
      asked.push(Number(query.from) / 60_000);
      return { ok: true, value: { messages: [said(Number(query.from) + 5_000), said(Number(query.from) + 50_000)], revision: 1, you: 'me' } };
    }) as never, 'shw_orchard');
    past.upTo(130_000);
    await vi.advanceTimersByTimeAsync(0);
    expect(times(past.upTo(130_000))).toEqual([65_000, 110_000, 125_000]);
    expect(times(past.upTo(171_000))).toEqual([65_000, 110_000, 125_000, 170_000]);
    expect(asked).toEqual([1, 2, 3]);
  });

  it('asks again for a minute that did not come, and not at once', async () => {
    let calls = 0;
    const past = new PastChat((async () => {
      calls += 1;
      return { ok: false, error: { code: 'network.offline', status: 0, detail: '' } };
    }) as never, 'shw_orchard');
    past.upTo(130_000);
    await vi.advanceTimersByTimeAsync(0);
    past.upTo(130_000);
    expect(calls).toBe(3);
    await vi.advanceTimersByTimeAsync(5_000);
    past.upTo(130_000);
    expect(calls).toBe(6);
  });
});
