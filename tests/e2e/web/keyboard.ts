// Pages with the keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachable, walk } from './focus.ts';
import { at, axe, mock, needsFixtures, open, places, settled, whole } from './harness.ts';
import { TOKEN } from './mock.ts';

test('a page can be acknowledged with the keyboard alone', { skip: needsFixtures }, async () => {
  mock.acked.clear();
  mock.posts.length = 0;
  const { page, complaints, close } = await open(at(''));
  await settled(page);
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.waitForSelector('h1:has-text("1 of them could not be delivered")');
  await settled(page);
  await page.keyboard.press('a');
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    'Acknowledge',
    'the first press only brings the focus',
  );
  assert.equal(mock.posts.length, 0, 'nothing is answered unseen');
  await page.keyboard.press('a');
  await page.waitForFunction(() =>
    document.querySelector('[aria-live="assertive"]')?.textContent?.startsWith('Acknowledged'),
  );
  assert.deepEqual(
    mock.posts.map(({ path, token }) => ({ path, token })),
    [{ path: 'pages/p-7/ack', token: TOKEN }],
  );
  assert.deepEqual(complaints, []);
  await close();
  mock.acked.clear();
});

test('tab and Enter alone reach a worry and its verdict', { skip: needsFixtures }, async () => {
  mock.posts.length = 0;
  const { page, close } = await open(at('worries'));
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForSelector('h1:has-text("payments provider lost")');
  await settled(page);
  await page.getByPlaceholder('because …').focus();
  await page.keyboard.type('the contract ends anyway');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    document.querySelector('[aria-live="assertive"]')?.textContent?.startsWith('Decided'),
  );
  assert.deepEqual(mock.posts[0]?.body, { verdict: 'leave', reason: 'the contract ends anyway' });
  await close();
});

// On the mock alone: a live page changes under the walk.
for (const path of places) {
  test(`/${path} can be walked with Tab`, { skip: needsFixtures }, async () => {
    const { page, close } = await open(at(path));
    await whole(page);
    const stops = await walk(page);
    assert.deepEqual(
      stops.filter((stop) => stop.trouble !== '').map((stop) => `${stop.name}: ${stop.trouble}`),
      [],
    );
    assert.match(stops[0]?.name ?? '', /Skip to the page/);
    // As it is read: the head, then panel by panel.
    const panels = stops.map((stop) => stop.panel);
    const back = stops.filter((stop, index) => stop.panel < (panels[index - 1] ?? -1));
    assert.deepEqual(back, [], 'the focus jumps back');
    assert.equal(await page.locator('[tabindex]:not([tabindex="0"], [tabindex="-1"])').count(), 0);
    const met = stops.filter((stop) => !stop.again).length;
    assert.equal(met, await reachable(page), 'all is reached');
    await close();
  });
}

test('the skip link leads past the menu', async () => {
  const { page, close } = await open(at('help'));
  await settled(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
  await page.keyboard.press('Tab');
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest('main') !== null),
    true,
    'the next stop is in the page',
  );
  await close();
});

test('Escape closes each dialog and gives the focus back', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at('risk'));
  await settled(page);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  for (const opener of [
    page.getByRole('button', { name: /^Find/ }),
    page.getByRole('button', { name: '1 in 2.8 years' }).first(),
    page.locator('[data-explain]').first(),
  ]) {
    await opener.focus();
    const before = await focused();
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]');
    // Tab stays inside.
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('Tab');
    assert.equal(
      await page.evaluate(
        () =>
          document.activeElement === document.body ||
          document.activeElement?.closest('dialog') !== null,
      ),
      true,
      `Tab leaves the dialog of ${before}`,
    );
    await page.keyboard.press('Escape');
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal(await focused(), before);
  }
  await close();
});

test('every number opens, and Escape closes it', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at('worries'));
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.waitForSelector('dialog[open]');
  assert.match(await page.locator('dialog').innerText(), /seed 20261122/);
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelector('dialog') === null);
  await close();
});

test('a worry is found by a part of its name', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at(''));
  await settled(page);
  await page.keyboard.press('/');
  await page.waitForSelector('dialog[open] [role="option"]');
  await page.keyboard.type('provider');
  await page.waitForSelector('[role="option"]:has-text("payments provider lost")');
  assert.deepEqual(await axe(page), []);
  await page.keyboard.press('Enter');
  await page.waitForSelector('h1:has-text("payments provider lost")');
  await close();
});

test('keys help opens and has no violation; keys can be turned off', async () => {
  const { page, close } = await open(at(''));
  await settled(page);
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open]');
  assert.deepEqual(await axe(page), []);
  await page.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await page.waitForTimeout(200);
  assert.equal(new URL(page.url()).pathname, new URL(at('')).pathname);
  await close();
});
