// Brings series onto one grid of instants. What is missing stays missing: a gap is drawn as a gap.
import type { Series } from '../api/prometheus.ts';

// The grid, then one row of values or null for each series. Seconds; the grid holds both ends if
// the step divides them.
export function alignSeries(
  series: readonly Series[],
  start: number,
  end: number,
  step: number,
): (number | null)[][] {
  const grid: number[] = [];
  for (let index = 0; start + index * step <= end + 1e-6; index += 1)
    grid.push(start + index * step);
  const rows = series.map((one) => {
    const row: (number | null)[] = grid.map(() => null);
    for (const [at, value] of one.values) {
      const index = Math.round((at - start) / step);
      if (index >= 0 && index < row.length && Number.isFinite(value)) row[index] = value;
    }
    return row;
  });
  return [grid, ...rows];
}
