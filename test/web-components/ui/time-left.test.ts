// A span of time in parts for people.
import { expect, it } from 'vitest';
import { timeLeft } from '../../../web-components/ui/time-left.ts';

const SECOND_MS = 1_000;
const DAY_MS = 24 * 3600 * SECOND_MS;

it.each([
  [-5 * SECOND_MS, { days: 0, hours: 0, minutes: 0, seconds: 0 }],
  [0, { days: 0, hours: 0, minutes: 0, seconds: 0 }],
  [1, { days: 0, hours: 0, minutes: 0, seconds: 1 }],
  [59_001, { days: 0, hours: 0, minutes: 1, seconds: 0 }],
  [DAY_MS - 1, { days: 1, hours: 0, minutes: 0, seconds: 0 }],
  [2 * DAY_MS + 3 * 3600 * SECOND_MS + 4 * 60 * SECOND_MS + 5 * SECOND_MS, { days: 2, hours: 3, minutes: 4, seconds: 5 }],
])('%i ms is %j', (leftMs, parts) => expect(timeLeft(leftMs)).toEqual(parts));
