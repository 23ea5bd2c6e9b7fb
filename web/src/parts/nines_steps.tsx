// The levels of availability as a table: what each loses, owes, gets and costs in a year.
import type { Amount, NinesStep } from '../api/api.gen.ts';
import { AmountText } from './amount.tsx';
import { formatShare } from './money.ts';
import { Table, type Column } from './table.tsx';

const REACH: Record<NinesStep['reach'], string> = {
  now: 'today',
  options: 'with the options',
  no_option: 'no option listed',
  impossible: 'impossible',
};

// Money of a step; nothing at all is written as such, not as an interval from 0 to 0.
function Money(props: { amount: Amount | null; title: string; absent: string }) {
  const { amount } = props;
  if (amount === null) return <span class="muted">{props.absent}</span>;
  if (amount.p05 === 0 && amount.p95 === 0 && amount.mean === 0)
    return <span class="muted">none</span>;
  return <AmountText amount={amount} title={props.title} />;
}

const COLUMNS: readonly Column<NinesStep>[] = [
  {
    key: 'nines',
    head: 'Nines',
    label: 'nines',
    bare: true,
    cell: (row) => (
      <>
        {row.nines.toFixed(2)} <span class="muted">{formatShare(row.availability)}</span>
        {row.best ? <span class="tag">cheapest</span> : null}
      </>
    ),
  },
  { key: 'reach', head: 'Reached', label: 'reached', short: true, cell: (row) => REACH[row.reach] },
  {
    key: 'loss',
    head: 'Loss a year, 90 %',
    label: 'loss a year, 90 %', short: true,
    cell: (row) => (
      <Money amount={row.loss} title="Loss of a year at this level" absent="unknown" />
    ),
  },
  {
    key: 'owed',
    head: 'Credits owed',
    label: 'credits owed a year', short: true, deep: true,
    cell: (row) => <Money amount={row.owed} title="Credits that we owe" absent="unknown" />,
  },
  {
    key: 'received',
    head: 'Received',
    label: 'credits received a year', short: true, deep: true,
    cell: (row) => <Money amount={row.received} title="Credits that we get" absent="unknown" />,
  },
  {
    key: 'spend',
    head: 'Spend a year',
    label: 'spend a year', short: true, deep: true,
    cell: (row) => (
      <Money amount={row.spend} title="What reaching this level costs a year" absent="no price" />
    ),
  },
  {
    key: 'total',
    head: 'Total',
    label: 'total a year', short: true,
    cell: (row) => (
      <Money amount={row.total} title="Loss, credits and spend together" absent="unknown" />
    ),
  },
  {
    key: 'takes',
    head: 'Takes',
    label: 'takes',
    grow: true,
    cell: (row) => <span title={row.takes}>{row.takes}</span>,
  },
];

// The first level that cannot be had is the last one shown: those above it repeat why.
export function NinesSteps(props: { steps: readonly NinesStep[] }) {
  const wall = props.steps.findIndex((step) => step.reach === 'impossible');
  return (
    <Table
      caption="Levels of availability"
      columns={COLUMNS}
      rows={props.steps}
      first={wall < 0 ? props.steps.length : wall + 1}
      rowKey={(row) => String(row.nines)}
      rowClass={(row) => (row.reach === 'impossible' ? 'closed' : '')}
    />
  );
}
