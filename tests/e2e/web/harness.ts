// What every browser test stands on: a browser, the mock or a real server, a page in which every
// complaint is written down.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from '../../../web/node_modules/playwright-core/index.d.ts';
import { axePath, chromium, findChromium } from './browser.ts';
import { startMock, type Mock, type Scene } from './mock.ts';

export const here = dirname(fileURLToPath(import.meta.url));
export const shots = join(here, '../../../build/screenshots');
export const real = process.env.DAYTWO_URL?.replace(/\/*$/, '/');
export const needsFixtures = real === undefined ? false : 'needs the fixtures of the mock';

if (findChromium() === null) {
  console.log('skipped: no chromium here; apt-get install chromium fonts-inter');
  process.exit(0);
}
mkdirSync(shots, { recursive: true });

// Every page of the fixtures.
export const PLACES = [
  '',
  'worries',
  'worries/0c0ffee0beef',
  'decide',
  'decide?budget=60000&days=40',
  'risk',
  'risk?with=mfa',
  'services',
  'services/checkout',
  'objectives',
  'nines',
  'nines/checkout',
  'stakes',
  'host',
  'surface',
  'security',
  'query',
  'query?q=up',
  'query?q=up&view=table',
  'pages',
  'learn',
  'help',
];
const REAL_PLACES = [
  '',
  'worries',
  'decide',
  'risk',
  'services',
  'objectives',
  'nines',
  'stakes',
  'host',
  'surface',
  'security',
  'query',
  'query?q=up',
  'query?q=up&view=table',
  'pages',
  'learn',
  'help',
];

// The page of the first worry of a real server, where there is one.
async function worryPlaces(): Promise<string[]> {
  if (real === undefined) return [];
  const answer = await fetch(`${real}api/daytwo/v1/worries`);
  const { worries } = (await answer.json()) as { worries: { id: string }[] };
  return worries.slice(0, 1).map((row) => `worries/${row.id}`);
}
// The pages that are looked at.
export const places = real === undefined ? PLACES : [...REAL_PLACES, ...(await worryPlaces())];
// A theme at a width.
export const LOOKS = [
  { name: 'light', colorScheme: 'light' as const, width: 1280 },
  { name: 'dark', colorScheme: 'dark' as const, width: 1280 },
  { name: '360', colorScheme: 'light' as const, width: 360 },
];

export type Look = (typeof LOOKS)[number];

let browser: Browser;
export let mock: Mock;
before(async () => {
  browser = await chromium();
  mock = await startMock();
});
after(async () => {
  await browser.close();
  await mock.close();
});

export interface Watched {
  page: Page;
  complaints: string[];
  close: () => Promise<void>;
}

// A page in which every console error, CSP report, failed script and request to another origin is
// written down.
export async function open(
  address: string,
  look = LOOKS[0] as Look,
  touch = false,
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 800 },
    colorScheme: look.colorScheme,
    hasTouch: touch,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const origin = new URL(address).origin;
  page.on('console', (message) => {
    // A refused request is reported by the browser itself; whether it should fail is asserted by
    // the case.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${String(error)}`));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`third party: ${request.url()}`);
    if (request.url().startsWith('data:')) complaints.push(`data: ${request.url().slice(0, 40)}`);
  });
  await page.addInitScript(() => {
    (globalThis as { reports?: string[] }).reports = [];
    addEventListener('securitypolicyviolation', (event) => {
      (globalThis as unknown as { reports: string[] }).reports.push(
        `${event.violatedDirective} ${event.blockedURI}`,
      );
    });
  });
  await page.goto(address);
  await page.waitForSelector('h1');
  return { page, complaints, close: () => context.close() };
}

// Waits until the page has its first answer.
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.page[aria-busy="true"]') === null);
  await page.waitForTimeout(250);
}

// Waits until every part of the page has its answer: the parts that ask for themselves too.
export async function whole(page: Page): Promise<void> {
  await settled(page);
  await page.waitForFunction(() => document.querySelector('.skeleton, .skeleton-rows') === null);
}

// What the policy of the page refused.
export async function reports(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { reports: string[] }).reports);
}

// axe is injected through the debugger, which the page's policy does not concern.
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath(), 'utf8'));
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: {
        run: (where: Document) => Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    const result = await runner.run(document);
    return result.violations.map(
      (violation) =>
        `${violation.id}: ${violation.nodes
          .slice(0, 3)
          .map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`)
          .join(' | ')}`,
    );
  });
}

// The address of a page.
export function at(path: string): string {
  return `${real ?? mock.url}${path}`;
}

// Runs with a mock that answers as in `scene`.
export async function inScene<T>(scene: Scene, run: () => Promise<T>): Promise<T> {
  mock.scene = scene;
  try {
    return await run();
  } finally {
    mock.scene = 'full';
  }
}
