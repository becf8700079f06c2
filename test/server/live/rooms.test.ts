// How often the people in a show are told of what changes all the time: at once in a small room, gathered in a full one.
import { describe, expect, it } from 'vitest';
import { Rooms } from '../../../server/live/rooms.ts';
import type { SocketServer } from '../../../server/platform/socket.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** @param tookMs how long it takes to tell everybody */
function roomOf(tookMs: number) {
  const clock = new FakeClock();
  const told: { event: string; seq: number; viewers?: number }[] = [];
  const rooms = new Rooms(clock);
  rooms.attach({ tookMs: () => tookMs, toRoom: (_room: string, event: string, payload: { seq: number; viewers?: number }) => void told.push({ event, ...payload }) } as unknown as SocketServer);
  return { clock, rooms, told };
}

describe('a room', () => {
  it.each([
    [0, 200],
    [3, 204],
    [150, 400],
    [250, 533],
    [60_000, 1_000],
  ])('in which telling takes %i ms is told of changes every %i ms', (tookMs, ms) => {
    const { clock, rooms, told } = roomOf(tookMs);
    const change = (stock: number) => rooms.sendVariants('shw_1', [{ productId: 'prd_1', variantId: 'var_1', priceMinor: 100, stock }] as never);
    change(2);
    clock.advance(ms - 1);
    change(1);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toMatchObject([{ event: 'variants.changed', seq: 1, variants: [{ stock: 1 }] }]);
  });

  it('hears the number of viewers as it is when it is told', () => {
    const { clock, rooms, told } = roomOf(0);
    let viewers = 1;
    rooms.sendPresence('shw_1', () => viewers);
    viewers = 5;
    clock.advance(1_001);
    expect(told.map((each) => each.viewers)).toEqual([5]);
  });
});
