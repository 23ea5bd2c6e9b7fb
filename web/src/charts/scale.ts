// Scales: a value to a position in CSS pixels. Linear and logarithmic; that is all the charts need.

export interface Scale {
  (value: number): number;
  ticks: number[];
}

// A logarithmic scale over [low, high] to [from, to]; ticks at the decades inside. Values below the
// domain stand at its edge: a log axis has no zero. REQUIRES: 0 < low < high.
export function logScale(low: number, high: number, from: number, to: number): Scale {
  const start = Math.log10(low);
  const width = Math.log10(high) - start;
  const at = (value: number): number => {
    const inside = Math.min(high, Math.max(low, value));
    return from + ((Math.log10(inside) - start) / width) * (to - from);
  };
  const ticks: number[] = [];
  for (let decade = Math.ceil(start - 1e-9); decade <= Math.log10(high) + 1e-9; decade += 1)
    ticks.push(10 ** decade);
  return Object.assign(at, { ticks });
}

// A linear scale over [low, high] to [from, to]; about `count` ticks at 1, 2 or 5 times a power of
// ten.
export function linearScale(low: number, high: number, from: number, to: number, count = 4): Scale {
  const width = high - low || 1;
  const at = (value: number): number => from + ((value - low) / width) * (to - from);
  const rough = width / count;
  const base = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * base).find((candidate) => candidate >= rough - 1e-12) ??
    rough;
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return Object.assign(at, { ticks });
}

// The decades that hold every positive value given: the shared axis of a table. At least two
// decades wide, so that a single narrow interval does not look wide. Null when no value is
// positive.
export function decades(values: readonly number[]): [number, number] | null {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) return null;
  let low = Math.floor(Math.log10(Math.min(...positive)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...positive)) - 1e-9);
  if (high - low < 2) low = high - 2;
  // More than seven decades cannot be compared by eye; the smallest ends then stand at the left
  // edge.
  return [10 ** Math.max(low, high - 7), 10 ** high];
}
