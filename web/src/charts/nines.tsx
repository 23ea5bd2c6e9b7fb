// What each level of availability loses and costs: nines in quarter steps against money a year on a
// log axis. The expected total in ink with its 90 % band, the loss in the data colour, the spend in
// the second colour, credits in dashes of their own; the flat zone, in which no level is clearly
// better; a dot at the optimum.
import type { Amount, NinesStep } from '../api/api.gen.ts';
import { formatShare } from '../parts/money.ts';
import { MoneyAxis } from './axis.tsx';
import { decades, linearScale, logScale } from './scale.ts';

const TOP = 20;
const FOOT = 48;
const LEFT = 44;
const RIGHT = 64;
const LINE = 13; // between two labels

// A curve and the word at its end, which is its class too.
interface Drawn {
  word: 'loss' | 'owed' | 'received' | 'spend' | 'total';
  points: readonly Point[];
}

interface Point {
  nines: number;
  amount: Amount;
}

// The steps at which a money is known and above nothing: a log axis has no zero.
export function pointsOf(
  steps: readonly NinesStep[],
  pick: (step: NinesStep) => Amount | null,
): Point[] {
  return steps.flatMap((step) => {
    const amount = pick(step);
    return amount === null || amount.mean <= 0 ? [] : [{ nines: step.nines, amount }];
  });
}

// The 90 % band of the points, as an SVG path.
export function bandOf(
  points: readonly Point[],
  x: (nines: number) => number,
  y: (money: number) => number,
): string {
  if (points.length === 0) return '';
  const at = ({ nines, amount }: Point, money: 'p05' | 'p95'): string =>
    `${x(nines).toFixed(1)} ${y(amount[money]).toFixed(1)}`;
  const forth = points.map((point) => at(point, 'p95'));
  const back = [...points].reverse().map((point) => at(point, 'p05'));
  return `M${forth.join('L')}L${back.join('L')}Z`;
}

// The first level that cannot be had; null when all can.
export function firstImpossible(steps: readonly NinesStep[]): NinesStep | null {
  return steps.find((step) => step.reach === 'impossible' || step.reach === 'no_option') ?? null;
}

// Levels moved apart so that each has a line of its own; their order is kept, and the last stays
// above `foot` as far as there is room.
export function apart(levels: readonly number[], gap: number, foot: number): number[] {
  const order = levels.map((_, index) => index).sort((a, b) => at(levels, a) - at(levels, b));
  const out = [...levels];
  let lowest = -Infinity;
  for (const index of order) {
    lowest = Math.max(at(out, index), lowest + gap);
    out[index] = lowest;
  }
  let highest = foot;
  for (const index of [...order].reverse()) {
    out[index] = Math.min(at(out, index), highest);
    highest = at(out, index) - gap;
  }
  return out;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}

