// A plot of one query over the span of the address, and the picker of that span.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Failure } from '../api/failure.ts';
import { queryRange, type Series } from '../api/prometheus.ts';
import { serverNow } from '../clock.ts';
import { place, setParams } from '../router.ts';
import { theme } from '../settings.ts';
import { parseSpan, parseStep, SPANS, stepSeconds } from '../span.ts';
import { FigureTools } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatDuration } from './time.ts';
import { QueryError } from './query_error.tsx';
import { SeriesList } from './series_list.tsx';

const REFRESH_MS = 15_000;
const POINTS = 240;

interface Drawn {
  series: readonly Series[];
  startMs: number;
  endMs: number;
  step: number;
  tookMs: number;
  remarks: readonly string[];
}

// `open`: the list of series stands below the plot and one of them can be shown alone; else it is
// folded under "as table".
export function Plot(props: {
  query: string;
  title: string;
  height: number;
  unit?: string; // of the values, where it is known
  open?: boolean;
}) {
  const drawn = useSignal<Drawn | null>(null);
  const failure = useSignal<Failure | null>(null);
  const only = useSignal<number | null>(null);
  const span = parseSpan(place.value.params);
  const asked = parseStep(place.value.params);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      if (document.hidden) return;
      const step = asked ?? stepSeconds(span.lengthMs, POINTS);
      const end = Math.floor((span.endMs ?? serverNow()) / 1000 / step) * step * 1000;
      const start = end - Math.floor(span.lengthMs / 1000 / step) * step * 1000;
      const began = performance.now();
      const answer = await queryRange(props.query, start, end, step);
      if (gone) return;
      failure.value = answer.ok ? null : answer.failure;
      if (!answer.ok) return;
      const tookMs = performance.now() - began;
      const remarks = answer.remarks ?? [];
      drawn.value = { series: answer.value, startMs: start, endMs: end, step, tookMs, remarks };
    };
    void load();
    const timer = span.endMs === null ? setInterval(() => void load(), REFRESH_MS) : undefined;
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [props.query, span.lengthMs, span.endMs, asked]);

  const current = drawn.value;
  const series = current?.series ?? [];
  const empty = current !== null && series.length === 0;
  const one = only.value === null ? undefined : series[only.value];
  const list = <SeriesList series={series} only={only} />;
  return (
    <figure class="plot">
      <Measured height={props.height}>
        {(width) =>
          current === null || empty ? null : (
            <Canvas
              drawn={current}
              series={one === undefined ? series : [one]}
              first={one === undefined ? 0 : (only.value ?? 0)}
              width={width}
              height={props.height}
              title={props.title}
              unit={props.unit ?? ''}
            />
          )
        }
      </Measured>
      {empty ? (
        <p class="muted plot-note">No sample in this window: not seen is not zero.</p>
      ) : null}
      {failure.value === null ? null : <QueryError query={props.query} text={failure.value.text} />}
      {current === null || empty ? null : props.open === true ? (
        <>
          <p class="muted">{resultWords(current)}</p>
          {list}
        </>
      ) : (
        <FigureTools table={() => list} query={props.query} />
      )}
      {current?.remarks.map((remark) => (
        <p key={remark} class="refusal">
          {remark}
        </p>
      ))}
    </figure>
  );
}

function resultWords(drawn: Drawn): string {
  const count = drawn.series.length;
  const took = `${Math.max(1, Math.round(drawn.tookMs))} ms`;
  return `${count} series, a step of ${formatDuration(drawn.step * 1000)}, answered in ${took}`;
}

function Canvas(props: {
  drawn: Drawn;
  series: readonly Series[];
  first: number;
  width: number;
  height: number;
  title: string;
  unit: string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const { drawn, series, first, width, height, title, unit } = props;
  const scheme = theme.value;
  useLayoutEffect(() => {
    let remove: (() => void) | null = null;
    let gone = false;
    void import('../charts/series.ts').then(({ drawSeries }) => {
      if (gone || host.current === null) return;
      remove = drawSeries(host.current, series, {
        width,
        height,
        startMs: drawn.startMs,
        endMs: drawn.endMs,
        step: drawn.step,
        sync: 'console',
        first,
        unit,
      });
    });
    return () => {
      gone = true;
      remove?.();
    };
  }, [drawn, series.length, first, width, height, scheme]);
  return (
    <div
      ref={host}
      class="canvas"
      role="img"
      aria-label={`${title}: ${series.length} series over the window`}
    />
  );
}

// The same window everywhere: it lives in the address.
export function SpanPicker() {
  const span = parseSpan(place.value.params);
  return (
    <div class="spans" role="group" aria-label="Window of time">
      {SPANS.map(({ name }) => (
        <button
          key={name}
          type="button"
          class="quiet"
          aria-pressed={span.name === name}
          onClick={() => setParams({ range: name })}
        >
          {name}
        </button>
      ))}
      {span.endMs === null ? null : (
        <button type="button" class="quiet" onClick={() => setParams({ end: '' })}>
          now
        </button>
      )}
    </div>
  );
}
