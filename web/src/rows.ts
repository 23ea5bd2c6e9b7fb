// Moving through the rows of a page with the keyboard, and acknowledging the page in focus.
import { announce } from './announce.ts';
import { go, hrefTo, place } from './router.ts';

function links(): HTMLElement[] {
  return [
    ...document.querySelectorAll<HTMLElement>('main [data-open], main [data-row] [data-ack]'),
  ];
}

// Focuses the next (1) or previous (-1) row; from outside the list, its first.
export function moveRow(step: 1 | -1): void {
  const all = links();
  const at = all.findIndex((link) => link === document.activeElement);
  const next = all[at === -1 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

// `a`: acknowledges the page in whose row the focus is. Elsewhere it only brings the focus to the
// first page that waits, so that one key never answers a page that nobody looked at.
export function ackOne(): void {
  const within = document.activeElement
    ?.closest('[data-row], article')
    ?.querySelector<HTMLElement>('[data-ack]');
  if (within !== null && within !== undefined) {
    within.click();
    return;
  }
  const first = document.querySelector<HTMLElement>('[data-ack]');
  if (first !== null) first.focus();
  else if (place.value.page !== 'pages') go(hrefTo('pages'));
  else announce('No page waits for an answer.');
}
