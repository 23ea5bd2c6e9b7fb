// The axis of money at the left of a chart: a line across at each tick and its amount before it.
import { formatValue } from '../parts/money.ts';
import type { Scale } from './scale.ts';

export function MoneyAxis(props: { y: Scale; left: number; right: number; currency: string }) {
  const { y, left, right, currency } = props;
  return (
    <>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={left} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={left - 6} y={y(tick) + 4} text-anchor="end">
            {formatValue(tick, currency)}
          </text>
        </g>
      ))}
    </>
  );
}
