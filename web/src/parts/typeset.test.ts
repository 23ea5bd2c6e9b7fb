import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeset } from './typeset.ts';

test('a number keeps its per cent', () => {
  assert.equal(typeset('worth $3k (90 %: $1k to $5k)'), 'worth $3k (90\u00a0%: $1k to $5k)');
});

test('a negative amount has a minus, a name its hyphens', () => {
  assert.equal(typeset('(90: -$8.7k to $58k)'), '(90: \u2212$8.7k to $58k)');
  assert.equal(typeset('from -3 to 4'), 'from \u22123 to 4');
  assert.equal(typeset('take run-out-dates, p-7'), 'take run-out-dates, p-7');
});
