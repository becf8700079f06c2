// Which of several shows a shop page leads with when it names none.
import { describe, expect, it } from 'vitest';
import { currentShow } from '../../demo/current-show.ts';
import type { Show } from '../../server/protocol/show.ts';

const show = (id: string, status: Show['status'], plannedAt: number | null = null) => ({ id, status, plannedAt }) as Show;

describe('the show that a shop page leads with', () => {
  it('is the live one, whatever else is planned', () => {
    expect(currentShow([show('a', 'planned'), show('b', 'paused'), show('c', 'live')])?.id).toBe('c');
  });
  it('is the paused one when none is live', () => {
    expect(currentShow([show('a', 'planned'), show('b', 'paused'), show('c', 'ended')])?.id).toBe('b');
  });
  it('is the next planned one when none is on', () => {
    expect(currentShow([show('late', 'planned', 2_000), show('soon', 'planned', 1_000), show('over', 'ended')])?.id).toBe('soon');
  });
  it('is one without a time before one with', () => {
    expect(currentShow([show('timed', 'planned', 1_000), show('ready', 'planned')])?.id).toBe('ready');
  });
  it('is none when all have ended', () => {
    expect(currentShow([show('over', 'ended')])).toBeUndefined();
  });
});
