// What the number pad makes of its keys.
import { expect, it } from 'vitest';
import { fromMinor, type PadKey, press, toMinor } from '../../../web-components/studio/price-entry.ts';

const type = (keys: string, exponent = 2): string => [...keys].reduce((typed, key) => press(typed, key === '<' ? 'delete' : (key as PadKey), exponent), '');

it.each([
  ['12.8', '12.8', 1280],
  ['12.345', '12.34', 1234],
  ['.5', '0.5', 50],
  ['007', '7', 700],
  ['1..2', '1.2', 120],
  ['12<', '1', 100],
  ['123456789', '1234567', 123_456_700],
])('takes %s as %s', (keys, typed, minor) => {
  expect(type(keys)).toBe(typed);
  expect(toMinor(typed, 2)).toBe(minor);
});

it('has no point where the currency has no fraction, nor in a count', () => {
  expect(type('12.5', 0)).toBe('125');
  expect(toMinor('125', 0)).toBe(125);
});

it('is nothing until a digit was typed', () => {
  expect(toMinor('', 2)).toBeNull();
});

it.each([
  [1280, '12.8'],
  [1000, '10'],
  [5, '0.05'],
])('writes %i as one would type it', (minor, typed) => {
  expect(fromMinor(minor, 2)).toBe(typed);
  expect(toMinor(typed, 2)).toBe(minor);
});
