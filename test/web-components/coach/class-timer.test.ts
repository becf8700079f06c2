// The class's clock: it runs, stands still, goes on, ends, and outlives a reload.
import { expect, it } from 'vitest';
import { ClassTimer } from '../../../web-components/coach/class-timer.ts';

function open(storage = new Map<string, string>()) {
  const clock = { ms: 1_000_000 };
  const kept = { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => void storage.set(key, value), removeItem: (key: string) => void storage.delete(key) };
  const timer = new ClassTimer(kept, () => clock.ms);
  return { timer, clock, kept, storage };
}

it('counts down, pauses, goes on, and says when the time is up', () => {
  const { timer, clock } = open();
  expect(timer.state).toBe('off');
  timer.start(5);
  clock.ms += 60_000;
  expect([timer.state, timer.leftMs]).toEqual(['running', 240_000]);
  timer.pause();
  clock.ms += 600_000;
  expect([timer.state, timer.leftMs]).toEqual(['paused', 240_000]);
  timer.goOn();
  clock.ms += 240_000;
  expect([timer.state, timer.leftMs]).toEqual(['up', 0]);
  timer.stop();
  expect(timer.state).toBe('off');
});

it('goes on after a reload, and takes nothing strange for a time', () => {
  const { timer, clock, kept, storage } = open();
  timer.start(10);
  timer.close();
  clock.ms += 60_000;
  const again = new ClassTimer(kept, () => clock.ms);
  expect(again.leftMs).toBe(540_000);
  again.close();
  for (const strange of ['', 'null', '{', '{"endsAt":"soon"}', '{"endsAt":null}', '[]']) {
    storage.set('fieldcast:class-timer', strange);
    expect(new ClassTimer(kept, () => clock.ms).state).toBe('off');
  }
});
