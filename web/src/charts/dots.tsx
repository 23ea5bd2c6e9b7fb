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

// The picture: dots past the threshold in the second colour, a dashed line at it, labelled.
export function QuantileDots(props: {
  quantiles: readonly number[];
  threshold: number;
  label: string;
  width: number;
}) {
  const { quantiles, threshold, label, width } = props;
  const all = [...quantiles, threshold];
  const x = linearScale(Math.min(...all), Math.max(...all), PITCH, width - PITCH);
  const placed = placeDots(
    quantiles.map((value) => x(value)),
    x(threshold),
  );
  const top = 18;
  const left = placed.thresholdX < width / 2;
  return (
    <svg
      class="dots"
      width={width}
      height={placed.height + top + 2}
      role="img"
      aria-label={dotsSentence(placed.past, quantiles.length, label)}
    >
      <line
        class="limit"
        x1={placed.thresholdX}
        x2={placed.thresholdX}
        y1={0}
        y2={placed.height + top}
      />
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
      <line
        class="base"
        x1={0}
        x2={width}
        y1={placed.height + top + 1}
        y2={placed.height + top + 1}
      />
    </svg>
  );
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
