// Roll-ups: any show, however its batches arrive, comes out the same when it is done again from raw; no moment of a device counts twice.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepOf, longestOf } from '../../../server/analytics/rollup/counters.ts';
import { DeviceStory } from '../../../server/analytics/rollup/device-story.ts';
import { fold } from '../../../server/analytics/rollup/fold.ts';
import { Members } from '../../../server/analytics/rollup/members.ts';
import { Pending } from '../../../server/analytics/rollup/pending.ts';
import { fromLine, type RawEvent, toLine } from '../../../server/analytics/rollup/raw-event.ts';
import { Watched } from '../../../server/analytics/rollup/watched.ts';
import { packChunk, unpackChunk } from '../../../server/analytics/store/chunk.ts';
import { START } from './stand.ts';

const HOUR_MS = 3600_000;
const product = fc.constantFrom('prd_apples', 'prd_pears');
const path = fc.integer({ min: 0, max: 5 });
const happening = fc.oneof(
  fc.constant({ kind: 0, args: [] }),
  fc.record({ kind: fc.constant(1), args: fc.tuple(path, fc.integer({ min: 0, max: 1 })) }),
  fc.record({ kind: fc.constant(2), args: fc.tuple(fc.integer({ min: 1, max: 20_000 }), path, fc.integer({ min: 0, max: 500 })) }),
  fc.record({ kind: fc.constant(2), args: fc.tuple(fc.constant(10_000), path, fc.integer({ min: 0, max: 500 })) }),
  fc.record({ kind: fc.constant(3), args: fc.tuple(fc.integer({ min: 0, max: 60_000 }), path) }),
  fc.record({ kind: fc.constant(5), args: fc.tuple(fc.integer({ min: 1, max: 60_000 }), path) }),
  fc.record({ kind: fc.constantFrom(6, 7), args: fc.tuple(product) }),
  fc.record({ kind: fc.constant(8), args: fc.tuple(product, fc.integer({ min: 1, max: 9 })) }),
  fc.record({ kind: fc.constant(10), args: fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 })) }),
);
/** Of an hour, because nothing older is taken; in any order, as late batches come. */
const event = fc
  .record({ what: happening, at: fc.integer({ min: 0, max: HOUR_MS }), device: fc.integer({ min: 1, max: 4 }), phase: fc.constantFrom('live', 'replay'), mark: fc.constantFrom('', '', '', 'own') })
  .map(({ what, at, ...rest }) => ({ ...what, at: START + at, ...rest }) as RawEvent);
const events = fc.array(event, { maxLength: 80 });

/** @param restartEach everything is written down and read again after so many events, as by a restart */
function rolledUp(all: readonly RawEvent[], restartEach = Infinity) {
  const into = new Pending();
  const stories = new Map<number, DeviceStory>();
  for (const [index, each] of all.entries()) {
    const story = stories.get(each.device) ?? new DeviceStory();
    stories.set(each.device, index % restartEach === restartEach - 1 ? new DeviceStory(story.toText()) : story);
    fold(each, stories.get(each.device) as DeviceStory, into);
  }
  const { sums, sets } = into.take();
  return {
    sums: new Map(sums.map(({ phase, minute, counter, subject, amount }) => [`${phase} ${minute} ${counter} ${subject}`, amount])),
    sets: new Map(sets.map(({ phase, name, subject, members }) => [`${phase} ${name} ${subject}`, Buffer.from(members.bytes()).toString('hex')])),
    sum: (counter: string) => sums.filter((sum) => sum.counter === counter).reduce((total, { amount }) => total + amount, 0),
  };
}

describe('roll-ups', () => {
  it('are the same again from what was kept, over restarts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { minLength: 1, maxLength: 20 }), { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), async (batches, restartEach) => {
        const kept = (await Promise.all(batches.map(async (batch) => unpackChunk(await packChunk(batch))))).flat();
        expect(kept).toEqual(batches.flat());
        const { sums, sets } = rolledUp(batches.flat(), restartEach);
        const again = rolledUp(kept);
        expect(again.sums).toEqual(sums);
        expect(again.sets).toEqual(sets);
      }),
      { numRuns: 60 },
    );
  });

  it('are kept of many events at once, whatever is written in them', async () => {
    const many = Array.from({ length: 3_000 }, (_, index): RawEvent => ({ kind: 6, args: [`苹果 🍎 ${index}`.padEnd(index % 60, '果')], at: START + index, device: index, phase: 'live', mark: '' }));
    expect(unpackChunk(await packChunk(many))).toEqual(many);
  });

  it('count as much watch time as there was, whatever is told twice and in whatever order', () => {
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), (all, random) => {
        const shuffled = [...all, ...all].map((each) => ({ each, order: random.next().value as number })).sort((a, b) => a.order - b.order).map(({ each }) => each);
        expect(rolledUp(shuffled).sum('watchMs')).toBe(watchedMs(all));
        expect(rolledUp(all).sum('watchMs')).toBe(watchedMs(all));
        for (const counter of ['watchers', 'stayed', 'online']) expect([counter, rolledUp(shuffled).sum(counter)]).toEqual([counter, rolledUp(all).sum(counter)]);
      }),
      { numRuns: 60 },
    );
  });

  it('keep what is apart out of everything else', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { sums } = rolledUp(all.map((each) => ({ ...each, mark: 'bot' as const })));
        expect([...sums.keys()].filter((key) => !key.includes(' apart '))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

/** Worked out another way: milliseconds in a set of stretches, by sweeping over their ends. */
function watchedMs(all: readonly RawEvent[]): number {
  let sum = 0;
  for (let device = 1; device <= 4; device += 1) {
    const own = all.filter((each) => each.device === device && each.mark === '' && each.kind === 2);
    const ends = own.flatMap(({ at, args }) => [[at - (args[0] as number), 1], [at, -1]] as const).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let open = 0;
    let since = 0;
    for (const [at, step] of ends) {
      if (open === 0) since = at;
      open += step;
      if (open === 0) sum += at - since;
    }
  }
  return sum;
}

it('a raw event comes back from its line as it was', () => {
  fc.assert(
    fc.property(event, (each) => {
      expect(fromLine(toLine(each, START), START)).toEqual(each);
    }),
  );
});

describe('what a device has watched', () => {
  it('forgets what nobody can tell of any more, and counts none of it again', () => {
    const watched = new Watched();
    for (let second = 0; second < 4 * 3600; second += 20) expect(watched.add(START + second * 1000, START + second * 1000 + 10_000)).toHaveLength(1);
    expect(watched.flat().length).toBeLessThan(2 * 210);
    expect(watched.add(START, START + 4 * HOUR_MS).every(([from]) => from > START + 2.9 * HOUR_MS)).toBe(true);
  });
});

it('an exact set knows its members and those of others', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20_000)), fc.array(fc.nat(20_000)), (some, others) => {
      const [a, b] = [some, others].map((all) => {
        const set = new Members();
        for (const device of all) set.add(device);
        return new Members(set.bytes());
      }) as [Members, Members];
      expect(a.count).toBe(new Set(some).size);
      expect(Members.union([a, b]).count).toBe(new Set([...some, ...others]).size);
    }),
  );
});

it('a step of time is not more than 10 % longer than what is in it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 300_000 }), (ms) => {
      const longest = longestOf(stepOf(ms));
      expect(longest).toBeGreaterThanOrEqual(ms - 1);
      expect(longest).toBeLessThanOrEqual(ms * 1.1 + 1);
    }),
  );
});
