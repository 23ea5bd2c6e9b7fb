// Pages: who was waked, did they answer, and was it worth it?
import { useSignal } from '@preact/signals';
import type { PageRow, PagesPage } from '../api/api.gen.ts';
import { announce } from '../announce.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { own } from '../api/resource.ts';
import { Ago } from '../parts/ago.tsx';
import { StateMark } from '../parts/mark.tsx';
import { PageActions, PageStrip, waiting } from '../parts/outbox.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { bothZones, formatDuration } from '../parts/time.ts';
import { hrefTo } from '../router.ts';

const COLUMNS: readonly Column<PageRow>[] = [
  {
    key: 'title',
    head: 'Message',
    label: 'message',
    bare: true,
    grow: true,
    cell: (row) =>
      row.worry === '' ? (
        <span title={row.shadow}>{row.title}</span>
      ) : (
        <a data-open href={hrefTo('worry', row.worry)} title={row.shadow}>
          {row.title}
        </a>
      ),
  },
  {
    key: 'to',
    head: 'To',
    label: 'to', short: true,
    cell: (row) => (
      <span title={`${row.to} by ${row.method}`}>
        {row.to} <span class="muted">by {row.method}</span>
      </span>
    ),
  },
  {
    key: 'state',
    head: 'State',
    label: 'state', short: true,
    cell: (row) => <StateMark state={row.state} title={row.error} />,
  },
  { key: 'attempt', head: 'Tries', label: 'tries', deep: true, end: true, cell: (row) => row.attempt },
  {
    key: 'created',
    head: 'When',
    label: 'when',
    end: true,
    cell: (row) => <Ago at={row.sent ?? row.created} />,
  },
  { key: 'acked', head: 'Answered', label: 'answered', short: true, cell: (row) => <Answered row={row} /> },
  {
    key: 'vote',
    head: 'Was it worth it?',
    label: 'worth it?',
    cell: (row) => <PageActions page={row} votes />,
  },
];

function Answered(props: { row: PageRow }) {
  const { row } = props;
  if (row.purpose === 'resolve' || row.purpose === 'notice') {
    return <span class="muted">asks nothing</span>;
  }
  if (row.acked === null) {
    return <span class="muted">{row.state === 'cancelled' ? 'called back' : 'not yet'}</span>;
  }
  return (
    <>
      {row.acked_by}{' '}
      <span class="muted" title={bothZones(row.acked)}>
        after {formatDuration(row.acked - (row.sent ?? row.created))}
      </span>
    </>
  );
}

// How many were said to be noise or somebody else's, of those that anybody judged.
function judged(rows: readonly PageRow[]): string {
  const votes = rows.filter((row) => row.vote !== '');
  if (votes.length === 0) return 'nobody has said yet whether one was useful';
  const useful = votes.filter((row) => row.vote === 'useful').length;
  return `${useful} of ${votes.length} judged were useful`;
}

export function Pages() {
  const from = own<PagesPage>('pages', 5_000);
  return (
    <Page<PagesPage>
      title="Pages"
      what="the pages"
      from={from}
      answer={(page) => page.sentence}
      question="Who was called, did they answer, and was it worth it?"
      tools={<TestPage />}
    >
      {(page) => (
        <>
          <Panel question="Which ones wait for an answer?">
            {page === null ? (
              <Skeleton rows={2} />
            ) : page.pages.some(waiting) ? (
              <PageStrip pages={page.pages.filter(waiting)} votes />
            ) : page.pages.length > 0 ? (
              <Empty text="None: every page was answered or called back." />
            ) : (
              <Empty
                text="No page was ever sent. Name where they go, then send a test page:"
                teach={page.teach}
              />
            )}
          </Panel>
          {page === null || page.pages.every(waiting) ? null : (
            <Panel question="What was sent before?" note={judged(page.pages)}>
              <Table
                caption="Messages that wait for nothing"
                columns={COLUMNS}
                rows={page.pages.filter((row) => !waiting(row))}
                rowKey={(row) => row.id}
                first={50}
              />
            </Panel>
          )}
          {page === null || !page.pages.some((row) => !waiting(row) && told(row)) ? null : (
            <Panel question="What would waiting have cost, and what went wrong?">
              <Shadows rows={page.pages.filter((row) => !waiting(row) && told(row))} />
            </Panel>
          )}
        </>
      )}
    </Page>
  );
}

// Something is known of what waiting would have cost, or it failed.
function told(row: PageRow): boolean {
  return row.shadow !== '' || row.error !== '';
}

// Waiting against waking, computed in the shadow: pages are sent either way.
function Shadows(props: { rows: readonly PageRow[] }) {
  return (
    <dl class="facts wide-terms">
      {props.rows.map((row) => (
        <>
          <dt>{row.title}</dt>
          <dd>
            {row.shadow}
            {row.error === '' ? null : <p class="refusal">{row.error}</p>}
          </dd>
        </>
      ))}
    </dl>
  );
}

function TestPage() {
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const send = async (): Promise<void> => {
    busy.value = true;
    const answer = await post<PagesPage>('pages/test', {});
    failure.value = answer.ok ? null : answer.failure;
    if (answer.ok) {
      announce('A test page is in the outbox.');
      await own<PagesPage>('pages', 5_000).again();
    }
    busy.value = false;
  };
  return (
    <>
      {failure.value === null ? null : (
        <span class="refusal" role="alert">
          {failure.value.text}
        </span>
      )}
      <button type="button" disabled={busy.value} onClick={() => void send()}>
        {busy.value ? 'Sending …' : 'Send a test page'}
      </button>
    </>
  );
}
