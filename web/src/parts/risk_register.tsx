// The register as ranges on one log-money axis, and the inputs behind each risk.
import { useSignal } from '@preact/signals';
import type { RiskLine, RiskPage } from '../api/api.gen.ts';
import { Interval, IntervalAxis, intervalDomain } from '../charts/interval.tsx';
import { hrefTo } from '../router.ts';
import { AmountText } from './amount.tsx';
import { Dialog } from './dialog.tsx';
import { Measured } from './measured.tsx';
import { formatShare, formatValue } from './money.ts';
import { Table, type Column } from './table.tsx';

// "2.1 a year", "1 in 3 years": how often, in the way that is easier to picture.
export function often(events: number): string {
  if (events <= 0) return 'never';
  if (events >= 1) return `${Number(events.toPrecision(2))} a year`;
  return `1 in ${Number((1 / events).toPrecision(2))} years`;
}

function columns(
  page: RiskPage,
  domain: [number, number] | null,
  open: (risk: RiskLine) => void,
): readonly Column<RiskLine>[] {
  const money = (value: number): string => formatValue(value, page.currency);
  const opens = (row: RiskLine, text: string) => (
    <button type="button" class="number" title="opens the inputs" onClick={() => open(row)}>
      {text}
    </button>
  );
  return [
    {
      key: 'risk',
      head: 'Risk',
      label: 'risk',
      bare: true,
      grow: true,
      cell: (row) => (
        <span title={row.title}>
          <strong>{row.id}</strong> <span class="muted">{row.title}</span>
        </span>
      ),
    },
    {
      key: 'service',
      head: 'Service',
      label: 'service', deep: true,
      cell: (row) =>
        row.service === '' ? (
          <span class="muted">none named</span>
        ) : (
          <a href={hrefTo('service', row.service)}>{row.service}</a>
        ),
    },
    {
      key: 'loss',
      head: (
        <>
          Our own loss, 90 %<span class="head-unit">{page.currency} a year</span>
        </>
      ),
      label: 'loss, 90 %',
      sort: (row) => row.loss.mean,
      cell: (row) => (
        <div class="worth">
          <span class="worth-words">
            <AmountText
              amount={row.loss}
              title={`Our own loss a year by ${row.id}`}
              notes={row.inputs.map(({ what, text }) => `${what}: ${text}`)}
            />
            <span class="muted unit-words card-only"> a year</span>
          </span>
          {domain === null ? null : (
            <Measured height={16}>
              {(width) => <Interval amount={row.loss} domain={domain} width={width} />}
            </Measured>
          )}
        </div>
      ),
    },
    {
      key: 'events',
      head: 'How often',
      label: 'how often',
      end: true,
      sort: (row) => row.events_a_year,
      cell: (row) => opens(row, often(row.events_a_year)),
    },
    {
      key: 'any',
      head: 'A loss this year',
      label: 'loss in a year',
      end: true,
      sort: (row) => row.chance_of_loss,
      cell: (row) => opens(row, formatShare(row.chance_of_loss)),
    },
    {
      key: 'harm',
      head: 'Others bear',
      label: 'others bear a year, expected', deep: true,
      end: true,
      sort: (row) => row.harm,
      cell: (row) =>
        row.harm === 0 ? <span class="muted">none named</span> : opens(row, money(row.harm)),
    },
    {
      key: 'share',
      head: 'Of all',
      label: 'of all',
      end: true,
      sort: (row) => row.share,
      cell: (row) => opens(row, formatShare(row.share)),
    },
  ];
}

export function Register(props: { page: RiskPage }) {
  const { page } = props;
  const opened = useSignal('');
  const domain = intervalDomain(page.risks.map((risk) => risk.loss));
  const risk = page.risks.find((row) => row.id === opened.value);
  const axis =
    domain === null ? null : (
      <div class="worth axis-row">
        <span />
        <Measured height={16}>
          {(width) => <IntervalAxis domain={domain} width={width} unit={page.currency} />}
        </Measured>
      </div>
    );
  return (
    <>
      <Table
        caption="Risks"
        columns={columns(page, domain, (row) => {
          opened.value = row.id;
        })}
        rows={page.risks}
        rowKey={(row) => row.id}
        first={50}
        {...(axis === null ? {} : { foot: { key: 'loss', cell: axis } })}
      />
      {risk === undefined ? null : (
        <Inputs
          risk={risk}
          page={page}
          close={() => {
            opened.value = '';
          }}
        />
      )}
    </>
  );
}

function Inputs(props: { risk: RiskLine; page: RiskPage; close: () => void }) {
  const { risk, page } = props;
  return (
    <Dialog title={risk.id} close={props.close}>
      <p>{risk.title === '' ? 'As it stands in the worry files:' : `${risk.title}, as written:`}</p>
      <dl class="facts">
        {risk.inputs.map((input) => (
          <>
            <dt>{input.what}</dt>
            <dd>{input.text}</dd>
          </>
        ))}
        <dt>how often</dt>
        <dd>{often(risk.events_a_year)}, expected, after what history taught</dd>
        <dt>expected loss</dt>
        <dd>{formatValue(risk.loss.mean, page.currency)} a year of our own</dd>
        <dt>others bear</dt>
        <dd>{formatValue(risk.harm, page.currency)} a year, expected</dd>
      </dl>
      <p class="muted">
        {page.years} simulated years from seed {page.seed}, engine {risk.loss.version}.
      </p>
    </Dialog>
  );
}
