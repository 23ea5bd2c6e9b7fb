// Tables of what was seen: processes, listeners, flows, probes. Used by the host's page and by a
// service's page.
import type { FlowRow, ListenerRow, ProbeRow, ProcessRow, Reach } from '../api/api.gen.ts';
import { Share } from '../charts/share.tsx';
import { Ago } from './ago.tsx';
import { Mark, StateMark } from './mark.tsx';
import { formatBytes, formatCount, formatShare } from './money.ts';
import { Table, type Column } from './table.tsx';
import { formatDuration, formatLatency } from './time.ts';

// What is not known is said so and never shown as zero.
export function Unknown(props: { why?: string }) {
  return (
    <span class="muted" title={props.why}>
      unknown
    </span>
  );
}

function maybe(value: number | null, write: (value: number) => string, why?: string) {
  return value === null ? <Unknown {...(why === undefined ? {} : { why })} /> : write(value);
}

const PROCESSES: readonly Column<ProcessRow>[] = [
  {
    key: 'name',
    head: 'Process',
    label: 'process',
    bare: true,
    sort: (row) => row.name,
    cell: (row) => (
      <>
        <strong title={row.command}>{row.name}</strong> <span class="muted">{row.pid}</span>
      </>
    ),
  },
  { key: 'user', head: 'User', label: 'user', deep: true, cell: (row) => row.user, sort: (row) => row.user },
  {
    key: 'cpu',
    head: 'CPU now',
    label: 'CPU now, cores',
    end: true,
    sort: (row) => row.cpu ?? -1,
    cell: (row) => maybe(row.cpu, (cpu) => `${formatShare(cpu)}`, row.coverage),
  },
  {
    key: 'rss',
    head: 'Memory',
    label: 'memory',
    end: true,
    sort: (row) => row.rss_bytes ?? -1,
    cell: (row) => maybe(row.rss_bytes, formatBytes, row.coverage),
  },
  {
    key: 'limit',
    head: 'Of its cap',
    label: 'of its cap', deep: true,
    cell: (row) =>
      row.limit_bytes === null || row.used_bytes === null ? (
        <span class="muted">no cap</span>
      ) : (
        <Share
          share={row.used_bytes / row.limit_bytes}
          sentence={`${formatBytes(row.used_bytes)} of a cap of ${formatBytes(row.limit_bytes)}`}
        />
      ),
  },
  {
    key: 'fds',
    head: 'Files',
    label: 'open files', deep: true,
    end: true,
    cell: (row) => maybe(row.descriptors, formatCount, row.coverage),
  },
  {
    key: 'listens',
    head: 'Listens on',
    label: 'listens on',
    cell: (row) =>
      row.listens === '' ? (
        <span class="muted">nothing</span>
      ) : (
        <span class="mono">{row.listens}</span>
      ),
  },
  {
    key: 'package',
    head: 'Package',
    label: 'package', deep: true,
    cell: (row) => (row.package === '' ? <span class="muted">none owns it</span> : row.package),
  },
  {
    key: 'started',
    head: 'Since',
    label: 'since',
    end: true,
    sort: (row) => row.started,
    cell: (row) => <Ago at={row.started} bare />,
  },
  {
    key: 'command',
    head: 'Command',
    label: 'command', deep: true,
    grow: true,
    cell: (row) => (
      <span class="mono muted" title={row.command}>
        {row.command}
      </span>
    ),
  },
];

export function Processes(props: { rows: readonly ProcessRow[] }) {
  return (
    <Table
      caption="Processes"
      columns={PROCESSES}
      rows={props.rows}
      rowKey={(row) => `${row.pid} ${row.started}`}
      order={{ key: 'cpu', down: true }}
      first={25}
    />
  );
}

const REACH: Record<Reach, { shape: 'full' | 'half' | 'ring'; word: string }> = {
  network: { shape: 'full', word: 'network' },
  host: { shape: 'half', word: 'this host' },
  loopback: { shape: 'ring', word: 'loopback' },
};

