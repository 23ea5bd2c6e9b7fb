// What this viewer prefers, kept in this browser only. A browser that forbids storage still gets
// the defaults.
import { signal, type Signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';
export type Role = 'ops' | 'dev' | 'security' | 'product';
export const ROLES: readonly Role[] = ['ops', 'dev', 'security', 'product'];
const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

function recall(key: string): string | null {
  try {
    return localStorage.getItem(`daytwo.${key}`);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`daytwo.${key}`, value);
  } catch {
    // Storage is full or forbidden: the setting lasts for this tab.
  }
}

function setting<T extends string>(key: string, allowed: readonly T[], fallback: T): Signal<T> {
  const stored = recall(key);
  const kept = signal<T>(allowed.find((value) => value === stored) ?? fallback);
  kept.subscribe((value) => remember(key, value));
  return kept;
}

export const theme = setting('theme', THEMES, 'auto');
export const role = setting('role', ROLES, 'ops');
export const keysOn = setting('keys', ['on', 'off'], 'on');

// The theme that follows `current` when the viewer presses `t` or the button.
export function nextTheme(current: Theme): Theme {
  return THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'auto';
}

// Writes the chosen scheme on the root element, where tokens.css reads it.
export function applyTheme(): void {
  theme.subscribe((value) => {
    if (value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
  });
}
