// What went wrong with a request, as a value, and how to say it: what failed, and what still works.
import type { ApiError, Diagnostic } from './api.gen.ts';

export interface Failure {
  kind: 'unreachable' | 'slow' | 'replaying' | 'forbidden' | 'absent' | 'refused' | 'broken';
  status: number; // HTTP status; 0 when there was no answer
  text: string; // one sentence from the server, or ours
  context: string[];
  diagnostics: Diagnostic[];
}

// The failure that an HTTP answer means. `body` is the decoded JSON, or null when it was none.
export function failureOf(status: number, body: unknown): Failure {
  const error = apiError(body);
  const text = error?.text ?? `the server answered ${status}`;
  const base = {
    status,
    text,
    context: error?.context ?? [],
    diagnostics: error?.diagnostics ?? [],
  };
  if (status === 503) return { kind: 'replaying', ...base };
  if (status === 401 || status === 403) return { kind: 'forbidden', ...base };
  if (status === 404) return { kind: 'absent', ...base };
  if (status >= 400 && status < 500) return { kind: 'refused', ...base };
  return { kind: 'broken', ...base };
}

// The failure of a request that got no answer.
export function unanswered(cause: unknown, waitedMs: number): Failure {
  const slow =
    cause instanceof DOMException && (cause.name === 'TimeoutError' || cause.name === 'AbortError');
  return {
    kind: slow ? 'slow' : 'unreachable',
    status: 0,
    text: slow
      ? `no answer within ${Math.round(waitedMs / 1000)} s`
      : 'the server cannot be reached',
    context: [],
    diagnostics: [],
  };
}

// Two sentences for the viewer. `what` is what was asked for ("the worries"); `kept` says whether
// older data is on the page.
export function say(
  failure: Failure,
  what: string,
  kept: boolean,
): { failed: string; works: string } {
  const failed = `Could not load ${what}: ${failure.text}.`.replace(/\.\.$/, '.');
  if (kept)
    return {
      failed,
      works: 'What you see is the last answer; its age is shown above. The console keeps trying.',
    };
  switch (failure.kind) {
    case 'unreachable':
    case 'slow':
      return {
        failed,
        works:
          'Nothing is lost on the server’s side: pages are sent without this console. ' +
          'It keeps trying.',
      };
    case 'forbidden':
      return {
        failed,
        works:
          'Reading other pages may still work; ' +
          'changes need the console’s own token or a Bearer token.',
      };
    case 'absent':
      return {
        failed,
        works:
          'The other pages work. It may have been renamed, or its data is older than what is kept.',
      };
    default:
      return {
        failed,
        works:
          'The other pages may still work. The command line reads the same facts: daytwo loop.',
      };
  }
}

function apiError(body: unknown): ApiError | null {
  if (typeof body !== 'object' || body === null) return null;
  if (
    'error' in body &&
    typeof body.error === 'object' &&
    body.error !== null &&
    'text' in body.error
  ) {
    return body.error as ApiError;
  }
  // Prometheus's shape: {status: "error", errorType, error}.
  if ('error' in body && typeof body.error === 'string') {
    return {
      code: 'errorType' in body ? String(body.errorType) : '',
      text: body.error,
      context: [],
      diagnostics: [],
    };
  }
  return null;
}
