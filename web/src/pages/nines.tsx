// Nines: where does the next nine stop paying, and which promise cannot be kept? All services side
// by side, or one of them with every level, promise and need.
import type {
  NinesNeed,
  NinesOverview,
  NinesPage,
  NinesPromise,
  NinesRow,
} from '../api/api.gen.ts';
import { own, usePolling, type Resource } from '../api/resource.ts';
import { AmountText } from '../parts/amount.tsx';
import { Curve, kept, ninesOf, TEACH_NINES } from '../parts/nines.tsx';
import { NinesSteps } from '../parts/nines_steps.tsx';
import { formatShare, formatShares } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { hrefTo, place } from '../router.ts';

const TEACH_PROMISE = `# a service's file
contracts:
  - with: sellers
    promise: 99.9
    per_year: "$600k to $900k"
    tiers: [{below: 99.9, credit: 10}, {below: 99, credit: 25}]`;

export function NinesOf() {
  const service = place.value.arg;
  return service === '' ? <Everywhere /> : <One key={service} service={service} />;
}

function Everywhere() {
  return (
    <Page<NinesOverview>
      title="Nines"
      what="the nines"
      from={own<NinesOverview>('nines', 60_000)}
      answer={(page) => page.sentence}
      question="Where does the next nine stop paying?"
    >
      {(page) =>
        page === null ? (
          <Panel question="What does each level lose and cost?">
            <Skeleton rows={8} />
          </Panel>
        ) : (
          <Services rows={page.services} />
        )
      }
    </Page>
  );
}

function Services(props: { rows: readonly NinesRow[] }) {
  const without = props.rows.filter((row) => row.curve === null);
  return (
    <>
      {props.rows.map((row) =>
        row.curve === null ? null : (
          <Panel
            key={row.service}
            span={6}
            question={row.service}
            note={<a href={hrefTo('nines', row.service)}>every level</a>}
          >
            <p>{row.curve.sentence}</p>
            <Curve page={row.curve} height={220} />
          </Panel>
        ),
      )}
      {without.length === 0 && props.rows.length > 0 ? null : (
        <Panel question="What gives a service its curve?">
          <ul class="lines">
            {without.map((row) => (
              <li key={row.service}>
                <a href={hrefTo('service', row.service)}>{row.service}</a>{' '}
                <span class="muted">{row.why}</span>
              </li>
            ))}
          </ul>
          <Empty text="A curve needs a price of an hour and options that help:" teach={TEACH_NINES} />
        </Panel>
      )}
    </>
  );
}

function One(props: { service: string }) {
  const { service } = props;
  const from = ninesOf(service);
  if (from.failure.value?.kind === 'absent' && from.value.value === null)
    return <Absent service={service} from={from} why={from.failure.value.text} />;
  return (
    <Page<NinesPage>
      title={`Nines of ${service}`}
      what={`the nines of ${service}`}
      from={from}
      answer={(page) => page.sentence}
      question={`Where does the next nine of ${service} stop paying?`}
      tools={<a href={hrefTo('service', service)}>the service</a>}
    >
      {(page) => (page === null ? <Waiting /> : <Body page={page} />)}
    </Page>
  );
}

// Nobody stated a price yet, or there is no such service: no failure, but something to learn.
function Absent(props: { service: string; from: Resource<NinesPage>; why: string }) {
  usePolling(props.from as Resource<unknown>);
  return (
    <div class="page">
      <header class="page-head">
        <p class="question">Where does the next nine of {props.service} stop paying?</p>
        <h1>No curve yet: {props.why}</h1>
      </header>
      <Empty text="A curve needs a price of an hour and options that help:" teach={TEACH_NINES} />
    </div>
  );
}

function Waiting() {
  return (
    <>
      <Panel question="What does each level lose and cost?">
        <Skeleton rows={10} />
      </Panel>
      <Panel question="Which promise cannot be kept, and why?">
        <Skeleton rows={3} />
      </Panel>
    </>
  );
}

