// Owns what marks come to: the mean of each criterion, and of all of them. Pure.
import type { Criterion, Mark, Score } from '../../protocol/scoring.ts';

/** A criterion counts once, however often it was marked. */
export function scoreOf(criteria: readonly Criterion[], marks: readonly Pick<Mark, 'criterionId' | 'mark'>[]): Score {
  const rows = criteria.map(({ id, title }) => {
    const own = marks.filter(({ criterionId }) => criterionId === id).map(({ mark }) => mark);
    return { criterionId: id, title, exact: mean(own), marks: own.length };
  });
  const marked = rows.flatMap(({ exact }) => exact ?? []);
  return { mean: toTenth(mean(marked)), criteria: rows.map(({ exact, ...row }) => ({ ...row, mean: toTenth(exact) })) };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function toTenth(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
