// The shell: head, menu, the page of the address, the dialogs, the keyboard, the live region.
import type { ComponentType } from 'preact';
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PagesPage } from './api/api.gen.ts';
import { checkReady, replay } from './api/ready.ts';
import { own, usePolling, type Resource } from './api/resource.ts';
import { announce, announced } from './announce.ts';
import { IDLE, press, type Action } from './keys.ts';
import { ExplainDialog, explained } from './parts/explain.tsx';
import { Help } from './parts/help.tsx';
import { Palette } from './parts/palette.tsx';
import { waiting } from './parts/outbox.tsx';
import { Replaying } from './pages/replaying.tsx';
import { Loop } from './pages/loop.tsx';
import { Missing } from './pages/missing.tsx';
import { Pages } from './pages/pages.tsx';
import { Services } from './pages/services.tsx';
import { Worries } from './pages/worries.tsx';
import { lazy } from './lazy.tsx';
import { go, hrefTo, MENU, menuPage, place, shiftSpan, type PageName } from './router.ts';
import { keysOn, nextTheme, theme } from './settings.ts';
import { seeSimulated, simulated } from './simulated.ts';
import { ackOne, moveRow } from './rows.ts';

// Pages that many visits never open come in chunks of their own.
const Service = lazy('the service', async () => (await import('./pages/service.tsx')).Service);
const Worry = lazy('the worry', async () => (await import('./pages/worry.tsx')).Worry);
const StakesList = lazy('the stakes', async () => (await import('./pages/stakes.tsx')).StakesList);
const Host = lazy('the host', async () => (await import('./pages/host.tsx')).Host);
const Plan = lazy('the plan', async () => (await import('./pages/plan.tsx')).Plan);
const Risk = lazy('the register', async () => (await import('./pages/risk.tsx')).Risk);
const NinesOf = lazy('the nines', async () => (await import('./pages/nines.tsx')).NinesOf);
const Surface = lazy('the surface', async () => (await import('./pages/surface.tsx')).Surface);
const Security = lazy('the promises', async () => (await import('./pages/security.tsx')).Security);
const Query = lazy('the query page', async () => (await import('./pages/query.tsx')).Query);
const Learn = lazy('the scores', async () => (await import('./pages/learn.tsx')).Learn);
const HelpPage = lazy('the help', async () => (await import('./pages/help.tsx')).HelpPage);
const ObjectivesList = lazy(
  'the objectives',
  async () => (await import('./pages/objectives.tsx')).ObjectivesList,
);

const PAGES: Record<PageName, ComponentType> = {
  loop: Loop,
  worries: Worries,
  worry: Worry,
  services: Services,
  service: Service,
  objectives: ObjectivesList,
  nines: NinesOf,
  stakes: StakesList,
  decide: Plan,
  risk: Risk,
  host: Host,
  surface: Surface,
  security: Security,
  query: Query,
  pages: Pages,
  learn: Learn,
  help: HelpPage,
  missing: Missing,
};

const helpOpen = signal(false);
const paletteOpen = signal(false);

function explainFocused(): void {
  const focused = document.activeElement;
  const near = focused?.closest('[data-row]')?.querySelector<HTMLElement>('[data-explain]');
  const target = focused?.matches('[data-explain]') ? (focused as HTMLElement) : near;
  target?.click();
}

function perform(action: Action): void {
  switch (action.kind) {
    case 'go':
      go(hrefTo(action.page));
      break;
    case 'find':
    case 'palette':
      paletteOpen.value = true;
      break;
    case 'down':
      moveRow(1);
      break;
    case 'up':
      moveRow(-1);
      break;
    case 'ack':
      ackOne();
      break;
    case 'explain':
      explainFocused();
      break;
    case 'span':
      shiftSpan(action.direction);
      break;
    case 'theme':
      theme.value = nextTheme(theme.value);
      break;
    case 'help':
      helpOpen.value = true;
      break;
    case 'back':
      break; // dialogs close themselves
  }
}

