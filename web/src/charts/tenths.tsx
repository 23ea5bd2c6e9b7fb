// Where truths fell in what was said of them: how many in each tenth, against the band in which
// nine tenths in ten lie if ranges are as wide as they should be. High ends mean too sure, a high
// middle too unsure, a slope a bias. A tenth outside its band has the second colour.
import { linearScale } from './scale.ts';

const TOP = 20;
const FOOT = 20;
const LEFT = 36;

export function Tenths(props: {
  tenths: readonly number[];
  low: number;
  high: number;
  width: number;
  height: number;
  sentence: string;
}) {
  const { tenths, low, high, width, height } = props;
  const foot = height - FOOT;
  const x = linearScale(0, tenths.length, LEFT, width);
  const y = linearScale(0, Math.max(high, ...tenths), foot, TOP);
  const bar = Math.max(2, x(1) - x(0) - 6);
  const expected = tenths.reduce((sum, count) => sum + count, 0) / Math.max(1, tenths.length);
  return (
    <svg class="tenths" width={width} height={height} role="img" aria-label={props.sentence}>
      {y.ticks
        .filter((tick) => Number.isInteger(tick))
        .map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
      <rect class="band" x={LEFT} y={y(high)} width={width - LEFT} height={y(low) - y(high)} />
      {tenths.map((count, index) => (
        <rect
          key={index}
          class={outside(count, low, high) ? 'past' : 'bar'}
          x={x(index) + 3}
          y={y(count)}
          width={bar}
          height={foot - y(count)}
        />
      ))}
      <line class="said" x1={LEFT} x2={width} y1={y(expected)} y2={y(expected)} />
      <text x={0} y={10}>
        truths in each tenth
      </text>
      <text x={LEFT} y={foot + 15}>
        lowest tenth of what we said
      </text>
      <text x={width} y={foot + 15} text-anchor="end">
        highest
      </text>
    </svg>
  );
}

// A tenth that holds fewer or more truths than it would by chance in nine cases of ten.
export function outside(count: number, low: number, high: number): boolean {
  return count < low || count > high;
}
