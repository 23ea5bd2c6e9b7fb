// What time it is for the server. A viewer's clock may be minutes off; ages and "stale" must not
// depend on it.
import { signal } from '@preact/signals';

let offsetMs = 0;

// Ticks every second while the tab is visible, so that ages on the page move. Milliseconds since
// the epoch, server's clock.
export const now = signal(Date.now());

// The server's clock as well as we know it.
export function serverNow(): number {
  return Date.now() + offsetMs;
}

// Learns the server's clock from the Date header of an answer. The header has a resolution of one
// second, so smaller differences are noise and count as none.
export function learnClock(dateHeader: string | null): void {
  const said = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(said)) return;
  const difference = said - Date.now();
  offsetMs = Math.abs(difference) < 2_000 ? 0 : difference;
}

// Starts the tick. Called once by main.
export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) now.value = serverNow();
  }, 1_000);
}
