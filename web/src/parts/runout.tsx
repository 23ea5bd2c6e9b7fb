// When something runs out: what was left so far, the forecast as it was stored, and the date with
// its interval. All of it comes from the server; nothing is extrapolated here.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Amount, Fan as Forecast } from '../api/api.gen.ts';
import { queryRange } from '../api/prometheus.ts';
import { Fan, type Crossing } from '../charts/fan.tsx';
import { now, serverNow } from '../clock.ts';
import { stepSeconds } from '../span.ts';
import { Ago } from './ago.tsx';
import { AmountText } from './amount.tsx';
import { FigureTools, PlainTable } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatBytes, formatPlain } from './money.ts';
import { formatClock, formatDay } from './time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const HEIGHT = 150;

// The instants at which the limit is crossed, from an amount in days, hours or minutes counted from
// `from`. Null for another unit.
export function crossingOf(date: Amount, from: number): Crossing | null {
  const unit = date.unit.split(' ')[0];
  const length = unit === 'days' ? DAY : unit === 'hours' ? HOUR : unit === 'minutes' ? MINUTE : 0;
  if (length === 0) return null;
  const at = (count: number): number => from + count * length;
  return {
    p05: at(date.p05),
    p25: at(date.p25),
    p50: at(date.p50),
    p75: at(date.p75),
    p95: at(date.p95),
  };
}

// The history shown is about as long as the median way to the limit, between ten minutes and a
// month.
export function historyMs(crossing: Crossing, nowMs: number): number {
  return Math.min(30 * DAY, Math.max(10 * MINUTE, crossing.p50 - nowMs));
}

function wordsOf(unit: string): (value: number) => string {
  return unit === 'bytes' ? formatBytes : (value) => `${formatPlain(Math.round(value))} ${unit}`;
}

export function Runout(props: { what: string; sentence: string; date: Amount; fan: Forecast }) {
  const { what, fan } = props;
  const observed = useSignal<readonly [number, number][]>([]);
  const crossing = crossingOf(props.date, fan.made);
  const length = crossing === null ? 0 : historyMs(crossing, fan.made);
  useEffect(() => {
    if (length === 0) return;
    const end = serverNow();
    void queryRange(fan.query, end - length, end, stepSeconds(length, 120)).then((answer) => {
      const first = answer.ok ? answer.value[0] : undefined;
      observed.value =
        first?.values.map(([at, value]): [number, number] => [at * 1000, value]) ?? [];
    });
  }, [fan.query, fan.made, length]);
  if (crossing === null) return <p class="muted">{props.sentence}</p>;
  const words = wordsOf(fan.unit);
  const soon = crossing.p50 - now.value < 2 * DAY;
  const day = (at: number): string =>
    soon ? formatClock(at, now.value) : formatDay(at, now.value);
  return (
    <figure class="runout">
      <Measured height={HEIGHT}>
        {(width) => (
          <Fan
            width={width}
            height={HEIGHT}
            sentence={`${what}: ${props.sentence}`}
            limitText="nothing left"
            day={day}
            words={words}
            data={{
              observed: observed.value,
              bands: fan.bands,
              limit: 0,
              crossing,
              now: now.value,
            }}
          />
        )}
      </Measured>
      <p class="muted">
        <AmountText amount={props.date} title={`${what} runs out`} whole />, said{' '}
        <Ago at={fan.made} />. Bands: 50, 80 and 95 % of what could be left.
      </p>
      <FigureTools
        query={fan.query}
        table={() => <BandTable fan={fan} words={words} what={what} />}
        computed={
          <p>
            The drift and its spread over the last minutes, both uncertain, carried forward; the
            date is when such a path first reaches nothing. It is stored when it is made and scored
            when the truth is in.
          </p>
        }
      />
    </figure>
  );
}

function BandTable(props: { fan: Forecast; words: (value: number) => string; what: string }) {
  const { fan, words } = props;
  const range = (low: number, high: number): string => `${words(low)} to ${words(high)}`;
  return (
    <PlainTable
      caption={`What could be left of ${props.what}`}
      heads={['at', '50 %', '80 %', '95 %']}
      rows={fan.bands.map((band) => [
        formatClock(band.at, now.value),
        range(band.low50, band.high50),
        range(band.low80, band.high80),
        range(band.low95, band.high95),
      ])}
    />
  );
}
