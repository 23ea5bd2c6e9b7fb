import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDLE, press, type Press } from './keys.ts';

function key(name: string, part: Partial<Press> = {}): Press {
  return { key: name, ctrl: false, alt: false, typing: false, at: 0, ...part };
}

test('a single key acts', () =>
  assert.deepEqual(press(IDLE, key('a'), true).action, { kind: 'ack' }));

test('g and a letter go to a page', () => {
  const first = press(IDLE, key('g', { at: 10 }), true);
  assert.equal(first.action, null);
  assert.deepEqual(press(first.state, key('w', { at: 400 }), true).action, {
    kind: 'go',
    page: 'worries',
  });
});

test('the letter must follow within a second and a half', () => {
  const first = press(IDLE, key('g', { at: 0 }), true);
  assert.equal(press(first.state, key('w', { at: 1_501 }), true).action, null);
});

test('an unknown letter after g does nothing and is not taken as a single key', () => {
  const first = press(IDLE, key('g'), true);
  assert.deepEqual(press(first.state, key('a', { at: 1 }), true), { state: IDLE, action: null });
});

test('no key fires while typing, but Ctrl-K does', () => {
  for (const name of ['a', 'g', '/', '?', 't'])
    assert.equal(press(IDLE, key(name, { typing: true }), true).action, null);
  assert.deepEqual(press(IDLE, key('k', { typing: true, ctrl: true }), true).action, {
    kind: 'palette',
  });
});

test('the browser keeps its own keys', () => {
  assert.equal(press(IDLE, key('t', { ctrl: true }), true).action, null);
  assert.equal(press(IDLE, key('a', { alt: true }), true).action, null);
});

test('keys that are turned off do nothing', () => {
  assert.equal(press(IDLE, key('a'), false).action, null);
  assert.deepEqual(press(IDLE, key('k', { ctrl: true }), false).action, { kind: 'palette' });
});

test('brackets shift the window', () => {
  assert.deepEqual(press(IDLE, key('['), true).action, { kind: 'span', direction: 'back' });
  assert.deepEqual(press(IDLE, key('.'), true).action, { kind: 'span', direction: 'now' });
});
