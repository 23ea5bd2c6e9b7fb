// Whether the server is ready. While the store replays its log, every page would only show errors;
// instead the console shows the server's reason and progress, and asks again each second.
import { signal } from '@preact/signals';

export interface Replay {
  sentence: string;
  share: number | null;
} // share: 0 to 1, null when not said

// Not null while the server says it is not ready.
export const replay = signal<Replay | null>(null);

// Reads the body of a 503 of /-/ready: text with a percentage, or JSON with `reason` and `progress`
// (0 to 1).
export function parseReady(body: string): Replay {
  const text = body.trim();
  if (text.startsWith('{')) {
    try {
      const value = JSON.parse(text) as { reason?: string; progress?: number };
      return {
        sentence: value.reason ?? 'The server is not ready yet.',
        share: value.progress ?? null,
      };
    } catch {
      return { sentence: 'The server is not ready yet.', share: null };
    }
  }
  const percent = /(\d+(?:\.\d+)?) ?%/.exec(text);
  const sentence = text === '' ? 'The server is not ready yet.' : (text.split('\n')[0] ?? text);
  return { sentence, share: percent === null ? null : Math.min(1, Number(percent[1]) / 100) };
}

let asking = false;

// Asks /-/ready until it says yes; true when the server turned out not to be ready. Several callers
// share one loop.
export async function checkReady(): Promise<boolean> {
  if (asking) return true;
  asking = true;
  try {
    let waited = false;
    for (;;) {
      const state = await askOnce();
      if (state === null) {
        replay.value = null;
        return waited;
      }
      replay.value = state;
      waited = true;
      await new Promise((done) => setTimeout(done, 1_000));
    }
  } finally {
    asking = false;
  }
}

async function askOnce(): Promise<Replay | null> {
  try {
    const response = await fetch(new URL('-/ready', document.baseURI).href, { cache: 'no-store' });
    return response.status === 503 ? parseReady(await response.text()) : null;
  } catch {
    return null;
  }
}
