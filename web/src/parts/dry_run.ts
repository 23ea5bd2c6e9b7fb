// What the server makes of a text while one types: each pause asks, and only the answer to the
// newest text counts.
import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Answer } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';

const PAUSE_MS = 300;

export interface DryRun<T> {
  answer: Signal<T | null>;
  failure: Signal<Failure | null>;
  drop: () => void; // what is under way no longer counts
}

export function useDryRun<T>(text: string, ask: (text: string) => Promise<Answer<T>>): DryRun<T> {
  const answer = useSignal<T | null>(null);
  const failure = useSignal<Failure | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const wanted = text.trim();
    asked.current += 1;
    const mine = asked.current;
    if (wanted === '') {
      answer.value = null;
      failure.value = null;
      return undefined;
    }
    const timer = setTimeout(async () => {
      if (asked.current !== mine) return;
      const got = await ask(wanted);
      if (asked.current !== mine) return;
      answer.value = got.ok ? got.value : null;
      failure.value = got.ok ? null : got.failure;
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const drop = (): void => {
    asked.current += 1;
  };
  return { answer, failure, drop };
}
