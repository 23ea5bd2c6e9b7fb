// Surface: what would an attacker find first? Listening sockets in the order in which they are
// reached.
import { useSignal } from '@preact/signals';
import type { DoorwayRow, Reach, SurfacePage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { Mark } from '../parts/mark.tsx';
import { Empty, Page, Panel, Skeleton, Teach } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { hrefTo } from '../router.ts';

const REACHED: Record<Reach, string> = {
  network: 'the network',
  host: 'this host and its containers',
  loopback: 'this host alone',
};

function columns(): readonly Column<DoorwayRow>[] {
  return [
    {
      key: 'listener',
      head: 'Listens',
      label: 'listens',
      bare: true,
      cell: (row) => <span class="mono">{row.listener}</span>,
    },
    {
      key: 'reach',
      head: 'Reached from',
      label: 'reached from',
      cell: (row) =>
        row.reach === 'loopback' ? (
          <Mark shape="ring" tone="muted" word="loopback" title={REACHED.loopback} />
        ) : (
          <Mark
            shape={row.reach === 'network' ? 'full' : 'half'}
            tone="ink"
            word={row.reach}
            title={REACHED[row.reach]}
          />
        ),
    },
    {
      key: 'holder',
      head: 'Held by',
      label: 'held by',
      cell: (row) =>
        row.holder === '' ? (
          <span class="muted">not visible</span>
        ) : (
          <span title={row.package}>{row.holder}</span>
        ),
    },
    {
      key: 'service',
      head: 'Service',
      label: 'service',
      cell: (row) =>
        row.service === '' ? (
          <span class="muted">none declares it</span>
        ) : (
          <a href={hrefTo('service', row.service)}>{row.service}</a>
        ),
    },
    {
      key: 'owner',
      head: 'Owner',
      label: 'owner',
      cell: (row) => (row.owner === '' ? <span class="muted">nobody yet</span> : row.owner),
    },
    {
      key: 'wrong',
      head: 'What is wrong',
      label: 'what is wrong',
      grow: true,
      cell: (row) => <Wrong row={row} />,
    },
  ];
}

// The worst first; the link leads to the worry that says what to do about it.
function Wrong(props: { row: DoorwayRow }) {
  const { row } = props;
  const all = [...row.wrong, ...row.exposures];
  const [worry] = row.worries;
  if (all.length === 0 && worry === undefined)
    return <span class="muted">nothing is known to be</span>;
  const words = all.length === 0 ? 'a worry is open' : all.join('; ');
  if (worry === undefined) return <span title={words}>{words}</span>;
  return (
    <a data-open href={hrefTo('worry', worry)} title={words}>
      {words}
    </a>
  );
}

export function Surface() {
  const all = useSignal(false);
  return (
    <Page<SurfacePage>
      title="Surface"
      what="the surface"
      from={own<SurfacePage>('surface')}
      answer={(page) => page.sentence}
      question="What would an attacker find in the first minutes?"
    >
      {(page) => (
        <>
          <Panel
            question="What can be reached, nearest to the attacker first?"
            note={
              <label class="check">
                <input
                  type="checkbox"
                  checked={all.value}
                  onChange={(event) => {
                    all.value = event.currentTarget.checked;
                  }}
                />
                loopback too
              </label>
            }
          >
            {page === null ? <Skeleton rows={8} /> : <Doorways page={page} all={all.value} />}
          </Panel>
          <Panel question="What was seen of each?" span={6}>
            {page === null ? (
              <Skeleton rows={4} />
            ) : (
              <Evidence rows={page.rows.filter((row) => all.value || row.reach !== 'loopback')} />
            )}
          </Panel>
          <Panel question="What could not be seen?" span={6}>
            {page === null ? (
              <Skeleton rows={3} />
            ) : (
              <>
                {page.coverage.length === 0 ? (
                  <p class="muted">Nothing is missing that we know of.</p>
                ) : (
                  <ul class="lines">
                    {page.coverage.map((gap) => (
                      <li key={gap}>{gap}</li>
                    ))}
                  </ul>
                )}
                {page.teach === '' ? null : <Teach text={page.teach} />}
              </>
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}

function Doorways(props: { page: SurfacePage; all: boolean }) {
  const { rows } = props.page;
  const shown = rows.filter((row) => props.all || row.reach !== 'loopback');
  if (shown.length > 0)
    return (
      <Table
        caption="Listening sockets"
        columns={columns()}
        rows={shown}
        rowKey={(row) => `${row.host} ${row.listener}`}
        first={50}
      />
    );
  return (
    <Empty
      text={
        rows.length === 0
          ? 'No listening socket has been seen. Look at this host, or send an agent to another:'
          : `Only loopback listens: ${rows.length} that this host alone reaches.`
      }
      {...(rows.length === 0
        ? { teach: 'daytwo serve\ndaytwo agent --server http://HOST:9420' }
        : {})}
    />
  );
}

function Evidence(props: { rows: readonly DoorwayRow[] }) {
  const seen = props.rows.filter((row) => row.evidence.length > 0);
  if (seen.length === 0) return <p class="muted">No more than that they listen.</p>;
  return (
    <ul class="evidence">
      {seen.map((row) => (
        <li key={`${row.host} ${row.listener}`}>
          <span class="mono">{row.listener}</span>
          <ul class="lines muted">
            {row.evidence.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
