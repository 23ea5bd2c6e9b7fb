import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PromisedExposure, SecurityRow } from '../api/api.gen.ts';
import { formatDays, openOf, postureText } from './security.tsx';

function exposure(worry: string, due: number, open = true): PromisedExposure {
  return {
    worry,
    title: worry,
    host: 'a',
    open,
    late: false,
    due,
    days: 1,
    late_days: 0,
    next_step: '',
  };
}

test('days have two digits and a singular', () => {
  assert.equal(formatDays(0.412), '0.41 days');
  assert.equal(formatDays(1), '1 day');
  assert.equal(formatDays(123.4), '123 days');
});

test('what is open stands once, the first due first, at its earliest date', () => {
  const row = (service: string, exposures: PromisedExposure[]): SecurityRow =>
    ({ service, exposures }) as SecurityRow;
  const found = openOf([
    row('checkout', [exposure('b', 20), exposure('gone', 1, false)]),
    row('database', [exposure('a', 10), exposure('b', 5)]),
  ]);
  assert.deepEqual(
    found.map((each) => [each.worry, each.due, each.service]),
    [
      ['b', 5, 'database'],
      ['a', 10, 'database'],
    ],
  );
});

test('a posture is a line of promise and a line of answer', () =>
  assert.equal(
    postureText([
      {
        service: 'checkout',
        promise: '99 % within 21 days',
        standing: 'kept',
        sentence: 'kept',
        from: 0,
        to: 1,
        measured_share: 1,
        within: 1,
        median_days: null,
      },
    ]),
    'checkout: 99 % within 21 days\n  kept',
  ));
