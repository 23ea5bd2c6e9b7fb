// The rows of a plan: its options, each of which opens to what was put in, and its kinds.
import { useSignal } from '@preact/signals';
import type { PlanInput, PlanKind, PlanOption, PlanPage } from '../api/api.gen.ts';
import { Dialog } from './dialog.tsx';
import { Mark } from './mark.tsx';
import { formatInterval, formatShare, formatValue, inTwenty, isMoney } from './money.ts';
import { Table, type Column } from './table.tsx';

// "20 % to 40 %", "$30k to $50k", "8 to 15 days".
export function inputWords(input: PlanInput): string {
  const { p05, p95, unit } = input;
  if (unit === 'share') {
    return p05 === p95 ? formatShare(p05) : `${formatShare(p05)} to ${formatShare(p95)}`;
  }
  return `${formatInterval(p05, p95, unit)}${isMoney(unit) ? '' : ` ${unit}`}`;
}

function meanWords(input: PlanInput): string {
  if (input.unit === 'share') return formatShare(input.mean);
  return `${formatValue(input.mean, input.unit)}${isMoney(input.unit) ? '' : ` ${input.unit}`}`;
}

function columns(
  page: PlanPage,
  open: (option: PlanOption) => void,
): readonly Column<PlanOption>[] {
  const number = (row: PlanOption, text: string, title = 'opens the inputs') => (
    <button
      type="button"
      class="number"
      data-explain
      title={title}
      onClick={() => open(row)}
    >
      {text}
    </button>
  );
  return [
    { key: 'name', head: 'Option', label: 'option', bare: true, cell: (row) => row.name },
    {
      key: 'plan',
      head: 'Plan',
      label: 'plan', short: true,
      cell: (row) =>
        row.taken ? (
          <Mark shape="full" tone="ink" word="take" />
        ) : (
          <Mark shape="ring" tone="muted" word="leave" />
        ),
    },
    { key: 'kind', head: 'Kind', label: 'kind', deep: true, cell: (row) => row.kind, sort: (row) => row.kind },
    {
      key: 'cost',
      head: 'Cost',
      label: 'cost',
      end: true,
      sort: (row) => row.cost,
      cell: (row) => number(row, formatValue(row.cost, page.currency)),
    },
    {
      key: 'days',
      head: 'Days',
      label: 'days of work', deep: true,
      end: true,
      sort: (row) => row.days,
      cell: (row) => number(row, formatValue(row.days, '')),
    },
    {
      key: 'brings',
      head: 'Brings',
      label: 'brings',
      end: true,
      sort: (row) => row.brings,
      cell: (row) => number(row, formatValue(row.brings, page.currency)),
    },
    {
      key: 'last',
      head: 'Lost without it',
      label: 'lost without it', deep: true,
      end: true,
      sort: (row) => row.last_in,
      cell: (row) => (row.taken ? number(row, formatValue(row.last_in, page.currency)) : ''),
    },
    {
      key: 'best',
      head: 'In the best set',
      label: 'in the best set', deep: true,
      end: true,
      sort: (row) => row.in_best,
      cell: (row) => inTwenty(row.in_best),
    },
    {
      key: 'top',
      head: `In the top ${page.top}`,
      label: `in the top ${page.top}`, deep: true,
      end: true,
      sort: (row) => row.in_top,
      cell: (row) =>
        number(row, inTwenty(row.in_top), `place ${row.place} by worth, drawn to the others`),
    },
    {
      key: 'why',
      head: 'Why',
      label: 'why',
      grow: true,
      cell: (row) => <Why row={row} />,
    },
  ];
}

// Why it is in or out. That it is in stands in the plan's own column: such a row says since when.
function Why(props: { row: PlanOption }) {
  const { why, joins } = props.row;
  const comes = joins === '' ? '' : `comes in ${joins}`;
  if (why === 'taken') return comes === '' ? null : <span class="muted">{comes}</span>;
  return <span title={comes === '' ? why : `${why}; ${comes}`}>{why}</span>;
}

export function Options(props: { page: PlanPage }) {
  const { page } = props;
  const opened = useSignal('');
  const option = page.options.find((row) => row.name === opened.value);
  return (
    <>
      <Table
        caption="Options"
        columns={columns(page, (row) => {
          opened.value = row.name;
        })}
        rows={page.options}
        rowKey={(row) => row.name}
        rowClass={(row) => (row.taken ? '' : 'closed')}
      />
      {option === undefined ? null : (
        <Inputs
          option={option}
          page={page}
          close={() => {
            opened.value = '';
          }}
        />
      )}
    </>
  );
}

function Inputs(props: { option: PlanOption; page: PlanPage; close: () => void }) {
  const { option, page } = props;
  const share = option.taken
    ? 'its share of what the taken options bring together (Shapley value)'
    : 'what it would bring beside the plan';
  return (
    <Dialog title={option.name} close={props.close}>
      <p>
        Brings {formatValue(option.brings, page.currency)} before its cost of{' '}
        {formatValue(option.cost, page.currency)}: {share}.
      </p>
      <p>
        Worth {formatValue(option.worth, page.currency)} net beside the plan,{' '}
        {formatValue(option.stated, page.currency)} if all that is stated of it were believed: the
        best of many estimates is usually too good; place {option.place}, in the top {page.top} in{' '}
        {inTwenty(option.in_top)} worlds.
      </p>
      {option.study === null ? null : (
        <p>
          It finds out: knowing is worth {formatValue(option.study.knows, page.currency)}, waiting
          for it costs {formatValue(option.study.waiting, page.currency)}, and it changes the choice
          in {inTwenty(option.study.flips)} worlds.{' '}
          {option.study.then === '' ? '' : `The plan then takes ${option.study.then}.`}
        </p>
      )}
      {option.joins === '' ? null : <p>Comes into the plan {option.joins}.</p>}
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">input</th>
            <th scope="col">90 %</th>
            <th scope="col">mean</th>
          </tr>
        </thead>
        <tbody>
          {option.inputs.map((input) => (
            <tr key={input.what}>
              <th scope="row">{input.what}</th>
              <td>{inputWords(input)}</td>
              <td>{meanWords(input)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">
        Drawn in {page.net.samples} worlds from seed {page.net.seed}, engine {page.net.version}, as
        the worry files state them. Options act independently of each other.
      </p>
    </Dialog>
  );
}

export function Kinds(props: { page: PlanPage }) {
  const { page } = props;
  const money = (value: number): string => formatValue(value, page.currency);
  const rows: readonly Column<PlanKind>[] = [
    { key: 'kind', head: 'Kind', label: 'kind', bare: true, cell: (row) => row.kind },
    { key: 'cost', head: 'Cost', label: 'cost', end: true, cell: (row) => money(row.cost) },
    {
      key: 'days',
      head: 'Days',
      label: 'days of work',
      end: true,
      cell: (row) => formatValue(row.days, ''),
    },
    { key: 'brings', head: 'Brings', label: 'brings', end: true, cell: (row) => money(row.brings) },
    {
      key: 'next',
      head: 'The next',
      label: 'the next',
      grow: true,
      cell: (row) => (
        <span class="reason" title={row.next}>
          {row.next === '' ? 'nothing is left' : row.next.replace(`${row.kind}: `, '')}
        </span>
      ),
    },
  ];
  return <Table caption="Kinds" columns={rows} rows={page.kinds} rowKey={(row) => row.kind} />;
}
