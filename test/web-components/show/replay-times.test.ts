// Owns what a page makes of a replay's times: what was pinned and explained when, how times are written, which moment an address names.
import { describe, expect, it } from 'vitest';
import type { Chapter } from '../../../server/protocol/replay.ts';
import { addressAt, chapterAt, clockText, explanationsOf, momentIn, pinsAt } from '../../../web-components/show/replay-times.ts';

const chapter = (productId: string, startMs: number, endMs: number): Chapter => ({ productId, name: productId, pictureId: null, startMs, endMs, thumbnailUrl: '', clipUrl: '' });
const replay = {
  chapters: [chapter('apples', 1_000, 4_000), chapter('pears', 6_000, 9_000), chapter('apples', 9_000, 12_000)],
  pins: [
    { atMs: 1_000, productIds: ['apples'] },
    { atMs: 4_000, productIds: [] },
    { atMs: 6_000, productIds: ['pears', 'apples'] },
  ],
};

describe('what is shown when', () => {
  it.each([
    [0, []],
    [1_000, ['apples']],
    [3_999, ['apples']],
    [4_000, []],
    [60_000, ['pears', 'apples']],
  ])('pins at %i ms', (timeMs, pinned) => expect(pinsAt(replay, timeMs)).toEqual(pinned));

  it.each([
    [999, undefined],
    [1_000, 1_000],
    [4_000, undefined],
    [9_000, 9_000],
    [12_000, undefined],
  ])('explains at %i ms what began at %s', (timeMs, startMs) => expect(chapterAt(replay, timeMs)?.startMs).toBe(startMs));

  it('finds every explanation of a product', () => {
    expect(explanationsOf(replay, 'apples').map(({ startMs }) => startMs)).toEqual([1_000, 9_000]);
    expect(explanationsOf(replay, 'plums')).toEqual([]);
  });
});

describe('times as people write them', () => {
  it.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [135_000, '2:15'],
    [3_725_000, '1:02:05'],
    [-5, '0:00'],
  ])('%i ms is %s', (timeMs, text) => expect(clockText(timeMs)).toBe(text));
});

describe('the moment that an address names', () => {
  const page = 'https://shop.example.org/live';
  it.each([
    ['#t=135', 135_000],
    ['?t=135', 135_000],
    ['?show=shw_1&t=83', 83_000],
    ['#t=2:15', 135_000],
    ['#t=1:02:05', 3_725_000],
    ['#t=1.5s', 1_500],
    ['?t=5#t=9', 9_000],
    ['', null],
    ['#top', null],
    ['#t=', null],
    ['#t=-5', null],
    ['#t=1e3', null],
    ['#t=soon', null],
    ['?t=1:2:3:4', null],
    [`?t=${'9'.repeat(40)}`, null],
  ])('%s', (rest, timeMs) => expect(momentIn(page + rest)).toBe(timeMs));

  it('is written into the address to be handed on, beside what is in it, in whole seconds', () => {
    expect(addressAt(`${page}?show=shw_1`, 83_900)).toBe(`${page}?show=shw_1&t=83`);
    expect(addressAt(`${page}?t=5#t=9`, 20_000)).toBe(`${page}?t=20`);
    expect(addressAt(`${page}#/goods`, 20_000)).toBe(`${page}?t=20#/goods`);
    expect(momentIn(addressAt(page, 61_000))).toBe(61_000);
  });
});
