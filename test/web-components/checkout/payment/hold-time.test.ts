// Owns how the rest of a hold is written.
import { expect, it } from 'vitest';
import { holdTime } from '../../../../web-components/checkout/payment/hold-time.ts';

it.each([
  [14 * 60_000 + 32_000, '14:32'],
  [59_400, '1:00'],
  [1_000, '0:01'],
  [2 * 3600_000 - 1_000, '1:59:59'],
  [26 * 3600_000, '26:00:00'],
  [0, ''],
  [-5_000, ''],
])('writes %i ms as "%s"', (leftMs, written) => {
  expect(holdTime(leftMs)).toBe(written);
});
