// What the lines of the frail network do to what goes through them: the journeys and figures stand on it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seeded } from '../random.ts';
import { Line, type LineConditions } from './line.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const PACKET = 1_000;

function lineOf(change: Partial<LineConditions>): Line {
  const line = new Line(seeded(1));
  line.set(change);
  return line;
}

/** Sends packets evenly for a while. @returns number and ms of arrival of those that came out */
async function stream(line: Line, kbps: number, forMs: number): Promise<{ number: number; atMs: number }[]> {
  const startedAt = performance.now();
  const arrived: { number: number; atMs: number }[] = [];
  const everyMs = (PACKET * 8) / kbps;
  for (let number = 0; number * everyMs < forMs; number += 1) {
    line.carryDatagram(PACKET, () => arrived.push({ number, atMs: performance.now() - startedAt }));
    await vi.advanceTimersByTimeAsync(everyMs);
  }
  return arrived;
}

describe('a line', () => {
  it('lets everything through at once when it is clear', async () => {
    const arrived = await stream(lineOf({}), 2_000, 1_000);
    expect(arrived).toHaveLength(250);
    expect(arrived.every(({ number, atMs }) => atMs === number * 4)).toBe(true);
  });

  it('loses its share, one by one or in bursts, the same in every run', async () => {
    const lost = async (lossBurst: number) => {
      const line = lineOf({ loss: 0.3, lossBurst });
      const numbers = (await stream(line, 4_000, 6_000)).map(({ number }) => number);
      const bursts = numbers.filter((number, index) => number > (numbers[index - 1] ?? -1) + 1).length;
      return { share: line.counts.dropped / line.counts.packets, mean: line.counts.dropped / bursts, numbers };
    };
    const [single, long, again] = [await lost(1), await lost(5), await lost(1)];
    expect(single.share).toBeCloseTo(0.3, 1);
    expect(long.share).toBeCloseTo(0.3, 1);
    expect(single.mean).toBeLessThan(1.6);
    expect(long.mean).toBeGreaterThan(4);
    expect(again.numbers).toEqual(single.numbers);
  });

  it('carries no more than its rate, keeps a short queue, and drops the rest', async () => {
    const line = lineOf({ rateKbps: 300, queueMs: 400 });
    const arrived = await stream(line, 1_500, 10_000);
    expect((arrived.length * PACKET * 8) / 10_000).toBeGreaterThan(280);
    expect((arrived.length * PACKET * 8) / 10_000).toBeLessThan(301);
    const waits = arrived.map(({ number, atMs }) => atMs - (number * PACKET * 8) / 1_500);
    expect(Math.max(...waits)).toBeLessThan(401 + (PACKET * 8) / 300);
    expect(line.counts.dropped).toBeGreaterThan(1_400);
  });

  it('empties its queue faster when it becomes wider', async () => {
    const line = lineOf({ rateKbps: 100, queueMs: 2_000 });
    let out = 0;
    for (let packet = 0; packet < 20; packet += 1) line.carryDatagram(PACKET, () => (out += 1));
    await vi.advanceTimersByTimeAsync(160);
    expect(out).toBe(2);
    line.set({ rateKbps: Infinity });
    await vi.advanceTimersByTimeAsync(1);
    expect(out).toBe(20);
  });

  it('is late and unevenly late without changing the order', async () => {
    const arrived = await stream(lineOf({ delayMs: 80, jitterMs: 40 }), 4_000, 2_000);
    const lateMs = arrived.map(({ number, atMs }) => atMs - number * 2);
    expect(Math.min(...lateMs)).toBeGreaterThanOrEqual(80);
    expect(Math.max(...lateMs)).toBeLessThan(125);
    expect(arrived.map(({ number }) => number)).toEqual(arrived.map((_, index) => index));
  });

  it('makes pieces of TCP late instead of losing them', async () => {
    const line = lineOf({ loss: 0.5 });
    const lateMs: number[] = [];
    for (let segment = 0; segment < 200; segment += 1) line.carrySegment(PACKET, (late) => lateMs.push(late));
    expect(lateMs).toHaveLength(200);
    expect(lateMs.filter((late) => late >= 200).length).toBeGreaterThan(70);
    expect(lateMs.filter((late) => late === 0).length).toBeGreaterThan(70);
  });
});
