// The reliability diagram: what was said against how often it came, each height of chances as a dot
// on its 90 % interval. On the dashed diagonal chances mean what they say; flatter than it, they
// are too sure.
import type { ReliabilityBin } from '../api/api.gen.ts';
import { linearScale } from './scale.ts';

const TOP = 20;
const FOOT = 34;
const LEFT = 44;
const WIDEST = 360;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export function Reliability(props: {
  bins: readonly ReliabilityBin[];
  width: number;
  height: number;
  sentence: string;
}) {
  const { bins, height } = props;
  const width = Math.min(props.width, WIDEST);
  const foot = height - FOOT;
  const right = width - 16;
  const x = linearScale(0, 1, LEFT, right);
  const y = linearScale(0, 1, foot, TOP);
  return (
    <svg class="reliability" width={width} height={height} role="img" aria-label={props.sentence}>
      {TICKS.map((tick) => (
        <g key={tick}>
          <line class="grid" x1={LEFT} x2={right} y1={y(tick)} y2={y(tick)} />
          <text x={LEFT - 6} y={y(tick) + 4} text-anchor="end">
            {tick * 100} %
          </text>
          <text x={x(tick)} y={foot + 15} text-anchor="middle">
            {tick * 100} %
          </text>
        </g>
      ))}
      <line class="diagonal" x1={x(0)} x2={x(1)} y1={y(0)} y2={y(1)} />
      {bins.map((bin) => (
        <g key={bin.from} class={met(bin) ? 'met' : 'missed'}>
          <line x1={x(bin.said)} x2={x(bin.said)} y1={y(bin.low)} y2={y(bin.high)} />
          <circle cx={x(bin.said)} cy={y(bin.came)} r={3.5} />
        </g>
      ))}
      <text x={0} y={10}>
        came true
      </text>
      <text x={right} y={height - 4} text-anchor="end">
        chance that was said
      </text>
    </svg>
  );
}

// The interval of what came holds what was said.
export function met(bin: ReliabilityBin): boolean {
  return bin.low <= bin.said && bin.said <= bin.high;
}
