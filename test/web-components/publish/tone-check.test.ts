// Telling a tone from everything else a microphone gives.
import { expect, it } from 'vitest';
import { isHeard, toneIn } from '../../../web-components/publish/tone-check.ts';

const RATE = 48_000;
const sound = (...tones: [hz: number, amplitude: number][]) =>
  Float32Array.from({ length: 4_096 }, (_, n) => tones.reduce((sum, [hz, amplitude]) => sum + amplitude * Math.sin((2 * Math.PI * hz * n) / RATE), 0));

it('measures how strong a tone is, beside a louder one and in silence', () => {
  expect(toneIn(sound([2_300, 0.2]), 2_300, RATE)).toBeCloseTo(0.2, 2);
  expect(toneIn(sound([2_300, 0.01], [440, 0.8]), 2_300, RATE)).toBeCloseTo(0.01, 3);
  expect(toneIn(sound([440, 0.8]), 2_300, RATE)).toBeLessThan(0.000_1);
  expect(toneIn(new Float32Array(4_096), 2_300, RATE)).toBe(0);
});

it('believes a tone only where it comes and goes with what is played', () => {
  expect(isHeard([0.1, 0.08, 0.12], [0.001, 0.002, 0.001])).toBe(true);
  expect(isHeard([0.1, 0.001, 0.12], [0.001, 0.002, 0.001])).toBe(false);
  // A machine in the field that hums all the time.
  expect(isHeard([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])).toBe(false);
  expect(isHeard([0.000_5, 0.000_5, 0.000_5], [0, 0, 0])).toBe(false);
});
