// Quantile dots: twenty dots, each a 1 in 20 chance. A decision against a threshold is read by
// counting.
import { linearScale } from './scale.ts';

export const DOT_RADIUS = 6.5;
const PITCH = 2 * DOT_RADIUS;

export interface Dot {
  x: number;
  y: number;
  past: boolean;
}
export interface Dots {
  dots: Dot[];
  thresholdX: number;
  past: number;
  height: number;
}

// Places the quantiles (any monotone scale of them) in columns of one dot's width. The threshold is
// an edge between two columns, so no column straddles it; a dot exactly on the threshold counts as
// past it. The count is taken from the very dots that are drawn.
export function placeDots(positions: readonly number[], thresholdX: number): Dots {
  const columns = new Map<number, number>();
  const dots = positions.map((position) => {
    const column = Math.floor((position - thresholdX) / PITCH);
    const level = columns.get(column) ?? 0;
    columns.set(column, level + 1);
    return { x: thresholdX + (column + 0.5) * PITCH, y: level, past: column >= 0 };
  });
  const levels = Math.max(1, ...columns.values());
  const height = levels * PITCH;
  return {
    dots: dots.map((dot) => ({ ...dot, y: height - (dot.y + 0.5) * PITCH })),
    thresholdX,
    past: dots.filter((dot) => dot.past).length,
    height,
  };
}

// "14 in 20 pass the limit of 10 GiB".
export function dotsSentence(past: number, total: number, threshold: string): string {
  return `${past} in ${total} pass ${threshold}`;
}

// Positions of values on an axis that is even in the middle and logarithmic far out, so that one
// large value does not press the rest together. `near` is where the one becomes the other.
export function stretched(value: number, near: number): number {
  return Math.asinh(value / near);
}

// The median distance from the threshold: nearer is even, further is logarithmic.
function nearOf(values: readonly number[], threshold: number): number {
  const sizes = values.map((value) => Math.abs(value - threshold)).sort((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return middle > 0 ? middle : (sizes[sizes.length - 1] ?? 0) || 1;
}

// The picture: dots past the threshold in the second colour, a dashed line at it, labelled. `gain`
// says that past it is good: then those are filled and the others hollow. `words` writes the ends, where they
// stand.
export function QuantileDots(props: {
  quantiles: readonly number[];
  threshold: number;
  label: string;
  width: number;
  gain?: boolean;
  sentence?: string;
  words?: (value: number) => string;
}) {
  const { quantiles, threshold, label, width } = props;
  const near = nearOf(quantiles, threshold);
  const place = (value: number): number => stretched(value - threshold, near);
  const all = [...quantiles, threshold].map(place);
  const x = linearScale(Math.min(...all), Math.max(...all), PITCH, width - PITCH);
  const placed = placeDots(
    quantiles.map((value) => x(place(value))),
    x(0),
  );
  const top = 18;
  const foot = placed.height + top + 1;
  const left = placed.thresholdX < width / 2;
  const low = Math.min(...quantiles);
  const high = Math.max(...quantiles);
  const [from, to] = [x(place(low)), x(place(high))];
  return (
    <svg
      class={`dots ${props.gain === true ? 'gain' : ''}`}
      width={width}
      height={foot + (props.words === undefined ? 1 : 16)}
      role="img"
      aria-label={props.sentence ?? dotsSentence(placed.past, quantiles.length, label)}
    >
      <line class="limit" x1={placed.thresholdX} x2={placed.thresholdX} y1={0} y2={foot} />
      <text
        class="label"
        x={placed.thresholdX + (left ? 4 : -4)}
        y={10}
        text-anchor={left ? 'start' : 'end'}
      >
        {label}
      </text>
      {placed.dots.map((dot) => (
        <circle
          key={`${dot.x} ${dot.y}`}
          class={dot.past ? 'past' : 'short'}
          cx={dot.x}
          cy={dot.y + top}
          r={DOT_RADIUS - 0.75}
        />
      ))}
      <line class="base" x1={0} x2={width} y1={foot} y2={foot} />
      {props.words === undefined ? null : (
        <>
          <text x={Math.max(0, from - PITCH / 2)} y={foot + 13}>
            {props.words(low)}
          </text>
          {to - from < 80 ? null : (
            <text x={Math.min(width, to + PITCH / 2)} y={foot + 13} text-anchor="end">
              {props.words(high)}
            </text>
          )}
        </>
      )}
    </svg>
  );
}

// How many of the values lie past the threshold, counted as the dots are.
export function countPast(quantiles: readonly number[], threshold: number): number {
  return quantiles.filter((value) => value >= threshold).length;
}

// A chance as twenty worlds: the filled ones are those in which it pays. One row, or two short ones
// where it stands in a table.
export function Worlds(props: { chance: number; sentence: string; short?: boolean }) {
  const filled = Math.round(props.chance * 20);
  const columns = props.short === true ? 10 : 20;
  const pitch = props.short === true ? 7.5 : 9;
  const radius = props.short === true ? 2.6 : 3.25;
  return (
    <svg
      class="worlds"
      width={columns * pitch}
      height={(20 / columns) * pitch}
      role="img"
      aria-label={props.sentence}
    >
      {Array.from({ length: 20 }, (_, index) => (
        <circle
          key={index}
          class={index < filled ? 'in' : 'out'}
          r={radius}
          cx={((index % columns) + 0.5) * pitch}
          cy={(Math.floor(index / columns) + 0.5) * pitch}
        />
      ))}
    </svg>
  );
}
