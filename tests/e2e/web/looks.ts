// How pages look: every page in each theme and width, on a phone and between.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  LOOKS,
  at,
  axe,
  inScene,
  needsFixtures,
  open,
  places,
  reports,
  settled,
  shots,
  type Look,
  whole,
} from './harness.ts';

async function looksRight(path: string, look: Look, shot: string): Promise<void> {
  const { page, complaints, close } = await open(at(path), look);
  await settled(page);
  await page.screenshot({ path: join(shots, `${shot}-${look.name}.png`), fullPage: true });
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(overflow, 0, 'the page is wider than the screen');
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(complaints, []);
  assert.deepEqual(await reports(page), []);
  await close();
}

function shotName(path: string): string {
  return path === '' ? 'loop' : path.replace(/[^a-z0-9]+/gi, '-');
}

for (const look of LOOKS) {
  for (const path of places) {
    test(`/${path} in ${look.name}: no violation, no complaint, no overflow`, () =>
      looksRight(path, look, shotName(path)));
  }
}

for (const scene of ['empty', 'error', 'stale', 'simulated'] as const) {
  for (const path of [
    '',
    'worries',
    'decide',
    'risk',
    'services',
    'services/checkout',
    'nines',
    'nines/checkout',
    'host',
    'surface',
    'security',
    'pages',
    'learn',
  ]) {
    test(`/${path} when ${scene}: no violation, no complaint`, { skip: needsFixtures }, () =>
      inScene(scene, () =>
        looksRight(
          path,
          LOOKS[scene === 'stale' ? 1 : 2] as Look,
          `${scene}-${shotName(path)}`,
        ),
      ),
    );
  }
}

test('a card says what matters and opens to the rest', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at('decide'), LOOKS[2], true);
  await settled(page);
  const row = page.locator('[data-row="mfa"]');
  const brings = row.locator('td[data-label="brings"]');
  const days = row.locator('td[data-label="days of work"]');
  assert.equal(await brings.isVisible(), true);
  assert.equal(await days.isVisible(), false);
  await row.getByRole('button', { name: 'more' }).click();
  await row.locator('button[aria-expanded="true"]').waitFor();
  assert.equal(await days.isVisible(), true);
  assert.deepEqual(await axe(page), []);
  await close();
});

test('no table is cut between a phone and a wide screen', { skip: needsFixtures }, async () => {
  for (const width of [720, 800, 900, 1024, 1280]) {
    const { page, close } = await open(at(''), { ...LOOKS[0], width } as Look);
    for (const path of places) {
      await page.goto(at(path));
      await page.waitForSelector('h1');
      await whole(page);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('.table-box')]
          .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth)
          .map((box) => `${box.querySelector('table')?.ariaLabel} ${box.scrollWidth}`),
      );
      assert.deepEqual(cut, [], `/${path} at ${width} px`);
    }
    await close();
  }
});

test('a folded row opens below itself', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at('decide'), {
    ...LOOKS[0],
    width: 800,
  } as Look);
  await settled(page);
  const row = page.locator('[data-row="mfa"]');
  const below = page.locator('[data-row="mfa"] + .below');
  assert.equal(await row.locator('td[data-label="brings"]').isVisible(), true);
  assert.equal(await row.locator('td[data-label="days of work"]').isVisible(), false);
  await row.getByRole('button', { name: 'more' }).press('Enter');
  await below.waitFor();
  assert.match(await below.innerText(), /days of work\s+7/);
  assert.deepEqual(await axe(page), []);
  await row.getByRole('button', { name: 'less' }).press('Enter');
  await below.waitFor({ state: 'detached' });
  await close();
});

test('the menu stands whole on a narrow desktop', { skip: needsFixtures }, async () => {
  for (const width of [1280, 1024, 800, 701]) {
    const { page, close } = await open(at(''), { ...LOOKS[0], width } as Look);
    await settled(page);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.top nav a')].flatMap((link) => {
        const { left, right } = link.getBoundingClientRect();
        return left >= 0 && right <= innerWidth ? [] : [link.textContent];
      }),
    );
    assert.deepEqual(cut, [], `at ${width} px`);
    await close();
  }
});

test('a phone has targets of 44 px', { skip: needsFixtures }, async () => {
  const { page, close } = await open(at(''), LOOKS[2], true);
  await settled(page);
  for (const path of ['', 'worries/0c0ffee0beef', 'pages', 'query?q=up']) {
    await page.goto(at(path));
    await settled(page);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button:not(.number), select, input[type=text], nav a, summary, a[data-open]',
        ),
      ]
        .map((element) => ({
          box: element.getBoundingClientRect(),
          text: element.innerText || element.tagName,
        }))
        .filter(({ box }) => box.width > 0 && box.height < 43.5)
        .map(
          ({ box, text }) =>
            `${text.slice(0, 30)} ${Math.round(box.width)}x${Math.round(box.height)}`,
        ),
    );
    assert.deepEqual(small, [], `on /${path}`);
  }
  await close();
});
