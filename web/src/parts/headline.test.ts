import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headline } from './headline.ts';

test('an answer of one sentence is the headline', () => {
  assert.deepEqual(headline('5 services, 1 down.'), { answer: '5 services, 1 down.', rest: '' });
});

test('what follows the first sentence stands below it', () => {
  assert.deepEqual(headline('A year costs $1.2M (90 %: 0.3 to 4.4). 46 % of it is bad-deploy.'), {
    answer: 'A year costs $1.2M (90 %: 0.3 to 4.4).',
    rest: '46 % of it is bad-deploy.',
  });
});

test('a short answer keeps its clauses, a long one is parted after the first', () => {
  const short = '3 pages wait for an answer; 3 of 3 messages sent.';
  assert.equal(headline(short).answer, short);
  const long = `checkout stands at 2.52 nines; the next step ${'saves money '.repeat(12)}`;
  assert.equal(headline(long).answer, 'checkout stands at 2.52 nines');
  assert.match(headline(long).rest, /^The next step/);
});

test('a dot inside a number parts nothing', () => {
  assert.equal(headline('from 2.52 to 2.75 nines').rest, '');
});
