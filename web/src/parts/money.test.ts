import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Amount } from '../api/api.gen.ts';
import {
  amountSentence,
  formatBytes,
  formatCount,
  formatInterval,
  formatShare,
  formatShares,
  formatValue,
  formatWith,
  inTwenty,
  isMoney,
  unitWords,
} from './money.ts';

const values: [string, number, string, string][] = [
  ['two significant digits', 118_274.31, 'USD', '$120k'],
  ['never an exponent', 120_000, 'USD', '$120k'],
  ['round first, then the suffix: thousands', 999.6, 'USD', '$1k'],
  ['round first, then the suffix: millions', 999_600, 'USD', '$1M'],
  ['round first, then the suffix: up to 994 thousand stays', 994_000, 'USD', '$990k'],
  ['a trailing .0 is dropped', 8_000, 'USD', '$8k'],
  ['a trailing .0 is dropped after rounding', 8_040, 'USD', '$8k'],
  ['one decimal below ten', 1_240, 'USD', '$1.2k'],
  ['hundreds keep their zeros', 150, 'USD', '$150'],
  ['tens', 12.4, 'USD', '$12'],
  ['below one', 0.0512, 'USD', '$0.051'],
  ['cents', 0.5, 'USD', '$0.5'],
  ['nothing', 0, 'USD', '$0'],
  ['a gain is negative', -4_100, 'USD', '−$4.1k'],
  ['billions', 2_500_000_000, 'USD', '$2.5B'],
  ['euro', 8_000, 'EUR', '€8k'],
  ['a currency without a symbol keeps its code', 12_345, 'CHF', 'CHF 12k'],
  ['a natural unit has no symbol', 3.24, 'hours of service lost', '3.2'],
  ['a natural unit is shortened alike', 1_234_567, 'records exposed', '1.2M'],
];
for (const [name, value, unit, text] of values) {
  test(`one amount: ${name}`, () => assert.equal(formatValue(value, unit), text));
}

const intervals: [string, number, number, string][] = [
  [
    'both take the larger suffix when the smaller is at least a tenth of it',
    310_000,
    4_400_000,
    '$0.31M to $4.4M',
  ],
  ['exactly a tenth', 100_000, 1_000_000, '$0.1M to $1M'],
  ['a tenth after rounding', 99_600, 1_000_000, '$0.1M to $1M'],
  ['each its own when the smaller is below a tenth', 43_000, 1_400_000, '$43k to $1.4M'],
  ['the same suffix stays', 12_000, 40_000, '$12k to $40k'],
  ['the larger end rounds up into the next suffix', 600_000, 999_600, '$0.6M to $1M'],
  ['no suffix', 12, 210, '$12 to $210'],
  ['hundreds to thousands', 310, 5_200, '$0.31k to $5.2k'],
  ['from nothing', 0, 70_000, '$0 to $70k'],
  ['from a gain to a loss', -2_000, 14_000, '−$2k to $14k'],
];
for (const [name, low, high, text] of intervals) {
  test(`an interval: ${name}`, () => assert.equal(formatInterval(low, high, 'USD'), text));
}

const amount: Amount = {
  p05: 310_000,
  p25: 800_000,
  p50: 1_200_000,
  p75: 2_100_000,
  p95: 4_400_000,
  mean: 1_700_000,
  samples: 1,
  seed: 1,
  unit: 'USD',
  window: 'a year',
  as_of: 0,
  version: '',
};

test('an amount is a sentence with its window, its median and 90 % written out', () => {
  assert.equal(amountSentence(amount), '$0.31M to $4.4M a year, median $1.2M (90 %)');
});

test('a natural unit stands behind the interval', () => {
  const hours = {
    ...amount,
    p05: 0.4,
    p50: 1.6,
    p95: 6.1,
    unit: 'hours of service lost',
    window: 'a month',
  };
  assert.equal(
    amountSentence(hours),
    '0.4 to 6.1 hours of service lost a month, median 1.6 (90 %)',
  );
});

test('the window "now" adds no word', () => {
  assert.equal(unitWords({ unit: 'days to run-out', window: 'now' }), ' days to run-out');
  assert.equal(unitWords({ unit: 'USD', window: 'now' }), '');
});

test('only three capital letters are money', () => {
  assert.equal(isMoney('EUR'), true);
  assert.equal(isMoney('incidents'), false);
});

const shares: [number, string][] = [
  [0, '0 %'],
  [0.0002, '0.02 %'],
  [0.0013, '0.13 %'],
  [0.5, '50 %'],
  [0.99987, '99.987 %'],
  [0.9987, '99.87 %'],
  [1, '100 %'],
  [1.3, '130 %'],
  [-0.3, '-30 %'],
];
for (const [share, text] of shares) {
  test(`a share of ${share} is ${text}`, () => assert.equal(formatShare(share), text));
}

test('a chance is a natural frequency and never "0 in 20"', () => {
  assert.equal(inTwenty(0.7), '14 in 20');
  assert.equal(inTwenty(0.01), 'under 1 in 20');
  assert.equal(inTwenty(0.99), 'over 19 in 20');
});

test('bytes have binary units and three digits', () => {
  assert.equal(formatBytes(512), '512 B');
  assert.equal(formatBytes(536_870_912), '512 MiB');
  assert.equal(formatBytes(9_234_179_686), '8.6 GiB');
  assert.equal(formatBytes(1_073_741_823), '1 GiB');
});

test('counts are exact and grouped', () => {
  assert.equal(formatCount(9_088_200), '9\u202f088\u202f200');
  assert.equal(formatCount(12), '12');
});

test('both ends of a share keep the digits of the finer one', () => {
  assert.equal(formatShares(0.9996, 0.99961), '99.960 % to 99.961 %');
  assert.equal(formatShares(0.68, 0.92), '68 % to 92 %');
  assert.equal(formatShares(0.87, 1), '87 % to 100 %');
  assert.equal(formatShares(0.9995, 0.9995), '99.95 %');
});

test('a value is written with its unit', () => {
  assert.equal(formatWith(4_200_000, 'USD'), '$4.2M');
  assert.equal(formatWith(0.25, 'share of the loss'), '25 % of the loss');
  assert.equal(formatWith(1024, 'bytes'), '1 KiB');
  assert.equal(formatWith(2.13, 'person-hours'), '2.1 person-hours');
  assert.equal(formatWith(12.5, ''), '12.5');
});
