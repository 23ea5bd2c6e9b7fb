// The exceedance curve: the chance that a year loses more than an amount, both axes logarithmic.
// Our own loss with the band of the simulation's error, the same after the options, the harm of
// others beside them; the appetite as a corner that the curve must pass below.
import type { RiskAppetite, RiskYear } from '../api/api.gen.ts';
import { formatValue } from '../parts/money.ts';
import { decades, logScale } from './scale.ts';

const TOP = 22;
const FOOT = 36;
const LEFT = 64;
const RIGHT = 48;

// One loss and the chance that a year is above it.
export interface Exceeded {
  chance: number;
  value: number;
  low: number;
  high: number;
}

// The levels above nothing: a log axis has no zero. The lower end of a band that begins at nothing
// stands at the level itself.
export function exceeded(year: RiskYear): Exceeded[] {
  return year.levels.flatMap(({ years, loss }) =>
    loss.value > 0
      ? [
          {
            chance: 1 / years,
            value: loss.value,
            low: loss.low > 0 ? loss.low : loss.value,
            high: loss.high,
          },
        ]
      : [],
  );
}

// The band between the ends of each level, as an SVG path.
export function bandAcross(
  points: readonly Exceeded[],
  x: (loss: number) => number,
  y: (chance: number) => number,
): string {
  if (points.length === 0) return '';
  const at = (point: Exceeded, loss: number): string =>
    `${x(loss).toFixed(1)} ${y(point.chance).toFixed(1)}`;
  const forth = points.map((point) => at(point, point.high));
  const back = [...points].reverse().map((point) => at(point, point.low));
  return `M${forth.join('L')}L${back.join('L')}Z`;
}

// "1 in 20", as the axis writes a chance.
export function oneIn(chance: number): string {
  return `1 in ${Math.round(1 / chance)}`;
}

const CHANCES = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

export interface ExceedanceProps {
  own: RiskYear;
  after: RiskYear | null;
  harm: RiskYear | null;
  appetite: RiskAppetite | null;
  currency: string;
  width: number;
  height: number;
  sentence: string;
}

export function Exceedance(props: ExceedanceProps) {
  const { width, height, currency, appetite } = props;
  const own = exceeded(props.own);
  const after = props.after === null ? [] : exceeded(props.after);
  const harm = props.harm === null ? [] : exceeded(props.harm);
  const all = [...own, ...after, ...harm];
  const limit = appetite === null ? [] : [appetite.loss];
  const domain = decades([...all.flatMap(({ value, high }) => [value, high]), ...limit]);
  if (domain === null || all.length === 0) return null;
  const foot = height - FOOT;
  const x = logScale(domain[0], domain[1], LEFT, width - RIGHT);
  const y = logScale(0.001, 0.5, foot, TOP);
  const line = (points: readonly Exceeded[]): string =>
    points.map(({ value, chance }) => `${x(value).toFixed(1)},${y(chance).toFixed(1)}`).join(' ');
  return (
    <svg class="exceedance" width={width} height={height} role="img" aria-label={props.sentence}>
      <Axes x={x} y={y} width={width} height={height} currency={currency} />
      <path class="band" d={bandAcross(own, x, y)} />
      {harm.length === 0 ? null : <polyline class="harm" points={line(harm)} />}
      {after.length === 0 ? null : <polyline class="after" points={line(after)} />}
      <polyline class="own" points={line(own)} />
      {appetite === null ? null : (
        <Corner appetite={appetite} x={x} y={y} top={TOP} currency={currency} />
      )}
    </svg>
  );
}

type Scaled = ReturnType<typeof logScale>;

function Axes(props: { x: Scaled; y: Scaled; width: number; height: number; currency: string }) {
  const { x, y, width, height, currency } = props;
  const foot = height - FOOT;
  const room = Math.max(1, Math.ceil((x.ticks.length * 44) / Math.max(1, width - LEFT - RIGHT)));
  return (
    <>
      {CHANCES.map((chance) => (
        <g key={chance}>
          <line class="grid" x1={LEFT} x2={width - RIGHT} y1={y(chance)} y2={y(chance)} />
          <text x={LEFT - 6} y={y(chance) + 4} text-anchor="end">
            {oneIn(chance)}
          </text>
        </g>
      ))}
      {x.ticks.map((tick, index) => (
        <g key={tick}>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1={TOP} y2={foot} />
          {(x.ticks.length - 1 - index) % room === 0 ? (
            <text x={x(tick)} y={foot + 15} text-anchor="middle">
              {formatValue(tick, currency)}
            </text>
          ) : null}
        </g>
      ))}
      <text x={0} y={10}>
        chance of a year above, log
      </text>
      <text x={width - RIGHT} y={height - 4} text-anchor="end">
        loss of a year in {currency}, log
      </text>
    </>
  );
}

const STROKES: Record<string, string> = { after: 'after', 'others bear': 'harm' };

// Which line is which, in words beside a piece of it.
export function CurveKey(props: { names: readonly string[] }) {
  return (
    <ul class="curve-key">
      {props.names.map((name) => (
        <li key={name}>
          <svg class="exceedance" width={24} height={10} aria-hidden="true">
            <polyline class={STROKES[name] ?? 'own'} points="0,5 24,5" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

// What the appetite forbids: more than its loss, more often than its chance.
function Corner(props: {
  appetite: RiskAppetite;
  x: Scaled;
  y: Scaled;
  top: number;
  currency: string;
}) {
  const { appetite, x, y } = props;
  const left = x(appetite.loss);
  const level = y(appetite.at_most);
  return (
    <g>
      <path class="limit" d={`M${left} ${props.top}V${level}H${x(x.ticks.at(-1) ?? 0)}`} />
      <text class="label" x={left - 4} y={props.top + 10} text-anchor="end">
        appetite
      </text>
    </g>
  );
}
