import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hrefTo, MENU, menuPage, parsePlace } from './router.ts';

const cases: [string, string, string, string, string][] = [
  ['the base is the Loop', '/', '/', 'loop', ''],
  ['a page of the menu', '/', '/worries', 'worries', ''],
  ['a trailing slash is the same page', '/', '/worries/', 'worries', ''],
  ['one worry', '/', '/worries/0c0ffee0beef', 'worry', '0c0ffee0beef'],
  ['one service, decoded', '/', '/services/shop%20front', 'service', 'shop front'],
  ['below a prefix', '/ops/daytwo/', '/ops/daytwo/host', 'host', ''],
  ['the prefix without its slash', '/ops/daytwo/', '/ops/daytwo', 'loop', ''],
  ['outside the prefix', '/ops/daytwo/', '/ops/other', 'missing', '/ops/other'],
  ['the help stands outside the menu', '/', '/help', 'help', ''],
  ['no such page', '/', '/nowhere', 'missing', '/nowhere'],
  ['too deep', '/', '/worries/a/b', 'missing', '/worries/a/b'],
  ['an argument where none belongs', '/', '/host/x', 'missing', '/host/x'],
  ['a broken escape is taken as it is', '/', '/services/%E0%A4%A', 'service', '%E0%A4%A'],
];
for (const [name, base, path, page, arg] of cases) {
  test(`an address: ${name}`, () => {
    const place = parsePlace(base, path, '');
    assert.deepEqual({ page: place.page, arg: place.arg }, { page, arg });
  });
}

test('links are relative, so a prefix holds', () => {
  assert.equal(hrefTo('loop'), './');
  assert.equal(hrefTo('help'), './help');
  assert.equal(hrefTo('worry', 'a/b'), './worries/a%2Fb');
  assert.equal(hrefTo('query', '', { q: 'up == 0' }), './query?q=up+%3D%3D+0');
});

test('a worry and a service stand under their lists in the menu', () => {
  assert.equal(menuPage('worry'), 'worries');
  assert.equal(menuPage('service'), 'services');
});

test('each page of the menu has its own letter and path', () => {
  assert.equal(new Set(MENU.map((item) => item.letter)).size, MENU.length);
  assert.equal(new Set(MENU.map((item) => item.path)).size, MENU.length);
});
