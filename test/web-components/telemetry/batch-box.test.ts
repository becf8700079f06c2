// Measured events on their way: numbered once, sent until answered, kept for the next page, small, and nothing of who is not to be counted.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TelemetryBatch, TelemetryEvent, TelemetryTaken } from '../../../server/protocol/telemetry.ts';
import { failure, success, type Outcome } from '../../../web-components/show/outcome.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';
import { BatchBox, type BatchBoxOptions } from '../../../web-components/telemetry/batch-box.ts';
import { endRecognition, tellEnded } from '../../../web-components/telemetry/recognition.ts';
import type { Counting } from '../../../web-components/telemetry/counting.ts';
import { deviceOf } from '../../../web-components/telemetry/device.ts';

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
const beat = (at: number): TelemetryEvent => [2, at, 10_000, 0, 410];

let sent: TelemetryBatch[];
let beacons: string[];
let answer: Outcome<TelemetryTaken>;
let counting: Counting;
let token: string | null;
let storage: ReturnType<typeof memoryStorage>;

beforeEach(() => {
  vi.useRealTimers();
  sent = [];
  beacons = [];
  answer = success({});
  counting = 'show';
  token = 'tok';
  storage = memoryStorage();
});

const openBox = (more: Partial<BatchBoxOptions> = {}): BatchBox =>
  new BatchBox({
    serverUrl: 'https://live.example',
    showId: 'shw_1',
    storage,
    device: 'device_of_the_test_',
    counting: () => counting,
    token: async () => token,
    connection: () => async (batch) => {
      sent.push(batch);
      return answer;
    },
    beacon: (_, body) => {
      void body.text().then((text) => beacons.push(text));
      return true;
    },
    ...more,
  });

/** The wait after a failure, over at once. */
async function later(box: BatchBox): Promise<void> {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 200_000);
  box.flush();
  await settle();
  vi.restoreAllMocks();
}

