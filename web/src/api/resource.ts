// A resource: the last answer of one address, its failure if the newest try failed, and how old it
// is. It polls while it is on the page and the tab is visible.
import { signal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { serverNow } from '../clock.ts';
import { OWN, read } from './client.ts';
import type { Failure } from './failure.ts';
import { checkReady } from './ready.ts';

export interface Resource<T> {
  value: Signal<T | null>;
  failure: Signal<Failure | null>;
  asOf: Signal<number>; // the instant the value speaks of, server's clock; 0 = no value yet
  everyMs: number;
  refresh: () => Promise<void>; // joins a request that is under way
  again: () => Promise<void>; // a new request for certain: after a change
}

const known = new Map<string, Resource<unknown>>();

// Finds or makes the resource of an address relative to <base href>. The same address gives the
// same resource, so a page that is opened again shows its last data at once, with its age.
export function resource<T>(path: string, everyMs: number): Resource<T> {
  const existing = known.get(path);
  if (existing !== undefined) return existing as Resource<T>;
  const made = build<T>(() => path, everyMs);
  known.set(path, made as Resource<unknown>);
  return made;
}

// A resource whose address moves while one looks, as under a slider: the last answer stays until
// the next is there, one request runs at a time, and the newest address is always asked for.
export function steered<T>(path: () => string, everyMs = 60_000): Resource<T> {
  return build<T>(() => `${OWN}/${path()}`, everyMs);
}

function build<T>(path: () => string, everyMs: number): Resource<T> {
  const value = signal<T | null>(null);
  const failure = signal<Failure | null>(null);
  const asOf = signal(0);
  let running: Promise<void> | null = null;
  const load = async (): Promise<void> => {
    let asked = '';
    do {
      asked = path();
      const answer = await read<T>(asked);
      if (answer.ok) {
        value.value = answer.value;
        failure.value = null;
        asOf.value = answer.fresh ? (saidAsOf(answer.value) ?? serverNow()) : serverNow();
      } else {
        failure.value = answer.failure;
        if (answer.failure.kind === 'replaying') await checkReady();
      }
    } while (path() !== asked);
  };
  const refresh = (): Promise<void> => {
    running ??= load().finally(() => {
      running = null;
    });
    return running;
  };
  const again = async (): Promise<void> => {
    if (running !== null) await running;
    await refresh();
  };
  return { value, failure, asOf, everyMs, refresh, again };
}

// One of our own routes below /api/daytwo/v1/.
export function own<T>(path: string, everyMs = 15_000): Resource<T> {
  return resource<T>(`${OWN}/${path}`, everyMs);
}

// Polls the resource while the component is mounted and the tab is visible.
export function usePolling(target: Resource<unknown>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const turn = async (): Promise<void> => {
      if (!document.hidden) await target.refresh();
      if (!gone) timer = setTimeout(turn, target.everyMs);
    };
    const onVisible = (): void => {
      if (document.hidden) return;
      clearTimeout(timer);
      void turn();
    };
    void turn();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      gone = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [target]);
}

// `as_of` of an answer that carries one.
function saidAsOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('as_of' in value)) return null;
  return typeof value.as_of === 'number' ? value.as_of : null;
}

// A value is stale when three polls in a row brought nothing newer, and never before 45 s: some
// facts are gathered slowly.
export function isStale(asOf: number, nowMs: number, everyMs: number): boolean {
  return asOf > 0 && nowMs - asOf > Math.max(3 * everyMs, 45_000);
}
