// Owns how a time that is left is cut into parts for people: days and hours from afar, minutes and seconds from near.

export interface TimeLeft {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** Whole parts of a span, ms; nothing is left of a negative one. A started second counts, so that 0 is shown when it is over. */
export function timeLeft(leftMs: number): TimeLeft {
  const total = Math.max(0, Math.ceil(leftMs / 1000));
  return { days: Math.floor(total / 86_400), hours: Math.floor(total / 3600) % 24, minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}

/** A span as it is written on a clock: `9:05`, or `1:09:05` from an hour on. */
export function clockOf(leftMs: number): string {
  const { days, hours, minutes, seconds } = timeLeft(leftMs);
  const all = days * 24 + hours;
  const two = (part: number): string => String(part).padStart(2, '0');
  return all === 0 ? `${minutes}:${two(seconds)}` : `${all}:${two(minutes)}:${two(seconds)}`;
}
