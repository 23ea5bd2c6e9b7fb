// The cost of nines of one service as a figure: the curve, the promises that are not kept, the
// levels as a table.
import type { NinesPage, NinesPromise } from '../api/api.gen.ts';
import { own, usePolling, type Resource } from '../api/resource.ts';
import { NinesCurve } from '../charts/nines.tsx';
import { hrefTo } from '../router.ts';
import { FigureTools } from './figure.tsx';
import { Measured } from './measured.tsx';
import { formatShare } from './money.ts';
import { NinesSteps } from './nines_steps.tsx';
import { Empty, Skeleton } from './page.tsx';

// What gives a service its first curve.
export const TEACH_NINES =
  '# a price of an hour, on the Stakes page\nstakes: ["an hour of checkout down costs $2k to $20k"]\n' +
  '# and options that help, in a file of worries:\noptions:\n' +
  '  - {id: canary, kind: reliability, once: "$5k", blocks: {change: 40% to 70%}}';

// The curve of a service. It moves as slowly as what it is made of.
export function ninesOf(service: string): Resource<NinesPage> {
  return own<NinesPage>(`nines/${encodeURIComponent(service)}`, 60_000);
}

// How a promise stands, in words.
export function kept(promise: NinesPromise): string {
  if (!promise.possible) return 'cannot be kept';
  return promise.kept ? 'kept, as expected today' : 'not kept as things stand';
}

export function Nines(props: { service: string }) {
  const from = ninesOf(props.service);
  usePolling(from as Resource<unknown>);
  const page = from.value.value;
  const failure = from.failure.value;
  if (page === null && failure !== null)
    return <Empty text={`No curve yet: ${failure.text}.`} teach={TEACH_NINES} />;
  if (page === null) return <Skeleton rows={6} />;
  const broken = page.promises.filter((promise) => !promise.kept);
  return (
    <figure class="figure">
      <p>{page.sentence}</p>
      <Curve page={page} height={240} />
      {broken.length === 0 ? null : (
        <ul class="lines">
          {broken.map((promise) => (
            <li key={promise.to} class="crossed">
              {formatShare(promise.availability)} is promised to {promise.to}: {kept(promise)}
            </li>
          ))}
        </ul>
      )}
      <FigureTools table={() => <NinesSteps steps={page.steps} />}>
        <a href={hrefTo('nines', props.service)}>every level, promise and need</a>
      </FigureTools>
    </figure>
  );
}

export function Curve(props: { page: NinesPage; height: number }) {
  const { page, height } = props;
  return (
    <Measured height={height}>
      {(width) => (
        <NinesCurve
          steps={page.steps}
          currency={page.currency}
          width={width}
          height={height}
          sentence={page.sentence}
        />
      )}
    </Measured>
  );
}
