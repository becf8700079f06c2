// Which show a host meant, and what of the address is the code.
import { describe, expect, it } from 'vitest';
import type { Show } from '../../../server/protocol/show.ts';
import { codeIn, orderShows } from '../../../web-components/studio/entrance.ts';

const show = (id: string, status: Show['status'], plannedAt: number | null = null) => ({ id, status, plannedAt }) as Show;

it('finds the code in the fragment, and nowhere else', () => {
  expect(codeIn('https://shop.example/demo/farmer.html#code=abcdefghijklmnop_-12')).toBe('abcdefghijklmnop_-12');
  expect(codeIn('https://shop.example/demo/farmer.html#lang=en&code=abcdefghijklmnop')).toBe('abcdefghijklmnop');
  expect(codeIn('https://shop.example/demo/farmer.html?code=abcdefghijklmnop')).toBeNull();
  expect(codeIn('https://shop.example/demo/farmer.html#code=short')).toBeNull();
});

describe('ordering shows', () => {
  it('puts what is on air first, then what waits for its host, then the next one planned', () => {
    const shows = [show('late', 'planned', 200), show('soon', 'planned', 100), show('any', 'planned'), show('away', 'paused'), show('air', 'live'), show('over', 'ended')];
    expect(orderShows(shows).map(({ id }) => id)).toEqual(['air', 'away', 'soon', 'late', 'any']);
  });
});
