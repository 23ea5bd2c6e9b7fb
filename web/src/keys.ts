// The keyboard: one reducer from key presses to actions. It knows nothing of the page.
import type { PageName } from './router.ts';
import { MENU } from './router.ts';

export type Action =
  | { kind: 'go'; page: PageName }
  | { kind: 'find' | 'palette' | 'down' | 'up' | 'ack' | 'explain' | 'theme' | 'help' | 'back' }
  | { kind: 'span'; direction: 'back' | 'forward' | 'now' };

export interface Press {
  key: string;
  ctrl: boolean; // Control or Command
  alt: boolean;
  typing: boolean; // the focus is in a field
  at: number; // milliseconds, any clock
}

// Waiting for the letter after `g` since this instant; null when not waiting.
export interface KeyState {
  since: number | null;
}
export const IDLE: KeyState = { since: null };

const SINGLE: Record<string, Action> = {
  '/': { kind: 'find' },
  j: { kind: 'down' },
  k: { kind: 'up' },
  a: { kind: 'ack' },
  x: { kind: 'explain' },
  t: { kind: 'theme' },
  '?': { kind: 'help' },
  '[': { kind: 'span', direction: 'back' },
  ']': { kind: 'span', direction: 'forward' },
  '.': { kind: 'span', direction: 'now' },
};
const PATIENCE_MS = 1_500;

// One press. None fires while typing, except Ctrl-K and Escape, which are no characters. With
// `enabled` false (WCAG 2.1.4) only those two are left.
export function press(
  state: KeyState,
  event: Press,
  enabled: boolean,
): { state: KeyState; action: Action | null } {
  if (event.ctrl && event.key.toLowerCase() === 'k')
    return { state: IDLE, action: { kind: 'palette' } };
  if (event.ctrl || event.alt) return { state: IDLE, action: null };
  if (event.key === 'Escape') return { state: IDLE, action: { kind: 'back' } };
  if (event.typing || !enabled) return { state: IDLE, action: null };
  const waiting = state.since !== null && event.at - state.since <= PATIENCE_MS;
  if (waiting) {
    const entry = MENU.find((item) => item.letter === event.key);
    return { state: IDLE, action: entry === undefined ? null : { kind: 'go', page: entry.page } };
  }
  if (event.key === 'g') return { state: { since: event.at }, action: null };
  return { state: IDLE, action: SINGLE[event.key] ?? null };
}

// The table of the help dialog.
export const KEY_HELP: readonly { keys: string; does: string }[] = [
  { keys: '/', does: 'find anything' },
  { keys: 'Ctrl K', does: 'the same, also while typing' },
  { keys: 'j  k', does: 'next, previous row; Enter opens it' },
  { keys: 'a', does: 'acknowledge the page in focus' },
  { keys: 'x', does: 'explain the number in focus' },
  { keys: '[  ]  .', does: 'window of time back, forward, now' },
  { keys: 't', does: 'theme: as the system, light, dark' },
  { keys: '?', does: 'this help' },
  { keys: 'Esc', does: 'close' },
];
