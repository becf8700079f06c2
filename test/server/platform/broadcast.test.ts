// How everybody in a room is told: at once where they are few, round by round where they are many, in order and nobody twice.
import { describe, expect, it } from 'vitest';
import { Broadcast } from '../../../server/platform/broadcast.ts';
import { seeded } from '../../support/random.ts';

const TEXT_FRAME = 0x81;

/** Numbers in the frames of one write; all of them are short. */
function numbersIn(buffers: readonly Buffer[]): number[] {
  const numbers: number[] = [];
  for (let rest = Buffer.concat(buffers); rest.length > 0; ) {
    const [head, length = 0] = rest;
    if (head !== TEXT_FRAME) throw new Error('not a text frame');
    numbers.push(JSON.parse(rest.toString('utf8', 4, 2 + length))[1]);
    rest = rest.subarray(2 + length);
  }
  return numbers;
}

function roomOf(count: number) {
  const members = new Set<string>();
  const rooms = new Map([['show', members]]);
  const heard = new Map<string, number[]>();
  const writes = new Map<string, number>();
  const transports = new Map<string, string>();
  const hear = (id: string, numbers: number[]): void => {
    heard.set(id, [...(heard.get(id) ?? []), ...numbers]);
    writes.set(id, (writes.get(id) ?? 0) + 1);
  };
  /** Their last write has not gone out yet. */
  const busy = new Set<string>();
  const queued = new Map<string, number[]>();
  const connection = (id: string) => ({
    conn: {
      readyState: 'open',
      get transport() {
        return {
          name: transports.get(id) ?? 'websocket',
          writable: !busy.has(id),
          send(packets: { options: { wsPreEncodedFrame: readonly Buffer[] } }[]) {
            if (busy.has(id)) throw new Error('a transport that is not writable was written to');
            for (const { options } of packets) hear(id, numbersIn(options.wsPreEncodedFrame));
          },
        };
      },
      write(packet: string, { wsPreEncodedFrame }: { wsPreEncodedFrame: readonly Buffer[] }) {
        const numbers = transports.has(id) ? [JSON.parse(packet.slice(1))[1]] : numbersIn(wsPreEncodedFrame);
        if (busy.has(id)) queued.set(id, [...(queued.get(id) ?? []), ...numbers]);
        else hear(id, numbers);
      },
    },
  });
  const broadcast = new Broadcast({
    sockets: { adapter: { rooms }, sockets: { get: connection } },
    to: (room: string) => ({
      emit(_event: string, payload: number) {
        for (const id of rooms.get(room) ?? []) hear(id, [payload]);
      },
    }),
  } as unknown as ConstructorParameters<typeof Broadcast>[0]);
  for (let index = 0; index < count; index += 1) members.add(`socket-${index}`);
  return { members, heard, writes, transports, busy, queued, broadcast, tell: (payload: number) => broadcast.tell('show', 'news', payload) };
}

