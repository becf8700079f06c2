import { expect, test } from 'vitest';
import { ResendFactor, Rota } from '../../../../server/media/budget/resend-factor.ts';
import type { Seat } from '../../../../server/media/budget/seat.ts';

const PACKETS = 100;
const BYTES = 100_000;
const UDP_IP = 28 * PACKETS;

/** Twenty transports that send `times` what the producers promise; asked every 2 s. */
function run(factor: ResendFactor, seconds: number, times: number, options: { lateAt?: number; sending?: (second: number) => string } = {}): void {
  const { lateAt, sending = () => 'video 1' } = options;
  const sent = sessions.map((session) => ({ session, bytes: 1_000_000 }));
  for (let second = 0; second < seconds; second += 1) {
    for (const each of sent) {
      factor.expect(each.session, sending(second), BYTES, PACKETS);
      each.bytes += (BYTES - UDP_IP) * times;
    }
    factor.fade();
    if (second % 2 > 0) continue;
    const late = second === lateAt ? BYTES / 2 : 0;
    for (const { session, bytes } of sent) factor.compare(session, { bytesSent: bytes + late, lossShare: undefined, roundTripMs: undefined });
  }
}
const sessions = Array.from({ length: 20 }, () => ({}));

test('says nothing before it has seen enough, and 1 where all is as promised', () => {
  const factor = new ResendFactor();
  expect(factor.value).toBe(1);
  run(factor, 20, 1);
  expect(factor.value).toBeCloseTo(1);
});

test('tells how much is sent again', () => {
  const factor = new ResendFactor();
  run(factor, 20, 1.3);
  expect(factor.value).toBeCloseTo(1.3);
});

test('an answer that comes late does not move it much, and less than was promised is no reason to send more', () => {
  const factor = new ResendFactor();
  run(factor, 41, 1, { lateAt: 40 });
  expect(factor.value).toBeLessThan(1.05);
  const modest = new ResendFactor();
  run(modest, 20, 0.7);
  expect(modest.value).toBe(1);
});

test('what begins or ends between two readings is not compared', () => {
  const factor = new ResendFactor();
  run(factor, 20, 1.9, { sending: (second) => `video ${second}` });
  expect(factor.value).toBe(1);
});

test('asks everybody in turn, a few at a time', () => {
  const rota = new Rota();
  const seats = Array.from({ length: 300 }, (_, n) => ({ id: String(n) }) as unknown as Seat);
  const asked = new Set<Seat>();
  expect(rota.take([])).toEqual([]);
  for (let reading = 0; reading < 30; reading += 1) {
    const taken = rota.take(seats);
    expect(taken.length).toBe(10);
    for (const seat of taken) asked.add(seat);
  }
  expect(asked.size).toBe(300);
  expect(rota.take(seats.slice(0, 3)).length).toBe(1);
});
