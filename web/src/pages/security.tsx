// Security: what is promised about it, is it kept, and what does breaking it cost?
import type {
  PosturePage,
  PostureRow,
  PromisedExposure,
  SecurityCredit,
  SecurityPage,
  SecurityRow,
  Standing,
} from '../api/api.gen.ts';
import { own, usePolling, type Resource } from '../api/resource.ts';
import { now } from '../clock.ts';
import { AmountText } from '../parts/amount.tsx';
import { Unknown } from '../parts/facts.tsx';
import { Mark } from '../parts/mark.tsx';
import { formatShare, formatTimes, unitWords } from '../parts/money.ts';
import { Empty, Instant, Page, Panel, Skeleton, Teach } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { formatDay } from '../parts/time.ts';
import { hrefTo } from '../router.ts';

// Days with two significant digits, and their unit: "0.4 days", "12 days". Below a hundredth of a
// day, a quarter of an hour, no digit tells anything.
export function formatDays(days: number): string {
  if (days !== 0 && Math.abs(days) < 0.01) return 'under 0.01 days';
  const written = Math.abs(days) >= 100 ? Math.round(days) : Number(days.toPrecision(2));
  return `${written} ${written === 1 ? 'day' : 'days'}`;
}

function StandingMark(props: { standing: Standing; title: string }) {
  const { standing, title } = props;
  if (standing === 'kept') return <Mark shape="ring" tone="good" word="kept" title={title} />;
  if (standing === 'broken')
    return <Mark shape="square" tone="act-now" word="broken" title={title} />;
  return <Mark shape="dots" tone="muted" word="unknown" title={title} />;
}

// The day on which it turns, as things are or once what is late is mended.
function Turns(props: { row: SecurityRow }) {
  const { row } = props;
  const at = row.breaks_by ?? row.kept_again_by;
  if (at === null || at === undefined) return <span class="muted">not in 30 days</span>;
  const words = row.breaks_by === null ? 'kept again' : 'breaks';
  return (
    <span>
      {words} <Instant at={at} text={formatDay(at, now.value)} />
    </span>
  );
}

const PROMISES: readonly Column<SecurityRow>[] = [
  {
    key: 'service',
    head: 'Service',
    label: 'service', bare: true,
    cell: (row) => (
      <a data-open href={hrefTo('service', row.service)}>
        {row.service}
      </a>
    ),
  },
  {
    key: 'promise',
    head: 'Promise',
    label: 'promise',
    bare: true,
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.promise}</span>,
  },
  {
    key: 'standing',
    head: 'Is it kept?',
    label: 'is it kept?', short: true,
    cell: (row) => <StandingMark standing={row.standing} title={row.sentence} />,
  },
  {
    key: 'within',
    head: 'Days within what is due',
    label: 'within due', deep: true,
    end: true,
    cell: (row) =>
      row.within === null ? (
        <Unknown why={row.sentence} />
      ) : (
        <span title={`${formatDays(row.days)} of exposure, ${formatDays(row.late_days)} late`}>
          {formatShare(row.within)}
        </span>
      ),
  },
  {
    key: 'budget',
    head: 'Budget left',
    label: 'budget left',
    end: true,
    cell: (row) => (
      <span title={`${formatDays(row.budget_days)} may be late in the window`}>
        {row.budget_left_days < 0
          ? `overspent by ${formatDays(-row.budget_left_days)}`
          : formatDays(row.budget_left_days)}
      </span>
    ),
  },
  {
    key: 'burn',
    head: 'Burn',
    label: 'burn', deep: true,
    end: true,
    cell: (row) =>
      row.burn === null ? (
        <span class="muted">nothing open</span>
      ) : (
        <span title="late share of what is open, over the share that may be late">
          {formatTimes(row.burn)}
        </span>
      ),
  },
  { key: 'turns', head: 'If left as it is', label: 'if left', short: true, cell: (row) => <Turns row={row} /> },
  {
    key: 'day',
    head: 'One day more costs',
    label: 'a day more',
    end: true,
    cell: (row) => (
      <>
        <AmountText
          amount={row.cost.a_day}
          title={`One day more of what is open: ${row.service}`}
          notes={
            row.cost.unknown === 0
              ? []
              : [`${row.cost.unknown} exposures without a likelihood are not in it`]
          }
        />
        <span class="muted unit-words">{unitWords({ ...row.cost.a_day, window: '' })}</span>
      </>
    ),
  },
];

interface OpenExposure extends PromisedExposure {
  service: string;
}

// What counts for any promise and is still open, the latest first; each once.
export function openOf(rows: readonly SecurityRow[]): OpenExposure[] {
  const found = new Map<string, OpenExposure>();
  for (const row of rows)
    for (const each of row.exposures) {
      const known = found.get(each.worry);
      if (!each.open || (known !== undefined && known.due <= each.due)) continue;
      found.set(each.worry, { ...each, service: row.service });
    }
  return [...found.values()].sort((left, right) => left.due - right.due);
}

