import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bothZones, formatAgo, formatDay, formatDuration, formatLatency } from './time.ts';

const lengths: [number, string][] = [
  [-5, '0 s'],
  [4_900, '4 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
  [70 * 86_400_000, '10 weeks'],
  [800 * 86_400_000, '2 years'],
];
for (const [ms, text] of lengths)
  test(`${ms} ms is ${text}`, () => assert.equal(formatDuration(ms), text));

test('what is to come is "in"', () => {
  assert.equal(formatAgo(7_200_000, 0), 'in 2 h');
  assert.equal(formatAgo(0, 4_000), '4 s ago');
});

test('an instant is written in the zone and in UTC', () => {
  const at = Date.UTC(2026, 10, 22, 20, 8, 19);
  assert.match(
    bothZones(at, 'Europe/Berlin'),
    /^2026-11-22 21:08:19 \S+ · 2026-11-22 20:08:19 UTC$/,
  );
});

test('another year is named', () => {
  assert.equal(
    formatDay(new Date(2027, 0, 12).getTime(), new Date(2026, 10, 22).getTime()),
    '12 Jan 2027',
  );
  assert.equal(
    formatDay(new Date(2026, 11, 1).getTime(), new Date(2026, 10, 22).getTime()),
    '1 Dec',
  );
});

test('latency has two digits', () => {
  assert.equal(formatLatency(0.31), '0.31 ms');
  assert.equal(formatLatency(38.4), '38 ms');
  assert.equal(formatLatency(1_240), '1.2 s');
});
