import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOf, say, unanswered } from './failure.ts';
import { metricText, toNumber } from './prometheus.ts';
import { parseReady } from './ready.ts';
import { isStale } from './resource.ts';

test('our error and Prometheus’s error are both read', () => {
  assert.equal(
    failureOf(500, { error: { code: 'internal', text: 'disk', context: [], diagnostics: [] } })
      .text,
    'disk',
  );
  assert.equal(
    failureOf(400, { status: 'error', errorType: 'bad_data', error: 'parse error' }).text,
    'parse error',
  );
  assert.equal(failureOf(502, null).text, 'the server answered 502');
});

test('the status decides what kind of failure it is', () => {
  const kinds = [503, 401, 404, 422, 500].map((status) => failureOf(status, null).kind);
  assert.deepEqual(kinds, ['replaying', 'forbidden', 'absent', 'refused', 'broken']);
  assert.equal(
    unanswered(new DOMException('', 'TimeoutError'), 15_000).text,
    'no answer within 15 s',
  );
  assert.equal(unanswered(new TypeError('network'), 15_000).kind, 'unreachable');
});

test('every failure says what failed and what still works', () => {
  for (const status of [401, 404, 422, 500]) {
    const said = say(failureOf(status, null), 'the worries', false);
    assert.match(said.failed, /^Could not load the worries: /);
    assert.notEqual(said.works, '');
  }
  assert.match(say(failureOf(500, null), 'the worries', true).works, /last answer/);
});

test('readiness is read from text and from JSON', () => {
  assert.deepEqual(parseReady('not ready: replaying the log, 41 %\n'), {
    sentence: 'not ready: replaying the log, 41 %',
    share: 0.41,
  });
  assert.deepEqual(parseReady('{"reason":"replaying","progress":0.5}'), {
    sentence: 'replaying',
    share: 0.5,
  });
  assert.equal(parseReady('').share, null);
});

test('stale is three polls without news, and never before 45 s', () => {
  assert.equal(isStale(1, 45_000, 5_000), false);
  assert.equal(isStale(1, 45_002, 5_000), true);
  assert.equal(isStale(1, 80_000, 30_000), false);
  assert.equal(isStale(0, 1e12, 5_000), false, 'nothing loaded is not stale');
});

test('values of Prometheus are numbers, infinities included', () => {
  assert.equal(toNumber('+Inf'), Infinity);
  assert.equal(toNumber('1.5e3'), 1_500);
  assert.ok(Number.isNaN(toNumber('NaN')));
});

test('a series is written as a selector', () => {
  assert.equal(metricText({ __name__: 'up', job: 'a' }), 'up{job="a"}');
  assert.equal(metricText({}), '(no labels)');
});
