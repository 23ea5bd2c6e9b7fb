// The span of time that the pages look at. It lives in the address: `range=1h`, and `end=` in
// milliseconds unless it is now.

export interface Span {
  name: string; // 15m, 1h ...
  lengthMs: number;
  endMs: number | null; // null: now
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// The lengths that the pages offer, shortest first.
export const SPANS: readonly { name: string; lengthMs: number }[] = [
  { name: '15m', lengthMs: 15 * MINUTE },
  { name: '1h', lengthMs: HOUR },
  { name: '6h', lengthMs: 6 * HOUR },
  { name: '1d', lengthMs: DAY },
  { name: '7d', lengthMs: 7 * DAY },
  { name: '28d', lengthMs: 28 * DAY },
];
const DEFAULT = '1h';

// Reads the span from an address. Anything unreadable is the default: an hour that ends now.
export function parseSpan(params: URLSearchParams): Span {
  const wanted = params.get('range') ?? DEFAULT;
  const known =
    SPANS.find((span) => span.name === wanted) ?? SPANS.find((span) => span.name === DEFAULT);
  const end = Number(params.get('end') ?? '');
  return {
    name: known?.name ?? DEFAULT,
    lengthMs: known?.lengthMs ?? HOUR,
    endMs: Number.isFinite(end) && end > 0 ? end : null,
  };
}

// The parameters after a shift by half a span. A span that would reach beyond now ends now again.
export function spanChange(
  params: URLSearchParams,
  direction: 'back' | 'forward' | 'now',
  nowMs: number,
): Record<string, string> {
  if (direction === 'now') return { end: '' };
  const span = parseSpan(params);
  const half = span.lengthMs / 2;
  const end = (span.endMs ?? nowMs) + (direction === 'back' ? -half : half);
  return { end: end >= nowMs ? '' : String(Math.round(end)) };
}

// The step of a range query over the span, in seconds: about `points` steps, never below 1 s, on a
// readable grid.
export function stepSeconds(lengthMs: number, points: number): number {
  const ideal = lengthMs / 1000 / Math.max(1, points);
  const grid = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 86400];
  return grid.find((step) => step >= ideal) ?? Math.ceil(ideal / 86400) * 86400;
}
