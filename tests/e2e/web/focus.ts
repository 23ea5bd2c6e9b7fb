// Walking a page with the Tab key, and what a person who does so must find.
import type { Page } from '../../../web/node_modules/playwright-core/index.d.ts';

// One stop of the walk.
export interface Stop {
  name: string; // what it is, for a failure
  panel: number; // which panel it stands in, counted as they are read; -1: before them
  trouble: string; // what is wrong with it; '' when nothing is
  again: boolean; // the same element as before: a date has a stop for each of its parts
}

// More stops than any page of the fixtures has.
const MOST = 600;

// Presses Tab from the top of the page until the focus leaves it, and looks at each stop: it is on
// the screen, nothing lies over it and it shows that it has the focus.
export async function walk(page: Page): Promise<Stop[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  const stops: Stop[] = [];
  while (stops.length < MOST) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(look, stops.length);
    if (stop === null) return stops;
    stops.push(stop);
  }
  throw new Error(`the walk has no end: ${stops.slice(-6).map((stop) => stop.name)}`);
}

// Runs in the page. Null when the focus has left it or is back at its first stop.
function look(count: number): Stop | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === document.body) return null;
  if (count > 0 && focused.matches('.skip')) return null;
  const seen = globalThis as { lastStop?: Element };
  const again = seen.lastStop === focused;
  seen.lastStop = focused;
  const box = focused.getBoundingClientRect();
  const style = getComputedStyle(focused);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const above = document.elementFromPoint(middle.x, middle.y);
  const covered = above !== null && !focused.contains(above) && !above.contains(focused);
  const panels = [...document.querySelectorAll('.panel')].sort((left, right) => {
    const [a, b] = [left.getBoundingClientRect(), right.getBoundingClientRect()];
    return Math.abs(a.top - b.top) > 4 ? a.top - b.top : a.left - b.left;
  });
  const panel = focused.closest('.panel');
  const label = focused.getAttribute('aria-label') ?? focused.innerText;
  return {
    name: `${focused.tagName.toLowerCase()} "${label.slice(0, 40)}"`,
    again,
    panel: panel === null ? -1 : panels.indexOf(panel),
    trouble:
      box.width === 0 || box.height === 0
        ? 'it has no size'
        : middle.y < 0 || middle.y > innerHeight || middle.x < 0 || middle.x > innerWidth
          ? 'it is off the screen'
          : covered
            ? `it lies below ${above.tagName.toLowerCase()}.${above.className}`
            : style.outlineStyle === 'none' || Number.parseFloat(style.outlineWidth) < 1
              ? 'nothing shows that it has the focus'
              : '',
  };
}

// What can be reached with Tab on this page, as the browser sees it.
export async function reachable(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, summary, [tabindex="0"]',
        ),
      ].filter(
        (element) =>
          element.checkVisibility({ visibilityProperty: true }) &&
          element.tabIndex >= 0 &&
          !element.matches(':disabled'),
      ).length,
  );
}
