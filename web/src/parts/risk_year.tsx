// A year of all risks: its tail in figures, its twenty dots against the appetite, its curve.
import type { RiskFigure, RiskPage, RiskYear } from '../api/api.gen.ts';
import { countPast, QuantileDots } from '../charts/dots.tsx';
import { CurveKey, Exceedance } from '../charts/exceedance.tsx';
import { FigureTools, PlainTable } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatInterval, formatShare, formatValue } from './money.ts';
import { Table, type Column } from './table.tsx';

// A figure with the error of the simulation, where two digits show it.
export function banded(figure: RiskFigure, currency: string): string {
  const value = formatValue(figure.value, currency);
  const low = formatValue(figure.low, currency);
  const high = formatValue(figure.high, currency);
  if (low === value && high === value) return value;
  return `${value} (${formatInterval(figure.low, figure.high, currency)})`;
}

function Computed(props: { page: RiskPage }) {
  const { page } = props;
  return (
    <>
      <p>
        {page.agreement}; seed {page.seed}. Brackets are the 95 % error of the simulation where
        two digits show it, not what is not known.
      </p>
      {page.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </>
  );
}

// The years of a page with their names.
export function yearsOf(page: RiskPage): [string, RiskYear][] {
  const out: [string, RiskYear][] = [['our own', page.own]];
  if (page.after !== null && page.after !== undefined) out.push(['after', page.after]);
  if (page.harm !== null && page.harm !== undefined) out.push(['others bear', page.harm]);
  return out;
}

export function Curve(props: { page: RiskPage }) {
  const { page } = props;
  const years = yearsOf(page);
  const sentence =
    `1 year in 20 loses more than ${formatValue(page.own.var95.value, page.currency)}, ` +
    `1 in 100 more than ${formatValue(page.own.var99.value, page.currency)}`;
  return (
    <figure class="figure">
      <Measured height={280}>
        {(width) => (
          <Exceedance
            own={page.own}
            after={page.after ?? null}
            harm={page.harm ?? null}
            appetite={page.appetite ?? null}
            currency={page.currency}
            width={width}
            height={280}
            sentence={sentence}
          />
        )}
      </Measured>
      <CurveKey names={years.map(([name]) => name)} />
      <FigureTools
        table={() => (
          <PlainTable
            caption="What one year in so many exceeds"
            heads={['one year in', ...years.map(([name]) => name)]}
            rows={page.own.levels.map((level, index) => [
              level.years,
              ...years.map(([, year]) => {
                const loss = year.levels[index]?.loss;
                return loss === undefined ? '' : banded(loss, page.currency);
              }),
            ])}
          />
        )}
        computed={<Computed page={page} />}
      />
    </figure>
  );
}

// Twenty years, each as likely as another, against the loss that the appetite names; without one
// against a year that loses nothing.
export function Twenty(props: { page: RiskPage }) {
  const { page } = props;
  const appetite = page.appetite ?? null;
  const words = (value: number): string => formatValue(value, page.currency);
  const threshold = appetite?.loss ?? Math.max(page.own.mean, Number.MIN_VALUE);
  const label = appetite === null ? `the mean, ${words(threshold)}` : `appetite ${words(threshold)}`;
  const shown: [string, RiskYear][] = yearsOf(page).filter(([name]) => name !== 'others bear');
  return (
    <>
      {shown.map(([name, year]) => {
        const past = countPast(year.dots, threshold);
        const sentence = `${name}: ${past} in 20 years pass ${label}`;
        return (
          <figure class="figure twenty" key={name}>
            {shown.length > 1 ? <figcaption class="muted">{name}</figcaption> : null}
            <Measured height={80}>
              {(width) => (
                <QuantileDots
                  quantiles={year.dots}
                  threshold={threshold}
                  label={label}
                  width={width}
                  sentence={sentence}
                  words={words}
                />
              )}
            </Measured>
          </figure>
        );
      })}
      <p class="muted">
        Each dot is one year in twenty; the axis is the loss of a year in {page.currency}, even near
        the line and logarithmic far from it.
      </p>
      {page.appetite_words === '' ? null : <p>{page.appetite_words}</p>}
    </>
  );
}

// A row of the tail: one figure of each year, in the order of `yearsOf`.
interface TailRow {
  what: string;
  figures: readonly string[];
}

// Value at risk and the mean beyond it, of each year.
export function Tail(props: { page: RiskPage }) {
  const { page } = props;
  const years = yearsOf(page);
  const row = (what: string, write: (year: RiskYear) => string): TailRow => ({
    what,
    figures: years.map(([, year]) => write(year)),
  });
  const money = (pick: (year: RiskYear) => RiskFigure) => (year: RiskYear) =>
    banded(pick(year), page.currency);
  const columns: readonly Column<TailRow>[] = [
    {
      key: 'what',
      head: `${page.currency} a year`,
      label: 'what',
      bare: true,
      grow: true,
      cell: (each) => each.what,
    },
    ...years.map(([name], index): Column<TailRow> => ({
      key: name,
      head: name,
      label: name,
      end: true,
      cell: (each) => each.figures[index] ?? '',
    })),
  ];
  return (
    <>
      <Table
        caption="The tail of a year"
        columns={columns}
        rows={[
          row('mean', (year) => formatValue(year.mean, page.currency)),
          row('chance of any loss', (year) => formatShare(year.chance_of_loss.value)),
          row(
            '1 in 20 above (VaR 95)',
            money((year) => year.var95),
          ),
          row(
            '1 in 100 above (VaR 99)',
            money((year) => year.var99),
          ),
          row(
            'mean of the worst 1 in 20 (TVaR 95)',
            money((year) => year.tvar95),
          ),
          row(
            'mean of the worst 1 in 100 (TVaR 99)',
            money((year) => year.tvar99),
          ),
        ]}
        rowKey={(each) => each.what}
      />
      <p class="muted beside">{page.agreement}.</p>
    </>
  );
}
