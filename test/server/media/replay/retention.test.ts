import { describe, expect, it } from 'vitest';
import { type Kept, type Limits, whatToDelete } from '../../../../server/media/index.ts';

const DAY = 24 * 3600_000;
const NOW = 100 * DAY;
const GB = 1e9;

function kept(id: string, daysAgo: number, gb: number, more: Partial<Kept> = {}): Kept {
  return { id, owner: 'sel_one', at: NOW - daysAgo * DAY, bytes: gb * GB, isRecording: false, ...more };
}

function limits(more: Partial<Limits> = {}): Limits {
  return { days: 30, bytes: 20 * GB, owners: new Map(), lackingBytes: 0, ...more };
}

describe('what is deleted', () => {
  it('is nothing while all is young and small', () => {
    expect(whatToDelete([kept('a', 29, 5), kept('b', 1, 5)], limits(), NOW)).toEqual([]);
  });

  it('is what is older than the server keeps it, or its seller', () => {
    const recordings = [kept('old', 30, 1), kept('theirs', 8, 1), kept('others', 8, 1, { owner: 'sel_two' })];
    expect(whatToDelete(recordings, limits({ owners: new Map([['sel_one', { days: 7 }]]) }), NOW)).toEqual(['old', 'theirs']);
  });

  it('leaves a seller what is to be kept longer for them', () => {
    const recordings = [kept('theirs', 31, 1), kept('other', 31, 1, { owner: 'sel_two' })];
    expect(whatToDelete(recordings, limits({ owners: new Map([['sel_one', { days: 365 }]]) }), NOW)).toEqual(['other']);
  });

  it('is everything that is finished where nothing is to be kept', () => {
    expect(whatToDelete([kept('done', 0, 1), kept('running', 0, 1, { isRecording: true })], limits({ days: 0 }), NOW)).toEqual(['done']);
  });

  it('is the oldest of a seller over their space, and nobody else’s', () => {
    const recordings = [kept('b', 2, 2), kept('c', 1, 2), kept('a', 3, 2), kept('other', 9, 2, { owner: 'sel_two' })];
    expect(whatToDelete(recordings, limits({ owners: new Map([['sel_one', { bytes: 4 * GB }]]) }), NOW)).toEqual(['a']);
  });

  it('is the oldest of all over the whole space, also of nobody', () => {
    const recordings = [kept('a', 3, 8, { owner: null }), kept('b', 2, 8, { owner: 'sel_two' }), kept('c', 1, 8)];
    expect(whatToDelete(recordings, limits(), NOW)).toEqual(['a']);
  });

  it('is what the disk lacks to its reserve, oldest first', () => {
    const recordings = [kept('a', 3, 1), kept('b', 2, 1), kept('c', 1, 1)];
    expect(whatToDelete(recordings, limits({ lackingBytes: 1.5 * GB }), NOW)).toEqual(['a', 'b']);
  });

  it('counts what was chosen for its age towards the rest', () => {
    const recordings = [kept('old', 40, 10), kept('b', 2, 10), kept('c', 1, 10)];
    expect(whatToDelete(recordings, limits({ lackingBytes: 5 * GB }), NOW)).toEqual(['old']);
  });

  it('is never a show that is being recorded, however old or large it is', () => {
    const recordings = [kept('running', 60, 50, { isRecording: true }), kept('b', 1, 1)];
    const all = limits({ lackingBytes: 100 * GB, owners: new Map([['sel_one', { bytes: 0, days: 0 }]]) });
    expect(whatToDelete(recordings, all, NOW)).toEqual(['b']);
  });
});
