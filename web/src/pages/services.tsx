// Services: which service needs someone, and who is that?
import type { ServiceRow, ServicesPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { StateMark } from '../parts/mark.tsx';
import { OwnerText } from '../parts/owner.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { WatchUrl } from '../parts/write.tsx';
import { hrefTo } from '../router.ts';

const COLUMNS: readonly Column<ServiceRow>[] = [
  {
    key: 'name',
    head: 'Service',
    label: 'service',
    bare: true,
    cell: (row) => (
      <a data-open href={hrefTo('service', row.name)}>
        {row.name}
      </a>
    ),
  },
  { key: 'state', head: 'State', label: 'state', short: true, cell: (row) => <StateMark state={row.state} /> },
  {
    key: 'owner',
    head: 'Who has the power',
    label: 'who',
    cell: (row) => <OwnerText owner={row.owner} />,
  },
  {
    key: 'objectives',
    head: 'Objectives',
    label: 'objectives',
    end: true,
    cell: (row) => row.objectives,
  },
  { key: 'worries', head: 'Worries', label: 'worries', end: true, cell: (row) => row.worries },
  {
    key: 'said',
    head: 'In a sentence',
    label: '',
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
  },
];

export function Services() {
  const from = own<ServicesPage>('services');
  return (
    <Page<ServicesPage>
      title="Services"
      what="the services"
      from={from}
      answer={(page) => page.sentence}
      question="Which service needs someone, and who is that?"
    >
      {(page) => (
        <>
          <Panel question="How is each one?">
            {page === null ? (
              <Skeleton rows={6} />
            ) : page.services.length > 0 ? (
              <Table
                caption="Services"
                columns={COLUMNS}
                rows={page.services}
                rowKey={(row) => row.name}
              />
            ) : (
              <Empty
                text="No service is known yet. Watch one from outside, or name it in the catalog:"
                teach={page.teach}
              />
            )}
          </Panel>
          <Panel question="What else should be watched?" span={6}>
            <WatchUrl added={() => void from.again()} />
          </Panel>
        </>
      )}
    </Page>
  );
}
