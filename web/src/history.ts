// The queries that this viewer asked before, newest first, kept in this browser only.
import { signal } from '@preact/signals';

const KEY = 'daytwo.queries';
const MOST = 30;

function recall(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

export const asked = signal<readonly string[]>(recall());

// The list after `query` was asked: once, in front, and no longer than it may be.
export function withAsked(list: readonly string[], query: string): string[] {
  return [query, ...list.filter((known) => known !== query)].slice(0, MOST);
}

function keep(list: readonly string[]): void {
  asked.value = list;
  try {
    localStorage.setItem(KEY, JSON.stringify(list));
  } catch {
    // Storage is full or forbidden: the list lasts for this tab.
  }
}

export function remember(query: string): void {
  if (query !== '' && asked.value[0] !== query) keep(withAsked(asked.value, query));
}

export function forget(): void {
  keep([]);
}