const EXPOSURES: readonly Column<OpenExposure>[] = [
  {
    key: 'title',
    head: 'Exposure',
    label: 'exposure',
    bare: true,
    grow: true,
    cell: (row) => (
      <a data-open href={hrefTo('worry', row.worry)} title={row.title}>
        {row.title}
      </a>
    ),
  },
  { key: 'host', head: 'Host', label: 'host', short: true, cell: (row) => row.host },
  {
    key: 'due',
    head: 'Due',
    label: 'due',
    end: true,
    cell: (row) => <Instant at={row.due} text={formatDay(row.due, now.value)} />,
  },
  {
    key: 'late',
    head: 'Late',
    label: 'late',
    short: true,
    cell: (row) =>
      row.late ? (
        <Mark shape="square" tone="act-now" word={`by ${formatDays(row.late_days)}`} />
      ) : (
        <Mark shape="dots" tone="muted" word="not yet" />
      ),
  },
  {
    key: 'next',
    head: 'Next step',
    label: 'next step',
    cell: (row) => <span title={row.next_step}>{row.next_step}</span>,
  },
];

interface Contract extends SecurityCredit {
  service: string;
}

function contractsOf(rows: readonly SecurityRow[]): Contract[] {
  return rows.flatMap((row) => row.credits.map((credit) => ({ ...credit, service: row.service })));
}

const CONTRACTS: readonly Column<Contract>[] = [
  {
    key: 'with',
    head: 'Contract',
    label: 'contract',
    bare: true,
    cell: (row) => (
      <span>
        {row.service}: {row.owed_to_us ? 'owed to us by' : 'we owe'} {row.with}
      </span>
    ),
  },
  {
    key: 'now',
    head: 'If settled today',
    label: 'if settled today',
    end: true,
    cell: (row) => <AmountText amount={row.now} title={`${row.with}: if settled today`} />,
  },
  {
    key: 'left',
    head: 'In 30 days, nothing mended',
    label: 'in 30 days, nothing mended',
    end: true,
    cell: (row) => <AmountText amount={row.if_left} title={`${row.with}: nothing mended`} />,
  },
  {
    key: 'mended',
    head: 'In 30 days, mended when due',
    label: 'in 30 days, mended when due',
    end: true,
    cell: (row) => <AmountText amount={row.if_mended} title={`${row.with}: mended when due`} />,
  },
];

const TEACH = `# a service's file
security:
  - {name: known-exploited, due: 21d, target: 99, window: 90d}`;

export function Security() {
  return (
    <Page<SecurityPage>
      title="Security"
      what="the promises of security"
      from={own<SecurityPage>('security')}
      answer={(page) => page.sentence}
      question="What do we promise about security, and is it kept?"
    >
      {(page) => (
        <>
          <Panel question="Is each promise kept, and what does breaking it cost?">
            {page === null ? <Skeleton rows={4} /> : <Promises page={page} />}
          </Panel>
          {page !== null && page.rows.length === 0 ? null : (
            <Panel question="What is open, and what is late?">
              {page === null ? <Skeleton rows={6} /> : <Open rows={page.rows} />}
            </Panel>
          )}
          {page === null || contractsOf(page.rows).length === 0 ? null : (
            <Panel question="What do contracts give back?">
              <Table
                caption="Credits by contract"
                columns={CONTRACTS}
                rows={contractsOf(page.rows)}
                rowKey={(row) => `${row.service} ${row.with}`}
                first={20}
              />
            </Panel>
          )}
          <Panel question="What may a client see?" span={6}>
            <Posture />
          </Panel>
          <Panel question="What was not looked at?" span={6}>
            {page === null ? <Skeleton rows={3} /> : <Missing page={page} />}
          </Panel>
        </>
      )}
    </Page>
  );
}

function Promises(props: { page: SecurityPage }) {
  const { page } = props;
  if (page.rows.length === 0)
    return <Empty text="Nothing is promised about security yet. Promise something:" teach={TEACH} />;
  return (
    <>
      <Table
        caption="Promises of security"
        columns={PROMISES}
        rows={page.rows}
        rowKey={(row) => `${row.service} ${row.name}`}
        first={50}
      />
      {page.question == null ? null : (
        <p class="muted beside">
          {page.question.why}: <a href={hrefTo('stakes')}>{page.question.sentence}</a>
        </p>
      )}
    </>
  );
}

function Open(props: { rows: readonly SecurityRow[] }) {
  const rows = openOf(props.rows);
  const looked = props.rows.some((row) => row.standing !== 'unknown');
  if (rows.length === 0)
    return (
      <p class="muted">
        {looked ? 'Nothing that a promise counts is open.' : 'Unknown: nothing was looked at yet.'}
      </p>
    );
  return (
    <Table
      caption="Open exposures that a promise counts"
      columns={EXPOSURES}
      rows={rows}
      rowKey={(row) => row.worry}
      first={20}
    />
  );
}

function Missing(props: { page: SecurityPage }) {
  const { page } = props;
  return (
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
      {page.teach === '' || page.rows.length === 0 ? null : <Teach text={page.teach} />}
    </>
  );
}

// One promise as a client may read it, a line each: nothing of what runs, where, or what is wrong.
export function postureText(rows: readonly PostureRow[]): string {
  return rows.map((row) => `${row.service}: ${row.promise}\n  ${row.sentence}`).join('\n');
}

function Posture() {
  const from = own<PosturePage>('security/posture');
  usePolling(from as Resource<unknown>);
  const page = from.value.value;
  if (page === null) return <Skeleton rows={2} />;
  if (page.rows.length === 0) return <p class="muted">No promise, no answer.</p>;
  return (
    <>
      <p class="muted">
        To copy into an answer. It names no host, no package and no vulnerability; also{' '}
        <code>daytwo slo security --posture</code>.
      </p>
      <Teach text={postureText(page.rows)} />
    </>
  );
}
