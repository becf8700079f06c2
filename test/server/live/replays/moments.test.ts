import { describe, expect, it } from 'vitest';
import { momentOf } from '../../../../server/live/replays/moments.ts';
import { shownIn } from '../../../../server/live/replays/shown.ts';
import type { PinRow } from '../../../../server/live/shelf.ts';
import { recordingOf } from './recording-of.ts';

const START = 1_800_000_000_000;
const s = (seconds: number) => seconds * 1000;
const recording = recordingOf([
  { at: START, durationMs: s(600) },
  { at: START + s(700), durationMs: s(600) },
]);
const pin = (productId: string, from: number, to: number | null, rank = 0): PinRow => ({
  productId,
  rank,
  startedAt: START + s(from),
  endedAt: to === null ? null : START + s(to),
});
const moment = (placedAfter: number, ...pins: PinRow[]) => momentOf('apple', START + s(placedAfter), shownIn(recording, pins), recording);

describe('the moment of an ordered product', () => {
  it('is the last time before the order that it was pinned', () => {
    const pins = [pin('apple', 10, 40), pin('pear', 40, 60), pin('apple', 100, 130), pin('apple', 200, 230)];
    expect(moment(150, ...pins)).toEqual({ fromMs: s(100), toMs: s(130), why: 'pinned' });
    expect(moment(110, ...pins)).toEqual({ fromMs: s(100), toMs: s(130), why: 'pinned' });
  });

  it('counts from where it became a side pin when it was promoted', () => {
    expect(moment(60, pin('apple', 10, 40, 1), pin('apple', 40, 70, 0))).toEqual({ fromMs: s(10), toMs: s(70), why: 'pinned' });
  });

  it('is the minute before the order when it was not pinned by then', () => {
    expect(moment(90, pin('apple', 100, 130))).toEqual({ fromMs: s(30), toMs: s(90), why: 'before-order' });
    expect(moment(20)).toEqual({ fromMs: 0, toMs: s(20), why: 'before-order' });
  });

  it('runs over a drop without its gap', () => {
    expect(moment(730)).toEqual({ fromMs: s(570), toMs: s(630), why: 'before-order' });
  });

  it('is what led up to the order in a pin that is longer than a clip may be', () => {
    expect(moment(500, pin('apple', 0, 590))).toEqual({ fromMs: s(200), toMs: s(500), why: 'pinned' });
    expect(moment(60, pin('apple', 0, 590))).toEqual({ fromMs: 0, toMs: s(300), why: 'pinned' });
  });

  it('is there for an order after the show when the product was shown in it', () => {
    expect(moment(9_000, pin('apple', 100, 130))).toEqual({ fromMs: s(100), toMs: s(130), why: 'pinned' });
  });

  it('is none for an order before or after the show of what nobody showed', () => {
    expect(moment(-60)).toBeUndefined();
    expect(moment(9_000)).toBeUndefined();
    expect(moment(-60, pin('apple', 100, 130))).toBeUndefined();
  });
});
