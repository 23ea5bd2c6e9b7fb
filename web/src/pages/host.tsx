// Host: what runs here, what listens, what is near a limit?
import { useSignal } from '@preact/signals';
import type { FilesystemRow, HostPage, LimitRow } from '../api/api.gen.ts';
import { announce } from '../announce.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { own } from '../api/resource.ts';
import { Share } from '../charts/share.tsx';
import { Cpu } from '../parts/cpu.tsx';
import { Runout } from '../parts/runout.tsx';
import { Listeners, Processes, Unknown } from '../parts/facts.tsx';
import { formatBytes, formatCount, formatShare } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton, Teach } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';

const FILESYSTEMS: readonly Column<FilesystemRow>[] = [
  {
    key: 'mount',
    head: 'Filesystem',
    label: 'filesystem',
    bare: true,
    cell: (row) => (
      <span class="mono" title={row.device}>
        {row.mount}
      </span>
    ),
  },
  {
    key: 'used',
    head: 'Used now',
    label: 'used now',
    sort: (row) => (row.size_bytes > 0 ? row.used_bytes / row.size_bytes : 0),
    cell: (row) =>
      row.size_bytes > 0 ? (
        <Share
          share={row.used_bytes / row.size_bytes}
          sentence={`${formatBytes(row.used_bytes)} of ${formatBytes(row.size_bytes)} used`}
        />
      ) : (
        <Unknown />
      ),
  },
  { key: 'size', head: 'Of', label: 'of', end: true, cell: (row) => formatBytes(row.size_bytes) },
  {
    key: 'inodes',
    head: 'Inodes',
    label: 'inodes used',
    end: true,
    cell: (row) =>
      row.inodes_used_share === null ? <Unknown /> : usedWords(row.inodes_used_share),
  },
  {
    key: 'runout',
    head: 'When is it full?',
    label: 'when is it full?',
    grow: true,
    cell: (row) => (
      <span class={row.date === null ? 'muted' : ''} title={row.runout}>
        {row.runout}
      </span>
    ),
  },
];

// A share in use; what is next to nothing is said so instead of in millionths.
function usedWords(share: number): string {
  return share > 0 && share < 1e-4 ? 'under 0.01 %' : formatShare(share);
}

const LIMITS: readonly Column<LimitRow>[] = [
  {
    key: 'workload',
    head: 'Workload',
    label: 'workload',
    bare: true,
    cell: (row) => (
      <strong title={row.cgroup}>{row.workload === '' ? row.cgroup : row.workload}</strong>
    ),
  },
  {
    key: 'used',
    head: 'Used now',
    label: 'used now',
    cell: (row) =>
      row.limit_bytes > 0 ? (
        <Share
          share={row.used_bytes / row.limit_bytes}
          sentence={`${formatBytes(row.used_bytes)} of ${formatBytes(row.limit_bytes)}`}
        />
      ) : (
        <Unknown />
      ),
  },
  { key: 'limit', head: 'Of', label: 'of', end: true, cell: (row) => formatBytes(row.limit_bytes) },
  {
    key: 'kills',
    head: 'Killed',
    label: 'killed',
    end: true,
    cell: (row) => formatCount(row.oom_kills),
  },
  {
    key: 'said',
    head: 'Why',
    label: 'why',
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
  },
];

function notNone(what: string): string {
  return `No ${what} was seen. If /proc is absent here, this means unknown, not none.`;
}

