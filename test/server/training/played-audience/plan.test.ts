// Owns the check that a seed decides everything: the same one the same acts, and each act one that can happen then.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../../server/protocol/classes.ts';
import type { Scenario } from '../../../../server/protocol/scenario.ts';
import { FIRST_VIEWER, HAGGLER, planOf, TROLL } from '../../../../server/training/played-audience/plan.ts';
import { comings, mostViewers, roomAfter } from '../../../../server/training/played-audience/room.ts';

/** 300 acts beside those who are there at the start. */
const evening: Scenario = { name: 'Evening', stage: 'streaming', minutes: 20, actsPerMinute: 15, viewers: { start: 8, end: 60 } };

describe('planOf', () => {
  it('makes the same 300 acts of the same seed, whenever it is asked', () => {
    const first = planOf(evening, 7);
    expect(first.acts.filter(({ act, atMs }) => !(act === 'burst' && atMs === 0))).toHaveLength(300);
    expect(planOf(structuredClone(evening), 7)).toEqual(first);
  });

  it('makes others of another seed', () => {
    expect(planOf(evening, 8).acts).not.toEqual(planOf(evening, 7).acts);
  });

  it('takes the seed that the scenario names, unless another is asked for', () => {
    const named: Scenario = { ...evening, seed: 7 };
    expect(planOf(named)).toEqual(planOf(evening, 7));
    expect(planOf(named, 8)).toEqual(planOf(evening, 8));
  });

  it('is not moved by acts that are written beside it', () => {
    const told: Scenario = { ...evening, acts: [{ at: '5:00', act: 'troll' }] };
    const times = (scenario: Scenario) => planOf(scenario, 7).acts.flatMap(({ act, atMs }) => (act === 'troll' && atMs === 300_000 ? [] : [atMs]));
    expect(times(told)).toEqual(times(evening));
  });

  it('lets acts happen at the time that stands beside them, and goes on until the last of them', () => {
    const plan = planOf({ name: 'Late', stage: 'never', minutes: 1, actsPerMinute: 0, viewers: { start: 0, end: 0 }, acts: [{ at: '2:05', act: 'stock-out' }, { at: '0:07', act: 'haggle' }] });
    expect(plan.acts.map(({ act, atMs, viewer }) => [act, atMs, viewer])).toEqual([
      ['haggle', 7_000, HAGGLER],
      ['stock-out', 125_000, null],
    ]);
    expect(plan.durationMs).toBe(125_000);
  });

  it('has one who haggles and one who is rude all along', () => {
    const { acts } = planOf({ ...evening, mix: { haggle: 5, troll: 5, join: 1 } }, 3);
    const who = (kind: string) => new Set(acts.filter(({ act }) => act === kind).map(({ viewer }) => viewer));
    expect([who('haggle'), who('troll')]).toEqual([new Set([HAGGLER]), new Set([TROLL])]);
  });

  it('is slow and kind for who has never streamed, and quick and hard for who sells steadily', () => {
    const [never, streaming, steady] = stages.map((stage) => planOf({ name: 'x', stage }, 1));
    const perMinute = (plan = never) => (plan?.acts.length ?? 0) / ((plan?.durationMs ?? 1) / 60_000);
    expect(perMinute(never)).toBeLessThan(perMinute(streaming));
    expect(perMinute(streaming)).toBeLessThan(perMinute(steady));
    const hard = (plan = never) => plan?.acts.some(({ act }) => act === 'troll' || act === 'haggle');
    expect([hard(never), hard(streaming), hard(steady)]).toEqual([false, true, true]);
  });

  it('never lets anybody leave who is not there, nor do anything before coming', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.constantFrom(...stages), fc.record({ start: fc.nat(30), end: fc.nat(60) }), (seed, stage, viewers) => {
        const plan = planOf({ name: 'x', stage, viewers, minutes: 3 }, seed);
        const room = new Set<number>();
        for (const act of plan.acts) {
          const { come, go } = comings(act);
          for (const viewer of go) expect(room.delete(viewer)).toBe(true);
          // The one who haggles and the one who is rude come when they speak; into an empty room somebody comes to speak.
          const isNew = ['join', 'burst', 'haggle', 'troll'].includes(act.act) || [...room].every((viewer) => viewer < FIRST_VIEWER);
          for (const viewer of come) {
            expect(room.has(viewer) || isNew).toBe(true);
            room.add(viewer);
          }
        }
        expect(roomAfter(plan, plan.acts.length)).toEqual(room);
        expect(mostViewers(plan)).toBeGreaterThanOrEqual(room.size);
      }),
      { numRuns: 60 },
    );
  });
});
