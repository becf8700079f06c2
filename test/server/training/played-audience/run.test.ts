// Owns the check of a run on a clock of its own: everything at its time, the same again from the same seed, and nothing left behind at its end.
import { describe, expect, it } from 'vitest';
import { FieldcastError } from '../../../../server/platform/errors.ts';
import { createLogger } from '../../../../server/platform/log.ts';
import type { PlayedRun } from '../../../../server/protocol/played-audience.ts';
import type { Scenario } from '../../../../server/protocol/scenario.ts';
import type { Show } from '../../../../server/protocol/show.ts';
import type { Planted } from '../../../../server/training/played-audience/doings.ts';
import { planOf } from '../../../../server/training/played-audience/plan.ts';
import { type KeptRun, Run, type RunDeps } from '../../../../server/training/played-audience/run.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const evening: Scenario = { name: 'Evening', stage: 'streaming', minutes: 20, actsPerMinute: 15, viewers: { start: 8, end: 60 } };
const show = (status: Show['status']) => ({ id: 'shw_1', status }) as Show;

/** A run whose acts are only written down. */
function stand(scenario: Scenario | null, kept: Partial<KeptRun> = {}) {
  const clock = new FakeClock();
  const startedAt = clock.now();
  const done: unknown[] = [];
  const present = new Set<number>();
  const disk: KeptRun[] = [];
  const told: PlayedRun[] = [];
  const widths: (number | null)[] = [];
  const righted: Planted[] = [];
  let refuse: string | undefined;
  const doings: RunDeps['doings'] = {
    enter: (_, viewer) => {
      present.add(viewer);
      return () => void present.delete(viewer);
    },
    async do(_, act, number) {
      done.push([clock.now() - startedAt, number, act.act, act.viewer, act.nth, act.topic, act.count]);
      if (act.act === refuse) throw new FieldcastError('chat.restricted', 'Muted.');
      if (act.act === 'stock-out') return { text: '', product: 'Apples', planted: [{ variantId: 'var_1', what: 'stock', was: 9, made: 0 }] };
      if (act.act === 'wrong-price') return { text: '', product: 'Apples', planted: [{ variantId: 'var_1', what: 'price', was: done.length === 1 ? 100 : 10, made: done.length === 1 ? 10 : 1 }] };
      return { text: 'words', product: '', planted: [] };
    },
    narrow: async (_, kbps) => void widths.push(kbps),
    putRight: async (_, planted) => void righted.push(...planted),
  };
  const run = new Run(
    { clock, log: createLogger('silent'), doings, showOf: async () => show('live'), keep: async (now) => void disk.push(structuredClone(now)), tell: (view) => void told.push(view) },
    { id: 'run_1', showId: 'shw_1', scenario: scenario && { id: 'mine', text: '', scenario }, language: 'en', seed: 7, speed: 1, isPaused: false, endedBy: null, elapsedMs: 0, played: 0, acted: 0, planted: [], log: [], ...kept },
  );
  /** Second by second, as a server lives. */
  async function live(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1_000) {
      clock.advance(Math.min(1_000, left));
      await run.settled();
    }
  }
  return { run, clock, done, present, disk, told, widths, righted, live, refusing: (kind: string) => (refuse = kind) };
}

const MINUTE = 60_000;

