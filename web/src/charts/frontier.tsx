// The frontier: what each budget would be worth at best, as a stair; the budget at hand and the
// plan's own point on it.
import { formatValue } from '../parts/money.ts';
import { MoneyAxis } from './axis.tsx';
import { linearScale } from './scale.ts';

export interface FrontierStep {
  cost: number;
  net: number;
  takes: string;
}

const TOP = 10;
const FOOT = 34;
const LEFT = 44;
const RIGHT = 8;

// The stair through the points up to `most`: what a budget buys holds until the next step.
export function stairs(
  points: readonly FrontierStep[],
  most: number,
  x: (cost: number) => number,
  y: (net: number) => number,
): string {
  const [first] = points;
  if (first === undefined) return '';
  const parts = [`M${x(first.cost).toFixed(1)} ${y(first.net).toFixed(1)}`];
  for (const point of points.slice(1)) {
    parts.push(`H${x(point.cost).toFixed(1)}V${y(point.net).toFixed(1)}`);
  }
  parts.push(`H${x(most).toFixed(1)}`);
  return parts.join('');
}

// The best point that a budget buys; undefined when it buys none.
export function bought(
  points: readonly FrontierStep[],
  budget: number | null,
): FrontierStep | undefined {
  return points.filter((point) => budget === null || point.cost <= budget + 1e-9).at(-1);
}

export function Frontier(props: {
  points: readonly FrontierStep[];
  most: number;
  budget: number | null;
  currency: string;
  per: string; // "over a year": what the worth counts
  width: number;
  height: number;
  sentence: string;
}) {
  const { points, width, height, currency } = props;
  const top = Math.max(...points.map((point) => point.net), 0);
  const low = Math.min(...points.map((point) => point.net), 0);
  const x = linearScale(0, props.most, LEFT, width - RIGHT, width < 420 ? 3 : 5);
  const y = linearScale(low, top, height - FOOT, TOP, 4);
  const here = bought(points, props.budget);
  const foot = height - FOOT;
  const limit = props.budget === null ? null : x(Math.min(props.budget, props.most));
  return (
    <svg class="frontier" width={width} height={height} role="img" aria-label={props.sentence}>
      <MoneyAxis y={y} left={LEFT} right={width - RIGHT} currency={currency} />
      {x.ticks.map((tick, index) => (
        <text
          key={tick}
          x={x(tick)}
          y={foot + 14}
          text-anchor={index === 0 ? 'start' : x(tick) > width - 30 ? 'end' : 'middle'}
        >
          {formatValue(tick, currency)}
        </text>
      ))}
      <text x={width - RIGHT} y={height - 4} text-anchor="end">
        budget in {currency}
      </text>
      <text x={0} y={height - 4}>
        worth net {props.per}, {currency}
      </text>
      <path class="stairs" d={stairs(points, props.most, x, y)} />
      {limit === null ? null : <line class="limit" x1={limit} x2={limit} y1={TOP - 6} y2={foot} />}
      {here === undefined ? null : (
        <circle class="here" cx={x(here.cost)} cy={y(here.net)} r={4.5} />
      )}
    </svg>
  );
}
