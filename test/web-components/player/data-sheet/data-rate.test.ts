// Owns what a show is said to take of somebody's data plan.
import { describe, expect, it } from 'vitest';
import { DataRate, roundMb } from '../../../../web-components/player/data-sheet/data-rate.ts';

/** Bytes in a second at so many kbit/s. */
const second = (kbps: number) => (kbps * 1_000) / 8;

describe('DataRate', () => {
  it('tells at once what a show has taken so far', () => {
    expect(new DataRate(second(800) * 30, 30_000, 100_000).mb).toBeCloseTo(60);
  });

  it('tells nothing from a moment', () => {
    expect(new DataRate(second(800) * 2, 2_000, 100_000).mb).toBeNull();
  });

  it('tells of the last seconds as soon as they are enough', () => {
    const rate = new DataRate(second(800) * 600, 600_000, 0);
    for (let s = 1; s <= 5; s += 1) rate.add(second(800) * 600 + second(80) * s, s * 1_000);
    expect(rate.mb).toBeCloseTo(6);
  });

  it('begins anew with another choice', () => {
    const rate = new DataRate(second(800) * 60, 60_000, 0);
    rate.restart();
    expect(rate.mb).toBeNull();
    for (let s = 1; s <= 4; s += 1) rate.add(second(800) * 60 + second(40) * s, s * 1_000);
    expect(rate.mb).toBeCloseTo(3);
  });
});

it('is rounded as people read it', () => expect([0.26, 0.97, 3.4, 41.6].map(roundMb)).toEqual([0.3, 1, 3, 42]));
