// The interval plot: a thin 90 % line, a thick 50 % bar, a dot at the median, no end caps. Rows of
// one table share one logarithmic axis, so they compare down the column.
import type { Amount } from '../api/api.gen.ts';
import { amountSentence, formatValue } from '../parts/money.ts';
import { decades, logScale } from './scale.ts';

export type Span90 = Pick<Amount, 'p05' | 'p25' | 'p50' | 'p75' | 'p95'>;

const HEIGHT = 16;
const MARGIN = 6;

// The shared axis of several amounts, or null when none has a positive end.
export function intervalDomain(amounts: readonly Span90[]): [number, number] | null {
  return decades(amounts.flatMap((amount) => [amount.p05, amount.p95]));
}

// One row. `muted` draws what is outside the plan or closed.
export function Interval(props: {
  amount: Amount;
  domain: [number, number];
  width: number;
  muted?: boolean;
}) {
  const { amount, domain, width } = props;
  const x = logScale(domain[0], domain[1], MARGIN, width - MARGIN);
  const middle = HEIGHT / 2;
  const tone = props.muted === true ? 'mute' : 'data';
  return (
    <svg
      class={`interval ${tone}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={amountSentence(amount)}
    >
      {x.ticks.map((tick) => (
        <line key={tick} class="grid" x1={x(tick)} x2={x(tick)} y1={0} y2={HEIGHT} />
      ))}
      <line
        class="mark"
        x1={x(amount.p05)}
        x2={x(amount.p95)}
        y1={middle}
        y2={middle}
        stroke-width={1.5}
      />
      <line
        class="mark half"
        x1={x(amount.p25)}
        x2={x(amount.p75)}
        y1={middle}
        y2={middle}
        stroke-width={5}
      />
      <circle class="dot" cx={x(amount.p50)} cy={middle} r={3.5} />
    </svg>
  );
}

// The axis row at the foot of the table. First and last label are anchored inwards; labels that
// would touch are left out.
export function IntervalAxis(props: { domain: [number, number]; width: number; unit: string }) {
  const { domain, width, unit } = props;
  const x = logScale(domain[0], domain[1], MARGIN, width - MARGIN);
  const room = Math.max(1, Math.ceil((x.ticks.length * 38) / Math.max(1, width)));
  const last = x.ticks.length - 1;
  return (
    <svg class="axis" width={width} height={HEIGHT} aria-hidden="true">
      {x.ticks.map((tick, index) => {
        const anchor = index === 0 ? 'start' : index === last ? 'end' : 'middle';
        const at = index === 0 ? 0 : index === last ? width : x(tick);
        if ((last - index) % room !== 0) return null;
        return (
          <text key={tick} x={at} y={12} text-anchor={anchor}>
            {formatValue(tick, unit)}
          </text>
        );
      })}
    </svg>
  );
}
