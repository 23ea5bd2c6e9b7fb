// Takes a screenshot of one address: node --import tsx look.ts URL FILE [light|dark] [width] [full]
import { chromium } from './browser.ts';
const [, , url = '', file = '', scheme = 'light', width = '1280', whole = 'full'] = process.argv;
const browser = await chromium();
const page = await browser.newPage({
  viewport: { width: Number(width), height: 800 },
  colorScheme: scheme as 'light' | 'dark',
  deviceScaleFactor: Number(width) < 500 ? 2 : 1,
});
page.on('console', (message) => {
  if (message.type() === 'error') console.error(message.text());
});
page.on('pageerror', (error) => console.error(String(error)));
await page.goto(url);
await page.waitForSelector('h1');
await page.waitForTimeout(500);
await page.screenshot({ path: file, fullPage: whole === 'full' });
await browser.close();
