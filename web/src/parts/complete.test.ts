import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidates, completed, wantedAt } from './complete.ts';

const end = (text: string) => wantedAt(text, text.length);

test('a word outside braces is a metric or a function', () => {
  assert.deepEqual(end('rate(http_re'), { kind: 'metric', from: 5, prefix: 'http_re' });
});
test('a word inside braces is a label', () =>
  assert.deepEqual(end('up{jo'), { kind: 'label', from: 3, prefix: 'jo' }));
test('a word after by is a label', () =>
  assert.deepEqual(end('sum by (inst'), { kind: 'label', from: 8, prefix: 'inst' }));
test('inside the quotes of a matcher it is a value of that label', () => {
  assert.deepEqual(end('up{job=~"che'), { kind: 'value', label: 'job', from: 9, prefix: 'che' });
});
test('after the braces it is a metric again', () => {
  assert.deepEqual(end('up{job="a"} + u'), { kind: 'metric', from: 14, prefix: 'u' });
});
test('nothing is offered for an empty word', () => assert.equal(end('up + '), null));
test('names that begin with the prefix come first, and the prefix itself is not offered', () => {
  assert.deepEqual(candidates(['node_up', 'up', 'upper'], 'up', 10), ['upper', 'node_up']);
});
test('the chosen name takes the place of the prefix', () => {
  const wanted = end('rate(http_re');
  assert.ok(wanted !== null);
  assert.deepEqual(completed('rate(http_re)', 12, wanted, 'http_requests_total'), {
    text: 'rate(http_requests_total)',
    caret: 24,
  });
});
