// Tests what a coach reads beside a name that stands there more than once.
import { expect, it } from 'vitest';
import { tellApart } from '../../../web-components/coach/tell-apart.ts';

const words = { time: (at: number) => `at ${at}`, notStarted: 'not started', nth: (number: number) => `no. ${number}` };
const show = (id: string, hostName: string, startedAt: number | null = null, title = 'Apples') => ({ id, hostName, startedAt, title });
const told = (...shows: ReturnType<typeof show>[]) => [...tellApart(shows, words)].map(([id, parts]) => `${id}: ${parts.join(' · ')}`);

it('says nothing beside a name that stands there once', () => {
  expect(told(show('a', 'Zhang'), show('b', 'Li'))).toEqual([]);
});

it('tells two of one host apart by when they began and what they are called', () => {
  expect(told(show('a', 'Zhang', 10), show('b', 'Zhang'), show('c', 'Li'))).toEqual(['a: at 10 · Apples', 'b: not started · Apples']);
  expect(told(show('a', 'Zhang', null, 'Pears'), show('b', 'Zhang'))).toEqual(['a: not started · Pears', 'b: not started · Apples']);
});

it('numbers what is still the same, in whatever order it is listed', () => {
  const [one, two] = [show('a', 'Zhang'), show('b', 'Zhang')];
  expect(told(two, one)).toEqual(['b: no. 2 · not started · Apples', 'a: no. 1 · not started · Apples']);
  expect(told(one, two)).toEqual(['a: no. 1 · not started · Apples', 'b: no. 2 · not started · Apples']);
});
