// The chat as a table: nothing a spreadsheet would run, and times as people read them.
import { describe, expect, it } from 'vitest';
import { csvCell, showClock } from '../../../../server/audience/desk/export.ts';

describe('a cell', () => {
  it.each([
    ['hello', '"hello"'],
    ['say "hi", please', '"say ""hi"", please"'],
    ['=1+1', `"'=1+1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+86', `"'+86"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['  =1', `"'  =1"`],
    ['\t=1', `"'\t=1"`],
    ['＝1', `"'＝1"`],
    ['a=b', '"a=b"'],
    ['', '""'],
  ])('%j becomes %j', (value, cell) => expect(csvCell(value)).toBe(cell));
});

describe('the show clock', () => {
  it.each([
    [1_000, 1_000, '0:00:00'],
    [3_723_999 + 1_000, 1_000, '1:02:03'],
    [36_000_000 + 1_000, 1_000, '10:00:00'],
    [999, 1_000, ''],
    [5_000, null, ''],
  ])('at %s of a show that began at %s is %j', (at, startedAt, clock) => expect(showClock(at, startedAt)).toBe(clock));
});
