// What the operator is told of the line: who has what and why, decided lately, the last ten minutes.
import { expect, test } from 'vitest';
import { allocate } from '../../../../server/media/budget/allocation.ts';
import { UplinkJournal } from '../../../../server/media/budget/journal.ts';
import type { Situation, ViewerSituation } from '../../../../server/media/budget/situation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const rate = (kbps: number) => ({ meanKbps: kbps / 1.4, peakKbps: kbps, packetsPerS: 50 });
const clock = new FakeClock();

function situation(viewers: Partial<ViewerSituation>[], uplinkKbps: number): Situation {
  return {
    streams: [{ streamId: 'apples', audio: rate(50), small: rate(200), full: rate(1_000), canHls: true, advised: null }],
    viewers: viewers.map((viewer, index) => ({ viewerId: `v${index}`, streamId: 'apples', rank: 'viewer', since: index, wish: 'full', current: null, workerId: 'w', ...viewer })),
    capacity: { uplinkKbps, httpKbps: 0, resendFactor: 1, workers: [{ workerId: 'w', budgetMs: 900 }], msPerPacket: 0.01, msPerViewer: 0.2, hasHlsCache: false },
  };
}

/** Divides, and notes what came of it. */
function note(journal: UplinkJournal, of: Situation, sentKbps = 3_000): void {
  const at = clock.now();
  const sent = { mediaKbps: sentKbps, httpKbps: 40, workers: [{ workerId: 'w', kbps: sentKbps, processorMs: 90 }] };
  journal.note({ at, isEstimated: false, situation: of, allocation: allocate(of, at), sent, serverMs: 50 });
}

const account = (journal: UplinkJournal) => journal.account([{ streamId: 'apples', viewers: 3 }], true);
const had = { level: 'full', reason: null, changedAt: 0 } as const;

test('says how many have less than they wish, and why, and how full the line is', () => {
  const journal = new UplinkJournal(clock);
  note(journal, situation([had, had, { ...had }].map((current) => ({ current })), 2_000));
  const { line, sent, levels, streams, workers } = account(journal);
  expect(line).toMatchObject({ uplinkKbps: 2_000, reservedKbps: 200, wantedKbps: 3_150 });
  expect(line.plannedKbps + (line.freeKbps ?? 0)).toBe(1_800);
  expect(sent).toEqual({ mediaKbps: 3_000, httpKbps: 40 });
  expect(levels).toEqual({ full: 1, small: 2, sound: 0 });
  expect(streams).toMatchObject([{ streamId: 'apples', viewers: 3, levels: { full: 1, small: 2, sound: 0 }, lessFor: { uplink: 2, processor: 0, wish: 0 }, queued: 0, plannedKbps: line.plannedKbps }]);
  expect(workers).toEqual([{ workerId: 'w', kbps: 3_000, processorMs: 90, budgetMs: 900 }]);
});

test('remembers decisions with their reason, the newest first, and one that goes on as one', () => {
  const journal = new UplinkJournal(clock);
  note(journal, situation([{ current: had }, { current: had }, { current: had }], 2_000));
  clock.advance(1_000);
  note(journal, situation([{ current: had }, { current: had }, {}], 2_000));
  const told = account(journal).decisions.map(({ change, level, reason, viewers, text }) => ({ change, level, reason, viewers, text }));
  expect(told).toMatchObject([
    { change: 'entered-lower', level: 'small', viewers: 1 },
    { change: 'host-advised', level: null, reason: null },
    { change: 'lowered', level: 'small', reason: 'uplink', viewers: 3, text: '3 viewers step down to the small picture, because the line is full.' },
  ]);
  clock.advance(60_000);
  note(journal, situation([{ current: { level: 'small', reason: 'uplink', changedAt: 0 } }], 20_000));
  expect(account(journal).decisions[0]).toMatchObject({ change: 'raised', level: 'full', viewers: 1, at: clock.now() });
});

test('counts who begins to wait once, not at each look', () => {
  const journal = new UplinkJournal(clock);
  for (let second = 0; second < 20; second += 1) {
    note(journal, situation([{ current: { level: 'sound', reason: 'uplink', changedAt: 0 } }, {}, {}], 170));
    clock.advance(1_000);
  }
  expect(account(journal).queued).toBe(2);
  expect(account(journal).decisions.filter(({ change }) => change === 'queued')).toMatchObject([{ viewers: 2, reason: 'uplink' }]);
});

test('does not call it a decision when viewers come, or choose to save data', () => {
  const journal = new UplinkJournal(clock);
  note(journal, situation([{}, { current: had, wish: 'sound' }], 20_000));
  expect(account(journal).decisions).toEqual([]);
});

test('keeps ten minutes, each ten seconds by their dearest one', () => {
  const journal = new UplinkJournal(clock);
  for (let second = 0; second < 700; second += 1) {
    note(journal, situation([{ current: had }], 20_000), second % 10 === 3 ? 5_000 : 1_000);
    clock.advance(1_000);
  }
  const { series } = account(journal);
  expect(series).toHaveLength(60);
  expect(new Set(series.map(({ sentKbps }) => sentKbps))).toEqual(new Set([5_040]));
  expect((series.at(-1)?.at ?? 0) - (series[0]?.at ?? 0)).toBe(590_000);
});

test('without a budget it still tells who watches', () => {
  expect(new UplinkJournal(clock).account([{ streamId: 'apples', viewers: 7 }], false)).toMatchObject({ isLimited: false, streams: [{ streamId: 'apples', viewers: 7, levels: null }], decisions: [], series: [] });
});
