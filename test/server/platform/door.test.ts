import { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Door } from '../../../server/platform/http/door.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function openDoor(): { door: Door; arrive: () => void } {
  const server = new EventEmitter();
  const door = new Door();
  door.watch(server as Server);
  return { door, arrive: () => server.emit('connection') };
}

describe('the door', () => {
  it('serves at once while nobody arrives', () => {
    const { door } = openDoor();
    let isServed = false;
    door.enter(() => (isServed = true));
    expect(isServed).toBe(true);
  });

  it('lets newcomers in before it serves those who are in, in the order of asking', async () => {
    const { door, arrive } = openDoor();
    const served: number[] = [];
    for (let newcomer = 0; newcomer < 5; newcomer += 1) {
      arrive();
      door.enter(() => served.push(newcomer));
      await turn();
      expect(served).toEqual([]);
    }
    await turn();
    await turn();
    expect(served).toEqual([0, 1, 2, 3, 4]);
  });

  it('serves in the end, however many arrive', async () => {
    const { door, arrive } = openDoor();
    const served: string[] = [];
    arrive();
    door.enter(() => served.push('who asked'));
    const startedAt = performance.now();
    while (served.length === 0 && performance.now() - startedAt < 5_000) {
      arrive();
      await turn();
    }
    expect(served).toEqual(['who asked']);
    expect(performance.now() - startedAt).toBeGreaterThan(20);
  });

  it('serves at once again when the newcomers are in', async () => {
    const { door, arrive } = openDoor();
    arrive();
    await turn();
    await turn();
    let isServed = false;
    door.enter(() => (isServed = true));
    expect(isServed).toBe(true);
  });
});