const LISTENERS: readonly Column<ListenerRow>[] = [
  {
    key: 'address',
    head: 'Address',
    label: 'address',
    bare: true,
    cell: (row) => (
      <span class="mono">
        {row.protocol} {row.address}:{row.port}
      </span>
    ),
  },
  {
    key: 'reach',
    head: 'Reached from',
    label: 'reached from', short: true,
    cell: (row) => <Mark {...REACH[row.reach]} tone={row.reach === 'loopback' ? 'muted' : 'ink'} />,
  },
  {
    key: 'process',
    head: 'Process',
    label: 'process',
    grow: true,
    cell: (row) =>
      row.process === '' ? (
        <Unknown why="the owner of this socket is not visible" />
      ) : (
        <>
          {row.process} <span class="muted">{row.pid}</span>
        </>
      ),
  },
  {
    key: 'package',
    head: 'Package',
    label: 'package', deep: true,
    cell: (row) => (row.package === '' ? <span class="muted">none owns it</span> : row.package),
  },
  {
    key: 'seen',
    head: 'First seen',
    label: 'first seen',
    end: true,
    cell: (row) => <Ago at={row.first_seen} />,
  },
];
const AGAINST: Column<ListenerRow> = {
  key: 'state',
  head: 'Against the baseline',
  label: 'baseline', short: true,
  cell: (row) => <StateMark state={row.state} />,
};

export function Listeners(props: { rows: readonly ListenerRow[] }) {
  return (
    <Table
      caption="Listeners"
      columns={props.rows.some((row) => row.state !== '') ? [...LISTENERS, AGAINST] : LISTENERS}
      rows={props.rows}
      rowKey={(row) => `${row.protocol} ${row.address} ${row.port} ${row.pid}`}
      first={20}
    />
  );
}

const FLOWS: readonly Column<FlowRow>[] = [
  {
    key: 'name',
    head: 'Flow',
    label: 'flow',
    bare: true,
    cell: (row) => <strong>{row.name}</strong>,
  },
  {
    key: 'received',
    head: 'Received',
    label: 'received',
    end: true,
    cell: (row) => formatCount(row.received),
  },
  {
    key: 'processed',
    head: 'Processed',
    label: 'processed',
    end: true,
    cell: (row) => formatCount(row.processed),
  },
  {
    key: 'dropped',
    head: 'Dropped',
    label: 'dropped',
    end: true,
    cell: (row) => formatCount(row.dropped),
  },
  {
    key: 'flight',
    head: 'In flight',
    label: 'in flight',
    end: true,
    cell: (row) => maybe(row.in_flight, formatCount),
  },
  {
    key: 'lost',
    head: 'Lost',
    label: 'lost',
    end: true,
    cell: (row) => maybe(row.lost_share, formatShare),
  },
  {
    key: 'lag',
    head: 'Lag',
    label: 'lag',
    end: true,
    cell: (row) => maybe(row.lag_ms, (ms) => formatDuration(ms)),
  },
  { key: 'state', head: 'State', label: 'state', cell: (row) => <StateMark state={row.state} /> },
  {
    key: 'said',
    head: 'In a sentence',
    label: '',
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
  },
];

export function Flows(props: { rows: readonly FlowRow[] }) {
  return (
    <Table
      caption="Flows: received and processed"
      columns={FLOWS}
      rows={props.rows}
      rowKey={(row) => row.name}
    />
  );
}

const PROBES: readonly Column<ProbeRow>[] = [
  {
    key: 'url',
    head: 'Probe',
    label: 'probe',
    bare: true,
    cell: (row) => <span class="mono wide">{row.url}</span>,
  },
  {
    key: 'up',
    head: 'State',
    label: 'state', short: true,
    cell: (row) => <StateMark state={row.up === null ? 'unknown' : row.up ? 'up' : 'down'} />,
  },
  {
    key: 'said',
    head: 'Last answer',
    label: 'last answer',
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
  },
  {
    key: 'phases',
    head: 'Phases',
    label: 'phases', deep: true,
    cell: (row) =>
      row.phases.length === 0 ? (
        <span class="muted">none</span>
      ) : (
        <span class="wide">
          {row.phases.map((phase) => `${phase.name} ${formatLatency(phase.ms)}`).join(' · ')}
        </span>
      ),
  },
  {
    key: 'certificate',
    head: 'Certificate',
    label: 'certificate',
    end: true,
    cell: (row) =>
      row.certificate_days === null ? (
        <span class="muted">no TLS</span>
      ) : (
        `${Math.floor(row.certificate_days)} d left`
      ),
  },
  { key: 'last', head: 'Seen', label: 'seen', end: true, cell: (row) => <Ago at={row.last} /> },
];

export function Probes(props: { rows: readonly ProbeRow[] }) {
  return <Table caption="Probes" columns={PROBES} rows={props.rows} rowKey={(row) => row.url} />;
}
