import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lengthOf, parseSpan, parseStep, spanChange, stepSeconds } from './span.ts';

const HOUR = 3_600_000;

test('no parameter is an hour that ends now', () => {
  assert.deepEqual(parseSpan(new URLSearchParams()), { name: '1h', lengthMs: HOUR, endMs: null });
});

test('an unreadable span is the default', () => {
  assert.deepEqual(parseSpan(new URLSearchParams('range=fortnight&end=soon')), {
    name: '1h',
    lengthMs: HOUR,
    endMs: null,
  });
});

test('back shifts by half a span', () => {
  assert.deepEqual(spanChange(new URLSearchParams('range=1h'), 'back', 10 * HOUR), {
    end: String(9.5 * HOUR),
  });
});

test('forward never goes beyond now', () => {
  assert.deepEqual(
    spanChange(new URLSearchParams(`range=1h&end=${9.8 * HOUR}`), 'forward', 10 * HOUR),
    { end: '' },
  );
});

test('the step is on a readable grid and never below a second', () => {
  assert.equal(stepSeconds(HOUR, 240), 15);
  assert.equal(stepSeconds(24 * HOUR, 240), 600);
  assert.equal(stepSeconds(60_000, 240), 1);
});

test('any length is a span, as Prometheus writes it', () => {
  assert.equal(lengthOf('90m'), 1.5 * HOUR);
  assert.equal(lengthOf('1h30m'), 1.5 * HOUR);
  for (const wrong of ['', '5', 'm', '1y', '-1h', '0s', '1h 5m', '99999d']) {
    assert.equal(lengthOf(wrong), null, wrong);
  }
  assert.deepEqual(parseSpan(new URLSearchParams('range=90m')), {
    name: '90m',
    lengthMs: 1.5 * HOUR,
    endMs: null,
  });
});

test('a step is read in seconds, and none is none', () => {
  assert.equal(parseStep(new URLSearchParams('step=2m')), 120);
  assert.equal(parseStep(new URLSearchParams('step=often')), null);
});
