// The running of the budget over made-up streams, sessions and time: who gets in, who waits, who comes back to what.
import type { types } from 'mediasoup';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import type { Visitor } from '../../../../server/media/budget/seat.ts';
import { UplinkBudget } from '../../../../server/media/budget/uplink-budget.ts';
import type { EgressSession } from '../../../../server/media/index.ts';
import type { Stream } from '../../../../server/media/stream.ts';
import type { WorkerPool } from '../../../../server/media/workers.ts';
import type { Clock } from '../../../../server/platform/clock.ts';
import type { Level } from '../../../../server/protocol/media.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const AUDIO_KBPS = 40;
let budget: UplinkBudget | undefined;

afterEach(() => budget?.close());

/** A host's track that has sent for `kbps` in each layer at every time. @param clock of the worker, which nobody sets */
function track(clock: Pick<Clock, 'now'>, kind: 'audio' | 'video', layersKbps: readonly number[], startedAt = clock.now()): types.Producer {
  const encodings = layersKbps.map((_, layer) => ({ ssrc: 1_000 + layer }));
  return {
    id: `${kind}-1`,
    kind,
    rtpParameters: { encodings },
    async getStats() {
      const timestamp = clock.now() - startedAt;
      return layersKbps.map((kbps, layer) => {
        const packetCount = Math.floor(timestamp / 20);
        return { ssrc: 1_000 + layer, timestamp, packetCount, byteCount: Math.max(0, (kbps * timestamp) / 8 - packetCount * 44) };
      });
    },
  } as unknown as types.Producer;
}

class FakeSession {
  level: Level = 'full';
  readonly workerId = 'worker-1';
  readonly levels: Level[] = [];
  #end: (() => void) | undefined;
  isClosed = false;
  readonly isPinned = false;

  async setLevel(level: Level): Promise<void> {
    this.level = level;
    this.levels.push(level);
  }

  onClosed(listener: () => void): void {
    this.#end = listener;
  }

  sending(): { trackId: string; layer: number }[] {
    const video = { full: [{ trackId: 'video-1', layer: 1 }], small: [{ trackId: 'video-1', layer: 0 }], sound: [] }[this.level];
    return [{ trackId: 'audio-1', layer: 0 }, ...video];
  }

  async readTransport(): Promise<object> {
    return { bytesSent: 0, lossShare: undefined, roundTripMs: undefined };
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#end?.();
  }
}

function open(options: { uplinkKbps?: number | 'auto'; hasHlsCache?: boolean; layersKbps?: readonly number[]; canHls?: boolean; httpBytes?: () => number } = {}) {
  const { uplinkKbps = 3_000, hasHlsCache = false, layersKbps = [100, 600], canHls = true, httpBytes = () => 0 } = options;
  const clock = new FakeClock();
  let passedMs = 0;
  const even = { now: () => passedMs };
  const tracks = [track(even, 'audio', [AUDIO_KBPS]), track(even, 'video', layersKbps)];
  const stream = { id: 'show-1', tracks, info: () => ({ hls: canHls }), keyFrameRequestedAt: 0 };
  const advice: unknown[] = [];
  budget = new UplinkBudget({
    uplinkKbps,
    hasHlsCache,
    cores: 2,
    pool: { running: [{ id: 'worker-1', processorMs: async () => 0 }] } as unknown as WorkerPool,
    streams: () => [stream as unknown as Stream],
    httpBytes,
    bus: { emit: (_name, payload) => advice.push(payload) },
    clock,
    log: pino({ level: 'silent' }),
    divided: () => undefined,
  });
  const uplink = budget;
  /** Lets time pass, and with it the readings that are waited for. */
  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      passedMs += Math.min(50, left);
      clock.advance(Math.min(50, left));
      for (let n = 0; n < 30; n += 1) await Promise.resolve();
    }
  }
  function viewer(identity: string, rest: Partial<Visitor> = {}) {
    const told: { level?: Level; place?: number }[] = [];
    const seat = uplink.seat({
      streamId: 'show-1',
      identity,
      rank: 'viewer',
      wish: 'full',
      allotted: ({ level }) => told.push({ level }),
      turn: (place) => told.push({ place }),
      ...rest,
    });
    /** @returns `in`, or the code of the refusal */
    async function watch(): Promise<string> {
      let outcome = 'in';
      const asking = seat.ask().catch((error: { code: string }) => (outcome = error.code));
      await pass(50);
      await asking;
      if (outcome !== 'in') return outcome;
      const session = new FakeSession();
      await seat.occupy(session as unknown as EgressSession);
      sessions.push(session);
      return outcome;
    }
    const sessions: FakeSession[] = [];
    return { seat, told, watch, sessions, get level() { return sessions.at(-1)?.level; } };
  }
  return { clock, even, pass, viewer, uplink, stream, advice, track };
}

