// Owns that follow-up's files say what the page says, and that nothing in them is run by a spreadsheet or breaks a calendar.
import { expect, it } from 'vitest';
import type { ClassFollowUp } from '../../../../server/protocol/follow-up.ts';
import { classTable, overviewTable, visitsFile } from '../../../../server/training/follow-up/export.ts';
import { visitsAfter } from '../../../../server/training/follow-up/calendar.ts';

const END = Date.UTC(2026, 10, 1);
const followUp: ClassFollowUp = {
  classId: 'cls_a',
  title: 'Apples; first\nsteps',
  endsAt: END,
  serverTime: END + 1,
  shares: [],
  people: [
    {
      id: 'trn_a',
      name: '=HYPERLINK("http://example.org")',
      phone: '+86 138',
      home: '@南坡',
      visits: visitsAfter(END, [{ week: 1, state: 'done', note: '-2+3\n"quoted"', plannedAt: null, markedAt: END + 1, byName: '' }]),
      lastShowAt: END,
      isHostKnown: true,
      numbers: { currency: 'CNY', shows: 2, onAirSeconds: 600, viewers: 30, orders: 4, placedMinor: 12_345, keptMinor: 10_000, last: [] },
      isStreaming: [true, null],
    },
  ],
};
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it('a table of a class begins no cell with a formula, and writes money as people do', () => {
  const table = textOf(classTable(followUp, 'en'));
  for (const cell of table.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)|\r\n/)) expect(cell).not.toMatch(/^"[=+\-@]/);
  expect(table).toContain('"\'=HYPERLINK(""http://example.org"")"');
  expect(table).toContain('123.45');
  expect(table).toContain('made 2026-11-01');
});

it('a table of everything has a row for each trainer and each class', () => {
  const shares = [{ day: 30 as const, streaming: 3, of: 4, unknown: 0 }, { day: 90 as const, streaming: null, of: 4, unknown: 0 }];
  const table = textOf(
    overviewTable(
      { serverTime: END, visits: [], classes: [{ classId: 'cls_a', title: '+Apples', endsAt: END, trainers: ['Chen', 'Wu'], visitsDone: 1, visitsMissed: 0, shares }], trainers: [{ name: 'Chen', classes: 1, trainees: 4, visitsDone: 1, shares }] },
      'zh-CN',
    ),
  );
  expect(table.split('\r\n')).toHaveLength(4);
  expect(table).toContain('"老师","Chen"');
  expect(table).toContain('"\'+Apples","Chen, Wu"');
});

it('a calendar holds the visits that are still to be made, each with its alarm', () => {
  const file = visitsFile(followUp, 'en');
  expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(3);
  expect(file.match(/BEGIN:VALARM/g)).toHaveLength(3);
  expect(file).toContain('trn_a-2@fieldcast');
  expect(file).not.toMatch(/^steps/m);
  expect(visitsFile({ ...followUp, people: [] }, 'en')).toContain('END:VCALENDAR');
});
