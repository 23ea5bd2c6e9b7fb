// The cost of nines of one service: what each quarter nine loses and costs, the optimum with its
// flat zone, the promises that cannot be kept.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { NinesPage, NinesStep } from '../api/api.gen.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { NinesCurve } from '../charts/nines.tsx';
import { AmountText } from './amount.tsx';
import { FigureTools } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatShare } from './money.ts';
import { Empty, Skeleton } from './page.tsx';
import { Table, type Column } from './table.tsx';

const REACH: Record<NinesStep['reach'], string> = {
  now: 'today',
  options: 'with the options',
  no_option: 'no option listed',
  impossible: 'impossible',
};

const STEPS: readonly Column<NinesStep>[] = [
  {
    key: 'nines',
    head: 'Nines',
    label: 'nines',
    bare: true,
    cell: (row) => `${Number(row.nines.toFixed(2))} (${formatShare(row.availability)})`,
  },
  { key: 'reach', head: 'Reached', label: 'reached', cell: (row) => REACH[row.reach] },
  {
    key: 'loss',
    head: 'Loss a year, 90 %',
    label: 'loss a year, 90 %',
    cell: (row) => <AmountText amount={row.loss} title="Loss of a year at this level" />,
  },
  {
    key: 'owed',
    head: 'Credits owed',
    label: 'credits owed a year',
    cell: (row) => <AmountText amount={row.owed} title="Credits that we owe" />,
  },
  {
    key: 'spend',
    head: 'Spend a year',
    label: 'spend a year',
    cell: (row) =>
      row.spend === null ? (
        <span class="muted">no price</span>
      ) : (
        <AmountText amount={row.spend} title="What reaching this level costs a year" />
      ),
  },
  {
    key: 'total',
    head: 'Total',
    label: 'total a year',
    cell: (row) =>
      row.total === null ? (
        <span class="muted">unknown</span>
      ) : (
        <AmountText amount={row.total} title="Loss, credits and spend together" />
      ),
  },
  {
    key: 'takes',
    head: 'Takes',
    label: 'takes',
    grow: true,
    cell: (row) => (
      <span title={row.takes}>
        {row.best ? 'the best: ' : ''}
        {row.takes}
      </span>
    ),
  },
];

export function Nines(props: { service: string }) {
  const page = useSignal<NinesPage | null>(null);
  const failure = useSignal<Failure | null>(null);
  useEffect(() => {
    let gone = false;
    void post<NinesPage>('nines', { service: props.service }).then((answer) => {
      if (gone) return;
      page.value = answer.ok ? answer.value : null;
      failure.value = answer.ok ? null : answer.failure;
    });
    return () => {
      gone = true;
    };
  }, [props.service]);
  if (failure.value !== null)
    return <Empty text={`No curve yet: ${failure.value.text}.`} teach={TEACH} />;
  if (page.value === null) return <Skeleton rows={6} />;
  return <Curve page={page.value} />;
}

const TEACH =
  '# a price of an hour, on the Stakes page\nstakes: ["an hour of checkout down costs $2k to $20k"]\n' +
  '# and options that help, in a file of worries:\noptions:\n' +
  '  - {id: canary, kind: reliability, once: "$5k", blocks: {change: 40% to 70%}}';

function Curve(props: { page: NinesPage }) {
  const { page } = props;
  const broken = page.promises.filter((promise) => !promise.kept);
  return (
    <figure class="figure">
      <p>{page.sentence}</p>
      <Measured height={240}>
        {(width) => (
          <NinesCurve
            steps={page.steps}
            currency={page.currency}
            width={width}
            height={240}
            sentence={page.sentence}
          />
        )}
      </Measured>
      {broken.length === 0 ? null : (
        <ul class="lines">
          {broken.map((promise) => (
            <li key={promise.to} class="crossed">
              {formatShare(promise.availability)} is promised to {promise.to}:{' '}
              {promise.possible ? 'not kept as things stand' : 'cannot be kept'}
            </li>
          ))}
        </ul>
      )}
      <FigureTools
        table={() => (
          <Table
            caption="Levels of availability"
            columns={STEPS}
            rows={page.steps}
            rowKey={(row) => String(row.nines)}
            rowClass={(row) => (row.reach === 'impossible' ? 'closed' : '')}
          />
        )}
        computed={
          <ul class="lines">
            {[
              ...page.parts,
              ...page.needs.map(
                (need) =>
                  `needs ${need.name}: ${need.known ? formatShare(need.availability) : 'unknown'}`,
              ),
              ...page.notes,
            ].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        }
      />
    </figure>
  );
}