function Body(props: { page: NinesPage }) {
  const { page } = props;
  return (
    <>
      <Panel
        question="What does each level lose and cost?"
        note="expected money of a year; the band is the total’s 90 %"
      >
        <Curve page={page} height={320} />
      </Panel>
      <Panel question="Is the next step worth it?" span={6}>
        <NextStep page={page} />
      </Panel>
      <Panel question="What is today’s downtime made of?" span={6}>
        <p>
          <AmountText amount={page.hours} title="Downtime of a year, as things are" whole />
        </p>
        <Lines lines={page.parts} />
      </Panel>
      <Panel question="Which promise cannot be kept, and why?" span={6}>
        <Promises page={page} />
      </Panel>
      <Panel question="What does it need, and how good is that?" span={6}>
        <Needs page={page} />
      </Panel>
      <Panel question="What does each quarter nine take?">
        <NinesSteps steps={page.steps} />
        {page.notes.length === 0 ? null : (
          <div class="beside muted">
            <Lines lines={page.notes} />
          </div>
        )}
      </Panel>
    </>
  );
}

function Lines(props: { lines: readonly string[] }) {
  return (
    <ul class="lines">
      {props.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function NextStep(props: { page: NinesPage }) {
  const { page } = props;
  const step = page.steps.find((one) => one.nines === page.next);
  if (page.next === null || step === undefined)
    return <Empty text="No listed option reaches a further quarter nine." />;
  return (
    <dl class="facts">
      <dt>Step</dt>
      <dd>
        from {page.nines.toFixed(2)} to {page.next.toFixed(2)} nines ({formatShare(step.availability)})
      </dd>
      <dt>Saves</dt>
      <dd>
        <AmountText amount={page.saves} title="What the next step saves a year" whole />
      </dd>
      {step.spend === null ? null : (
        <>
          <dt>Costs</dt>
          <dd>
            <AmountText amount={step.spend} title="What the next step costs a year" whole />
          </dd>
        </>
      )}
      <dt>Pays</dt>
      <dd>in {formatShare(page.chance_pays)} of the worlds</dd>
      <dt>Takes</dt>
      <dd>{step.takes}</dd>
    </dl>
  );
}

const PROMISES: readonly Column<NinesPromise>[] = [
  { key: 'to', head: 'To', label: 'to', bare: true, cell: (row) => row.to },
  {
    key: 'promised',
    head: 'Promised',
    label: 'promised',
    end: true,
    cell: (row) => formatShare(row.availability),
  },
  {
    key: 'state',
    head: 'Kept?',
    label: 'kept?',
    grow: true,
    cell: (row) => <span class={row.kept ? '' : 'crossed'}>{kept(row)}</span>,
  },
];

function Promises(props: { page: NinesPage }) {
  const { page } = props;
  const ceiling =
    page.ceiling === page.ceiling_low
      ? formatShare(page.ceiling)
      : formatShares(page.ceiling_low, page.ceiling);
  return (
    <>
      {page.promises.length === 0 ? (
        <Empty
          text="No promise with money on it is stated. One that is:"
          teach={TEACH_PROMISE}
        />
      ) : (
        <Table
          caption="Promises"
          columns={PROMISES}
          rows={page.promises}
          rowKey={(row) => `${row.to} ${row.availability}`}
        />
      )}
      {page.needs.length === 0 ? null : (
        <p class="beside">
          Were everything of its own perfect, what it needs would still hold it at {ceiling}: more
          than that cannot be promised.
        </p>
      )}
    </>
  );
}

const NEEDS: readonly Column<NinesNeed>[] = [
  {
    key: 'name',
    head: 'Needs',
    label: 'needs',
    bare: true,
    grow: true,
    cell: (row) => (
      <a data-open href={hrefTo('nines', row.name)}>
        {row.name}
      </a>
    ),
  },
  {
    key: 'now',
    head: 'Is there',
    label: 'is there',
    end: true,
    cell: (row) =>
      row.known ? formatShare(row.availability) : <span class="muted">unknown</span>,
  },
  {
    key: 'best',
    head: 'At best',
    label: 'at best, with every option',
    end: true,
    cell: (row) => (row.known ? formatShare(row.best) : <span class="muted">unknown</span>),
  },
];

function Needs(props: { page: NinesPage }) {
  const { page } = props;
  if (page.needs.length === 0)
    return <Empty text="Nothing that it cannot do without is declared in the catalog." />;
  return (
    <Table
      caption="What it cannot do without"
      columns={NEEDS}
      rows={page.needs}
      rowKey={(row) => row.name}
    />
  );
}
