// A forecast against a limit: the observed line solid, bands where the server sent them, the limit
// dashed, and on the limit the crossing instant with its interval. Nothing is extrapolated here:
// without bands only the crossing is drawn.
import { linearScale } from './scale.ts';

export interface Band {
  at: number;
  low95: number;
  low80: number;
  low50: number;
  high50: number;
  high80: number;
  high95: number;
}
export interface Crossing {
  p05: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
} // instants, ms
export interface FanData {
  observed: readonly [number, number][]; // ms, value
  bands: readonly Band[];
  limit: number;
  crossing: Crossing | null;
  now: number;
}

const TOP = 14;
const FOOT = 18;

// The points of a band between two of its quantiles, as an SVG path.
export function bandPath(
  bands: readonly Band[],
  low: keyof Band,
  high: keyof Band,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  if (bands.length === 0) return '';
  const forth = bands.map((band) => `${x(band.at).toFixed(1)} ${y(band[high]).toFixed(1)}`);
  const back = [...bands]
    .reverse()
    .map((band) => `${x(band.at).toFixed(1)} ${y(band[low]).toFixed(1)}`);
  return `M${forth.join('L')}L${back.join('L')}Z`;
}

export function Fan(props: {
  data: FanData;
  width: number;
  height: number;
  sentence: string;
  day: (at: number) => string;
  limitText: string;
}) {
  const { data, width, height } = props;
  const first = data.observed[0]?.[0] ?? data.now;
  const last = Math.max(
    data.now,
    data.crossing?.p95 ?? 0,
    data.bands[data.bands.length - 1]?.at ?? 0,
  );
  const lowest = Math.min(
    ...data.observed.map(([, value]) => value),
    ...data.bands.map((band) => band.low95),
    data.limit,
  );
  const x = linearScale(first, last, 2, width - 8);
  const y = linearScale(lowest, data.limit, height - FOOT - 6, TOP + 6);
  const line = data.observed
    .map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
  const { crossing } = data;
  return (
    <svg class="fan" width={width} height={height} role="img" aria-label={props.sentence}>
      <path class="band" d={bandPath(data.bands, 'low95', 'high95', x, y)} />
      <path class="band" d={bandPath(data.bands, 'low80', 'high80', x, y)} />
      <path class="band" d={bandPath(data.bands, 'low50', 'high50', x, y)} />
      <line class="limit" x1={0} x2={width} y1={y(data.limit)} y2={y(data.limit)} />
      <text class="label" x={0} y={11}>
        {props.limitText}
      </text>
      <polyline class="observed" points={line} />
      <line class="now" x1={x(data.now)} x2={x(data.now)} y1={TOP} y2={height - FOOT} />
      <text
        x={x(data.now)}
        y={height - 5}
        text-anchor={x(data.now) < 30 ? 'start' : x(data.now) > width - 30 ? 'end' : 'middle'}
      >
        now
      </text>
      {crossing === null ? null : (
        <g class="interval data">
          <line
            class="mark"
            x1={x(crossing.p05)}
            x2={x(crossing.p95)}
            y1={y(data.limit)}
            y2={y(data.limit)}
            stroke-width={1.5}
          />
          <line
            class="mark half"
            x1={x(crossing.p25)}
            x2={x(crossing.p75)}
            y1={y(data.limit)}
            y2={y(data.limit)}
            stroke-width={5}
          />
          <circle class="dot" cx={x(crossing.p50)} cy={y(data.limit)} r={3.5} />
          <line
            class="drop"
            x1={x(crossing.p50)}
            x2={x(crossing.p50)}
            y1={y(data.limit) + 5}
            y2={height - FOOT}
          />
          <text
            x={Math.min(x(crossing.p50), width - 4)}
            y={height - 5}
            text-anchor={x(crossing.p50) > width - 40 ? 'end' : 'middle'}
          >
            {props.day(crossing.p50)}
          </text>
        </g>
      )}
    </svg>
  );
}
