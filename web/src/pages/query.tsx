// Query: ask anything. The query, the window, the step and the view live in the address, so a link
// shares them.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Failure } from '../api/failure.ts';
import { formatQuery, metricText, queryInstant, type Sample } from '../api/prometheus.ts';
import { serverNow } from '../clock.ts';
import { asked, forget, remember } from '../history.ts';
import { Editor } from '../parts/editor.tsx';
import { Instant, Panel, Teach } from '../parts/page.tsx';
import { Plot, SpanPicker } from '../parts/plot.tsx';
import { QueryError } from '../parts/query_error.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { WindowFields } from '../parts/window.tsx';
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
    sort: (row) => metricText(row.metric),
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
  const refused = useSignal('');
  const view = params.get('view') === 'table' ? 'table' : 'graph';
  useEffect(() => {
    document.title = 'Query · daytwo';
  }, []);
  useEffect(() => {
    typed.value = query;
    refused.value = '';
    remember(query);
  }, [query]);
  const run = (): void => setParams({ q: typed.value.trim() });
  const layOut = async (): Promise<void> => {
    const answer = await formatQuery(typed.value);
    refused.value = answer.ok ? '' : answer.failure.text;
    if (answer.ok) typed.value = answer.value;
  };
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
              refused.value = '';
            }}
            run={run}
          />
          {refused.value === '' ? null : <QueryError query={typed.value} text={refused.value} />}
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
            <WindowFields graph={view === 'graph'} />
            <button type="button" class="quiet" onClick={() => void layOut()}>
              Lay out
            </button>
            {query === '' ? null : (
              <a data-plain href={`api/v1/query?query=${encodeURIComponent(query)}`}>
                as JSON
              </a>
            )}
          </div>
          <Asked query={query} />
        </section>
        {query === '' ? (
          <Starters />
        ) : view === 'graph' ? (
          <Panel question="How did it go over the window?" note={windowNote()}>
            <Plot query={query} title={query} height={320} key={query} open />
          </Panel>
        ) : (
          <Panel question={endOf() === null ? 'What is it now?' : 'What was it then?'}>
            <Now query={query} key={query} />
          </Panel>
        )}
      </div>
    </div>
  );
}

function endOf(): number | null {
  return parseSpan(place.value.params).endMs;
}

function windowNote(): string {
  const span = parseSpan(place.value.params);
  const end = span.endMs === null ? 'now' : formatClock(span.endMs, serverNow());
  return `${span.name}, ending ${end}; [ ] . shift it`;
}

// What this viewer asked before, newest first.
function Asked(props: { query: string }) {
  const before = asked.value.filter((known) => known !== props.query);
  if (before.length === 0) return null;
  return (
    <details class="asked-before">
      <summary>
        {before.length} {before.length === 1 ? 'query' : 'queries'} asked before
      </summary>
      <ul>
        {before.map((known) => (
          <li key={known}>
            <button type="button" class="quiet mono" onClick={() => setParams({ q: known })}>
              {known}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet" onClick={forget}>
        Forget them
      </button>
    </details>
  );
}

function Now(props: { query: string }) {
  const samples = useSignal<readonly Sample[] | null>(null);
  const failure = useSignal<Failure | null>(null);
  const remarks = useSignal<readonly string[]>([]);
  const end = endOf();
  useEffect(() => {
    let gone = false;
    void queryInstant(props.query, end ?? serverNow()).then((answer) => {
      if (gone) return;
      failure.value = answer.ok ? null : answer.failure;
      if (!answer.ok) return;
      samples.value = answer.value;
      remarks.value = answer.remarks ?? [];
    });
    return () => {
      gone = true;
    };
  }, [props.query, end]);
  if (failure.value !== null) return <QueryError query={props.query} text={failure.value.text} />;
  if (samples.value === null) return <p class="muted">asking …</p>;
  if (samples.value.length === 0)
    return <p class="muted">No series matches now: not seen is not zero.</p>;
  return (
    <>
      <Table
        caption="Values"
        columns={COLUMNS}
        rows={samples.value}
        rowKey={(row) => metricText(row.metric)}
        first={100}
      />
      {remarks.value.map((remark) => (
        <p key={remark} class="refusal">
          {remark}
        </p>
      ))}
    </>
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
