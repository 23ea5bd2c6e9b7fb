// Completion of PromQL while one types: which word is at the caret, and is it a metric, a label or
// a value? A scan of the text before the caret; not a parser, the server parses.

export type Wanted =
  | { kind: 'metric'; from: number; prefix: string }
  | { kind: 'label'; from: number; prefix: string }
  | { kind: 'value'; label: string; from: number; prefix: string }
  | null;

// What could be completed at `caret`.
export function wantedAt(text: string, caret: number): Wanted {
  const before = text.slice(0, caret);
  const value = /([A-Za-z_][\w]*)\s*(?:=|!=|=~|!~)\s*"([^"]*)$/.exec(before);
  const braces = openAt(before, '{', '}');
  if (value !== null && braces) {
    const prefix = value[2] ?? '';
    return { kind: 'value', label: value[1] ?? '', from: caret - prefix.length, prefix };
  }
  const word = /[A-Za-z_:][\w:]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  if (insideString(before)) return null;
  if (braces || /\b(?:by|without|on|ignoring)\s*\([^)]*$/.test(before))
    return { kind: 'label', from, prefix: word };
  return word === '' ? null : { kind: 'metric', from, prefix: word };
}

function openAt(text: string, open: string, close: string): boolean {
  return text.lastIndexOf(open) > text.lastIndexOf(close);
}

function insideString(text: string): boolean {
  return (text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1;
}

// Candidates for a prefix: those that begin with it, then those that hold it; at most `limit`.
export function candidates(names: readonly string[], prefix: string, limit: number): string[] {
  const wanted = prefix.toLowerCase();
  const begins = names.filter((name) => name.toLowerCase().startsWith(wanted));
  const holds = names.filter(
    (name) => !name.toLowerCase().startsWith(wanted) && name.toLowerCase().includes(wanted),
  );
  return [...begins, ...holds].filter((name) => name !== prefix).slice(0, limit);
}

// The text with `chosen` in the place of the prefix, and where the caret stands then.
export function completed(
  text: string,
  caret: number,
  wanted: NonNullable<Wanted>,
  chosen: string,
): { text: string; caret: number } {
  const after = text.slice(caret);
  return { text: text.slice(0, wanted.from) + chosen + after, caret: wanted.from + chosen.length };
}

// The functions of PromQL that are offered beside the metrics.
export const FUNCTIONS: readonly string[] = [
  'abs',
  'absent',
  'avg',
  'avg_over_time',
  'ceil',
  'changes',
  'clamp',
  'count',
  'count_over_time',
  'delta',
  'deriv',
  'floor',
  'histogram_quantile',
  'increase',
  'irate',
  'label_join',
  'label_replace',
  'max',
  'max_over_time',
  'min',
  'min_over_time',
  'predict_linear',
  'quantile',
  'quantile_over_time',
  'rate',
  'resets',
  'round',
  'sort',
  'sort_desc',
  'stddev',
  'sum',
  'sum_over_time',
  'time',
  'timestamp',
  'topk',
  'bottomk',
  'vector',
];