describe('a run', () => {
  it('replays 300 acts identically from its seed, each within a second of its time', async () => {
    const [first, again] = [stand(evening), stand(evening)];
    for (const { run, live } of [first, again]) {
      await run.begin(show('live'));
      await live(20 * MINUTE + 1_000);
    }
    expect(first.done).toHaveLength(301);
    expect(again.done).toEqual(first.done);
    for (const [index, { atMs }] of planOf(evening, 7).acts.entries()) expect(Math.abs((first.done[index] as number[])[0]! - atMs)).toBeLessThanOrEqual(1_000);
    expect(first.run.view()).toMatchObject({ state: 'ended', endedBy: 'done', played: 301, viewers: 0, elapsedMs: 20 * MINUTE });
  });

  it('is twice as quick at double speed, with the same acts', async () => {
    const [usual, quick] = [stand(evening), stand(evening, { speed: 2 })];
    await usual.run.begin(show('live'));
    await usual.live(20 * MINUTE + 1_000);
    await quick.run.begin(show('live'));
    await quick.live(10 * MINUTE + 1_000);
    const acts = (done: unknown[]) => (done as unknown[][]).map(([, ...act]) => act);
    expect(acts(quick.done)).toEqual(acts(usual.done));
  });

  it('stands while the host is away, and goes on where it was', async () => {
    const { run, live, done } = stand(evening);
    await run.begin(show('planned'));
    expect(run.view().state).toBe('waiting');
    await live(5 * MINUTE);
    expect(done).toHaveLength(0);
    await run.follow(show('live'));
    await live(MINUTE);
    const before = done.length;
    expect(before).toBeGreaterThan(10);
    await run.follow(show('paused'));
    await live(30 * MINUTE);
    expect([done.length, run.view().elapsedMs]).toEqual([before, MINUTE]);
    await run.follow(show('live'));
    await live(19 * MINUTE + 1_000);
    expect(run.view()).toMatchObject({ endedBy: 'done', played: 301 });
  });

  it('is paused and made quicker by hand without losing an act', async () => {
    const { run, live, done } = stand(evening);
    await run.begin(show('live'));
    await live(MINUTE);
    await run.change({ isPaused: true });
    const before = done.length;
    await live(10 * MINUTE);
    expect([done.length, run.view().state]).toEqual([before, 'paused']);
    await run.change({ isPaused: false, speed: 2 });
    await live(9.5 * MINUTE + 1_000);
    expect(run.view()).toMatchObject({ endedBy: 'done', played: 301 });
  });

  it('is taken up after a restart with the same people and the acts that are left', async () => {
    const whole = stand(evening);
    await whole.run.begin(show('live'));
    await whole.live(20 * MINUTE + 1_000);

    const before = stand(evening);
    await before.run.begin(show('live'));
    await before.live(7 * MINUTE + 500);
    const people = new Set(before.present);
    await before.run.close();
    expect(before.present.size).toBe(0);

    const after = stand(evening, before.disk.at(-1));
    await after.run.begin(show('paused'));
    expect(after.present).toEqual(people);
    await after.run.follow(show('live'));
    await after.live(13 * MINUTE + 1_000);
    const acts = (done: unknown[]) => (done as unknown[][]).map(([, ...act]) => act);
    expect([...acts(before.done), ...acts(after.done)]).toEqual(acts(whole.done));
    expect(after.run.view().endedBy).toBe('done');
  });

  it('makes the line narrow for its seconds, and wide again also when it is stopped meanwhile', async () => {
    const drop: Scenario = { name: 'Drop', stage: 'never', minutes: 5, actsPerMinute: 0, viewers: { start: 0, end: 0 }, acts: [{ at: '0:10', act: 'network-drop', seconds: 20, kbps: 40 }, { at: '2:00', act: 'network-drop', seconds: 60 }] };
    const { run, live, widths, clock } = stand(drop);
    await run.begin(show('live'));
    await live(15_000);
    expect(widths).toEqual([40]);
    expect(run.view().dropUntil).toBe(clock.now() + 15_000);
    await live(20_000);
    expect([widths, run.view().dropUntil]).toEqual([[40, null], null]);
    await live(90_000);
    expect(widths).toEqual([40, null, 40]);
    await run.end('stopped');
    expect(widths).toEqual([40, null, 40, null]);
  });

  it('puts right at its end what it made wrong, also what was made wrong twice', async () => {
    const wrong: Scenario = { name: 'Wrong', stage: 'never', minutes: 1, actsPerMinute: 0, viewers: { start: 0, end: 0 }, acts: [{ at: '0:01', act: 'wrong-price' }, { at: '0:02', act: 'wrong-price' }, { at: '0:03', act: 'stock-out' }] };
    const { run, live, righted, disk } = stand(wrong);
    await run.begin(show('live'));
    await live(2 * MINUTE);
    expect(run.view().endedBy).toBe('done');
    expect(righted).toEqual([
      { variantId: 'var_1', what: 'price', was: 100, made: 1 },
      { variantId: 'var_1', what: 'stock', was: 9, made: 0 },
    ]);
    expect(disk.at(-1)?.planted).toEqual([]);
  });

  it('goes on when an act is refused, and says why', async () => {
    const { run, live, refusing } = stand({ ...evening, mix: { troll: 1 }, minutes: 1 });
    refusing('troll');
    await run.begin(show('live'));
    await live(2 * MINUTE);
    expect(run.view().endedBy).toBe('done');
    expect(run.view().log[0]).toMatchObject({ act: 'troll', refusal: 'chat.restricted' });
  });

  it('ends with its show, and takes nothing more', async () => {
    const { run, live, done, present } = stand(evening);
    await run.begin(show('live'));
    await live(MINUTE);
    expect(present.size).toBeGreaterThan(5);
    await run.follow(show('ended'));
    const before = done.length;
    await run.act({ act: 'troll' });
    await run.follow(show('live'));
    await live(5 * MINUTE);
    expect([done.length, present.size, run.view().endedBy]).toEqual([before, 0, 'show-over']);
  });

  it('does single acts by hand, also without a scenario and before the show is on the air', async () => {
    const { run, done, present, told } = stand(null);
    await run.begin(show('planned'));
    await run.act({ act: 'burst', viewers: 5 });
    await run.act({ act: 'question', topic: 'price' });
    await run.act({ act: 'leave' });
    expect(done).toHaveLength(3);
    expect(present.size).toBe(4);
    expect(told.at(-1)?.log.map(({ act, isByHand }) => [act, isByHand])).toEqual([['leave', true], ['question', true], ['burst', true]]);
  });

  it('lives through a clock that is set back', async () => {
    const { run, live, clock, done } = stand(evening);
    await run.begin(show('live'));
    await live(MINUTE);
    clock.set(-3600_000);
    const before = done.length;
    await live(MINUTE);
    expect(done.length).toBeGreaterThan(before + 5);
    expect(run.view().elapsedMs).toBeGreaterThan(1.8 * MINUTE);
  });
});
