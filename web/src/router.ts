// Which page the address names. Everything is relative to <base href>, so the console works under
// any path prefix.
import { signal } from '@preact/signals';
import { spanChange } from './span.ts';

export type PageName =
  | 'loop'
  | 'worries'
  | 'worry'
  | 'decide'
  | 'risk'
  | 'services'
  | 'service'
  | 'objectives'
  | 'nines'
  | 'stakes'
  | 'host'
  | 'surface'
  | 'security'
  | 'query'
  | 'pages'
  | 'learn'
  | 'help'
  | 'missing';

export interface Place {
  page: PageName;
  arg: string; // id of the worry or name of the service; '' where there is none
  params: URLSearchParams;
}

// One page of the menu. `thumb`: it stands in the bar of a phone, which has room for four and
// "More".
export interface MenuEntry {
  page: PageName;
  word: string;
  letter: string;
  path: string;
  thumb?: boolean;
}

// The pages of the menu in its order, with the letter that follows `g`. A page is listed here only
// when it exists.
export const MENU: readonly MenuEntry[] = [
  { page: 'loop', word: 'Loop', letter: 'l', path: '', thumb: true },
  { page: 'worries', word: 'Worries', letter: 'w', path: 'worries', thumb: true },
  { page: 'decide', word: 'Decide', letter: 'd', path: 'decide' },
  { page: 'risk', word: 'Risk', letter: 'r', path: 'risk' },
  { page: 'services', word: 'Services', letter: 's', path: 'services', thumb: true },
  { page: 'objectives', word: 'Objectives', letter: 'o', path: 'objectives' },
  { page: 'nines', word: 'Nines', letter: '9', path: 'nines' },
  { page: 'stakes', word: 'Stakes', letter: 'm', path: 'stakes' },
  { page: 'host', word: 'Host', letter: 'h', path: 'host' },
  { page: 'surface', word: 'Surface', letter: 'e', path: 'surface' },
  { page: 'security', word: 'Security', letter: 'p', path: 'security' },
  { page: 'query', word: 'Query', letter: 'q', path: 'query' },
  { page: 'pages', word: 'Pages', letter: 'n', path: 'pages', thumb: true },
  { page: 'learn', word: 'Learn', letter: 'v', path: 'learn' },
];
const HELP_PATH = 'help';

const WITH_ARGUMENT: Record<string, PageName> = {
  worries: 'worry',
  services: 'service',
  nines: 'nines',
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

// Reads an address. `basePath` is the path of <base href> and ends with '/'. An address outside it
// is `missing`.
export function parsePlace(basePath: string, pathname: string, search: string): Place {
  const params = new URLSearchParams(search);
  const missing: Place = { page: 'missing', arg: pathname, params };
  const within = `${pathname}/`.startsWith(basePath);
  if (!within) return missing;
  const parts = pathname
    .slice(basePath.length)
    .split('/')
    .filter((part) => part !== '');
  const [first = '', second, third] = parts;
  if (third !== undefined) return missing;
  if (second !== undefined) {
    const page = WITH_ARGUMENT[first];
    return page === undefined ? missing : { page, arg: decode(second), params };
  }
  if (first === HELP_PATH) return { page: 'help', arg: '', params };
  const entry = MENU.find((item) => item.path === first);
  return entry === undefined ? missing : { page: entry.page, arg: '', params };
}

// The page of the menu under which a place stands.
export function menuPage(page: PageName): PageName {
  if (page === 'worry') return 'worries';
  if (page === 'service') return 'services';
  return page;
}

// A link relative to <base href>. The span of time (`range`, `end`) of the present address is
// carried along, because the same window is looked at everywhere.
export function hrefTo(page: PageName, arg = '', params: Record<string, string> = {}): string {
  const entry = MENU.find((item) => item.page === menuPage(page));
  const folder = page === 'help' ? HELP_PATH : (entry?.path ?? '');
  const path = arg === '' ? folder : `${folder}/${encodeURIComponent(arg)}`;
  const all = new URLSearchParams();
  for (const key of ['range', 'end']) {
    const value = place.value.params.get(key);
    if (value !== null) all.set(key, value);
  }
  for (const [key, value] of Object.entries(params)) all.set(key, value);
  const query = all.toString();
  return `./${path}${query === '' ? '' : `?${query}`}`;
}

const inBrowser = typeof document !== 'undefined';

function basePath(): string {
  return new URL('.', document.baseURI).pathname;
}

function here(): Place {
  if (!inBrowser) return { page: 'loop', arg: '', params: new URLSearchParams() };
  return parsePlace(basePath(), location.pathname, location.search);
}

// Where the viewer is.
export const place = signal<Place>(here());

// Goes to a link relative to <base href>. `replace` does not add a step to the history.
export function go(href: string, replace = false): void {
  const url = new URL(href, document.baseURI);
  const samePage = url.pathname === location.pathname;
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  place.value = here();
  if (!samePage) {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }
}

// Changes parameters of the present address without leaving the page; an empty value removes its
// parameter.
export function setParams(change: Record<string, string>): void {
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(change)) {
    if (value === '') url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  go(url.href, true);
}

// Shifts the window of time in the address: one half back, one half forward, or to now.
export function shiftSpan(direction: 'back' | 'forward' | 'now'): void {
  setParams(spanChange(place.value.params, direction, Date.now()));
}

// True when a click on this link should be ours and not the browser's.
function ours(event: MouseEvent, link: HTMLAnchorElement): boolean {
  if (event.defaultPrevented || event.button !== 0) return false;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.target !== '' || link.hasAttribute('download') || link.dataset.plain !== undefined)
    return false;
  return link.origin === location.origin && link.pathname.startsWith(basePath());
}

// Takes over clicks on links below <base href> and the browser's back and forward. Called once by
// main.
export function startRouter(): void {
  addEventListener('popstate', () => {
    place.value = here();
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.href === '' || !ours(event, link)) return;
    event.preventDefault();
    go(link.href);
  });
}
