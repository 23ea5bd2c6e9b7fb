// Ages and instants in words.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// A length of time, one unit: 4 s, 3 min, 2 h, 5 d, 11 weeks, 3 years. Negative lengths count as 0
// s: clocks differ.
export function formatDuration(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 60 * DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms < 730 * DAY) return `${Math.floor(ms / (7 * DAY))} weeks`;
  return `${Math.floor(ms / (365 * DAY))} years`;
}

// "4 s ago", or "in 3 h" for what is still to come.
export function formatAgo(at: number, now: number): string {
  return at > now + SECOND ? `in ${formatDuration(at - now)}` : `${formatDuration(now - at)} ago`;
}

// Milliseconds of latency: 0.4 ms, 38 ms, 1.2 s.
export function formatLatency(ms: number): string {
  if (ms >= 1_000) return `${Number((ms / 1_000).toPrecision(2))} s`;
  return ms >= 10 ? `${Math.round(ms)} ms` : `${Number(ms.toPrecision(2))} ms`;
}

// A value of a plot's axis in its unit: seconds as a latency, shares in percent, rates a second.
export function formatUnit(value: number, unit: string): string {
  const four = (number: number): number => Number(number.toPrecision(4));
  if (unit === 's') return value >= 1 ? `${four(value)} s` : `${four(value * 1_000)} ms`;
  if (unit === 'share') return `${four(value * 100)} %`;
  return unit === '1/s' ? `${four(value)}/s` : String(four(value));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

// An instant in the viewer's zone and in UTC, for a title: "2026-11-22 21:08:19 GMT+1 · 2026-11-22
// 20:08:19 UTC".
export function bothZones(at: number, zone?: string): string {
  return `${inZone(at, zone)} · ${inZone(at, 'UTC')}`;
}

function inZone(at: number, zone?: string): string {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  };
  const parts = new Intl.DateTimeFormat('en-GB', options).formatToParts(new Date(at));
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const date = `${get('year')}-${get('month')}-${get('day')}`;
  return `${date} ${get('hour')}:${get('minute')}:${get('second')} ${get('timeZoneName')}`;
}

// The clock time of an instant in the viewer's zone, with the day when it is not today: 20:08:19,
// 21 Nov 20:08.
export function formatClock(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) return `${time}:${two(date.getSeconds())}`;
  return `${formatDay(at, now)} ${time}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// A day: 12 Jan, with the year when it is another one.
export function formatDay(at: number, now: number): string {
  const date = new Date(at);
  const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`;
  return `${date.getDate()} ${MONTHS[date.getMonth()] ?? ''}${year}`;
}
