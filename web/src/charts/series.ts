// Time series by uPlot. The only chart on a canvas and the only user of uPlot; loaded when a page
// with series opens.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Series } from '../api/prometheus.ts';
import { metricText } from '../api/prometheus.ts';
import { formatDay, formatUnit } from '../parts/time.ts';
import { alignSeries } from './align.ts';
import { strokeOf } from './stroke.ts';

export interface SeriesOptions {
  width: number;
  height: number;
  startMs: number;
  endMs: number;
  step: number;
  sync: string;
  unit: string; // of the values; '' where it is not known
  first: number; // the place of the first of `series` among all: it keeps its tone when shown alone
}

// Reads a colour token as the browser resolves it in the present scheme.
function colour(token: string, host: HTMLElement): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  host.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

// A tick of the time axis in the viewer's zone: 21:40, or 22 Nov at midnight and for steps of a
// day.
function tickText(seconds: number, step: number): string {
  const at = new Date(seconds * 1000);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  if (step >= 86_400 || midnight) return formatDay(seconds * 1000, Date.now());
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
}

// Draws into `host` and gives back what removes it.
export function drawSeries(
  host: HTMLElement,
  series: readonly Series[],
  options: SeriesOptions,
): () => void {
  const ink = colour('--muted', host);
  const line = colour('--line', host);
  const font = '11px Inter, system-ui, sans-serif';
  const axis: uPlot.Axis = {
    stroke: ink,
    font,
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
  };
  const plot = new uPlot(
    {
      width: options.width,
      height: options.height,
      legend: { show: false },
      cursor: { sync: { key: options.sync }, points: { size: 5 } },
      scales: { x: { time: true, min: options.startMs / 1000, max: options.endMs / 1000 } },
      axes: [
        {
          ...axis,
          space: 64,
          size: 28,
          values: (_, splits, __, ___, step) => splits.map((at) => tickText(at, step)),
        },
        {
          ...axis,
          size: options.unit === '' ? 52 : 60,
          space: 30,
          ...(options.unit === ''
            ? {}
            : { values: (_, splits) => splits.map((value) => formatUnit(value, options.unit)) }),
        },
      ],
      series: [
        {},
        ...series.map((one, index): uPlot.Series => {
          const { tone, dash } = strokeOf(index + options.first);
          return {
            label: metricText(one.metric),
            stroke: colour(tone, host),
            width: 1.25,
            points: { show: one.values.length === 1 },
            ...(dash === undefined ? {} : { dash }),
          };
        }),
      ],
    },
    alignSeries(
      series,
      options.startMs / 1000,
      options.endMs / 1000,
      options.step,
    ) as uPlot.AlignedData,
    host,
  );
  return () => plot.destroy();
}
