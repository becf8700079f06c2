// Captions as a file: text stays text, times are those of the replay over its drops, two lines at once at the most.
import { describe, expect, it } from 'vitest';
import { cuesOf } from '../../../../server/audience/captions/cues.ts';
import { readingMs } from '../../../../server/audience/captions/reading-time.ts';
import { webVtt } from '../../../../server/audience/captions/webvtt.ts';
import { recordingOf } from '../../live/replays/recording-of.ts';

const T0 = 1_760_000_000_000;
const line = (id: string, startS: number, endS: number, text = id) => ({ id, at: T0 + startS * 1000, end_at: T0 + endS * 1000, text });
/** 0 to 20 s, a drop of 40 s, 60 to 90 s. */
const broken = recordingOf([
  { at: T0, durationMs: 20_000 },
  { at: T0 + 60_000, durationMs: 30_000 },
]);
const times = (lines: ReturnType<typeof line>[], recording = broken) => cuesOf(lines, recording).map(({ id, startMs, endMs }) => [id, startMs / 1000, endMs / 1000]);

describe('lines in the time of a replay', () => {
  it('stand where they were said, after a drop too', () => {
    expect(times([line('a', 2, 5), line('b', 65, 68)])).toEqual([
      ['a', 2, 5],
      ['b', 25, 28],
    ]);
  });

  it('stand before the drop when they were typed just after it, and go with the picture', () => {
    expect(times([line('late', 24, 27), line('over the edge', 18, 23)])).toEqual([
      ['late', 17, 20],
      ['over the edge', 18, 20],
    ]);
  });

  it('are left out when nothing was on the air', () => {
    expect(times([line('before', -60, -57), line('in the drop', 40, 43), line('long after', 200, 203)])).toEqual([]);
  });

  it('come with the picture when it comes back under them', () => {
    expect(times([line('again', 57, 63)])).toEqual([['again', 20, 23]]);
  });

  it('have time to be read at the very end', () => {
    expect(times([line('bye', 89.9, 93)])).toEqual([['bye', 48.5, 50]]);
  });

  it('are each seen for a while when one was typed as two, also at the end of a stretch', () => {
    expect(times([line('first', 8, 12), line('second', 8.04, 12), line('third', 19.3, 23), line('fourth', 19.34, 23)])).toEqual([
      ['first', 7.04, 12],
      ['second', 8.04, 12],
      ['third', 17.5, 20],
      ['fourth', 18.5, 20],
    ]);
  });

  it('are two at once at the most', () => {
    expect(times([line('a', 1, 9), line('b', 2, 9), line('c', 3, 9), line('d', 4, 9)])).toEqual([
      ['a', 1, 3],
      ['b', 2, 4],
      ['c', 3, 9],
      ['d', 4, 9],
    ]);
  });

  it('keep a length where many stand at one moment', () => {
    expect(cuesOf(['a', 'b', 'c'].map((id) => line(id, 5, 8)), broken).every(({ startMs, endMs }) => endMs > startMs)).toBe(true);
  });
});

describe('a WebVTT file', () => {
  const cue = (text: string, startMs = 0) => ({ id: 'cap_1', startMs, endMs: startMs + 2_000, text });

  it('has its head alone when nothing was said', () => {
    expect(webVtt([])).toBe('WEBVTT\n');
  });

  it('writes times with hours and ms', () => {
    expect(webVtt([cue('sweet', 3_723_004)])).toBe('WEBVTT\n\ncap_1\n01:02:03.004 --> 01:02:05.004\nsweet\n');
  });

  it.each([
    ['an arrow', '00:00 --> 00:10', '00:00 --&gt; 00:10'],
    ['markup', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['a voice and a class', '<v Host><c.big>hi', '&lt;v Host&gt;&lt;c.big&gt;hi'],
    ['a reference', 'a &lt; b &amp;', 'a &amp;lt; b &amp;amp;'],
    ['lines of its own', 'one\n\n2\r\n00:01.000 --> 00:02.000\rtwo', 'one 2 00:01.000 --&gt; 00:02.000 two'],
    ['line signs of Unicode', 'one\u2028two\u0085three', 'one two\u0085three'],
    ['a note', 'NOTE this', 'NOTE this'],
    ['zeros', 'a\0b', 'ab'],
  ])('keeps %s as text', (_, text, written) => {
    expect(webVtt([cue(text)]).split('\n').slice(4)).toEqual([written, '']);
  });

  it.each(['', '  ', '\u00a0', '\n\n'])('leaves out a cue without text (%j)', (text) => {
    expect(webVtt([cue(text), cue('left')])).toBe(webVtt([cue('left')]));
  });
});

describe('the time to read a line', () => {
  it('is longer for more text and for Han, never too short and never for ever', () => {
    expect(readingMs('ok')).toBe(2_000);
    expect(readingMs('今天的苹果刚从树上摘下来很甜')).toBeGreaterThan(readingMs('crisp, sweet apples'));
    expect(readingMs('x'.repeat(500))).toBe(8_000);
  });
});
