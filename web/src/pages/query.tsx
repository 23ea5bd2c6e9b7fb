// Query: ask anything. The query, the window and the view live in the address, so a link shares
// them.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Failure } from '../api/failure.ts';
import { metricText, queryInstant, type Sample } from '../api/prometheus.ts';
import { serverNow } from '../clock.ts';
import { Editor } from '../parts/editor.tsx';
import { Instant, Panel, Teach } from '../parts/page.tsx';
import { Plot, SpanPicker } from '../parts/plot.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { formatClock } from '../parts/time.ts';
import { place, setParams } from '../router.ts';
import { parseSpan } from '../span.ts';

const COLUMNS: readonly Column<Sample>[] = [
  {
    key: 'metric',
    head: 'Series',
    label: 'series',
    bare: true,
    grow: true,
    cell: (row) => (
      <span class="mono" title={metricText(row.metric)}>
        {metricText(row.metric)}
      </span>
    ),
  },
  {
    key: 'value',
    head: 'Value',
    label: 'value',
    end: true,
    cell: (row) => row.text,
    sort: (row) => Number(row.text),
  },
  {
    key: 'at',
    head: 'At',
    label: 'at',
    end: true,
    cell: (row) => <Instant at={row.at} text={formatClock(row.at, serverNow())} />,
  },
];

export function Query() {
  const params = place.value.params;
  const query = params.get('q') ?? '';
  const typed = useSignal(query);
  const view = params.get('view') === 'table' ? 'table' : 'graph';
  useEffect(() => {
    document.title = 'Query · daytwo';
  }, []);
  useEffect(() => {
    typed.value = query;
  }, [query]);
  const run = (): void => setParams({ q: typed.value.trim() });
  return (
    <div class="page">
      <header class="page-head">
        <p class="question">What do you want to know?</p>
        <h1>
          {query === '' ? (
            'Ask the store anything in PromQL'
          ) : (
            <span class="mono asked">{query}</span>
          )}
        </h1>
        <div class="page-tools">
          <SpanPicker />
        </div>
      </header>
      <div class="grid">
        <section class="span-12 ask-query">
          <Editor
            value={typed.value}
            onInput={(text) => {
              typed.value = text;
            }}
            run={run}
          />
          <div class="query-tools">
            <button type="button" class="primary" onClick={run}>
              Run
            </button>
            <div role="group" aria-label="View">
              <button
                type="button"
                aria-pressed={view === 'graph'}
                onClick={() => setParams({ view: '' })}
              >
                graph
              </button>{' '}
              <button
                type="button"
                aria-pressed={view === 'table'}
                onClick={() => setParams({ view: 'table' })}
              >
                table
              </button>
            </div>
            {query === '' ? null : (
              <a data-plain href={`api/v1/query?query=${encodeURIComponent(query)}`}>
                as JSON
              </a>
            )}
          </div>
        </section>
        {query === '' ? (
          <Starters />
        ) : view === 'graph' ? (
          <Panel question="How did it go over the window?" note={windowNote()}>
            <Plot query={query} title={query} height={320} key={query} />
          </Panel>
        ) : (
          <Panel question="What is it now?">
            <Now query={query} key={query} />
          </Panel>
        )}
      </div>
    </div>
  );
}

function windowNote(): string {
  const span = parseSpan(place.value.params);
  return `${span.name}, ending ${span.endMs === null ? 'now' : formatClock(span.endMs, serverNow())}; [ ] . shift it`;
}

function Now(props: { query: string }) {
  const samples = useSignal<readonly Sample[] | null>(null);
  const failure = useSignal<Failure | null>(null);
  const { endMs } = parseSpan(place.value.params);
  useEffect(() => {
    let gone = false;
    void queryInstant(props.query, endMs ?? serverNow()).then((answer) => {
      if (gone) return;
      failure.value = answer.ok ? null : answer.failure;
      if (answer.ok) samples.value = answer.value;
    });
    return () => {
      gone = true;
    };
  }, [props.query, endMs]);
  if (failure.value !== null)
    return (
      <p class="refusal" role="alert">
        {failure.value.text}
      </p>
    );
  if (samples.value === null) return <p class="muted">asking …</p>;
  if (samples.value.length === 0)
    return <p class="muted">No series matches now: not seen is not zero.</p>;
  return (
    <Table
      caption="Values now"
      columns={COLUMNS}
      rows={samples.value}
      rowKey={(row) => metricText(row.metric)}
      first={100}
    />
  );
}

const STARTERS: readonly { asks: string; query: string }[] = [
  { asks: 'Is every target up?', query: 'up' },
  {
    asks: 'How busy is this host, in cores?',
    query: 'sum(rate(node_cpu_seconds_total{mode!="idle"}[1m]))',
  },
  { asks: 'How much memory is available?', query: 'node_memory_MemAvailable_bytes' },
  {
    asks: 'How full is each filesystem?',
    query: '1 - node_filesystem_avail_bytes / node_filesystem_size_bytes',
  },
  { asks: 'What does daytwo itself use?', query: 'rate(process_cpu_seconds_total[1m])' },
];

function Starters() {
  return (
    <Panel question="Where could one begin?">
      <ul class="starters">
        {STARTERS.map((one) => (
          <li key={one.query}>
            <span>{one.asks}</span>
            <button type="button" class="quiet mono" onClick={() => setParams({ q: one.query })}>
              {one.query}
            </button>
          </li>
        ))}
      </ul>
      <p class="muted">The same on the command line:</p>
      <Teach text="daytwo query 'up'" />
    </Panel>
  );
}
