// Pages: who was waked, did they answer, and was it worth it?
import { useSignal } from '@preact/signals';
import type { PageRow, PagesPage } from '../api/api.gen.ts';
import { announce } from '../announce.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { own } from '../api/resource.ts';
import { Ago } from '../parts/ago.tsx';
import { StateMark } from '../parts/mark.tsx';
import { PageActions, waiting } from '../parts/outbox.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { hrefTo } from '../router.ts';

const COLUMNS: readonly Column<PageRow>[] = [
  {
    key: 'title',
    head: 'Page',
    label: 'page',
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
    label: 'to',
    cell: (row) => (
      <>
        {row.to} <span class="muted">by {row.method}</span>
      </>
    ),
  },
  {
    key: 'state',
    head: 'State',
    label: 'state',
    cell: (row) => <StateMark state={row.state} title={row.error} />,
  },
  { key: 'attempt', head: 'Tries', label: 'tries', end: true, cell: (row) => row.attempt },
  {
    key: 'created',
    head: 'Since',
    label: 'since',
    end: true,
    cell: (row) => <Ago at={row.created} bare />,
  },
  {
    key: 'acked',
    head: 'Answered',
    label: 'answered',
    cell: (row) =>
      row.acked === null ? (
        <span class="muted">not yet</span>
      ) : (
        <>
          {row.acked_by}{' '}
          <span class="muted">
            <Ago at={row.acked} />
          </span>
        </>
      ),
  },
  {
    key: 'act',
    head: 'What do you do?',
    label: 'what do you do?',
    bare: true,
    cell: (row) => (
      <div class="wide">
        <PageActions page={row} votes />
      </div>
    ),
  },
];

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
              <Table
                caption="Pages that wait"
                columns={COLUMNS}
                rows={page.pages.filter(waiting)}
                rowKey={(row) => row.id}
              />
            ) : page.pages.length > 0 ? (
              <Empty text="None: every page was answered or called back." />
            ) : (
              <Empty
                text="No page was ever sent. Name where pages go, then press “send a test page”:"
                teach={page.teach}
              />
            )}
          </Panel>
          {page === null || page.pages.every(waiting) ? null : (
            <Panel question="Which ones were answered?">
              <Table
                caption="Pages that were answered"
                columns={COLUMNS}
                rows={page.pages.filter((row) => !waiting(row))}
                rowKey={(row) => row.id}
                first={50}
              />
            </Panel>
          )}
          {page === null ||
          page.pages.every((row) => row.shadow === '' && row.error === '') ? null : (
            <Panel question="What would waiting have cost, and what went wrong?">
              <Shadows rows={page.pages} />
            </Panel>
          )}
        </>
      )}
    </Page>
  );
}

// Waiting against waking, computed in the shadow: pages are sent either way.
function Shadows(props: { rows: readonly PageRow[] }) {
  return (
    <dl class="facts wide-terms">
      {props.rows
        .filter((row) => row.shadow !== '' || row.error !== '')
        .map((row) => (
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
