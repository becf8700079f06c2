import { describe, expect, it } from 'vitest';
import { Downloads } from '../../../../server/live/replays/downloads.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('the address of a download', () => {
  it('holds for its show and a quarter of an hour, also for a second try', () => {
    const clock = new FakeClock();
    const downloads = new Downloads(clock);
    const { ticket, expiresAt } = downloads.open('shw_one');
    expect([downloads.isValid('shw_one', ticket), downloads.isValid('shw_one', ticket)]).toEqual([true, true]);
    expect([downloads.isValid('shw_two', ticket), downloads.isValid('shw_one', `${ticket}x`)]).toEqual([false, false]);
    clock.advance(15 * 60_000);
    expect(clock.now()).toBe(expiresAt);
    expect(downloads.isValid('shw_one', ticket)).toBe(false);
  });

  it('is forgotten when it is over or when there are a thousand others', () => {
    const downloads = new Downloads(new FakeClock());
    const first = downloads.open('shw_one').ticket;
    const last = Array.from({ length: 1_000 }, () => downloads.open('shw_one').ticket).at(-1)!;
    expect([downloads.isValid('shw_one', first), downloads.isValid('shw_one', last)]).toEqual([false, true]);
  });
});
