// When a filesystem is full: what was observed, the size as the limit, and the date with its
// interval as the server sent it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Amount, FilesystemRow } from '../api/api.gen.ts';
import { queryRange } from '../api/prometheus.ts';
import { Fan, type Crossing } from '../charts/fan.tsx';
import { now, serverNow } from '../clock.ts';
import { stepSeconds } from '../span.ts';
import { AmountText } from './amount.tsx';
import { Measured } from './measured.tsx';
import { formatBytes } from './money.ts';
import { formatClock, formatDay } from './time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

// The instants at which the limit is crossed, from an amount in days or hours counted from its
// `as_of`. Null for another unit.
export function crossingOf(date: Amount): Crossing | null {
  const length = date.unit.startsWith('days')
    ? DAY
    : date.unit.startsWith('hours')
      ? HOUR
      : date.unit.startsWith('minutes')
        ? 60_000
        : null;
  if (length === null) return null;
  const at = (count: number): number => date.as_of + count * length;
  return {
    p05: at(date.p05),
    p25: at(date.p25),
    p50: at(date.p50),
    p75: at(date.p75),
    p95: at(date.p95),
  };
}

// The history shown is as long as the median way to the limit, between an hour and a month.
export function historyMs(crossing: Crossing, nowMs: number): number {
  return Math.min(30 * DAY, Math.max(HOUR, crossing.p50 - nowMs));
}

export function Runout(props: { row: FilesystemRow }) {
  const { row } = props;
  const observed = useSignal<[number, number][]>([]);
  const crossing = row.date === null ? null : crossingOf(row.date);
  useEffect(() => {
    if (crossing === null) return;
    const end = serverNow();
    const length = historyMs(crossing, end);
    const where = `{mountpoint=${JSON.stringify(row.mount)}}`;
    void queryRange(
      `max(node_filesystem_size_bytes${where} - node_filesystem_avail_bytes${where})`,
      end - length,
      end,
      stepSeconds(length, 120),
    ).then((answer) => {
      const first = answer.ok ? answer.value[0] : undefined;
      observed.value =
        first === undefined
          ? []
          : first.values.map(([at, value]): [number, number] => [at * 1000, value]);
    });
  }, [row.mount, crossing === null]);
  if (row.date === null || crossing === null) return <p class="muted">{row.runout}</p>;
  const soon = crossing.p95 - now.value < 2 * DAY;
  const points =
    observed.value.length > 0 ? observed.value : [[now.value, row.used_bytes] as [number, number]];
  return (
    <>
      <Measured height={120}>
        {(width) => (
          <Fan
            width={width}
            height={120}
            sentence={`${row.mount}: ${row.runout}`}
            limitText={`full: ${formatBytes(row.size_bytes)}`}
            day={(at) => (soon ? formatClock(at, now.value) : formatDay(at, now.value))}
            data={{ observed: points, bands: [], limit: row.size_bytes, crossing, now: now.value }}
          />
        )}
      </Measured>
      <p class="muted">
        <AmountText amount={row.date} title={`${row.mount} runs full`} whole />
      </p>
    </>
  );
}