/** As many as there is room for, and one more who waits. */
async function crowd(line: ReturnType<typeof open>) {
  const inside: ReturnType<typeof line.viewer>[] = [];
  for (let n = 0; n < 200; n += 1) {
    const viewer = line.viewer(`device-${n}`);
    if ((await viewer.watch()) === 'media.queued') return { inside, first: viewer };
    inside.push(viewer);
  }
  throw new Error('there is no end of room');
}

test('without a budget everybody has what they wish, at once, and nothing is read', async () => {
  const line = open({ uplinkKbps: 0 });
  const one = line.viewer('one');
  expect(await one.watch()).toBe('in');
  expect(one.level).toBe('full');
  one.seat.change({ rank: 'viewer', wish: 'sound' });
  expect(one.sessions[0]?.level).toBe('sound');
  expect(one.seat.allotted).toEqual({ level: 'sound', reason: 'wish' });
  expect(one.told).toEqual([{ level: 'sound' }]);
  await line.pass(5_000);
  expect(line.uplink.view).toBeUndefined();
});

test('while there is room everybody gets the large picture, which begins with the next key frame for many', async () => {
  const line = open();
  await line.pass(4_000);
  line.stream.keyFrameRequestedAt = line.clock.now();
  const viewers = [line.viewer('one'), line.viewer('two')];
  for (const viewer of viewers) expect(await viewer.watch()).toBe('in');
  expect(viewers.map((viewer) => viewer.level)).toEqual(['sound', 'sound']);
  await line.pass(1_000);
  expect(viewers.map((viewer) => viewer.level)).toEqual(['full', 'full']);
});

test('more viewers get less picture each, those in the checkout last, and all are told why', async () => {
  const line = open();
  await line.pass(4_000);
  const viewers = Array.from({ length: 12 }, (_, n) => line.viewer(`device-${n}`));
  for (const viewer of viewers) expect(await viewer.watch()).toBe('in');
  await line.pass(3_000);
  expect(viewers.filter((viewer) => viewer.level === 'full').length).toBeLessThan(4);
  expect(viewers[11]?.level).toBe('small');
  expect(viewers[11]?.seat.allotted.reason).toBe('uplink');
  const buyer = viewers[11]!;
  buyer.seat.change({ rank: 'buyer', wish: 'full' });
  await line.pass(12_000);
  expect(buyer.level).toBe('full');
  expect(buyer.told.at(-1)).toEqual({ level: 'full' });
  const plan = line.uplink.view!.allocation.totals;
  expect(plan.plannedKbps).toBeLessThanOrEqual(3_000);
});

test('a queue keeps its order, calls the next one when somebody goes, and keeps the room for a moment', async () => {
  const line = open();
  await line.pass(4_000);
  const { inside, first } = await crowd(line);
  const second = line.viewer('second');
  expect(await second.watch()).toBe('media.queued');
  await line.pass(2_000);
  expect([first, second].map(({ seat }) => seat.place)).toEqual([1, 2]);
  inside[0]?.seat.giveUp();
  inside[0]?.sessions[0]?.close();
  await line.pass(2_000);
  expect(first.told).toContainEqual({ place: 0 });
  expect(second.told).toContainEqual({ place: 1 });
  // Nobody else gets the room that was kept.
  expect(await line.viewer('latecomer').watch()).toBe('media.queued');
  expect(await first.watch()).toBe('in');
});

