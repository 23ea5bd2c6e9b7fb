// Stakes: what are things worth, and who said so?
import type { StakeOffer, StakeRow, StakesPage } from '../api/api.gen.ts';
import { own } from '../api/resource.ts';
import { Ago } from '../parts/ago.tsx';
import { AmountText } from '../parts/amount.tsx';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { StateStake } from '../parts/write.tsx';

// The last part of a path; a person's name as it is.
function fileName(by: string): string {
  return by.slice(by.lastIndexOf('/') + 1);
}

const COLUMNS: readonly Column<StakeRow>[] = [
  {
    key: 'text',
    head: 'As it was said',
    label: 'said',
    bare: true,
    grow: true,
    cell: (row) => row.text,
  },
  {
    key: 'amount',
    head: 'Taken as',
    label: 'taken as',
    cell: (row) => (
      <span class="wide">
        <AmountText amount={row.amount} title={row.text} whole />
      </span>
    ),
  },
  {
    key: 'by',
    head: 'By',
    label: 'by', short: true,
    cell: (row) => <span title={row.by}>{fileName(row.by)}</span>,
  },
  { key: 'at', head: 'When', label: 'when', end: true, cell: (row) => <Ago at={row.ts} /> },
  {
    key: 'source',
    head: 'Source',
    label: 'source', short: true,
    cell: (row) =>
      row.source === row.by ? (
        <span class="muted">that file</span>
      ) : row.source === '' ? (
        <span class="muted">their own judgement</span>
      ) : (
        <span title={row.source}>{row.source}</span>
      ),
  },
];

export function StakesList() {
  const from = own<StakesPage>('stakes');
  return (
    <Page<StakesPage>
      title="Stakes"
      what="the stakes"
      from={from}
      answer={(page) => page.sentence}
      question="What are things worth, and who said so?"
    >
      {(page) => (
        <>
          <Panel
            question={
              page?.question == null
                ? 'What is something worth?'
                : 'Which answer would change most?'
            }
          >
            <StateStake question={page?.question ?? null} done={() => void from.again()} />
          </Panel>
          <Panel question="What was said?">
            {page === null ? (
              <Skeleton rows={3} />
            ) : page.stakes.length > 0 ? (
              <Table
                caption="Stakes"
                columns={COLUMNS}
                rows={page.stakes}
                rowKey={(row) => `${row.subject} ${row.text}`}
              />
            ) : (
              <Empty
                text="Nobody has said what anything is worth. daytwo never makes up an amount."
                teach={"daytwo stakes 'an hour of checkout down costs $2k to $20k'"}
              />
            )}
          </Panel>
          {page === null || page.offers.length === 0 ? null : (
            <Panel
              question="What do others say?"
              note="published figures; used only when somebody says them here"
            >
              <Offered offers={page.offers} />
            </Panel>
          )}
        </>
      )}
    </Page>
  );
}

function Offered(props: { offers: readonly StakeOffer[] }) {
  return (
    <dl class="facts wide-terms">
      {props.offers.map((offer) => (
        <>
          <dt>{offer.text}</dt>
          <dd class="muted">{offer.source}</dd>
        </>
      ))}
    </dl>
  );
}
