// A service: how is it, who owns it, what is at stake?
import type { ServicePage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { Flows, Listeners, Probes, Processes } from '../parts/facts.tsx';
import { StateMark } from '../parts/mark.tsx';
import { ObjectiveTable } from '../parts/objectives.tsx';
import { OwnerText } from '../parts/owner.tsx';
import { Nines } from '../parts/nines.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Plot, SpanPicker } from '../parts/plot.tsx';
import { Table } from '../parts/table.tsx';
import { WorryTable } from '../parts/worries.tsx';
import { hrefTo, place } from '../router.ts';

const TEACH_OBJECTIVE = `slos:
  - {name: availability, bad: 'http_requests_total{code=~"5.."}', total: http_requests_total,
     target: 99.9, window: 28d}`;

export function Service() {
  const name = place.value.arg;
  const from = own<ServicePage>(`services/${encodeURIComponent(name)}`);
  return (
    <Page<ServicePage>
      title={name}
      what={`the service ${name}`}
      from={from}
      answer={(page) => page.sentence}
      question={`How is ${name}, who owns it, what is at stake?`}
      tools={<SpanPicker />}
    >
      {(page) =>
        page === null ? (
          <>
            <Panel question="Which promise breaks first?">
              <Skeleton rows={4} />
            </Panel>
            <Panel question="What do its users see?">
              <Skeleton rows={8} />
            </Panel>
          </>
        ) : (
          <Body page={page} />
        )
      }
    </Page>
  );
}

function Body(props: { page: ServicePage }) {
  const { page } = props;
  const { service } = page;
  return (
    <>
      <p class="byline span-12">
        <StateMark state={service.state} /> · owner <OwnerText owner={service.owner} />
        {service.owner.sentence === '' ? null : <> · {service.owner.sentence}</>}
      </p>
      <Panel question="Which promise breaks first?">
        {page.objectives.length > 0 ? (
          <ObjectiveTable rows={page.objectives} />
        ) : (
          <Empty
            text="It promises nothing yet. An objective gives it a budget:"
            teach={TEACH_OBJECTIVE}
          />
        )}
      </Panel>
      <Panel question="What would the next nine cost, and save?">
        <Nines service={service.name} />
      </Panel>
      <Panel question="What worries us here?">
        {page.worries.length > 0 ? (
          <WorryTable
            rows={page.worries}
            caption="Worries of this service"
            columns={['what', 'verdict', 'worth', 'owner', 'when', 'next']}
          />
        ) : (
          <Empty text="Nothing that we know of. Write one on the Loop." />
        )}
      </Panel>
      {page.red.map((series) => (
        <Panel
          key={series.query}
          question={sentence(series.name)}
          span={page.red.length % 3 === 0 ? 4 : 6}
        >
          <Plot query={series.query} title={series.name} height={150} unit={series.unit} />
        </Panel>
      ))}
      {page.flows.length === 0 ? null : (
        <Panel question="Was what we received also processed?">
          <Flows rows={page.flows} />
        </Panel>
      )}
      <Panel question="Is it up, as seen from outside?">
        {page.probes.length > 0 ? (
          <Probes rows={page.probes} />
        ) : (
          <Empty
            text="Nobody probes it from outside."
            teach="daytwo watch https://shop.example/health"
          />
        )}
      </Panel>
      <Panel question="What runs it?">
        {page.runs.length > 0 ? (
          <Processes rows={page.runs} />
        ) : (
          <Empty
            text="No process is tied to it: the catalog names its executable."
            teach={`executables: [ ${service.name} ]`}
          />
        )}
      </Panel>
      {page.listeners.length === 0 ? null : (
        <Panel question="What does it listen on?">
          <Listeners rows={page.listeners} />
        </Panel>
      )}
      <Panel question="What was declared, and what runs?" span={6}>
        {page.declared.length === 0 ? (
          <Empty text="Nothing was declared, so nothing can differ." />
        ) : (
          <Table
            caption="Declared and observed"
            rows={page.declared}
            rowKey={(row) => row.what}
            columns={[
              { key: 'what', head: 'What', label: 'what', bare: true, cell: (row) => row.what },
              { key: 'declared', head: 'Declared', label: 'declared', cell: (row) => row.declared },
              { key: 'observed', head: 'Runs', label: 'runs', cell: (row) => row.observed },
              {
                key: 'state',
                head: 'State',
                label: 'state',
                cell: (row) => <StateMark state={row.state} />,
              },
            ]}
          />
        )}
      </Panel>
      <Panel question="What does it depend on?" span={6}>
        {page.depends.length === 0 ? (
          <Empty text="No dependency is declared or seen." />
        ) : (
          <Table
            caption="Dependencies"
            rows={page.depends}
            rowKey={(row) => row.on}
            columns={[
              {
                key: 'on',
                head: 'On',
                label: 'on',
                bare: true,
                cell: (row) => (
                  <a data-open href={hrefTo('service', row.on)}>
                    {row.on}
                  </a>
                ),
              },
              {
                key: 'critical',
                head: 'Needed',
                label: 'needed',
                cell: (row) => (row.critical ? 'cannot do without' : 'can do without'),
              },
              {
                key: 'state',
                head: 'State',
                label: 'state',
                cell: (row) => <StateMark state={row.state} />,
              },
            ]}
          />
        )}
      </Panel>
    </>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
