// Which words stand on the picture at a moment, and how what was said becomes lines.
import { describe, expect, it } from 'vitest';
import type { SeenLine } from '../../../web-components/captions/caption-log.ts';
import { splitCaption } from '../../../web-components/captions/desk/split-caption.ts';
import { standingLines } from '../../../web-components/captions/standing-lines.ts';
import { textWidth } from '../../../web-components/captions/text-width.ts';

const T0 = 1_760_000_000_000;
const line = (text: string, at: number, more: Partial<SeenLine> = {}): SeenLine => ({
  id: text, position: 1, revision: 1, at: T0 + at, endAt: T0 + at + 3_000, text, lang: 'en', source: 'typed', isRemoved: false, byName: '', seenAt: -Infinity, ...more,
});
const draft = (text: string, at: number) => ({ text, at: T0 + at, lang: 'en', gotAt: T0 + at });
const texts = (lines: SeenLine[], at: number, options: { draft?: ReturnType<typeof draft>; lateMs?: number } = {}) =>
  standingLines(lines, options.draft ?? null, { pictureAt: T0 + at, serverNow: T0 + at + (options.lateMs ?? 0), now: T0 + at + (options.lateMs ?? 0) }).standing.map(({ text }) => text);

describe('captions on a live picture', () => {
  it('stand when the picture has come to them, and go when they are over', () => {
    const lines = [line('sweet', 10_000)];
    expect([9_000, 10_000, 12_900, 13_100].map((at) => texts(lines, at))).toEqual([[], ['sweet'], ['sweet'], []]);
  });

  it('stand long enough to be read when they come late', () => {
    const lines = [line('typed for six seconds', 4_000, { endAt: T0 + 10_000, seenAt: T0 + 10_000 })];
    expect([10_000, 15_900, 16_100].map((at) => texts(lines, at))).toEqual([['typed for six seconds'], ['typed for six seconds'], []]);
  });

  it('are not brought back for a page that opens after them', () => {
    expect(texts([line('long ago', 0)], 60_000)).toEqual([]);
  });

  it('are two short ones together, or one long one at a time', () => {
    const long = (name: string, at: number) => line(`${name} ${'x'.repeat(40)}`, at, { seenAt: T0 + 1_000, endAt: T0 + 8_000 });
    expect(texts([line('one', 0), line('two', 500), line('three', 900)], 1_000)).toEqual(['two', 'three']);
    const both = [long('first', 900), long('second', 1_000)];
    expect(texts(both, 1_000)).toEqual([both[0]!.text]);
    expect(texts(both, 2_600)).toEqual([both[1]!.text]);
  });

  it('do not fall behind by more than a few seconds, however much is typed at once', () => {
    const lines = Array.from({ length: 12 }, (_, index) => line(`${index} ${'y'.repeat(40)}`, 1_000 + index, { seenAt: T0 + 1_011 }));
    expect(texts(lines, 5_600)).toEqual([lines.at(-1)!.text]);
  });

  it('show what is being said on a picture of now, not on a late one, and not for ever', () => {
    expect(texts([], 1_000, { draft: draft('they are', 900) })).toEqual(['they are']);
    expect(texts([], 1_000, { draft: draft('they are', 900), lateMs: 3_000 })).toEqual([]);
    expect(texts([], 6_000, { draft: draft('they are', 900) })).toEqual([]);
    expect(texts([line('they are sweet', 900)], 1_000, { draft: draft('they are', 900) })).toEqual(['they are sweet']);
  });
});

describe('what was said, as lines', () => {
  it('is one line as long as it fits two rows', () => {
    expect(splitCaption('  Very   sweet. Try one! ')).toEqual(['Very sweet. Try one!']);
    expect(splitCaption('   ')).toEqual([]);
  });

  it.each([
    ['at the end of a sentence', 'These were picked this morning. They keep until spring in a cool cellar.', ['These were picked this morning.', 'They keep until spring in a cool cellar.']],
    ['at a pause, where no sentence ends', '这箱苹果今天早上刚从树上摘下来，放在地窖里能一直吃到明年春天也不会坏掉', ['这箱苹果今天早上刚从树上摘下来，', '放在地窖里能一直吃到明年春天也不会坏掉']],
    ['between words', 'one two three four five six seven eight nine ten eleven twelve thirteen', ['one two three four five six seven eight nine ten eleven', 'twelve thirteen']],
    ['not inside a price', 'A box of five kilos is only 12.80 yuan today and tomorrow for everybody here', ['A box of five kilos is only 12.80 yuan today and tomorrow', 'for everybody here']],
  ])('is cut %s', (_, text, lines) => {
    expect(splitCaption(text)).toEqual(lines);
  });

  it('keeps every sign, and never goes over two rows, whatever comes', () => {
    for (const text of ['x'.repeat(500), '好'.repeat(200), '😀'.repeat(90), 'a,b.c!d，e。'.repeat(40)]) {
      const lines = splitCaption(text);
      expect(lines.join('')).toBe(text);
      expect(lines.every((each) => textWidth(each) <= 60)).toBe(true);
    }
  });
});