export function Host() {
  const from = own<HostPage>('host');
  return (
    <Page<HostPage>
      title="Host"
      what="this host"
      from={from}
      answer={(page) => page.sentence}
      question="What runs here, what listens, what is near a limit?"
    >
      {(page) =>
        page === null ? (
          <>
            <Panel question="What listens?" span={12}>
              <Skeleton rows={5} />
            </Panel>
            <Panel question="What runs?">
              <Skeleton rows={12} />
            </Panel>
          </>
        ) : (
          <>
            <p class="byline span-12">
              {page.host} · {page.release} · kernel {page.kernel} · {page.packages.sentence}
            </p>
            <Panel question="What can be reached, and from where?">
              {page.listeners.length > 0 ? (
                <Listeners rows={page.listeners} />
              ) : (
                <Empty text={notNone('listener')} />
              )}
            </Panel>
            <Panel question="What runs that nobody declared?" span={6}>
              <p>{page.drift.sentence}</p>
              {page.drift.teach === '' ? null : (
                <LearnBaseline teach={page.drift.teach} learnt={() => void from.again()} />
              )}
            </Panel>
            <Panel question="What did we not see?" span={6}>
              {page.coverage.length === 0 ? (
                <p class="muted">Every process and socket of this host was visible.</p>
              ) : (
                <ul class="lines">
                  {page.coverage.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
            </Panel>
            <Panel question="Are busy processors a problem?" span={6}>
              <Cpu />
            </Panel>
            <Panel
              question="Does anything wait for a resource?"
              span={6}
              note="share of the last minute"
            >
              <Pressure page={page} />
            </Panel>
            <Panel question="What runs full, and when?">
              {page.filesystems.length > 0 ? (
                <Table
                  caption="Filesystems"
                  columns={FILESYSTEMS}
                  rows={page.filesystems}
                  rowKey={(row) => row.mount}
                  first={12}
                />
              ) : (
                <Empty text="No filesystem was seen." />
              )}
            </Panel>
            {page.filesystems.map((row) =>
              row.date === null || row.fan === null ? null : (
                <Panel key={row.mount} question={`When is ${row.mount} full?`} span={6}>
                  <Runout what={row.mount} sentence={row.runout} date={row.date} fan={row.fan} />
                </Panel>
              ),
            )}
            <Panel question="Who keeps hitting a memory cap, and why?">
              {page.limits.length > 0 ? (
                <Table
                  caption="Memory limits"
                  columns={LIMITS}
                  rows={page.limits}
                  rowKey={(row) => row.cgroup}
                  first={12}
                />
              ) : (
                <Empty
                  text="No memory cap is set on a workload here."
                  teach={'# systemd\n[Service]\nMemoryMax=512M'}
                />
              )}
            </Panel>
            <Panel question="What runs?">
              {page.processes.length > 0 ? (
                <Processes rows={page.processes} />
              ) : (
                <Empty text={notNone('process')} />
              )}
            </Panel>
          </>
        )
      }
    </Page>
  );
}

// The button behind `daytwo baseline learn`: what runs and listens now is what should.
function LearnBaseline(props: { teach: string; learnt: () => void }) {
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const learn = async (): Promise<void> => {
    busy.value = true;
    const answer = await post<HostPage>('baseline/learn', {});
    failure.value = answer.ok ? null : answer.failure;
    if (answer.ok) {
      announce(answer.value.drift.sentence);
      props.learnt();
    }
    busy.value = false;
  };
  return (
    <>
      <Teach text={props.teach} />
      <p class="beside">
        <button type="button" disabled={busy.value} onClick={() => void learn()}>
          {busy.value ? 'Learning …' : 'What runs now is what should'}
        </button>
      </p>
      {failure.value === null ? null : (
        <p class="refusal" role="alert">
          Not learnt: {failure.value.text}
        </p>
      )}
    </>
  );
}

function Pressure(props: { page: HostPage }) {
  const rows = props.page.pressure;
  if (rows.length === 0)
    return (
      <Empty
        text="This kernel does not tell its pressure (PSI), so waiting is unknown."
        teach="# kernel command line\npsi=1"
      />
    );
  return (
    <Table
      caption="Pressure"
      rows={rows}
      rowKey={(row) => row.resource}
      columns={[
        {
          key: 'resource',
          head: 'Resource',
          label: 'resource',
          bare: true,
          cell: (row) => row.resource,
        },
        {
          key: 'some',
          head: 'somebody waits',
          label: 'somebody waits',
          end: true,
          cell: (row) => (row.some10 === null ? <Unknown /> : formatShare(row.some10)),
        },
        {
          key: 'full',
          head: 'everybody waits',
          label: 'everybody waits',
          end: true,
          cell: (row) => (row.full10 === null ? <Unknown /> : formatShare(row.full10)),
        },
      ]}
    />
  );
}
