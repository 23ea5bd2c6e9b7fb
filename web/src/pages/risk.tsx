// Risk: what do our risks cost in a year, how bad can a year be, and what would options change?
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RiskCause, RiskPage } from '../api/api.gen.ts';
import { steered } from '../api/resource.ts';
import { Share } from '../charts/share.tsx';
import { formatShare, formatValue } from '../parts/money.ts';
import { Empty, Page, Panel, Skeleton } from '../parts/page.tsx';
import { Register } from '../parts/risk_register.tsx';
import { Curve, Tail, Twenty } from '../parts/risk_year.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { place, setParams } from '../router.ts';

export function Risk() {
  const put = useSignal(
    (place.value.params.get('with') ?? '').split(',').filter((id) => id !== ''),
  );
  const from = useMemo(
    () => steered<RiskPage>(() => `risk?${new URLSearchParams({ with: put.value.join(',') })}`),
    [],
  );
  const flip = (id: string, on: boolean): void => {
    put.value = on ? [...put.value, id] : put.value.filter((each) => each !== id);
    setParams({ with: put.value.join(',') });
    void from.refresh();
  };
  return (
    <Page<RiskPage>
      title="Risk"
      what="the register"
      from={from}
      answer={(page) => page.sentence}
      question="What do our risks cost in a year, and how bad can a year be?"
    >
      {(page) =>
        page === null ? (
          <Panel question="What is in the register?">
            <Skeleton rows={12} />
          </Panel>
        ) : page.risks.length === 0 ? (
          <Panel question="What is in the register?">
            <Empty
              text="A year is worked out from risks in files. Write one, and reload:"
              teach={page.teach}
            />
          </Panel>
        ) : (
          <Body page={page} put={put.value} flip={flip} />
        )
      }
    </Page>
  );
}

function Body(props: {
  page: RiskPage;
  // Options put in place here, before the page with them is there.
  put: readonly string[];
  flip: (id: string, on: boolean) => void;
}) {
  const { page } = props;
  return (
    <>
      <Panel
        question="What does each risk cost?"
        note="the largest first; each number opens to its inputs"
      >
        <Register page={page} />
      </Panel>
      {page.options.length === 0 ? null : (
        <Panel question="What would change with options in place?" note="before and after, below">
          <div class="choices">
            {page.options.map((option) => (
              <label class="check" key={option.id}>
                <input
                  type="checkbox"
                  checked={props.put.includes(option.id)}
                  onChange={(event) => props.flip(option.id, event.currentTarget.checked)}
                />
                {option.id} <span class="muted">{option.kind}</span>
              </label>
            ))}
          </div>
        </Panel>
      )}
      <Panel question="How likely is a year above any loss?" span={6}>
        <Curve page={page} />
      </Panel>
      <Panel question="Is that within what we want to bear?" span={6}>
        <Twenty page={page} />
      </Panel>
      <Panel question="How bad is a bad year?" span={8}>
        <Tail page={page} />
      </Panel>
      <Panel question="Where does the loss sit?" span={4}>
        <Table
          caption="Causes"
          columns={causes(page.currency)}
          rows={page.causes}
          rowKey={(row) => row.cause}
          first={12}
        />
      </Panel>
    </>
  );
}

function causes(currency: string): readonly Column<RiskCause>[] {
  return [
    { key: 'cause', head: 'Cause', label: 'cause', bare: true, cell: (row) => row.cause },
    {
      key: 'expected',
      head: 'Expected a year',
      label: 'expected a year',
      end: true,
      cell: (row) => formatValue(row.expected, currency),
    },
    {
      key: 'share',
      head: 'Of all',
      label: 'of all',
      grow: true,
      cell: (row) => (
        <Share share={row.share} sentence={`${formatShare(row.share)} of the expected loss`} />
      ),
    },
  ];
}
