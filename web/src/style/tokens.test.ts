import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

// Both colours of a token.
function token(name: string): { light: string; dark: string } {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  assert.ok(found?.[1] !== undefined && found[2] !== undefined, `no token ${name}`);
  return { light: found[1], dark: found[2] };
}

// Relative luminance and contrast ratio as WCAG 2.2 defines them.
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function ratio(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test('black on white is 21', () => assert.equal(Math.round(ratio('#000000', '#ffffff')), 21));

for (const scheme of ['light', 'dark'] as const) {
  for (const name of ['ink', 'muted', 'data', 'contrast', 'act-now', 'good']) {
    test(`${name} can be read as text in the ${scheme} scheme`, () => {
      assert.ok(ratio(token(name)[scheme], token('bg')[scheme]) >= 4.5);
    });
  }
  test(`borders of controls (muted) are seen in the ${scheme} scheme`, () => {
    assert.ok(ratio(token('muted')[scheme], token('bg')[scheme]) >= 3);
  });
  test(`the count of pages can be read on its ground in the ${scheme} scheme`, () => {
    assert.ok(ratio(token('act-now')[scheme], token('bg')[scheme]) >= 4.5);
  });
}
