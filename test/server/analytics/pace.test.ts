// How often pages are asked to tell, and that who watches is online meanwhile.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paceFor } from '../../../server/analytics/intake/pace.ts';
import { HEARTBEAT_MS, TELL_LEAST_MS, TELL_MOST_MS, type TelemetryEvent, type TelemetryTaken } from '../../../server/protocol/telemetry.ts';
import { openStand, PHONE_BROWSER, START, type Stand } from './stand.ts';

const MANY = 11_000;

describe('the pace', () => {
  it('is whole heartbeats, from two to six, no quicker for more devices, and keeps batches below five hundred a second while it can', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (one, other) => {
        const [few, many] = [Math.min(one, other), Math.max(one, other)];
        const ms = paceFor(many);
        expect(ms % HEARTBEAT_MS).toBe(0);
        expect(ms).toBeGreaterThanOrEqual(Math.max(TELL_LEAST_MS, paceFor(few)));
        expect(ms).toBeLessThanOrEqual(TELL_MOST_MS);
        expect(ms === TELL_MOST_MS || many / (ms / 1000) <= 500).toBe(true);
      }),
    );
    expect([0, 10_000, 10_001, 14_000, 40_000].map(paceFor)).toEqual([20_000, 20_000, 30_000, 30_000, 60_000]);
  });
});

describe('a server of many pages', () => {
  let stand: Stand;
  beforeEach(async () => {
    stand = await openStand();
  });
  afterEach(() => stand.close());

  const peer = { caller: { claims: { role: 'viewer', identity: 'vwr_other' }, isKnown: true, address: '127.0.0.1' }, userAgent: PHONE_BROWSER };
  const t = (): number => stand.clock.now() - START + 5_000_000;
  let number = 0;
  const tell = (device: number, ...e: TelemetryEvent[]): Promise<TelemetryTaken> =>
    stand.analytics.commands['telemetry.send']({ d: `device_of_the_hall_${device}`, p: 'page', n: (number += 1), t: t(), w: 0, c: 0, e } as never, peer as never) as Promise<TelemetryTaken>;
  const hall = (...e: TelemetryEvent[]): Promise<TelemetryTaken[]> => Promise.all(Array.from({ length: MANY }, (_, device) => tell(device, ...e)));

  it('asks them to tell less often, by both ways, and a few minutes after most have gone as often as ever', async () => {
    expect(await tell(0, [0, t()])).toEqual({});
    await hall([0, t()]);
    expect(await tell(0, [0, t()])).toEqual({ everyMs: 30_000 });
    const body = JSON.stringify({ d: 'device_by_http_00', p: 'page', n: 0, t: 10, e: [[0, 0]] });
    const answer = await stand.call('POST', `/api/v1/shows/${stand.show.id}/telemetry`, { body, headers: { 'content-type': 'text/plain', 'user-agent': PHONE_BROWSER } });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { everyMs: 30_000 }]);
    stand.clock.advance(60_000);
    expect(await tell(0, [0, t()])).toEqual({ everyMs: 30_000 });
    stand.clock.advance(60_000);
    expect(await tell(0, [0, t()])).toEqual({});
  });

  it('counts as online who has not told yet because they were asked to wait', async () => {
    // Each tells every thirty seconds of three heartbeats; between two of that nobody tells.
    for (let round = 0; round < 3; round += 1) {
      stand.clock.advance(30_000);
      await hall([2, t() - 20_000, 10_000, 0, 300], [2, t() - 10_000, 10_000, 0, 300], [2, t(), 10_000, 0, 300]);
    }
    const [first, last] = [await stand.live(), await (stand.clock.advance(29_000), stand.live())];
    expect([first.online, last.online]).toEqual([MANY, MANY]);
    // Two quarters of a minute later it is known that they are gone.
    stand.clock.advance(30_000);
    expect((await stand.live()).online).toBe(0);
  });
});
