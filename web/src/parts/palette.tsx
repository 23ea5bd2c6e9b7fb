// Find anything: pages, worries and services by a part of their name.
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { ServicesPage, WorriesPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { go, hrefTo, MENU } from '../router.ts';
import { Dialog } from './dialog.tsx';

export interface Found {
  word: string;
  kind: string;
  href: string;
}

// Entries that hold every word typed, those that begin with it first; at most `limit`.
export function matching(entries: readonly Found[], typed: string, limit: number): Found[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const hits = entries.filter((entry) => {
    const text = `${entry.word} ${entry.kind}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const first = words[0] ?? '';
  const begins = (entry: Found): number => (entry.word.toLowerCase().startsWith(first) ? 0 : 1);
  return hits.sort((a, b) => begins(a) - begins(b)).slice(0, limit);
}

function entries(): Found[] {
  const worries = own<WorriesPage>('worries?state=open').value.value?.worries ?? [];
  const services = own<ServicesPage>('services').value.value?.services ?? [];
  return [
    ...MENU.map((item) => ({ word: item.word, kind: 'page', href: hrefTo(item.page) })),
    ...services.map((row) => ({
      word: row.name,
      kind: 'service',
      href: hrefTo('service', row.name),
    })),
    ...worries.map((row) => ({ word: row.title, kind: 'worry', href: hrefTo('worry', row.id) })),
  ];
}

export function Palette(props: { close: () => void }) {
  const typed = useSignal('');
  const at = useSignal(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void own('worries?state=open').refresh();
    void own('services').refresh();
    input.current?.focus();
  }, []);
  const found = matching(entries(), typed.value, 12);
  const chosen = Math.min(at.value, found.length - 1);
  const open = (href: string): void => {
    props.close();
    go(href);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') at.value = Math.min(found.length - 1, chosen + 1);
    else if (event.key === 'ArrowUp') at.value = Math.max(0, chosen - 1);
    else if (event.key === 'Enter' && found[chosen] !== undefined) open(found[chosen].href);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find anything" close={props.close} class="palette">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Find a page, a worry or a service"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
        autocomplete="off"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          at.value = 0;
        }}
        onKeyDown={onKey}
      />
      <div id={list} role="listbox" aria-label="Found">
        {found.map((entry, index) => (
          <div
            key={entry.href}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => open(entry.href)}
          >
            <span>{entry.word}</span>
            <span class="muted">{entry.kind}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p class="muted">Nothing here is called that. Metrics are searched on the Query page.</p>
      ) : null}
    </Dialog>
  );
}