function useKeyboard(): void {
  useEffect(() => {
    let state = IDLE;
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      const typing =
        target?.closest('input, textarea, select, [contenteditable]') !== null && target !== null;
      const dialogOpen = helpOpen.value || paletteOpen.value || explained.value !== null;
      const step = press(
        state,
        {
          key: event.key,
          ctrl: event.ctrlKey || event.metaKey,
          alt: event.altKey,
          typing: typing || dialogOpen,
          at: event.timeStamp,
        },
        keysOn.value === 'on',
      );
      state = step.state;
      if (step.action === null) return;
      if (step.action.kind !== 'back') event.preventDefault();
      perform(step.action);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

// Pages that were announced once; an answered page must not make the others be read out again.
const announcedPages = new Set<string>();

// Polls the pages on every screen: the menu counts what waits, and a new page is announced.
function usePageWatch(): number {
  const from = own<PagesPage>('pages', 5_000);
  usePolling(from as Resource<unknown>);
  const page = from.value.value;
  const open = page?.pages.filter(waiting) ?? [];
  const ids = open.map((row) => row.id).join(' ');
  useEffect(() => {
    if (page !== null) seeSimulated(page.simulated);
    const newest = open.find((row) => !announcedPages.has(row.id));
    for (const row of open) announcedPages.add(row.id);
    if (newest !== undefined)
      announce(
        `${open.length} ${open.length === 1 ? 'page waits' : 'pages wait'} for an answer: ` +
          newest.title,
      );
  }, [ids, page?.simulated]);
  return open.length;
}

export function App() {
  useKeyboard();
  useEffect(() => {
    void checkReady();
  }, []);
  const state = replay.value;
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        Skip to the page
      </a>
      {state === null ? <Shell /> : <Replaying state={state} />}
      {helpOpen.value ? (
        <Help
          close={() => {
            helpOpen.value = false;
          }}
        />
      ) : null}
      {paletteOpen.value ? (
        <Palette
          close={() => {
            paletteOpen.value = false;
          }}
        />
      ) : null}
      <ExplainDialog />
      <div class="hidden" role="status" aria-live="assertive">
        {announced.value}
      </div>
    </>
  );
}

function Shell() {
  const open = usePageWatch();
  const current = place.value;
  const Shown = PAGES[current.page];
  return (
    <>
      <header class="top">
        <a class="brand" href={hrefTo('loop')}>
          daytwo
        </a>
        <nav aria-label="Pages of the console">
          {MENU.map((item) => (
            <a
              key={item.page}
              href={hrefTo(item.page)}
              class={item.thumb === true ? undefined : 'rare'}
              aria-current={menuPage(current.page) === item.page ? 'page' : undefined}
            >
              {item.word}
              {item.page === 'pages' && open > 0 ? (
                <span class="count" aria-label={`${open} wait`}>
                  {open}
                </span>
              ) : null}
            </a>
          ))}
          <button
            type="button"
            class="quiet menu-more"
            onClick={() => perform({ kind: 'palette' })}
          >
            More
          </button>
        </nav>
        <div class="top-tools">
          <button
            type="button"
            class="quiet"
            onClick={() => {
              paletteOpen.value = true;
            }}
          >
            Find <kbd>/</kbd>
          </button>
          <button
            type="button"
            class="quiet"
            onClick={() => perform({ kind: 'theme' })}
            aria-label={`${theme.value === 'auto' ? 'auto theme' : theme.value}, change the theme`}
          >
            {theme.value === 'auto' ? 'auto theme' : theme.value}
          </button>
          <a
            class="tool"
            href={hrefTo('help')}
            aria-current={current.page === 'help' ? 'page' : undefined}
          >
            Help
          </a>
        </div>
      </header>
      {simulated.value ? (
        <aside class="simulated" aria-label="Where this data comes from">
          <strong>Simulated.</strong> A made-up shop and generated customers; nothing here is your
          own system.
        </aside>
      ) : null}
      <main id="main" tabIndex={-1}>
        <Shown key={`${current.page} ${current.arg}`} />
      </main>
    </>
  );
}
