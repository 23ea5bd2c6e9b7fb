// Calibration on one line from 0 to 100 %: what came true as a dot on its 90 % interval, what was
// said as a dashed line.
import type { CoverageScore } from '../api/api.gen.ts';
import { linearScale } from './scale.ts';

const TICKS = [0, 0.25, 0.5, 0.75, 1];

// `bare` leaves the scale out, for a row of a table.
export function Calibration(props: {
  coverage: CoverageScore;
  width: number;
  sentence: string;
  bare?: boolean;
}) {
  const { said, came, low, high } = props.coverage;
  const bare = props.bare === true;
  const x = linearScale(0, 1, 6, props.width - 6);
  const known = low !== null && low !== undefined && high !== null && high !== undefined;
  const met = !known || (low <= said && said <= high);
  return (
    <svg
      class={`interval ${met ? 'data' : 'missed'}`}
      width={props.width}
      height={bare ? 20 : 34}
      role="img"
      aria-label={props.sentence}
    >
      {TICKS.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={x(tick)} x2={x(tick)} y1={2} y2={18} />
          {bare ? null : (
            <text
              x={x(tick)}
              y={31}
              text-anchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
            >
              {tick * 100} %
            </text>
          )}
        </g>
      ))}
      <line class="said" x1={x(said)} x2={x(said)} y1={0} y2={20} />
      {known ? (
        <line class="mark" x1={x(low)} x2={x(high)} y1={10} y2={10} stroke-width={1.5} />
      ) : null}
      <circle class="dot" cx={x(came)} cy={10} r={3.5} />
    </svg>
  );
}
