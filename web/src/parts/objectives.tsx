// The table of objectives: on their own page and on a service's page.
import type { ObjectiveRow } from '../api/api.gen.ts';
import { Share } from '../charts/share.tsx';
import { hrefTo } from '../router.ts';
import { Unknown } from './facts.tsx';
import { StateMark } from './mark.tsx';
import { formatCount, formatShare, formatShares, formatTimes, inTwenty } from './money.ts';
import { Table, type Column } from './table.tsx';
import { typeset } from './typeset.ts';

const SERVICE: Column<ObjectiveRow> = {
  key: 'service',
  head: 'Service',
  label: 'service', bare: true,
  cell: (row) => (
    <a data-open href={hrefTo('service', row.service)}>
      {row.service}
    </a>
  ),
};

// A target comes as "99.9", from older servers with its sign.
function percent(target: string): string {
  return target.endsWith('%') ? target : `${target} %`;
}

// SLI with its interval, exact counts, what is left of the budget, burn over each window.
export function ObjectiveTable(props: { rows: readonly ObjectiveRow[]; services?: boolean }) {
  const windows = [...new Set(props.rows.flatMap((row) => row.burn.map((burn) => burn.window)))];
  const columns: Column<ObjectiveRow>[] = [
    ...(props.services === true ? [SERVICE] : []),
    {
      key: 'name',
      head: 'Objective',
      label: 'objective',
      bare: true,
      grow: true,
      cell: (row) => (
        <>
          <strong>{row.name}</strong>{' '}
          <span class="muted">
            {percent(row.target)} over {row.window}
          </span>
        </>
      ),
    },
    {
      key: 'state',
      head: 'State',
      label: 'state',
      cell: (row) => <StateMark state={row.state} title={row.sentence} />,
    },
    {
      key: 'sli',
      head: 'Kept, 90 %',
      label: 'kept, 90 %', short: false,
      end: true,
      cell: (row) =>
        row.sli === null ? (
          <Unknown why={row.sentence} />
        ) : (
          <span title={row.query_good}>
            {typeset(
              row.low === null || row.high === null
                ? formatShare(row.sli)
                : formatShares(row.low, row.high),
            )}
          </span>
        ),
    },
    {
      key: 'bad',
      head: 'Bad of all',
      label: 'bad of all', short: false, deep: true,
      end: true,
      cell: (row) => `${formatCount(row.bad)} of ${formatCount(row.good + row.bad)}`,
    },
    {
      key: 'left',
      head: 'Budget left',
      label: 'budget left',
      cell: (row) =>
        row.budget_left === null ? (
          <Unknown why={row.sentence} />
        ) : (
          <Share
            share={row.budget_left}
            second={row.budget_left <= 0}
            sentence={`${formatShare(row.budget_left)} of the budget of ${row.window} is left`}
          />
        ),
    },
    {
      key: 'miss',
      head: 'P(miss)',
      label: 'chance of a miss',
      end: true,
      cell: (row) =>
        row.p_miss === null ? (
          <Unknown why={row.p_miss_sentence} />
        ) : (
          <span title={row.p_miss_sentence}>{inTwenty(row.p_miss)}</span>
        ),
    },
    ...windows.map((window, index): Column<ObjectiveRow> => ({
      key: `burn ${window}`,
      head: `burn ${window}`,
      label: `burn over ${window}`, deep: index > 0 && index + 1 < windows.length,
      end: true,
      cell: (row) => {
        const value = row.burn.find((burn) => burn.window === window)?.value ?? null;
        return value === null ? (
          <Unknown why="too little was seen" />
        ) : (
          formatTimes(value)
        );
      },
    })),
    {
      key: 'unknown',
      head: 'Not seen',
      label: 'not seen', deep: true,
      end: true,
      cell: (row) => formatShare(row.unknown_share),
    },
    {
      key: 'said',
      head: 'In a sentence',
      label: 'in a sentence', aside: true,
      cell: (row) => row.sentence,
    },
  ];
  return (
    <Table caption="Objectives" columns={columns} rows={props.rows} rowKey={(row) => row.id} />
  );
}
