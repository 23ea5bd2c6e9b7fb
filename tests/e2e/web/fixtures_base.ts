// What all fixtures share: spans of time and amounts that are not known exactly. The figures are
// invented.
import type { Amount } from '../../../web/src/api/api.gen.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

// An amount with these quantiles: 5, 25, 50, 75 and 95 %.
export function amount(
  at: number,
  quantiles: [number, number, number, number, number],
  unit: string,
  window: string,
): Amount {
  const [p05, p25, p50, p75, p95] = quantiles;
  return {
    p05,
    p25,
    p50,
    p75,
    p95,
    mean: p50 * 1.3,
    samples: 10_000,
    seed: 20_261_122,
    unit,
    window,
    as_of: at,
    version: 'mc-1',
  };
}

// Dollars around a middle, a third to three times as many.
export function spread(at: number, middle: number, window: string): Amount {
  const quantiles = [0.3, 0.6, 1, 1.5, 3].map((factor) => factor * middle);
  return amount(at, quantiles as [number, number, number, number, number], 'USD', window);
}
