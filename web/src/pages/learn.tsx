// Learn: were we right as often as we said?
import type { CalibrationParts, CoverageScore, ForecastRow, LearnPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { Calibration } from '../charts/calibration.tsx';
import { ChancesFigure, Forecasters, RangesFigure } from '../parts/calibration.tsx';
import { Ago } from '../parts/ago.tsx';
import { Measured } from '../parts/measured.tsx';
import { StateMark } from '../parts/mark.tsx';
import { formatShare } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';

const COLUMNS: readonly Column<ForecastRow>[] = [
  {
    key: 'what',
    head: 'Forecast',
    label: 'forecast',
    bare: true,
    grow: true,
    cell: (row) => <span title={row.what}>{row.what}</span>,
  },
  { key: 'made', head: 'Made', label: 'made', deep: true, end: true, cell: (row) => <Ago at={row.made} /> },
  { key: 'due', head: 'Due', label: 'due', end: true, cell: (row) => <Ago at={row.due} /> },
  {
    key: 'said',
    head: 'We said',
    label: 'we said',
    cell: (row) => (
      <span class="wide" title={row.said}>
        {row.said}
      </span>
    ),
  },
  {
    key: 'came',
    head: 'It came',
    label: 'it came', short: true,
    cell: (row) => (row.came === '' ? <span class="muted">not yet</span> : row.came),
  },
  { key: 'state', head: 'State', label: 'state', short: true, cell: (row) => <StateMark state={row.state} /> },
  {
    key: 'score',
    head: 'Score',
    label: 'score', short: true, deep: true,
    cell: (row) => (row.score === '' ? <span class="muted">not due</span> : row.score),
  },
];

const NOT_DUE =
  'No forecast has come due. The first ones are scored within the hour: run-out dates and probes.';

const NO_PARTS: CalibrationParts = { bins: [], tenths: [], sentence: '' };

export function Learn() {
  return (
    <Page<LearnPage>
      title="Learn"
      what="the scores"
      from={own<LearnPage>('learn')}
      answer={(page) => page.sentence}
      question="Were we right as often as we said?"
    >
      {(page) => (
        <>
          <Panel question="Do our 90 % intervals hold nine times in ten?" span={6}>
            {page === null ? (
              <Skeleton rows={3} />
            ) : page.coverage === null ? (
              <Empty text={NOT_DUE} />
            ) : (
              <Coverage coverage={page.coverage} />
            )}
            {page?.calibration ? <RangesFigure parts={page.calibration} /> : null}
          </Panel>
          <Panel question="Do our chances mean what they say?" span={6}>
            {page === null ? (
              <Skeleton rows={3} />
            ) : page.brier === null ? (
              <Empty
                text="No chance has been scored yet. A watched URL gives one each hour:"
                teach="daytwo watch https://shop.example/health"
              />
            ) : (
              <ChancesFigure parts={page.calibration ?? NO_PARTS} brier={page.brier} />
            )}
          </Panel>
          {page === null || (page.forecasters ?? []).length === 0 ? null : (
            <Panel question="Who is too sure, and who not sure enough?" note="the last quarter">
              <Forecasters rows={page.forecasters ?? []} />
            </Panel>
          )}
          <Panel
            question="What did we say, and what came?"
            note="stored before the fact, scored after it"
          >
            {page === null ? (
              <Skeleton rows={8} />
            ) : page.forecasts.length > 0 ? (
              <Table
                caption="Forecasts"
                columns={COLUMNS}
                rows={page.forecasts}
                rowKey={(row) => String(row.id)}
                first={50}
              />
            ) : (
              <Empty text="No forecast was made yet: a trend needs ten minutes of samples." />
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}

function Coverage(props: { coverage: CoverageScore }) {
  const { said, came, count, low, high } = props.coverage;
  const interval =
    low === null || low === undefined || high === null || high === undefined
      ? ''
      : ` (90 %: ${formatShare(low)} to ${formatShare(high)})`;
  const truth = `${formatShare(came)} of ${count}${interval}`;
  const sentence = `Said ${formatShare(said)}, came true ${truth}`;
  return (
    <>
      <p>{sentence}</p>
      <Measured height={34}>
        {(width) => <Calibration coverage={props.coverage} width={width} sentence={sentence} />}
      </Measured>
    </>
  );
}
