// The one clock of promotions: rings for what is due first, looks again when it is woken, and does not lose what went wrong.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../../server/platform/log.ts';
import { type Dated, Timetable } from '../../../../server/shop/promotions/timetable.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** Something with a list of times, which stands for the database. */
class Errands implements Dated {
  readonly settled: number[] = [];
  times: number[];
  isBroken = false;

  constructor(times: number[]) {
    this.times = times;
  }

  async dueAt(): Promise<number | null> {
    return this.times.length === 0 ? null : Math.min(...this.times);
  }

  async settle(now: number): Promise<void> {
    if (this.isBroken) throw new Error('the disk is full');
    this.settled.push(...this.times.filter((at) => at <= now));
    this.times = this.times.filter((at) => at > now);
  }
}

describe('the timetable', () => {
  let clock: FakeClock;
  let timetable: Timetable;
  beforeEach(() => {
    clock = new FakeClock(1_000);
    timetable = new Timetable({ clock, log: createLogger('silent') });
  });
  afterEach(() => timetable.close());

  const open = (...times: number[][]): Errands[] => {
    const errands = times.map((each) => new Errands(each));
    for (const each of errands) timetable.register(each);
    timetable.start();
    return errands;
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  async function pass(ms: number): Promise<void> {
    await turn();
    clock.advance(ms);
    await turn();
  }

  it('settles at once what came due while nobody looked, and the rest in its time', async () => {
    const [first, second] = open([500, 3_000], [2_000]) as [Errands, Errands];
    await pass(0);
    expect([first.settled, second.settled]).toEqual([[500], []]);
    await pass(999);
    expect(second.settled).toEqual([]);
    await pass(1);
    expect(second.settled).toEqual([2_000]);
    await pass(1_000);
    expect(first.settled).toEqual([500, 3_000]);
  });

  it('rings earlier for what was put in meanwhile', async () => {
    const [errands] = open([9_000]) as [Errands];
    await pass(0);
    errands.times.push(2_000);
    timetable.wake();
    await pass(1_000);
    expect(errands.settled).toEqual([2_000]);
  });

  it('tries again what went wrong, and the others are settled all the same', async () => {
    const [broken, fine] = open([1_500], [1_500]) as [Errands, Errands];
    broken.isBroken = true;
    await pass(500);
    expect([broken.settled, fine.settled]).toEqual([[], [1_500]]);
    broken.isBroken = false;
    await pass(1_000);
    expect(broken.settled).toEqual([1_500]);
  });

  it('rings no more once it is closed', async () => {
    const [errands] = open([2_000]) as [Errands];
    await pass(0);
    await timetable.close();
    await pass(5_000);
    timetable.wake();
    await pass(0);
    expect(errands.settled).toEqual([]);
  });
});
