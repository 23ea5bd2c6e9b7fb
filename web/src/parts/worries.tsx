// The table of worries, used by the Loop, the Worries page and a service's page. The order of rows
// is the API's; nothing is ranked here.
import type { WorryRow } from '../api/api.gen.ts';
import { Interval, IntervalAxis, intervalDomain } from '../charts/interval.tsx';
import { Worlds } from '../charts/dots.tsx';
import { now } from '../clock.ts';
import { hrefTo } from '../router.ts';
import { Ago } from './ago.tsx';
import { AmountText } from './amount.tsx';
import { Measured } from './measured.tsx';
import { VerdictMark } from './mark.tsx';
import { inTwenty, unitWords } from './money.ts';
import { OwnerText } from './owner.tsx';
import { Table, type Column } from './table.tsx';
import { typeset } from './typeset.ts';
import { formatDuration } from './time.ts';

export type WorryColumn =
  | 'what'
  | 'verdict'
  | 'pays'
  | 'worth'
  | 'owner'
  | 'tripwire'
  | 'when'
  | 'age'
  | 'next'
  | 'score'
  | 'service';

// Unit and window that most rows with a worth share: only these can stand on one axis.
export function sharedUnit(rows: readonly WorryRow[]): { unit: string; window: string } | null {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.worth === null) continue;
    const key = `${row.worth.unit}\n${row.worth.window}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const best = [...counts].sort((a, b) => b[1] - a[1])[0];
  if (best === undefined) return null;
  const [unit = '', window = ''] = best[0].split('\n');
  return { unit, window };
}

function sameUnit(row: WorryRow, shared: { unit: string; window: string } | null): boolean {
  return shared !== null && row.worth?.unit === shared.unit && row.worth.window === shared.window;
}

export function WorryTable(props: {
  rows: readonly WorryRow[];
  columns: readonly WorryColumn[];
  caption: string;
  reasons?: boolean; // the verdict's reason below each worry
}) {
  const shared = sharedUnit(props.rows);
  const onAxis = props.rows.filter((row) => sameUnit(row, shared));
  const domain = intervalDomain(onAxis.flatMap((row) => (row.worth === null ? [] : [row.worth])));
  const known = columnsOf(shared, domain, props.reasons === true);
  const columns = props.columns.map((key) => known[key]);
  const axis =
    domain === null || shared === null ? null : (
      <div class="worth axis-row">
        <span />
        <Measured height={16}>
          {(width) => <IntervalAxis domain={domain} width={width} unit={shared.unit} />}
        </Measured>
      </div>
    );
  return (
    <Table
      caption={props.caption}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      rowClass={(row) => (row.state === 'closed' ? 'closed' : '')}
      {...(axis === null ? {} : { foot: { key: 'worth', cell: axis } })}
    />
  );
}

// What the figures of the column are counted in: "hours of service lost in 30 days".
function unitOf(shared: { unit: string; window: string }): string {
  const window = shared.window === 'now' ? '' : ` ${shared.window}`;
  return `${shared.unit}${window}`;
}

function columnsOf(
  shared: { unit: string; window: string } | null,
  domain: [number, number] | null,
  reasons: boolean,
): Record<WorryColumn, Column<WorryRow>> {
  return {
    what: {
      key: 'what',
      head: 'Worry',
      label: 'worry',
      grow: true,
      bare: true,
      cell: (row) => (
        <>
          <a href={hrefTo('worry', row.id)} data-open>
            {row.title}
          </a>
          {row.state === 'closed' ? <span class="tag">closed</span> : null}
          {row.paged === '' ? null : (
            <span class="tag act-now" title={row.paged}>
              paged
            </span>
          )}
          {row.found === 'written' ? (
            <span class="tag" title="written by a person">
              written
            </span>
          ) : null}
          {reasons && row.reason !== '' ? (
            <div class="reason muted" title={row.reason}>
              {typeset(row.reason)}
            </div>
          ) : null}
        </>
      ),
    },
    verdict: {
      key: 'verdict',
      head: 'Verdict',
      label: 'verdict', short: true,
      cell: (row) => <VerdictMark verdict={row.verdict} title={row.reason} />,
    },
    pays: {
      key: 'pays',
      head: 'Acting pays',
      label: 'acting pays', deep: true,
      cell: (row) =>
        row.chance_pays === null ? (
          <span class="muted">not known</span>
        ) : (
          <span class="pays">
            <Worlds
              short
              chance={row.chance_pays}
              sentence={`Acting pays: ${inTwenty(row.chance_pays)} worlds`}
            />
            <span>{inTwenty(row.chance_pays)}</span>
          </span>
        ),
    },
    worth: {
      key: 'worth',
      head: (
        <>
          If left alone, 90 %
          {shared === null ? null : <span class="head-unit">{unitOf(shared)}</span>}
        </>
      ),
      label: 'left alone, 90 %',
      cell: (row) => <Worth row={row} domain={sameUnit(row, shared) ? domain : null} />,
    },
    owner: {
      key: 'owner',
      head: 'Who has the power',
      label: 'who', short: true,
      cell: (row) => <OwnerText owner={row.owner} />,
    },
    tripwire: {
      key: 'tripwire',
      head: 'Tripwire',
      label: 'tripwire',
      cell: (row) =>
        row.tripwire === null ? (
          <span class="muted">none</span>
        ) : (
          <div
            class={`reason ${row.tripwire.state === 'crossed' ? 'crossed' : ''}`}
            title={row.tripwire.sentence}
          >
            {row.tripwire.state === 'crossed' ? 'crossed: ' : ''}
            {row.tripwire.sentence}
          </div>
        ),
    },
    when: { key: 'when', head: 'When', label: 'when', short: true, cell: (row) => <Comes row={row} /> },
    age: {
      key: 'age',
      head: 'Since',
      label: 'since',
      end: true,
      cell: (row) => <Ago at={row.first_seen} bare />,
    },
    next: {
      key: 'next',
      head: 'Next step',
      label: 'next',
      cell: (row) =>
        row.next_step === '' ? (
          <span class="muted">{row.verdict === 'find_out' ? 'answer the question' : 'none'}</span>
        ) : (
          <span title={row.next_step}>{row.next_step}</span>
        ),
    },
    score: {
      key: 'score',
      head: 'Score',
      label: 'score', short: true, deep: true,
      cell: (row) => (row.score === '' ? <span class="muted">not due</span> : row.score),
    },
    service: {
      key: 'service',
      head: 'Service',
      label: 'service',
      cell: (row) =>
        row.service === '' ? (
          <span class="muted">{row.subject}</span>
        ) : (
          <a href={hrefTo('service', row.service)}>{row.service}</a>
        ),
    },
  };
}

// What is still to come, its interval on hover and on the worry's own page; for the rest, how long
// it has been so.
function Comes(props: { row: WorryRow }) {
  const { row } = props;
  if (row.when === null) {
    return (
      <span class="muted">
        for <Ago at={row.first_seen} bare />
      </span>
    );
  }
  return <span title={row.when.sentence}>in {formatDuration(row.when.p50 - now.value)}</span>;
}

// The interval in words, and drawn when the row shares the table's unit. A row with another unit
// says its own.
function Worth(props: { row: WorryRow; domain: [number, number] | null }) {
  const { row, domain } = props;
  const { worth } = row;
  if (worth === null) return <span class="muted">not valued yet</span>;
  if (domain === null) {
    return (
      <div class="worth alone">
        <AmountText amount={worth} title={row.title} />
        <span class="muted unit-words">{unitWords(worth)}</span>
      </div>
    );
  }
  return (
    <div class="worth">
      <span class="worth-words">
        <AmountText amount={worth} title={row.title} />
        <span class="muted unit-words card-only">{unitWords(worth)}</span>
      </span>
      <Measured height={16}>
        {(width) => (
          <Interval amount={worth} domain={domain} width={width} muted={row.state === 'closed'} />
        )}
      </Measured>
    </div>
  );
}