describe('a room', () => {
  it('of few people is told at once', () => {
    const { tell, heard } = roomOf(300);
    tell(1);
    expect([...heard.values()]).toEqual(Array.from({ length: 300 }, () => [1]));
  });

  it('of many leaves time to others between its turns, and all have heard each thing once and in its order', async () => {
    const { tell, heard } = roomOf(3_500);
    tell(1);
    tell(2);
    const atOnce = heard.size;
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThan(3_500);
    tell(3);
    await expect.poll(() => [...heard.values()].filter((numbers) => numbers.length === 3).length).toBe(3_500);
    for (const numbers of heard.values()) expect(numbers).toEqual([1, 2, 3]);
  });

  it('of many waits for a connection whose last write has not gone out', async () => {
    const { tell, heard, busy, queued } = roomOf(400);
    busy.add('socket-3').add('socket-399');
    tell(1);
    await expect.poll(() => heard.size).toBe(398);
    await expect.poll(() => [...queued]).toEqual([['socket-3', [1]], ['socket-399', [1]]]);
    expect(heard.has('socket-3')).toBe(false);
  });

  it.each([500, 4_000, 14_000])('of %i is told a few at a time, for as long as an order may wait', (count) => {
    const { tell, heard } = roomOf(count);
    tell(1);
    expect(heard.size).toBeGreaterThan(0);
    expect(heard.size).toBeLessThanOrEqual(Math.max(100, count / 40));
  });

  it('of many is told in one write what was said since the last', async () => {
    const { tell, heard, writes } = roomOf(3_500);
    for (let number = 1; number <= 50; number += 1) tell(number);
    await expect.poll(() => heard.get('socket-3499')?.length).toBe(50);
    expect(writes.get('socket-3499')).toBe(1);
    await expect.poll(() => heard.get('socket-0')?.length).toBe(50);
    expect(writes.get('socket-0')).toBe(2);
  });

  it('of many goes round a few times a second, however much is said', async () => {
    const { tell, heard, writes } = roomOf(2_000);
    const startedAt = performance.now();
    let said = 0;
    while (performance.now() - startedAt < 600) {
      tell((said += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await expect.poll(() => heard.get('socket-0')?.at(-1)).toBe(said);
    // At once, after each quarter of a second that had passed, and what was left.
    expect(writes.get('socket-0')).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - startedAt) / (2_000 / 8)));
    expect(said).toBeGreaterThan(20);
  });

  it('is told packet by packet where a page has no web socket', async () => {
    const { tell, heard, transports } = roomOf(3_500);
    transports.set('socket-3000', 'polling');
    for (const number of [1, 2, 3]) tell(number);
    await expect.poll(() => heard.get('socket-3000')).toEqual([1, 2, 3]);
  });

  it('is told nothing more once it was left', async () => {
    const { tell, heard, members } = roomOf(3_500);
    tell(1);
    const atOnce = heard.size;
    members.clear();
    for (let index = 0; index < 2_000; index += 1) members.add(`other-${index}`);
    tell(2);
    await expect.poll(() => heard.get('other-1999')).toEqual([2]);
    expect(heard.size).toBe(atOnce + 2_000);
  });

  it('tells nobody who comes back what was said while they were away', async () => {
    const { tell, heard, members } = roomOf(3_500);
    tell(1);
    members.delete('socket-3000');
    members.delete('socket-3200');
    tell(2);
    members.add('socket-3000');
    tell(3);
    await expect.poll(() => heard.get('socket-3499')).toEqual([1, 2, 3]);
    // The round has come by where it was, and it is back before anything else is said.
    members.add('socket-3200');
    tell(4);
    await expect.poll(() => heard.get('socket-3499')).toEqual([1, 2, 3, 4]);
    expect([heard.get('socket-3000'), heard.get('socket-3200')]).toEqual([[3, 4], [4]]);
  });

  it('that was full and is not any more is told at once again', async () => {
    const { tell, heard, members } = roomOf(3_500);
    tell(1);
    await expect.poll(() => heard.size).toBe(3_500);
    for (const id of [...members].slice(100)) members.delete(id);
    await expect
      .poll(() => {
        heard.clear();
        tell(2);
        return heard.size;
      })
      .toBe(100);
  });

  it('that nobody is in is no fault', () => {
    const { broadcast, heard } = roomOf(1);
    broadcast.tell('another', 'news', 1);
    expect(heard.size).toBe(0);
  });

  it('is told what was said while they were there, whoever comes and goes meanwhile', async () => {
    const { tell, heard, members } = roomOf(2_000);
    const random = seeded(7);
    const due = new Map<string, number[]>();
    for (let number = 1; number <= 30; number += 1) {
      for (let come = 0; come < 20; come += 1) members.add(`late-${number}-${come}`);
      const present = [...members];
      for (let go = 0; go < 10; go += 1) {
        const id = present[Math.floor(random() * present.length)] as string;
        members.delete(id);
        due.delete(id);
      }
      tell(number);
      for (const id of members) due.set(id, [...(due.get(id) ?? []), number]);
      if (number % 4 === 0) await new Promise((resolve) => setTimeout(resolve, random() * 8));
    }
    await expect.poll(() => [...due].filter(([id, numbers]) => heard.get(id)?.length !== numbers.length).length).toBe(0);
    for (const [id, numbers] of due) expect(heard.get(id)).toEqual(numbers);
  });
});
