// The fetch layer: relative addresses, the console's token, ETags, a time limit, failures as
// values.
import { learnClock } from '../clock.ts';
import { failureOf, unanswered, type Failure } from './failure.ts';

const LIMIT_MS = 15_000;
export const OWN = 'api/daytwo/v1';

// `remarks`: what the server said beside the value.
export type Answer<T> =
  | { ok: true; value: T; fresh: boolean; remarks?: readonly string[] }
  | { ok: false; failure: Failure };

interface Remembered {
  etag: string;
  value: unknown;
}
const remembered = new Map<string, Remembered>();
// A slider leaves an address behind at each step: the oldest are forgotten.
const MOST_REMEMBERED = 200;

function remember(path: string, etag: string | null, value: unknown): void {
  remembered.delete(path);
  if (etag !== null) remembered.set(path, { etag, value });
  const oldest = remembered.keys().next().value;
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}

function address(path: string): string {
  return new URL(path, document.baseURI).href;
}

function token(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="daytwo-token"]')?.content ?? '';
}

async function decode(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

// Reads `path` (relative to <base href>). Sends If-None-Match with the last ETag; on 304 gives the
// remembered value with `fresh` false.
export async function read<T>(path: string): Promise<Answer<T>> {
  const known = remembered.get(path);
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (known !== undefined) headers['If-None-Match'] = known.etag;
  let response: Response;
  try {
    response = await fetch(address(path), {
      headers,
      cache: 'no-store',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (cause) {
    return { ok: false, failure: unanswered(cause, LIMIT_MS) };
  }
  learnClock(response.headers.get('Date'));
  if (response.status === 304 && known !== undefined)
    return { ok: true, value: known.value as T, fresh: false };
  const value = await decode(response);
  if (!response.ok || value === null)
    return { ok: false, failure: failureOf(response.status, value) };
  remember(path, response.headers.get('ETag'), value);
  return { ok: true, value: value as T, fresh: true };
}

// Posts JSON to one of our own routes, with the token of this console.
export async function post<T>(path: string, body: unknown): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(address(`${OWN}/${path}`), {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'X-Daytwo-Token': token(),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (cause) {
    return { ok: false, failure: unanswered(cause, LIMIT_MS) };
  }
  const value = await decode(response);
  if (!response.ok) return { ok: false, failure: failureOf(response.status, value) };
  return { ok: true, value: value as T, fresh: true };
}
