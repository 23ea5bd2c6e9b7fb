import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caretText } from '../parts/query_error.tsx';
import { metricText, placeOf, toNumber } from './prometheus.ts';

test('the place of a parse error is read from its sentence', () => {
  const text = 'invalid parameter "query": 1:15: parse error: unexpected ")"';
  assert.deepEqual(placeOf(text), { line: 1, column: 15, said: 'unexpected ")"' });
  assert.equal(placeOf('query timed out after 2m'), null);
});

test('the caret stands below the column of the line it names', () => {
  assert.equal(caretText('sum(\n  up[', '2:6: parse error: bad range'), '  up[\n     ^ bad range');
  assert.equal(caretText('up', '7:1: parse error: elsewhere'), '');
});

test('a caret far to the right shows the end of the line', () => {
  const [line = '', below = ''] = caretText(`${'a'.repeat(300)}(`, '1:301: unclosed').split('\n');
  assert.equal(line[below.indexOf('^')], '(');
});

test('a metric is written as one would select it', () => {
  assert.equal(metricText({ __name__: 'up', job: 'x' }), 'up{job="x"}');
  assert.equal(metricText({}), '(no labels)');
  assert.equal(toNumber('+Inf'), Infinity);
});
