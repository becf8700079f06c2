import { expect, test } from 'vitest';
import type { Seat } from '../../../../server/media/budget/seat.ts';
import { ThinLinks } from '../../../../server/media/budget/thin-links.ts';

const session = {};
const seat = { session, holding: { level: 'full', reason: null, changedAt: 0 } } as unknown as Seat;

test('a link that loses the large layer twice gets the small one for a minute, and is tried again', () => {
  const links = new ThinLinks();
  links.heard(session, 'full', 0.2, 1_000);
  expect(links.level(seat, 1_000)).toBe('full');
  links.heard(session, 'full', 0.2, 3_000);
  expect(links.level(seat, 3_000)).toBe('small');
  expect(links.level(seat, 62_000)).toBe('small');
  expect(links.level(seat, 63_001)).toBe('full');
});

test('loss now and then, and loss of the small layer, changes nothing', () => {
  const links = new ThinLinks();
  for (let n = 0; n < 20; n += 1) links.heard(session, 'full', n % 2 === 0 ? 0.3 : 0.01, n * 1_000);
  for (let n = 0; n < 20; n += 1) links.heard(session, 'small', 0.5, n * 1_000);
  expect(links.level(seat, 20_000)).toBe('full');
});

test('who holds nothing, or has nothing to send on, gets nothing', () => {
  const links = new ThinLinks();
  expect(links.level({ session } as unknown as Seat, 0)).toBeUndefined();
  expect(links.level({ holding: seat.holding } as unknown as Seat, 0)).toBeUndefined();
});
