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

const UNITS: Record<string, number> = { s: 1_000, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

// The milliseconds of a length as Prometheus writes it: 90m, 1h30m, 2w. Null for anything else, for
// less than a second and for more than ten years.
export function lengthOf(text: string): number | null {
  if (!/^(\d+[smhdw])+$/.test(text)) return null;
  let length = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+)([smhdw])/g)) {
    length += Number(count) * (UNITS[unit] ?? 0);
  }
  return length >= 1_000 && length <= 3_653 * DAY ? length : null;
}

// The step that the viewer asked for, in seconds; null for the one that fits the span.
export function parseStep(params: URLSearchParams): number | null {
  const length = lengthOf(params.get('step') ?? '');
  return length === null ? null : length / 1_000;
}

// Reads the span from an address. Anything unreadable is the default: an hour that ends now.
export function parseSpan(params: URLSearchParams): Span {
  const wanted = params.get('range') ?? DEFAULT;
  const length = lengthOf(wanted);
  const end = Number(params.get('end') ?? '');
  return {
    name: length === null ? DEFAULT : wanted,
    lengthMs: length ?? HOUR,
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