test('who was called and does not come loses the room to the next one', async () => {
  const line = open();
  await line.pass(4_000);
  const { inside, first } = await crowd(line);
  const second = line.viewer('second');
  await second.watch();
  inside[0]?.seat.giveUp();
  await line.pass(2_000);
  expect(first.told).toContainEqual({ place: 0 });
  await line.pass(18_000);
  expect(second.told).toContainEqual({ place: 0 });
});

test('a device that comes back has its place in the queue still, and one that watched its seat', async () => {
  const line = open();
  await line.pass(4_000);
  const { inside, first } = await crowd(line);
  const second = line.viewer('second');
  await second.watch();
  first.seat.leave();
  await line.pass(3_000);
  expect(second.seat.place).toBe(1);
  const firstAgain = line.viewer(first.seat.visitor.identity);
  expect(await firstAgain.watch()).toBe('media.queued');
  await line.pass(1_000);
  expect([firstAgain.seat.place, second.seat.place]).toEqual([1, 2]);
  const lost = inside[3]!;
  lost.seat.leave();
  lost.sessions[0]?.close();
  await line.pass(5_000);
  const back = line.viewer(lost.seat.visitor.identity);
  expect(await back.watch()).toBe('in');
  expect(firstAgain.told).not.toContainEqual({ place: 0 });
});

test('somebody who changes their mind all the time does not keep seats from being given up', async () => {
  const line = open();
  await line.pass(4_000);
  const gone = line.viewer('gone');
  await gone.watch();
  const restless = line.viewer('restless');
  await restless.watch();
  gone.sessions[0]?.close();
  for (let n = 0; n < 40; n += 1) {
    restless.seat.change({ rank: 'viewer', wish: n % 2 === 0 ? 'small' : 'full' });
    await line.pass(500);
  }
  expect(line.uplink.view?.allocation.viewers.length).toBe(1);
});

test('a transport that ends under a viewer does not cost the seat: the worker died', async () => {
  const line = open();
  await line.pass(4_000);
  const { inside } = await crowd(line);
  for (const viewer of inside) viewer.sessions[0]?.close();
  await line.pass(1_000);
  for (const viewer of inside) expect(await viewer.watch()).toBe('in');
});

test('a connection that takes over a transport goes on without a change', async () => {
  const line = open();
  await line.pass(4_000);
  const one = line.viewer('one');
  await one.watch();
  await line.pass(2_000);
  const levels = [...one.sessions[0]!.levels];
  const again = line.viewer('one');
  one.seat.leave();
  again.seat.adopt(one.seat);
  await line.pass(3_000);
  expect(one.sessions[0]!.levels).toEqual(levels);
  expect(again.seat.allotted).toEqual({ level: 'full', reason: null });
  again.seat.giveUp();
  expect(line.uplink.view?.allocation.viewers.length).toBe(1);
  await line.pass(1_500);
  expect(line.uplink.view?.allocation.viewers.length).toBe(0);
});

test('with a cache in front of HLS nobody waits: who does not fit is sent there', async () => {
  const line = open({ hasHlsCache: true });
  await line.pass(4_000);
  const outcomes = new Set<string>();
  for (let n = 0; n < 70; n += 1) outcomes.add(await line.viewer(`device-${n}`).watch());
  expect([...outcomes]).toEqual(['in', 'media.use-hls']);
});

test('who cannot be told of a turn is refused and takes no place', async () => {
  const line = open();
  await line.pass(4_000);
  const { first } = await crowd(line);
  const player = line.uplink.seat({ streamId: 'show-1', identity: 'player', rank: 'viewer', wish: 'full', allotted: () => undefined });
  const asking = player.ask().then(() => undefined, (error: unknown) => error);
  await line.pass(50);
  expect(await asking).toMatchObject({ code: 'media.queued', headers: { 'retry-after': '15' } });
  await line.pass(1_500);
  expect(line.uplink.view?.allocation.totals.queued).toBe(1);
  expect(first.seat.place).toBe(1);
});

