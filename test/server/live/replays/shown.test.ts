import { describe, expect, it } from 'vitest';
import { chaptersOf, pinsOver, shownIn, totalsOf } from '../../../../server/live/replays/shown.ts';
import type { PinRow } from '../../../../server/live/shelf.ts';
import { recordingOf } from './recording-of.ts';

const START = 1_800_000_000_000;
const s = (seconds: number) => seconds * 1000;
/** On the air for 60 s, away for 30 s, on the air for another 60 s. */
const recording = recordingOf([
  { at: START, durationMs: s(60) },
  { at: START + s(90), durationMs: s(60) },
]);

/** Pinned from `from` to `to`, in seconds after the first picture. */
const pin = (productId: string, from: number, to: number | null, rank = 0): PinRow => ({
  productId,
  rank,
  startedAt: START + s(from),
  endedAt: to === null ? null : START + s(to),
});
const chapters = (...pins: PinRow[]) => chaptersOf(shownIn(recording, pins)).map(({ productId, startMs, endMs }) => [productId, startMs / 1000, endMs / 1000]);

describe('chapters', () => {
  it('are the times of the main pin, one for each time a product was explained', () => {
    expect(chapters(pin('apple', 0, 10), pin('pear', 10, 30), pin('apple', 40, 50), pin('plum', 0, 50, 1))).toEqual([
      ['apple', 0, 10],
      ['pear', 10, 30],
      ['apple', 40, 50],
    ]);
  });

  it('count only what was on the air', () => {
    expect(chapters(pin('early', -60, -10), pin('first', -10, 20), pin('over the gap', 50, 100), pin('in the gap', 65, 85))).toEqual([
      ['first', 0, 20],
      ['over the gap', 50, 70],
    ]);
  });

  it('end with what there is when a pin was never taken away', () => {
    expect(chapters(pin('last', 100, null))).toEqual([['last', 70, 120]]);
  });

  it('leave out slips of the thumb, and do not let one cut a chapter in two', () => {
    expect(chapters(pin('apple', 0, 10), pin('slip', 10, 12), pin('apple', 12, 30), pin('pear', 30, 31))).toEqual([['apple', 0, 30]]);
  });

  it('are none of a show without pins', () => {
    expect(chapters()).toEqual([]);
  });
});

describe('pins over the replay', () => {
  it('tell at each change what is pinned, the main pin first', () => {
    const shown = shownIn(recording, [pin('apple', -5, 20), pin('pear', 10, 20, 1), pin('pear', 20, 100), pin('plum', 25, 30, 1)]);
    expect(pinsOver(shown, recording.durationMs)).toEqual([
      { atMs: 0, productIds: ['apple'] },
      { atMs: s(10), productIds: ['apple', 'pear'] },
      { atMs: s(20), productIds: ['pear'] },
      { atMs: s(25), productIds: ['pear', 'plum'] },
      { atMs: s(30), productIds: ['pear'] },
      { atMs: s(70), productIds: [] },
    ]);
  });

  it('leave what is pinned at the end to the last picture', () => {
    expect(pinsOver(shownIn(recording, [pin('apple', 0, null)]), recording.durationMs)).toEqual([{ atMs: 0, productIds: ['apple'] }]);
  });
});

describe('totals', () => {
  it('add up the times of each product on the air, slips too', () => {
    const shown = shownIn(recording, [pin('apple', 0, 10), pin('pear', 10, 12), pin('apple', 50, 100), pin('plum', 0, 100, 1)]);
    expect(totalsOf(shown)).toEqual([
      { productId: 'apple', totalMs: s(30) },
      { productId: 'pear', totalMs: s(2) },
    ]);
  });
});
