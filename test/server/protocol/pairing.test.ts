// Owns who is paired with whom in a class: people further on help beginners, neighbours first, nobody has too many.
import { describe, expect, it } from 'vitest';
import { CLASS_LIMITS, type Stage } from '../../../server/protocol/classes.ts';
import { type Pairable, pairFault, suggestedPairs } from '../../../server/protocol/pairing.ts';

const person = (id: string, stage: Stage, home = ''): Pairable => ({ id, name: id, home, stage });

describe('pairs that are suggested', () => {
  it('give everybody somebody further on, and leave those alone who are furthest', () => {
    expect(suggestedPairs([person('li', 'never'), person('wang', 'steady'), person('zhao', 'streaming')])).toEqual([
      { juniorId: 'li', seniorId: 'wang' },
      { juniorId: 'zhao', seniorId: 'wang' },
    ]);
  });

  it('take the neighbour among those who are as free', () => {
    const people = [person('li', 'never', '南坡'), person('a', 'steady', '北坡'), person('b', 'streaming', ' 南坡')];
    expect(suggestedPairs(people)).toContainEqual({ juniorId: 'li', seniorId: 'b' });
  });

  it('spread the load, and stop where a senior has enough', () => {
    const juniors = Array.from({ length: 9 }, (_, index) => person(`j${index}`, 'never'));
    const pairs = suggestedPairs([...juniors, person('s1', 'steady'), person('s2', 'steady')]);
    expect(pairs.filter(({ seniorId }) => seniorId === 's1')).toHaveLength(CLASS_LIMITS.juniorsOfOne);
    expect(pairs.filter(({ seniorId }) => seniorId === 's2')).toHaveLength(CLASS_LIMITS.juniorsOfOne);
    expect(pairFault(pairs, [...juniors, person('s1', 'steady'), person('s2', 'steady')])).toBeNull();
  });

  it('are the same for the same class, in whatever order it is listed', () => {
    const people = [person('c', 'never'), person('a', 'never'), person('b', 'steady'), person('d', 'streaming')];
    expect(suggestedPairs([...people].reverse())).toEqual(suggestedPairs(people));
  });

  it('are none where nobody is further on', () => {
    expect(suggestedPairs([person('a', 'never'), person('b', 'never')])).toEqual([]);
  });
});

describe('pairs that somebody chose', () => {
  const people = [person('a', 'never'), person('b', 'steady'), person('c', 'never')];
  it.each([
    ['somebody who is not in the class', [{ juniorId: 'a', seniorId: 'x' }], 'unknown'],
    ['somebody as their own help', [{ juniorId: 'b', seniorId: 'b' }], 'self'],
    ['two who help one', [{ juniorId: 'a', seniorId: 'b' }, { juniorId: 'a', seniorId: 'c' }], 'twice'],
    ['a beginner who helps somebody further on', [{ juniorId: 'b', seniorId: 'a' }], 'not-senior'],
    ['two beginners', [{ juniorId: 'a', seniorId: 'c' }], null],
  ] as const)('%s', (_, pairs, fault) => {
    expect(pairFault(pairs, people)).toBe(fault);
  });
});