test('a host that sends more than before is noticed, and the plan stays within the line', async () => {
  const line = open({ layersKbps: [100, 300] });
  await line.pass(6_000);
  const viewers = Array.from({ length: 6 }, (_, n) => line.viewer(`device-${n}`));
  for (const viewer of viewers) await viewer.watch();
  await line.pass(3_000);
  expect(viewers.every((viewer) => viewer.level === 'full')).toBe(true);
  line.stream.tracks.splice(1, 1, line.track(line.even, 'video', [100, 900], line.even.now() - 100_000));
  await line.pass(3_000);
  expect(viewers.filter((viewer) => viewer.level === 'full').length).toBeLessThan(4);
  expect(line.uplink.view!.sent.mediaKbps).toBeLessThanOrEqual(3_000 * 1.03);
});

test('many who share a thin line make the host send longer packets and a smaller picture', async () => {
  const line = open();
  await line.pass(4_000);
  for (let n = 0; n < 15; n += 1) await line.viewer(`device-${n}`).watch();
  await line.pass(2_000);
  expect(line.uplink.advice('show-1')).toMatchObject({ opusPacketMs: 60 });
  expect(line.advice.length).toBeGreaterThan(0);
});

test('a hundred changes of mind in a second are carried out a few times, and end as the last one says', async () => {
  const line = open({ uplinkKbps: 100_000 });
  await line.pass(4_000);
  const one = line.viewer('one');
  await one.watch();
  await line.pass(2_000);
  const before = one.sessions[0]!.levels.length;
  for (let n = 0; n < 101; n += 1) {
    one.seat.change({ rank: 'viewer', wish: n % 2 === 0 ? 'sound' : 'full' });
    await line.pass(10);
  }
  await line.pass(3_000);
  expect(one.seat.allotted).toEqual({ level: 'sound', reason: 'wish' });
  expect(one.level).toBe('sound');
  expect(one.sessions[0]!.levels.length - before).toBeLessThan(10);
});

test('when the sound of all fits no more, everybody is down to it for some seconds, and then the last who came wait', async () => {
  const line = open();
  await line.pass(4_000);
  const { inside, first: waiting } = await crowd(line);
  line.stream.tracks.splice(0, 1, line.track(line.even, 'audio', [2 * AUDIO_KBPS], line.even.now() - 100_000));
  await line.pass(4_000);
  expect(inside.every(({ level, sessions }) => level === 'sound' && !sessions.at(-1)!.isClosed)).toBe(true);
  await line.pass(6_000);
  const out = inside.filter(({ sessions }) => sessions.at(-1)!.isClosed);
  expect(out.length).toBeGreaterThan(5);
  expect(out).toEqual(inside.slice(-out.length));
  const [next] = out;
  expect(await next!.watch()).toBe('media.queued');
  expect([next!.seat.place, waiting.seat.place]).toEqual([1, out.length + 1]);
  expect(line.uplink.view!.sent.mediaKbps).toBeLessThanOrEqual(3_000);
});

test('downloads take pictures away at the most, not the sound', async () => {
  let bytes = 0;
  const line = open({ httpBytes: () => (bytes += 100_000) });
  await line.pass(4_000);
  const { inside } = await crowd(line);
  await line.pass(15_000);
  expect(inside.every(({ sessions }) => !sessions.at(-1)!.isClosed)).toBe(true);
});

test('a clock that is set back an hour, or forth, holds nobody up and puts nobody out', async () => {
  const line = open();
  await line.pass(4_000);
  const one = line.viewer('one');
  await one.watch();
  line.stream.keyFrameRequestedAt = line.clock.now();
  for (const byMs of [-3_600_000, 7_200_000]) {
    line.clock.set(byMs);
    const guest = line.viewer(`guest ${byMs}`);
    expect(await guest.watch()).toBe('in');
    await line.pass(2_000);
    expect([one.level, guest.level]).toEqual(['full', 'full']);
    expect(line.uplink.view!.at).toBeGreaterThan(line.clock.now() - 1_100);
    guest.seat.giveUp();
    guest.sessions[0]?.close();
    await line.pass(1_500);
    expect(line.uplink.view!.allocation.viewers.length).toBe(1);
  }
  expect(one.sessions.length).toBe(1);
});