describe('a box of measured events', () => {
  it('numbers its batches, says once who it is, and stamps each with the time of its sending', async () => {
    const box = openBox();
    box.add(beat(0), false);
    box.flush();
    await settle();
    box.add(beat(1), false);
    box.flush();
    await settle();
    expect(sent.map(({ n, k, e }) => ({ n, k, e }))).toEqual([{ n: 0, k: 'tok', e: [beat(0)] }, { n: 1, k: undefined, e: [beat(1)] }]);
    for (const { t, e } of sent) expect(t).toBeGreaterThanOrEqual(e[0]![1]);
    expect(sent[0]!.p).toBe(sent[1]!.p);
  });

  it('sends again under the same number what nobody answered, and gathers meanwhile', async () => {
    const box = openBox();
    answer = failure('network.offline', 'gone');
    box.add(beat(0), false);
    box.flush();
    await settle();
    for (const at of [1, 2, 3]) {
      box.add(beat(at), false);
      box.flush();
      await settle();
    }
    expect(sent).toHaveLength(1);
    answer = success({});
    await later(box);
    box.flush();
    await settle();
    expect(sent.map(({ n, e }) => [n, e.length])).toEqual([[0, 1], [0, 1], [1, 3]]);
  });

  it('never sends again what the server will not have', async () => {
    const box = openBox();
    answer = failure('input.invalid', 'no', 400);
    box.add(beat(0), false);
    box.flush();
    await settle();
    answer = success({});
    await later(box);
    box.add(beat(1), false);
    box.flush();
    await settle();
    expect(sent.map(({ n }) => n)).toEqual([0, 1]);
  });

  it('brings its token with every batch where the show is for guests', async () => {
    const box = openBox();
    box.add(beat(0), false);
    box.flush();
    await settle();
    answer = failure('show.gated', 'no', 403);
    box.add(beat(1), false);
    box.flush();
    await settle();
    answer = success({});
    await later(box);
    expect(sent.map(({ n, k }) => [n, k])).toEqual([[0, 'tok'], [1, undefined], [1, 'tok']]);
  });

  it('tells live from replay', async () => {
    const box = openBox();
    box.add(beat(0), false);
    box.add(beat(1), true);
    box.flush();
    await settle();
    box.flush();
    await settle();
    expect(sent.map(({ w }) => w)).toEqual([undefined, 1]);
  });

  it('leaves what was not answered to the next page, which goes on with the clock of the one before', async () => {
    const box = openBox();
    answer = failure('network.offline', 'gone');
    box.add(beat(5), false);
    box.flush();
    await settle();
    box.leave();
    await settle();
    expect(beacons).toHaveLength(1);
    const [first] = sent;
    answer = success({});
    const next = openBox();
    next.add(beat(0), false);
    next.flush();
    await settle();
    next.flush();
    await settle();
    expect(sent.slice(1).map(({ p, n }) => [p === first!.p, n])).toEqual([[true, 0], [false, 0]]);
    expect(sent[1]!.t).toBeGreaterThanOrEqual(first!.t);
    expect(storage.getItem('fieldcast:measured:https://live.example:shw_1')).toBeNull();
  });

  it('sends and keeps nothing of who is not to be counted', async () => {
    const box = openBox();
    answer = failure('network.offline', 'gone');
    box.add(beat(0), false);
    box.flush();
    await settle();
    counting = 'off';
    box.add(beat(1), false);
    box.leave();
    await later(box);
    expect(sent).toHaveLength(1);
    expect(beacons).toEqual([]);
    expect(storage.getItem('fieldcast:measured:https://live.example:shw_1')).toBeNull();
  });

  it('says by the token that somebody agrees to be known, and takes it back', async () => {
    const box = openBox();
    for (const now of ['known', 'known', 'show'] as const) {
      counting = now;
      box.add(beat(0), false);
      box.flush();
      await settle();
    }
    expect(sent.map(({ k, c }) => [k, c])).toEqual([['tok', 1], [undefined, undefined], ['tok', undefined]]);
  });

  it('says it anew to a server that was told to forget it in between', async () => {
    const box = openBox();
    counting = 'known';
    const send = async (): Promise<void> => {
      box.add(beat(0), false);
      box.flush();
      await settle();
    };
    await send();
    const asked: string[] = [];
    const visit = { serverUrl: 'https://live.example', viewer: { provider: async () => 'tok' }, client: { call: async ({ path }: { path: string }) => (asked.push(path), failure('network.offline', 'gone')) } };
    await endRecognition(visit as never, storage);
    await tellEnded(visit as never, storage, 'show');
    expect(asked).toEqual(['/api/v1/me/recognition', '/api/v1/me/recognition']);
    await tellEnded(visit as never, storage, 'known');
    await tellEnded(visit as never, storage, 'show');
    expect(asked).toHaveLength(2);
    await send();
    expect(sent.map(({ k, c }) => [k, c])).toEqual([['tok', 1], ['tok', 1]]);
  });

  it('tells of its first heartbeat at once, then as often as the server says is enough; of what ends within seconds', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const box = openBox({ connection: () => async (batch) => (sent.push(batch), answer) });
    /** One beat every ten seconds, and a look every half second, as a page has them. */
    const watch = async (seconds: number): Promise<number[]> => {
      sent = [];
      for (let half = 1; half <= seconds * 2; half += 1) {
        vi.advanceTimersByTime(500);
        if (half % 20 === 0) {
          box.add(beat(box.now()), false);
          box.beat();
        }
        box.tend();
        await Promise.resolve();
        await settle();
      }
      return sent.map(({ e }) => e.length);
    };
    expect(await watch(50)).toEqual([1, 2, 2]);
    answer = success({ everyMs: 30_000 });
    expect(await watch(80)).toEqual([2, 3, 3]);
    // It stops to play, five seconds after its last heartbeat.
    await watch(5);
    box.add([2, box.now(), 5_000, 0, 100], false);
    box.soon();
    sent = [];
    for (let half = 0; half < 20; half += 1) {
      vi.advanceTimersByTime(500);
      box.tend();
    }
    await settle();
    expect(sent.map(({ e }) => e.length)).toEqual([1]);
    answer = success({});
    expect((await watch(60)).length).toBeGreaterThanOrEqual(2);
    expect(await watch(40)).toEqual([2, 2]);
  });

  it.each([[-5, 2], ['soon', 2], [9e9, 6], [null, 2]])('is told %s as a pace, and keeps to one of its own', async (everyMs, beats) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const box = openBox({ connection: () => async (batch) => (sent.push(batch), success({ everyMs }) as never) });
    for (let second = 10; second <= 190; second += 10) {
      vi.advanceTimersByTime(10_000);
      box.add(beat(box.now()), false);
      box.beat();
      await settle();
    }
    expect(sent.slice(1).every(({ e }) => e.length === beats)).toBe(true);
  });

  it('is asked to wait by the answer of a request, too', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const bodies: string[] = [];
    const box = openBox({ connection: () => null, fetch: async (_, init) => (bodies.push(String(init?.body)), new Response('{"everyMs":30000}')) });
    for (let second = 10; second <= 70; second += 10) {
      vi.advanceTimersByTime(10_000);
      box.add(beat(box.now()), false);
      box.beat();
      await settle();
    }
    expect(bodies.map((body) => (JSON.parse(body) as TelemetryBatch).e.length)).toEqual([1, 3, 3]);
  });

  it('takes less than 1 kB a minute, also of who sees a product every ten seconds, opens one and taps hearts', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const box = openBox();
    token = null;
    for (let second = 10; second <= 60; second += 10) {
      vi.advanceTimersByTime(10_000);
      box.add([6, box.now(), 'prd_3VidLcovnLvT5Dt0'], false);
      if (second === 30) box.add([7, box.now(), 'prd_3VidLcovnLvT5Dt0'], false);
      if (second === 50) box.add([10, box.now(), 1, 12], false);
      box.add(beat(box.now()), false);
      box.beat();
      await settle();
    }
    // With what socket.io puts around it, and around its answer.
    const bytes = sent.reduce((sum, batch) => sum + JSON.stringify(['telemetry.send', batch]).length + '42123'.length + '43123[{"ok":true,"value":{}}]'.length, 0);
    expect(sent.flatMap(({ e }) => e).length).toBeGreaterThan(10);
    expect(bytes).toBeLessThan(1_000);
  });
});

describe("a device's number", () => {
  it('is one for each show, and another after a month', () => {
    const of = (showId: string, days = 0) => deviceOf(storage, 'https://live.example', showId, 1_800_000_000_000 + days * 86_400_000);
    const first = of('shw_1');
    expect(first).toMatch(/^[\w-]{22}$/);
    expect(of('shw_1', 20)).toBe(first);
    expect(of('shw_2')).not.toBe(first);
    expect(of('shw_1', 31)).not.toBe(first);
  });
});
