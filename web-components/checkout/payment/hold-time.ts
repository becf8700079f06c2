// Owns how long goods are still held, as people read it: minutes and seconds, hours from afar. Pure.
import { timeLeft } from '../../ui/index.ts';

/** `14:32`, `1:58:07`; empty when the time is over. */
export function holdTime(leftMs: number): string {
  if (leftMs <= 0) return '';
  const { days, hours, minutes, seconds } = timeLeft(leftMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const allHours = days * 24 + hours;
  return allHours > 0 ? `${allHours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
