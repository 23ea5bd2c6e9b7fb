// How well ranges and chances fit what came: the two pictures with their words, and the table of
// those who forecast.
import type { CalibrationParts, ForecasterRow } from '../api/api.gen.ts';
import { Calibration } from '../charts/calibration.tsx';
import { Reliability } from '../charts/reliability.tsx';
import { Tenths } from '../charts/tenths.tsx';
import { FigureTools, PlainTable } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatShare, formatShares } from './money.ts';
import { Table, type Column } from './table.tsx';

const HEIGHT = 220;

// Are ranges as wide as they should be? Nothing while no truth of a range is in.
export function RangesFigure(props: { parts: CalibrationParts }) {
  const { tenths, tenth_low: low, tenth_high: high, sentence } = props.parts;
  if (tenths.length === 0 || typeof low !== 'number' || typeof high !== 'number') return null;
  return (
    <figure class="figure beside">
      <p>{capital(sentence)}</p>
      <Measured height={HEIGHT}>
        {(width) => (
          <Tenths
            tenths={tenths}
            low={low}
            high={high}
            width={width}
            height={HEIGHT}
            sentence={sentence}
          />
        )}
      </Measured>
      <p class="muted">The band holds nine tenths in ten if ranges are right; dashed: as many in each.</p>
      <FigureTools
        table={() => (
          <PlainTable
            caption="Truths in each tenth of what was said"
            heads={['Tenth', 'Truths', 'by chance, 90 %']}
            rows={tenths.map((count, index) => [index + 1, count, `${low} to ${high}`])}
          />
        )}
        computed={
          <p>
            The quantile at which each truth fell in what was said of it (its probability integral
            transform), counted in tenths. If forecasts are right, every tenth holds as many; the
            Anderson-Darling test says how surely they do not.
          </p>
        }
      />
    </figure>
  );
}

// Do chances mean what they say, and do they tell one case from another?
export function ChancesFigure(props: { parts: CalibrationParts; brier: number }) {
  const { bins } = props.parts;
  const sentence = bins
    .map((bin) => `said ${formatShare(bin.said)}, came ${formatShare(bin.came)} of ${bin.count}`)
    .join('; ');
  return (
    <figure class="figure">
      <p>
        Brier score {digits(props.brier)}:{' '}
        <span class="muted">0 is perfect, 0.25 is what “50 % each time” gets</span>
      </p>
      <Measured height={HEIGHT}>
        {(width) => (
          <Reliability bins={bins} width={width} height={HEIGHT} sentence={sentence} />
        )}
      </Measured>
      <Murphy parts={props.parts} />
      <FigureTools
        table={() => (
          <PlainTable
            caption="Chances by height"
            heads={['Said', 'Came', '90 %', 'Forecasts']}
            rows={bins.map((bin) => [
              formatShare(bin.said),
              formatShare(bin.came),
              formatShares(bin.low, bin.high),
              bin.count,
            ])}
          />
        )}
      />
    </figure>
  );
}

// The parts of the Brier score, in the words of what each one costs or gains.
function Murphy(props: { parts: CalibrationParts }) {
  const { reliability, resolution, uncertainty } = props.parts;
  if (typeof reliability !== 'number' || typeof resolution !== 'number') return null;
  return (
    <dl class="facts">
      <dt>Reliability</dt>
      <dd>
        +{digits(reliability)} <span class="muted">lost by chances that do not mean what they say</span>
      </dd>
      <dt>Resolution</dt>
      <dd>
        −{digits(resolution)} <span class="muted">gained by telling one case from another</span>
      </dd>
      {typeof uncertainty !== 'number' ? null : (
        <>
          <dt>Uncertainty</dt>
          <dd>
            +{digits(uncertainty)} <span class="muted">what saying the average each time would get</span>
          </dd>
        </>
      )}
    </dl>
  );
}

const COLUMNS: readonly Column<ForecasterRow>[] = [
  { key: 'name', head: 'Who', label: 'who', bare: true, cell: (row) => row.name },
  { key: 'source', head: 'From', label: 'from', cell: (row) => SOURCES[row.source] ?? row.source },
  {
    key: 'held',
    head: '90 % ranges that held',
    label: '90 % ranges that held',
    cell: (row) => <Held row={row} />,
  },
  {
    key: 'brier',
    head: 'Brier',
    label: 'Brier score',
    end: true,
    cell: (row) =>
      typeof row.brier === 'number' ? digits(row.brier) : <span class="muted">none</span>,
  },
  {
    key: 'weight',
    head: 'Weight',
    label: 'weight in a pool',
    end: true,
    cell: (row) =>
      typeof row.weight === 'number' ? (
        formatShare(row.weight)
      ) : (
        <span class="muted" title="a weight by skill needs ten questions that others answered too">
          too few
        </span>
      ),
  },
  {
    key: 'said',
    head: 'In a sentence',
    label: '',
    grow: true,
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
  },
];

const SOURCES: Record<string, string> = { model: 'forecasts', training: 'training' };

// What held as a dot on its interval, against the nine in ten that were said.
function Held(props: { row: ForecasterRow }) {
  const { held, ranges, low, high } = props.row;
  if (ranges === 0) return <span class="muted">none scored</span>;
  const sentence = `${held} of ${ranges}`;
  return (
    <span class="pays wide">
      <span class="held">{sentence}</span>
      <Calibration
        coverage={{ said: 0.9, came: held / ranges, count: ranges, low, high }}
        width={132}
        sentence={sentence}
        bare
      />
    </span>
  );
}

export function Forecasters(props: { rows: readonly ForecasterRow[] }) {
  return (
    <Table
      caption="Forecasters"
      columns={COLUMNS}
      rows={props.rows}
      rowKey={(row) => `${row.name} ${row.source}`}
    />
  );
}

function digits(score: number): string {
  return String(Number(score.toPrecision(2)));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
