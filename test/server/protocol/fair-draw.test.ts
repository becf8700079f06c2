// Draws of winners: the same for everybody who has seed and list, another for another seed, nobody twice, nobody favoured.
import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitmentOf, drawWinners } from '../../../server/protocol/fair-draw.ts';

const list = (count: number) => Array.from({ length: count }, (_, index) => `e${index}`);

describe('a draw', () => {
  it('tells of its seed by what every tool calls SHA-256', async () => {
    expect(await commitmentOf('00ff')).toBe(createHash('sha256').update('00ff').digest('hex'));
  });

  it('can be recomputed by the words of its description alone', async () => {
    const entries = list(7);
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const place = (k: number, left: number) => Number(BigInt(`0x${hash(`a seed:${hash(entries.join('\n'))}:${k}:0`).slice(0, 12)}`) % BigInt(left));
    const left = [...entries];
    const expected = [left.splice(place(0, 7), 1)[0], left.splice(place(1, 6), 1)[0]];
    expect(await drawWinners({ seed: 'a seed', entries, winners: 2 })).toEqual(expected);
  });

  it('names as many as there are prizes or entries, nobody twice, nobody from outside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(40), fc.nat(20), async (seed, count, winners) => {
        const entries = list(count);
        const drawn = await drawWinners({ seed, entries, winners });
        expect(drawn).toHaveLength(Math.min(count, winners));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((entry) => entries.includes(entry))).toBe(true);
        // More prizes make further winners, not other ones.
        expect(await drawWinners({ seed, entries, winners: winners + 1 })).toEqual(expect.arrayContaining(drawn));
      }),
      { numRuns: 60 },
    );
  });

  it('depends on each entry and on the seed', async () => {
    const drawn = await drawWinners({ seed: 'seed', entries: list(500), winners: 20 });
    expect(await drawWinners({ seed: 'seed', entries: list(500), winners: 20 })).toEqual(drawn);
    expect(await drawWinners({ seed: 'seeds', entries: list(500), winners: 20 })).not.toEqual(drawn);
    expect(await drawWinners({ seed: 'seed', entries: list(501), winners: 20 })).not.toEqual(drawn);
  });

  it('favours no place in the list', async () => {
    const won = new Map<string, number>();
    for (let seed = 0; seed < 600; seed += 1) {
      const [first = ''] = await drawWinners({ seed: `${seed}`, entries: list(3), winners: 1 });
      won.set(first, (won.get(first) ?? 0) + 1);
    }
    // Fixed seeds: these counts are what they are. 200 each is even, and 4 standard deviations are 46.
    for (const count of won.values()) expect(Math.abs(count - 200)).toBeLessThan(46);
    expect(won.size).toBe(3);
  });
});
