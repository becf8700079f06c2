// Owns when visits are, when one is due or late, and what "still streaming" counts.
import { describe, expect, it } from 'vitest';
import { isDue, isLate, visitsAfter } from '../../../../server/training/follow-up/calendar.ts';
import { sharesOf, sharesTogether, stillStreaming } from '../../../../server/training/follow-up/still-streaming.ts';

const DAY = 24 * 3600_000;
const END = 1_800_000_000_000;

describe('visits after a class', () => {
  it('are one, two, four and eight weeks after its last meeting', () => {
    expect(visitsAfter(END, []).map(({ week, plannedAt, state }) => [week, (plannedAt - END) / DAY, state])).toEqual([[1, 7, 'planned'], [2, 14, 'planned'], [4, 28, 'planned'], [8, 56, 'planned']]);
  });

  it('keep what was noted, and go where they were moved to', () => {
    const moved = { week: 2, state: 'done' as const, note: 'sold 12 boxes', plannedAt: END + 20 * DAY, markedAt: END + 21 * DAY, byName: 'Chen' };
    expect(visitsAfter(END, [moved])[1]).toEqual({ ...moved, isMoved: true });
  });

  it('are told of a week ahead, are late the day after, and are neither once made', () => {
    const [visit] = visitsAfter(END, []);
    expect([END - DAY, END].map((now) => isDue(visit!, now))).toEqual([false, true]);
    expect([END + 7 * DAY, END + 8 * DAY, END + 8 * DAY + 1].map((now) => isLate(visit!, now))).toEqual([false, false, true]);
    expect(isDue({ ...visit!, state: 'missed' }, END + 30 * DAY)).toBe(false);
  });
});

describe('still streaming', () => {
  const now = END + 120 * DAY;

  it('on the 30th day means a show since the class, on the 90th one in the month before', () => {
    expect(stillStreaming([END + 30 * DAY], END, now)).toEqual([true, false]);
    expect(stillStreaming([END + 60 * DAY], END, now)).toEqual([false, false]);
    expect(stillStreaming([END + 60 * DAY + 1], END, now)).toEqual([false, true]);
    expect(stillStreaming([END + 90 * DAY], END, now)).toEqual([false, true]);
    expect(stillStreaming([END + 90 * DAY + 1], END, now)).toEqual([false, false]);
  });

  it('counts no show from before the class ended, and says nothing before the day', () => {
    expect(stillStreaming([END - DAY, END], END, END + 30 * DAY)).toEqual([false, null]);
    expect(stillStreaming([END + DAY], END, END + 30 * DAY - 1)).toEqual([null, null]);
  });

  it('takes those whose shows nobody knows for not streaming, and tells of them', () => {
    const people = [
      { isStreaming: [true, null], isHostKnown: true },
      { isStreaming: stillStreaming(null, END, END + 40 * DAY), isHostKnown: false },
    ];
    expect(sharesOf(people, END, END + 40 * DAY)).toEqual([{ day: 30, streaming: 1, of: 2, unknown: 1 }, { day: 90, streaming: null, of: 2, unknown: 1 }]);
  });

  it('over several classes is a sum of those whose day has come', () => {
    const old = [{ day: 30 as const, streaming: 1, of: 2, unknown: 0 }, { day: 90 as const, streaming: 0, of: 2, unknown: 0 }];
    const young = [{ day: 30 as const, streaming: 8, of: 8, unknown: 1 }, { day: 90 as const, streaming: null, of: 8, unknown: 1 }];
    expect(sharesTogether([old, young])).toEqual([{ day: 30, streaming: 9, of: 10, unknown: 1 }, { day: 90, streaming: 0, of: 2, unknown: 0 }]);
    expect(sharesTogether([])).toEqual([{ day: 30, streaming: null, of: 0, unknown: 0 }, { day: 90, streaming: null, of: 0, unknown: 0 }]);
  });
});
