// The series of a plot as a table: how each is drawn, its last value, its ends. Pressing one shows
// it alone, pressing it again brings the others back.
import type { Signal } from '@preact/signals';
import { metricText, type Series } from '../api/prometheus.ts';
import { strokeOf } from '../charts/stroke.ts';
import { formatPlain } from './money.ts';
import { Table, type Column } from './table.tsx';

interface Row {
  index: number;
  text: string;
  last: number;
  low: number;
  high: number;
  count: number;
}

function rowOf(series: Series, index: number): Row {
  const values = series.values.map(([, value]) => value).filter((value) => !Number.isNaN(value));
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const last = series.values[series.values.length - 1]?.[1] ?? Number.NaN;
  return { index, text: metricText(series.metric), last, low, high, count: values.length };
}

function number(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return Number.isFinite(value) ? formatPlain(value) : value > 0 ? '+Inf' : '−Inf';
}

function Swatch(props: { index: number }) {
  const { tone, dash } = strokeOf(props.index);
  return (
    <svg width={22} height={8} aria-hidden="true">
      <line
        x1={0}
        x2={22}
        y1={4}
        y2={4}
        stroke-width={2}
        class={`tone${tone}`}
        stroke-dasharray={dash?.join(' ')}
      />
    </svg>
  );
}

export function SeriesList(props: { series: readonly Series[]; only: Signal<number | null> }) {
  const { only } = props;
  const columns: readonly Column<Row>[] = [
    {
      key: 'series',
      head: 'Series',
      label: 'series',
      bare: true,
      grow: true,
      cell: (row) => (
        <button
          type="button"
          class="quiet mono series-name"
          aria-pressed={only.value === row.index}
          title={row.text}
          onClick={() => {
            only.value = only.value === row.index ? null : row.index;
          }}
        >
          <Swatch index={row.index} />
          <span>{row.text}</span>
        </button>
      ),
    },
    {
      key: 'last',
      head: 'Last',
      label: 'last',
      end: true,
      cell: (row) => number(row.last),
      sort: (row) => row.last,
    },
    {
      key: 'low',
      head: 'Lowest',
      label: 'lowest',
      end: true,
      cell: (row) => number(row.low),
      sort: (row) => row.low,
    },
    {
      key: 'high',
      head: 'Highest',
      label: 'highest',
      end: true,
      cell: (row) => number(row.high),
      sort: (row) => row.high,
    },
    { key: 'count', head: 'Samples', label: 'samples', deep: true, end: true, cell: (row) => row.count },
  ];
  return (
    <Table
      caption="Series of the plot"
      columns={columns}
      rows={props.series.map(rowOf)}
      rowKey={(row) => `${row.index} ${row.text}`}
      first={20}
    />
  );
}
