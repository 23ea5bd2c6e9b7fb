// The Prometheus API as the console uses it: instant and range queries, names for completion.
import type { Answer } from './client.ts';
import { read } from './client.ts';

export interface Metric {
  [label: string]: string;
}
export interface Series {
  metric: Metric;
  values: [number, number][];
} // seconds, value
export interface Sample {
  metric: Metric;
  at: number;
  text: string;
}

interface Envelope {
  status: string;
  data: { resultType: string; result: unknown };
  warnings?: string[];
  infos?: string[];
}

// What the server remarks about a query that it answered.
function remarksOf(envelope: Envelope): string[] {
  return [...(envelope.warnings ?? []), ...(envelope.infos ?? [])];
}

interface Vectors {
  metric: Metric;
  value?: [number, string];
  values?: [number, string][];
}

// Text of Prometheus to a number; "+Inf", "-Inf" and "NaN" are values too.
export function toNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

// `up{job="checkout"}`, with the name in front and labels in the order of the server.
export function metricText(metric: Metric): string {
  const labels = Object.entries(metric)
    .filter(([name]) => name !== '__name__')
    .map(([name, value]) => `${name}="${value}"`);
  const name = metric['__name__'] ?? '';
  return labels.length === 0 ? name || '(no labels)' : `${name}{${labels.join(', ')}}`;
}

// A range query. Instants in milliseconds, step in seconds.
export async function queryRange(
  query: string,
  startMs: number,
  endMs: number,
  step: number,
): Promise<Answer<Series[]>> {
  const params = new URLSearchParams({
    query,
    start: String(startMs / 1000),
    end: String(endMs / 1000),
    step: String(step),
  });
  const answer = await read<Envelope>(`api/v1/query_range?${params.toString()}`);
  if (!answer.ok) return answer;
  const result = answer.value.data.result as Vectors[];
  return {
    ok: true,
    fresh: answer.fresh,
    remarks: remarksOf(answer.value),
    value: result.map((series) => ({
      metric: series.metric,
      values: (series.values ?? []).map(([at, text]): [number, number] => [at, toNumber(text)]),
    })),
  };
}

// An instant query at `atMs`; a scalar or string is one sample without labels.
export async function queryInstant(query: string, atMs: number): Promise<Answer<Sample[]>> {
  const params = new URLSearchParams({ query, time: String(atMs / 1000) });
  const answer = await read<Envelope>(`api/v1/query?${params.toString()}`);
  if (!answer.ok) return answer;
  const { resultType, result } = answer.value.data;
  if (resultType === 'scalar' || resultType === 'string') {
    const [at, text] = result as [number, string];
    return { ok: true, fresh: answer.fresh, value: [{ metric: {}, at: at * 1000, text }] };
  }
  const samples = (result as Vectors[]).map((row): Sample => {
    const [at, text] = row.value ?? row.values?.[row.values.length - 1] ?? [0, ''];
    return {
      metric: row.metric,
      at: at * 1000,
      text: row.values === undefined ? text : `${row.values.length} samples, last ${text}`,
    };
  });
  return { ok: true, fresh: answer.fresh, remarks: remarksOf(answer.value), value: samples };
}

async function names(path: string): Promise<string[]> {
  const answer = await read<{ data: string[] }>(path);
  return answer.ok ? answer.value.data : [];
}

// Names of metrics, names of labels, values of one label; empty when the server does not answer.
export const metricNames = (): Promise<string[]> => names('api/v1/label/__name__/values');
export const labelNames = (): Promise<string[]> => names('api/v1/labels');
export const labelValues = (label: string): Promise<string[]> =>
  names(`api/v1/label/${encodeURIComponent(label)}/values`);

export interface Described {
  type: string;
  help: string;
}

// Type and help of each metric that said them; empty when the server does not answer.
export async function descriptions(): Promise<Map<string, Described>> {
  const answer = await read<{ data: Record<string, Described[]> }>('api/v1/metadata');
  const known = new Map<string, Described>();
  if (!answer.ok) return known;
  for (const [name, entries] of Object.entries(answer.value.data)) {
    const first = entries[0];
    if (first !== undefined) known.set(name, first);
  }
  return known;
}

// The expression laid out by the server.
export async function formatQuery(query: string): Promise<Answer<string>> {
  const params = new URLSearchParams({ query });
  const answer = await read<{ data: string }>(`api/v1/format_query?${params.toString()}`);
  return answer.ok ? { ok: true, fresh: answer.fresh, value: answer.value.data } : answer;
}

// Where in the query the parser stopped, both from 1, and what it said. Null when the sentence
// names no place.
export function placeOf(text: string): { line: number; column: number; said: string } | null {
  const found = /(?:^|: )(\d+):(\d+): (?:parse error: )?(.*)$/s.exec(text);
  if (found === null) return null;
  return { line: Number(found[1]), column: Number(found[2]), said: found[3] ?? '' };
}
