// Busy processors: is that a problem? The answer of the host and of each service on it, with what
// makes it one.
import type { CpuPage, CpuRow, CpuState } from '../api/api.gen.ts';
import { own, usePolling, type Resource } from '../api/resource.ts';
import { Share } from '../charts/share.tsx';
import { FigureTools } from './figure.tsx';
import { Mark } from './mark.tsx';
import { formatShare } from './money.ts';
import { Empty, Skeleton } from './page.tsx';

const STATE: Record<CpuState, Parameters<typeof Mark>[0]> = {
  calm: { shape: 'ring', tone: 'good', word: 'calm' },
  busy: { shape: 'half', tone: 'ink', word: 'busy, no problem' },
  problem: { shape: 'triangle', tone: 'contrast', word: 'a problem' },
};

export function Cpu() {
  const from = own<CpuPage>('cpu');
  usePolling(from as Resource<unknown>);
  const page = from.value.value;
  if (page === null) {
    if (from.failure.value !== null) return <p class="muted">{from.failure.value.text}</p>;
    return <Skeleton rows={3} />;
  }
  if (page.rows.length === 0) return <Empty text={page.sentence} teach={page.teach} />;
  return (
    <>
      {page.rows.map((row) => (
        <Answer key={`${row.host} ${row.service}`} row={row} />
      ))}
    </>
  );
}

function Answer(props: { row: CpuRow }) {
  const { row } = props;
  return (
    <div class="cpu-answer">
      <p>{row.sentence}</p>
      <dl class="facts">
        <dt>{row.service === '' ? row.host : row.service}</dt>
        <dd>
          <Mark {...STATE[row.state]} />
        </dd>
        <dt>busy</dt>
        <dd>
          <Share
            share={row.busy}
            second={row.state === 'problem'}
            sentence={`${formatShare(row.busy)} of ${row.processors} processors`}
          />
        </dd>
        {row.waiting === null ? null : (
          <>
            <dt>work waits</dt>
            <dd>{formatShare(row.waiting)} of the time</dd>
          </>
        )}
        {row.reasons.length === 0 ? null : (
          <>
            <dt>because</dt>
            <dd>{row.reasons.join('; ')}</dd>
          </>
        )}
        {row.users.length === 0 ? null : (
          <>
            <dt>who uses most</dt>
            <dd>{row.users.join(', ')}</dd>
          </>
        )}
      </dl>
      <FigureTools query={row.query} />
    </div>
  );
}
