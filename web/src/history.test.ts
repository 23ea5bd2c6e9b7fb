import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withAsked } from './history.ts';

test('a query that is asked again moves to the front', () => {
  assert.deepEqual(withAsked(['b', 'a'], 'a'), ['a', 'b']);
});

test('the list stays short', () => {
  const many = Array.from({ length: 40 }, (_, index) => `q${index}`);
  assert.equal(withAsked(many, 'new').length, 30);
  assert.equal(withAsked(many, 'new')[0], 'new');
});
