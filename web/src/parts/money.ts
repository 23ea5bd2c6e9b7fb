// Uncertain amounts in words. Two significant digits, and the suffix chosen after rounding. The
// server sends numbers in major units with their unit, window and age; this file only writes them,
// it never computes one.
import type { Amount } from '../api/api.gen.ts';

const SYMBOLS: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };
const SUFFIXES = ['', 'k', 'M', 'B', 'T'];
const MINUS = '−';

// True for a currency code; any other unit is a natural one ("hours of service lost").
export function isMoney(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

// `value` at two significant digits.
export function roundTwo(value: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(2));
}

// The power of 1000 that a rounded value is written in: 0 for ones, 1 for k ...
function power(value: number): number {
  const size = Math.abs(roundTwo(value));
  let step = 0;
  while (step < SUFFIXES.length - 1 && size >= 1000 ** (step + 1)) step += 1;
  return step;
}

// Digits of `value` in the given power: two significant, no trailing ".0", never an exponent.
function digits(value: number, step: number): string {
  const scaled = roundTwo(value) / 1000 ** step;
  if (scaled === 0) return '0';
  const places = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(scaled)) + 1e-9));
  const text = Math.abs(scaled).toFixed(Math.min(places, 12));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function write(value: number, unit: string, step: number): string {
  const sign = roundTwo(value) < 0 ? MINUS : '';
  const body = `${digits(value, step)}${SUFFIXES[step] ?? ''}`;
  if (!isMoney(unit)) return `${sign}${body}`;
  const symbol = SYMBOLS[unit];
  return symbol === undefined ? `${sign}${unit} ${body}` : `${sign}${symbol}${body}`;
}

// One amount: $120k, $1M, €8k, CHF 12k; a natural unit gives the number alone.
export function formatValue(value: number, unit: string): string {
  return write(value, unit, power(value));
}

// An interval. Both ends take the suffix of the larger end if the smaller is at least a tenth of
// that suffix ($0.31M to $4.4M); else each has its own ($43k to $1.4M).
export function formatInterval(low: number, high: number, unit: string): string {
  const large = Math.max(Math.abs(low), Math.abs(high));
  const small = Math.min(Math.abs(low), Math.abs(high));
  const step = power(large);
  const shared = roundTwo(small) >= 1000 ** step / 10;
  const one = (value: number): string => write(value, unit, shared ? step : power(value));
  // Known exactly: a count of things seen needs no interval.
  if (low === high) return one(low);
  return `${one(low)} to ${one(high)}`;
}

// Unit and window as they follow the numbers: " a year", " hours of service lost a year". "now"
// says nothing more.
export function unitWords(amount: Pick<Amount, 'unit' | 'window'>): string {
  const unit = isMoney(amount.unit) || amount.unit === '' ? '' : ` ${amount.unit}`;
  const window = amount.window === '' || amount.window === 'now' ? '' : ` ${amount.window}`;
  return `${unit}${window}`;
}

// The whole amount: "$0.31M to $4.4M a year, median $1.2M (90 %)".
export function amountSentence(amount: Amount): string {
  const interval = formatInterval(amount.p05, amount.p95, amount.unit);
  return `${interval}${unitWords(amount)}, median ${formatValue(amount.p50, amount.unit)} (90 %)`;
}

// A share of one as a percentage with two significant digits: 0.0002 is "0.02 %". Shares near one
// keep what is missing to one: 0.99987 is "99.987 %".
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (percent > 90 && percent < 100) {
    const places = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(100 - percent) + 1e-9)));
    return `${Number(percent.toFixed(places))} %`;
  }
  return `${Number(percent.toPrecision(percent >= 100 ? 3 : 2))} %`;
}

// Two shares that belong together: both ends keep as many digits after the point as the end that
// needs more, "99.960 % to 99.961 %".
export function formatShares(low: number, high: number): string {
  const one = formatShare(low);
  const other = formatShare(high);
  if (low <= 0.9 || high >= 1) return one === other ? one : `${one} to ${other}`;
  const places = (text: string): number => /\.(\d+)/.exec(text)?.[1]?.length ?? 0;
  const most = Math.max(places(one), places(other));
  const write = (share: number): string => `${(share * 100).toFixed(most)} %`;
  return write(low) === write(high) ? write(low) : `${write(low)} to ${write(high)}`;
}

// How many times as fast as allowed: 14×, 0.5×. Below a hundredth nothing burns that anybody could
// tell from none.
export function formatTimes(times: number): string {
  if (times > 0 && times < 0.01) return 'under 0.01×';
  return `${Number(times.toPrecision(2))}×`;
}

// A chance as a natural frequency: 0.7 is "14 in 20". What is below one in forty or above 39 in 40
// is said as such, because "0 in 20" would read as never.
export function inTwenty(chance: number): string {
  if (chance < 0.025) return 'under 1 in 20';
  if (chance > 0.975) return 'over 19 in 20';
  return `${Math.round(chance * 20)} in 20`;
}

// Bytes in binary units with three significant digits; exact counts, so no interval.
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let step = 0;
  let size = bytes;
  while (Math.abs(size) >= 999.5 && step < units.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${step === 0 ? size : Number(size.toPrecision(3))} ${units[step] ?? ''}`;
}

// An exact count with thin groups of thousands: 1 204.
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

// A measured number of no known unit: whole numbers in groups, else four significant digits.
export function formatPlain(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(Number(value.toPrecision(4)));
}

// A value with its unit: money with its sign, bytes, shares in percent, else the number and the
// unit's words. Without a unit the number alone.
export function formatWith(value: number, unit: string): string {
  if (isMoney(unit)) return formatValue(value, unit);
  if (unit === 'bytes') return formatBytes(value);
  if (unit.startsWith('share')) return `${formatShare(value)}${unit.slice('share'.length)}`;
  if (unit === '') return formatPlain(value);
  return `${formatValue(value, unit)} ${unit}`;
}
