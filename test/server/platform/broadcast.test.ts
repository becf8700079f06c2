// How everybody in a room is told: at once where they are few, in turns where they are many, in order and nobody twice.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Broadcast } from '../../../server/platform/broadcast.ts';

function roomOf(count: number) {
  const members = new Set(Array.from({ length: count }, (_, index) => `socket-${index}`));
  const rooms = new Map<string, Set<string>>([['show', members]]);
  const heard = new Map<string, unknown[]>();
  let longestTurn = 0;
  const broadcast = new Broadcast({
    sockets: { adapter: { rooms } },
    to: (target: string | string[]) => ({
      emit(_event: string, payload: unknown) {
        const ids = Array.isArray(target) ? target : [...(rooms.get(target) ?? [])];
        longestTurn = Math.max(longestTurn, ids.length);
        for (const id of ids) heard.set(id, [...(heard.get(id) ?? []), payload]);
      },
    }),
  } as unknown as ConstructorParameters<typeof Broadcast>[0]);
  return { members, broadcast, heard, longestTurn: () => longestTurn, tell: (payload: number) => broadcast.tell('show', 'chat.changed', payload) };
}

describe('a room', () => {
  it('of few people is told at once', () => {
    const { tell, heard } = roomOf(300);
    tell(1);
    expect([...heard.values()]).toEqual(Array.from({ length: 300 }, () => [1]));
  });

  it('of many is told in turns, each thing once and in its order, also what is said meanwhile', async () => {
    const { tell, heard, longestTurn, members } = roomOf(5_000);
    tell(1);
    tell(2);
    expect(heard.size).toBeLessThan(5_000);
    await nextTurn();
    // Whoever comes now knows of both already.
    members.add('late');
    tell(3);
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    expect(longestTurn()).toBeLessThan(5_000);
    expect(heard.get('late')).toEqual([3]);
    heard.delete('late');
    expect([...heard.values()]).toEqual(Array.from({ length: 5_000 }, () => [1, 2, 3]));
    tell(4);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(heard.get('socket-4999')).toEqual([1, 2, 3, 4]);
  });

  it('is told nothing more once it was left', async () => {
    const { tell, heard, members } = roomOf(5_000);
    tell(1);
    members.clear();
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(heard.has('socket-4999')).toBe(false);
  });

  it('that was full and is not any more is as quick as any other', async () => {
    const { tell, broadcast, members } = roomOf(5_000);
    tell(1);
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(broadcast.tookMs('show')).toBeGreaterThan(0);
    for (const id of [...members].slice(100)) members.delete(id);
    tell(2);
    expect(broadcast.tookMs('show')).toBe(0);
  });

  it('that nobody is in is no fault', () => {
    const { broadcast, heard } = roomOf(1);
    broadcast.tell('another', 'chat.changed', 1);
    expect(heard.size).toBe(0);
  });
});
