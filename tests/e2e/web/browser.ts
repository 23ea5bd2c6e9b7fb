// Debian's chromium through playwright-core, which lives with the console's other development
// packages.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from '../../../web/node_modules/playwright-core/index.d.ts';

const required = createRequire(new URL('../../../web/package.json', import.meta.url));
const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The path of a chromium on this machine, or null.
export function findChromium(): string | null {
  return CANDIDATES.find((path) => existsSync(path)) ?? null;
}

// Starts a headless browser. REQUIRES: findChromium() is not null.
export async function chromium(): Promise<Browser> {
  const { chromium: launcher } = required(
    'playwright-core',
  ) as typeof import('../../../web/node_modules/playwright-core/index.d.ts');
  return launcher.launch({ executablePath: findChromium() ?? '', headless: true, args: FLAGS });
}

// The source of axe-core, to be injected.
export function axePath(): string {
  return required.resolve('axe-core/axe.min.js');
}
