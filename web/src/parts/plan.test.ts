import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Amount, NinesStep } from '../api/api.gen.ts';
import { bought, stairs } from '../charts/frontier.tsx';
import { bandOf, firstImpossible, pointsOf } from '../charts/nines.tsx';
import { understoodWords, withUnit, worthWords } from './calc.tsx';
import { inputWords } from './plan_tables.tsx';
import { stepOf } from './slider.tsx';

const POINTS = [
  { cost: 0, net: 0, takes: 'nothing' },
  { cost: 10, net: 40, takes: 'a' },
  { cost: 30, net: 50, takes: 'a, b' },
];

test('a budget buys the last step that it reaches', () => {
  assert.equal(bought(POINTS, 9.99)?.takes, 'nothing');
  assert.equal(bought(POINTS, 10)?.takes, 'a');
  assert.equal(bought(POINTS, null)?.takes, 'a, b');
  assert.equal(bought([], 10), undefined);
});

test('the frontier is a stair: it stays level until the next step', () => {
  const same = (value: number): number => value;
  assert.equal(stairs(POINTS, 60, same, same), 'M0.0 0.0H10.0V40.0H30.0V50.0H60.0');
  assert.equal(stairs([], 60, same, same), '');
});

test('a slider moves in steps that people count in', () => {
  assert.equal(stepOf(184_000), 2_000);
  assert.equal(stepOf(92), 1);
  assert.equal(stepOf(0), 1);
});

test('figures carry the unit of their quantity', () => {
  assert.equal(withUnit(96_000, 'USD'), '$96k');
  assert.equal(withUnit(96_000, 'USD/year'), '$96k a year');
  assert.equal(withUnit(4.4, 'h'), '4.4 h');
  assert.equal(withUnit(0.12, 'share'), '12 %');
  assert.equal(withUnit(0.5, ''), '0.5');
});

test('what was understood says mean, median and 1 in 100; an infinite mean is said so', () => {
  const each = { text: '1 to 9', law: 'x', unit: '', mean: 4, median: 3, p99: 12, note: '' };
  assert.equal(understoodWords(each), '1 to 9: mean 4, median 3, 1 in 100 above 12');
  const { mean: _, ...heavy } = { ...each, note: 'a heavy tail' };
  assert.equal(
    understoodWords(heavy),
    '1 to 9: mean infinite, median 3, 1 in 100 above 12; a heavy tail',
  );
});

test('a worth is an interval with its mean, or one number', () => {
  const none = { name: '', expression: '', method: 'exact', notes: [] };
  assert.equal(worthWords({ ...none, unit: 'share', value: 0.0604 }), '6 %');
  assert.equal(
    worthWords({ ...none, unit: 'USD', p05: 24_000, p50: 48_000, p95: 96_000, mean: 52_000 }),
    '$24k to $96k, median $48k (90 %), mean $52k',
  );
});

test('an input is said in its own unit', () => {
  const input = { what: '', unit: 'share', p05: 0.4, p50: 0.6, p95: 0.8, mean: 0.6 };
  assert.equal(inputWords(input), '40 % to 80 %');
  assert.equal(inputWords({ ...input, unit: 'days', p05: 5, p95: 15 }), '5 to 15 days');
  assert.equal(inputWords({ ...input, unit: 'USD', p05: 5e3, p95: 15e3 }), '$5k to $15k');
});

test('levels without a price leave the curve, and the first of them is the wall', () => {
  const money = (mean: number): Amount => ({ mean, p05: mean / 2, p95: mean * 2 }) as Amount;
  const steps = [
    { nines: 2, reach: 'now', spend: money(0), total: money(8) },
    { nines: 3, reach: 'options', spend: money(2), total: money(4) },
    { nines: 4, reach: 'impossible', spend: null, total: null },
  ] as NinesStep[];
  assert.deepEqual(
    pointsOf(steps, (step) => step.spend).map((point) => point.nines),
    [3],
    'nothing spent has no place on a log axis',
  );
  assert.equal(firstImpossible(steps)?.nines, 4);
  assert.equal(firstImpossible(steps.slice(0, 2)), null);
  const total = pointsOf(steps, (step) => step.total);
  const same = (value: number): number => value;
  assert.equal(bandOf(total, same, same), 'M2.0 16.0L3.0 8.0L3.0 2.0L2.0 4.0Z');
  assert.equal(bandOf([], same, same), '');
});
