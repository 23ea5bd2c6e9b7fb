// An age that moves, with the absolute time in the viewer's zone and in UTC on hover.
import { now } from '../clock.ts';
import { bothZones, formatAgo, formatDuration } from './time.ts';

export function Ago(props: { at: number; bare?: boolean }) {
  const { at } = props;
  if (at <= 0) return <span class="muted">never</span>;
  const text = props.bare === true ? formatDuration(now.value - at) : formatAgo(at, now.value);
  return (
    <time dateTime={new Date(at).toISOString()} title={bothZones(at)}>
      {text}
    </time>
  );
}
