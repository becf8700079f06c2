// Owns what a bench reports, and how many measurements become one figure.
export interface Figure {
  name: string;
  value: number;
  unit: string;
  goal: number | null;
  ok: boolean;
}

/** A figure that has to stay at or below its goal. */
export function atMost(name: string, value: number, unit: string, goal: number): Figure {
  return { name, value: rounded(value), unit, goal, ok: value <= goal };
}

/** A figure that has to reach its goal. */
export function atLeast(name: string, value: number, unit: string, goal: number): Figure {
  return { name, value: rounded(value), unit, goal, ok: value >= goal };
}

/** A figure that others are read against. */
export function told(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit, goal: null, ok: Number.isFinite(value) };
}

/** @param share 0.95 for p95; NaN without values, which no goal takes */
export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
