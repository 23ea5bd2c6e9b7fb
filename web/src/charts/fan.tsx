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

function anchor(at: number, width: number): 'start' | 'middle' | 'end' {
  return at < 40 ? 'start' : at > width - 40 ? 'end' : 'middle';
}

export function Fan(props: {
  data: FanData;
  width: number;
  height: number;
  sentence: string;
  day: (at: number) => string;
  words: (value: number) => string;
  limitText: string;
}) {
  const { data, width, height } = props;
  const { crossing } = data;
  const first = data.observed[0]?.[0] ?? data.bands[0]?.at ?? data.now;
  const ends = data.bands[data.bands.length - 1]?.at ?? crossing?.p95 ?? 0;
  const last = Math.max(data.now, ends);
  const levels = [
    ...data.observed.map(([, value]) => value),
    ...data.bands.flatMap((band) => [band.low95, band.high95]),
    data.limit,
  ];
  const lowest = Math.min(...levels);
  const highest = Math.max(...levels);
  const x = linearScale(first, last, 2, width - 8);
  const y = linearScale(lowest, highest, height - FOOT - 4, TOP + 4);
  const line = data.observed
    .map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
  const limitY = y(data.limit);
  const below = limitY < height / 2;
  return (
    <svg class="fan" width={width} height={height} role="img" aria-label={props.sentence}>
      <path class="band" d={bandPath(data.bands, 'low95', 'high95', x, y)} />
      <path class="band" d={bandPath(data.bands, 'low80', 'high80', x, y)} />
      <path class="band" d={bandPath(data.bands, 'low50', 'high50', x, y)} />
      <line class="limit" x1={0} x2={width} y1={limitY} y2={limitY} />
      <text class="label" x={0} y={limitY + (below ? 13 : -5)}>
        {props.limitText}
      </text>
      <text x={0} y={below ? height - FOOT - 6 : 11}>
        {props.words(below ? lowest : highest)}
      </text>
      <polyline class="observed" points={line} />
      <line class="now" x1={x(data.now)} x2={x(data.now)} y1={TOP} y2={height - FOOT} />
      <text x={x(data.now)} y={height - 4} text-anchor={anchor(x(data.now), width)}>
        now
      </text>
      {crossing === null ? null : (
        <CrossingMark
          crossing={crossing}
          x={x}
          y={limitY}
          width={width}
          foot={height - 4}
          day={props.day}
        />
      )}
    </svg>
  );
}

// The date on the limit: its 90 % line, its 50 % bar, its median with the day below. What lies
// beyond the picture runs to its edge.
function CrossingMark(props: {
  crossing: Crossing;
  x: (at: number) => number;
  y: number;
  width: number;
  foot: number;
  day: (at: number) => string;
}) {
  const { crossing, y } = props;
  const x = (at: number): number => Math.min(props.width, props.x(at));
  const middle = x(crossing.p50);
  return (
    <g class="interval data">
      <line
        class="mark"
        x1={x(crossing.p05)}
        x2={x(crossing.p95)}
        y1={y}
        y2={y}
        stroke-width={1.5}
      />
      <line
        class="mark half"
        x1={x(crossing.p25)}
        x2={x(crossing.p75)}
        y1={y}
        y2={y}
        stroke-width={5}
      />
      <circle class="dot" cx={middle} cy={y} r={3.5} />
      <text x={middle} y={props.foot} text-anchor={anchor(middle, props.width)}>
        {props.day(crossing.p50)}
      </text>
    </g>
  );
}