export function NinesCurve(props: {
  steps: readonly NinesStep[];
  currency: string;
  width: number;
  height: number;
  sentence: string;
}) {
  const { steps, width, height, currency } = props;
  const loss = pointsOf(steps, (step) => step.loss);
  const spend = pointsOf(steps, (step) => step.spend);
  const total = pointsOf(steps, (step) => step.total);
  const owed = pointsOf(steps, (step) => step.owed);
  const received = pointsOf(steps, (step) => step.received);
  const domain = decades(
    [...loss, ...spend, ...total].flatMap(({ amount }) => [amount.mean, amount.p95]),
  );
  const first = steps[0];
  const last = steps.at(-1);
  if (domain === null || first === undefined || last === undefined) return null;
  const x = linearScale(first.nines, last.nines, LEFT, width - RIGHT);
  const y = logScale(domain[0], domain[1], height - FOOT, TOP);
  const foot = height - FOOT;
  const flat = steps.filter((step) => step.flat);
  const best = steps.find((step) => step.best);
  const wall = firstImpossible(steps);
  const seen = (points: readonly Point[]): Point[] =>
    points.filter(({ amount }) => amount.mean >= domain[0]);
  const curves: readonly Drawn[] = [
    { word: 'loss', points: loss },
    { word: 'owed', points: seen(owed) },
    { word: 'received', points: seen(received) },
    { word: 'spend', points: spend },
    { word: 'total', points: total },
  ];
  return (
    <svg class="nines" width={width} height={height} role="img" aria-label={props.sentence}>
      <MoneyAxis y={y} left={LEFT} right={width - RIGHT} currency={currency} />
      {flat.length < 2 ? null : <FlatZone steps={flat} x={x} top={TOP} foot={foot} />}
      {steps.map((step) => (
        <line
          key={step.nines}
          class="grid"
          x1={x(step.nines)}
          x2={x(step.nines)}
          y1={foot}
          y2={foot + 3}
        />
      ))}
      {steps
        .filter((step) => Number.isInteger(Number(step.nines.toFixed(6))))
        .map((step) => (
          <g key={step.nines}>
            <text x={x(step.nines)} y={foot + 15} text-anchor="middle">
              {step.nines}
            </text>
            <text x={x(step.nines)} y={foot + 28} text-anchor="middle">
              {formatShare(step.availability)}
            </text>
          </g>
        ))}
      <text x={0} y={height - 4}>
        {currency} a year, log
      </text>
      <text x={width} y={height - 4} text-anchor="end">
        nines
      </text>
      {wall === null ? null : (
        <g>
          <line class="wall" x1={x(wall.nines)} x2={x(wall.nines)} y1={TOP} y2={foot} />
          <text class="label" x={x(wall.nines) + 4} y={TOP + 10}>
            {wall.reach === 'impossible' ? 'cannot be had' : 'nothing listed helps'}
          </text>
        </g>
      )}
      <path class="band" d={bandOf(total, x, y)} />
      {curves.map(({ word, points }) => (
        <Course key={word} class={word} points={points} x={x} y={y} />
      ))}
      <Labels curves={curves} x={x} y={y} foot={foot} />
      {best?.total === null || best === undefined ? null : (
        <circle class="best" cx={x(best.nines)} cy={y(best.total.mean)} r={4.5} />
      )}
    </svg>
  );
}

// A curve through its points; a lone point is a ring, for it has no length.
function Course(props: {
  class: string;
  points: readonly Point[];
  x: (nines: number) => number;
  y: (money: number) => number;
}) {
  const { points, x, y } = props;
  const places = points.map(({ nines, amount }) => [x(nines), y(amount.mean)] as const);
  const [only] = places;
  if (places.length === 1 && only !== undefined)
    return <circle class={`${props.class} alone`} cx={only[0]} cy={only[1]} r={3} />;
  const line = places.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
  return <polyline class={props.class} points={line} />;
}

function FlatZone(props: {
  steps: readonly NinesStep[];
  x: (nines: number) => number;
  top: number;
  foot: number;
}) {
  const from = props.x(props.steps[0]?.nines ?? 0);
  const to = props.x(props.steps.at(-1)?.nines ?? 0);
  return (
    <g>
      <rect class="flat" x={from} y={props.top} width={to - from} height={props.foot - props.top} />
      <text x={from} y={props.top - 6}>
        as good as the best
      </text>
    </g>
  );
}

// A word at the end of each curve. Curves that end at the same level share a column of words.
function Labels(props: {
  curves: readonly Drawn[];
  x: (nines: number) => number;
  y: (money: number) => number;
  foot: number;
}) {
  const { x, y, foot } = props;
  const ends = props.curves.flatMap(({ word, points }) => {
    const end = points.at(-1);
    return end === undefined ? [] : [{ word, nines: end.nines, level: y(end.amount.mean) + 4 }];
  });
  const columns = [...new Set(ends.map((end) => end.nines))];
  return (
    <>
      {columns.map((nines) => {
        const column = ends.filter((end) => end.nines === nines);
        const levels = apart(
          column.map((end) => end.level),
          LINE,
          foot,
        );
        return column.map(({ word }, index) => (
          <text key={word} class="label" x={x(nines) + 6} y={levels[index]}>
            {word}
          </text>
        ));
      })}
    </>
  );
}
