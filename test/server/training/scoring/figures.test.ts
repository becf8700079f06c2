// Tests what is worked out of a show for its trainer: silence, dead air, the price while pinned, questions, light, and means of marks.
import { describe, expect, it } from 'vitest';
import { type PracticeFacts, practiceFigures } from '../../../../server/training/scoring/figures.ts';
import { scoreOf } from '../../../../server/training/scoring/score.ts';
import { type Loud, speechOf } from '../../../../server/training/scoring/speech.ts';

const T = 1_800_000_000_000;
/** `v` voice, `.` quiet, ` ` not measured; one sign a second. */
const heard = (signs: string, { voice = 65, quiet = 12 } = {}): Loud[] =>
  [...signs].flatMap((sign, index) => (sign === ' ' ? [] : [{ at: T + index * 1000, level: sign === 'v' ? voice : quiet }]));

describe('speech', () => {
  it('takes a breath for no silence, and a long pause for dead air', () => {
    const speech = speechOf(heard('vvv..vvv...vvvvvvv..........vvvvvvvvvv'));
    expect(speech).toEqual({ measuredSeconds: 38, silentSeconds: 13, deadAir: [{ at: T + 18_000, seconds: 10 }] });
  });

  it('hears a soft voice in a quiet kitchen and a loud one in the wind', () => {
    const signs = 'vvvvvvvvvvvvvvvv.........vvvvv';
    expect(speechOf(heard(signs, { voice: 38, quiet: 4 })).silentSeconds).toBe(9);
    expect(speechOf(heard(signs, { voice: 70, quiet: 42 })).silentSeconds).toBe(9);
  });

  it('calls a show in which nobody speaks silent, and one without a pause not', () => {
    expect(speechOf(heard('.'.repeat(30))).silentSeconds).toBe(30);
    expect(speechOf(heard('v'.repeat(30))).silentSeconds).toBe(0);
  });

  it('makes no pause of seconds that nobody measured', () => {
    expect(speechOf(heard('vvvv....          ....vvvv')).deadAir).toEqual([]);
    expect(speechOf([])).toEqual({ measuredSeconds: 0, silentSeconds: 0, deadAir: [] });
  });
});

const nothing: PracticeFacts = {
  startedAt: T,
  endedAt: T + 600_000,
  pins: [],
  names: new Map([['apple', 'Apples']]),
  pricesOf: () => [{ priceMinor: 1280, exponent: 2, unit: 'box' }],
  loud: [],
  looks: [],
  said: [],
  pricesTold: [],
  listened: [],
  questions: { asked: 0, answered: 0 },
  toReplayMs: (at) => at - T,
};
const pin = (from: number, to: number) => ({ productId: 'apple', startedAt: T + from * 1000, endedAt: T + to * 1000 });

describe('figures of practice', () => {
  it('tell after how long the price was said while its product was pinned', () => {
    const { pins } = practiceFigures({
      ...nothing,
      pins: [pin(10, 100), pin(200, 203), pin(300, 400)],
      said: [{ at: T + 12_000, text: '大家好' }, { at: T + 52_000, text: '今天十二块八' }, { at: T + 500_000, text: '12.8' }],
      listened: [{ from: T, to: T + 600_000 }],
    });
    expect(pins).toEqual([
      { at: T + 10_000, replayMs: 10_000, productId: 'apple', name: 'Apples', seconds: 90, priceSaidAfter: 42, isHeard: true },
      { at: T + 300_000, replayMs: 300_000, productId: 'apple', name: 'Apples', seconds: 100, priceSaidAfter: null, isHeard: true },
    ]);
  });

  it('do not say that a price was not said where nobody listened', () => {
    expect(practiceFigures({ ...nothing, pins: [pin(10, 60)] }).pins).toMatchObject([{ priceSaidAfter: null, isHeard: false }]);
    expect(practiceFigures({ ...nothing, pins: [pin(10, 60)], pricesTold: [{ productId: 'apple', at: T + 20_000 }, { productId: 'pear', at: T + 11_000 }] }).pins).toMatchObject([
      { priceSaidAfter: 10, isHeard: true },
    ]);
  });

  it('count a pin from the start of the show to its end', () => {
    expect(practiceFigures({ ...nothing, pins: [pin(-60, 30), pin(580, 900)] }).pins.map(({ at, seconds }) => [at - T, seconds])).toEqual([[0, 30], [580_000, 20]]);
  });

  it('divide questions by minutes, but not by a show that has hardly begun', () => {
    expect(practiceFigures({ ...nothing, questions: { asked: 12, answered: 5 } }).questions).toEqual({ asked: 12, answered: 5, answeredPerMinute: 0.5 });
    expect(practiceFigures({ ...nothing, endedAt: T + 20_000, questions: { asked: 1, answered: 1 } }).questions.answeredPerMinute).toBeNull();
  });

  it('tell the share of looks that were too dark, and nothing without a look', () => {
    const looks = [{ light: 'dark', framing: 'good' }, { light: 'good', framing: 'good' }, { light: 'good', framing: 'blurred' }, { light: 'good', framing: 'good' }] as const;
    expect(practiceFigures({ ...nothing, looks }).picture).toMatchObject({ looks: 4, light: { dark: 0.25, good: 0.75, bright: 0 }, framing: { blurred: 0.25 } });
    expect(practiceFigures(nothing)).toMatchObject({ picture: null, speech: null, seconds: 600 });
  });

  it('put the longest dead air first', () => {
    const { speech } = practiceFigures({ ...nothing, loud: heard('vvvvvvvvvvvvvvvvvvvvvvvvv.........vvvvvvvvvvvvvvvvvvvv............vvv') });
    expect(speech?.deadAir.map(({ seconds, replayMs }) => [seconds, replayMs])).toEqual([[12, 54_000], [9, 25_000]]);
  });
});

describe('a score', () => {
  it('counts each criterion once, however often it was marked', () => {
    const criteria = ['a', 'b', 'c'].map((id) => ({ id, title: id, hint: '' }));
    const marks = [{ criterionId: 'a', mark: 5 }, { criterionId: 'a', mark: 4 }, { criterionId: 'a', mark: 4 }, { criterionId: 'b', mark: 2 }] as const;
    expect(scoreOf(criteria, marks)).toEqual({
      mean: 3.2,
      criteria: [
        { criterionId: 'a', title: 'a', mean: 4.3, marks: 3 },
        { criterionId: 'b', title: 'b', mean: 2, marks: 1 },
        { criterionId: 'c', title: 'c', mean: null, marks: 0 },
      ],
    });
    expect(scoreOf(criteria, []).mean).toBeNull();
  });
});
