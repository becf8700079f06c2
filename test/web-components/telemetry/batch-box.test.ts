// Measured events on their way: numbered once, sent until answered, kept for the next page, small, and nothing of who is not to be counted.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { TelemetryBatch, TelemetryEvent } from '../../../server/protocol/telemetry.ts';
import { failure, success, type Outcome } from '../../../web-components/show/outcome.ts';
import { memoryStorage } from '../../../web-components/show/storage.ts';
import { BatchBox, type BatchBoxOptions } from '../../../web-components/telemetry/batch-box.ts';
import type { Counting } from '../../../web-components/telemetry/counting.ts';
import { deviceOf } from '../../../web-components/telemetry/device.ts';

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
const beat = (at: number): TelemetryEvent => [2, at, 10_000, 0, 410];

let sent: TelemetryBatch[];
let beacons: string[];
let answer: Outcome<unknown>;
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

  it('takes less than 1 kB a minute', async () => {
    const box = openBox();
    token = null;
    for (let at = 10_000; at <= 60_000; at += 10_000) {
      box.add(beat(at), false);
      box.flush();
      await settle();
    }
    // With what socket.io puts around it, and around its answer.
    expect(sent.reduce((bytes, batch) => bytes + JSON.stringify(['telemetry.send', batch]).length + '42123'.length + '43123[{"ok":true,"value":{}}]'.length, 0)).toBeLessThan(1_000);
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
