// What a long show does to a phone, and what the host is told of it: minutes are played as readings.
import { expect, it } from 'vitest';
import { LongShow, type PhoneReading } from '../../../web-components/publish/long-show.ts';

const cool: PhoneReading = { battery: null, isStrained: false, pressure: null };

function play() {
  const show = new LongShow();
  let nowMs = 0;
  const told: string[] = [];
  return {
    show,
    told,
    seconds(count: number, reading: Partial<PhoneReading>) {
      for (let second = 0; second < count; second += 1) {
        const advice = show.read({ ...cool, ...reading }, (nowMs += 1000));
        if (advice) told.push(advice);
      }
    },
  };
}

it('says once that the battery is low, and again shortly before it is empty', () => {
  const { told, seconds, show } = play();
  seconds(60, { battery: { level: 0.5, isCharging: false } });
  expect(show.isSparing).toBe(false);
  seconds(600, { battery: { level: 0.19, isCharging: false } });
  expect(show.isSparing).toBe(true);
  seconds(600, { battery: { level: 0.06, isCharging: false } });
  expect(told).toEqual(['battery', 'battery-last']);
});

it('is content as soon as the charger is in', () => {
  const { told, seconds, show } = play();
  seconds(5, { battery: { level: 0.1, isCharging: false } });
  expect(show.holds('battery')).toBe(true);
  seconds(1, { battery: { level: 0.1, isCharging: true } });
  expect(show.holds('battery')).toBe(false);
  expect(show.isSparing).toBe(false);
  expect(told).toEqual(['battery']);
});

it('takes a processor at its limit for minutes for heat, not one that is busy now and then', () => {
  const busy = play();
  for (let minute = 0; minute < 20; minute += 1) {
    busy.seconds(10, { isStrained: true });
    busy.seconds(50, {});
  }
  expect(busy.told).toEqual([]);
  const hot = play();
  hot.seconds(150, { isStrained: true });
  expect(hot.told).toEqual(['heat']);
  expect(hot.show.isSparing).toBe(true);
});

it('believes the browser that the processor is pressed', () => {
  const { told, seconds } = play();
  seconds(200, { pressure: 'critical' });
  expect(told).toEqual(['heat']);
});

it('sends more again when the phone has been cool for minutes, and does not say the same twice in half an hour', () => {
  const { told, seconds, show } = play();
  seconds(150, { isStrained: true });
  seconds(120, {});
  expect(show.isSparing).toBe(true);
  seconds(200, {});
  expect(show.isSparing).toBe(false);
  seconds(150, { isStrained: true });
  expect(show.isSparing).toBe(true);
  expect(told).toEqual(['heat']);
});

it('tells of heat also while the battery is low', () => {
  const { told, seconds } = play();
  seconds(150, { isStrained: true, battery: { level: 0.15, isCharging: false } });
  expect(told).toEqual(['battery', 'heat']);
});
