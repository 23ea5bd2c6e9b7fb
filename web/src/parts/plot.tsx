// A plot of one query over the span of the address, and the picker of that span.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Failure } from '../api/failure.ts';
import { queryRange, type Series } from '../api/prometheus.ts';
import { serverNow } from '../clock.ts';
import { place, setParams } from '../router.ts';
import { theme } from '../settings.ts';
import { parseSpan, SPANS, stepSeconds } from '../span.ts';
import { Measured } from './measured.tsx';

const REFRESH_MS = 15_000;

interface Drawn {
  series: readonly Series[];
  startMs: number;
  endMs: number;
  step: number;
}

export function Plot(props: {
  query: string;
  title: string;
  height: number;
  onResult?: (count: number) => void;
}) {
  const drawn = useSignal<Drawn | null>(null);
  const failure = useSignal<Failure | null>(null);
  const span = parseSpan(place.value.params);
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      if (document.hidden) return;
      const step = stepSeconds(span.lengthMs, 240);
      const end = Math.floor((span.endMs ?? serverNow()) / 1000 / step) * step * 1000;
      const start = end - Math.floor(span.lengthMs / 1000 / step) * step * 1000;
      const answer = await queryRange(props.query, start, end, step);
      if (gone) return;
      failure.value = answer.ok ? null : answer.failure;
      if (answer.ok) {
        drawn.value = { series: answer.value, startMs: start, endMs: end, step };
        props.onResult?.(answer.value.length);
      }
    };
    void load();
    const timer = span.endMs === null ? setInterval(() => void load(), REFRESH_MS) : undefined;
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [props.query, span.lengthMs, span.endMs]);

  const current = drawn.value;
  const empty = current !== null && current.series.length === 0;
  return (
    <figure class="plot">
      <Measured height={props.height}>
        {(width) =>
          current === null || empty ? null : (
            <Canvas drawn={current} width={width} height={props.height} title={props.title} />
          )
        }
      </Measured>
      {empty ? (
        <p class="muted plot-note">No sample in this window: not seen is not zero.</p>
      ) : null}
      {failure.value === null ? null : (
        <p class="refusal plot-note" role="alert">
          {failure.value.text}
        </p>
      )}
    </figure>
  );
}

function Canvas(props: { drawn: Drawn; width: number; height: number; title: string }) {
  const host = useRef<HTMLDivElement>(null);
  const { drawn, width, height, title } = props;
  const scheme = theme.value;
  useLayoutEffect(() => {
    let remove: (() => void) | null = null;
    let gone = false;
    void import('../charts/series.ts').then(({ drawSeries }) => {
      if (gone || host.current === null) return;
      remove = drawSeries(host.current, drawn.series, {
        width,
        height,
        startMs: drawn.startMs,
        endMs: drawn.endMs,
        step: drawn.step,
        sync: 'console',
      });
    });
    return () => {
      gone = true;
      remove?.();
    };
  }, [drawn, width, height, scheme]);
  return (
    <div
      ref={host}
      class="canvas"
      role="img"
      aria-label={`${title}: ${drawn.series.length} series over the window`}
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
