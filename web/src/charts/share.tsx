// A bullet: how much of a limit is used. A share above one runs to the end of the bar and says so
// in words.
import { formatShare } from '../parts/money.ts';

const WIDTH = 64;
const HEIGHT = 8;

// The filled width in pixels for a share; never outside the bar.
export function shareWidth(share: number): number {
  return Math.max(0, Math.min(1, share)) * WIDTH;
}

export function Share(props: { share: number; sentence: string; second?: boolean }) {
  return (
    <span class="share" title={props.sentence}>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={props.sentence}>
        <rect class="track" x={0.5} y={0.5} width={WIDTH - 1} height={HEIGHT - 1} />
        <rect
          class={props.second === true ? 'used past' : 'used'}
          width={shareWidth(props.share)}
          height={HEIGHT}
        />
      </svg>
      <span>{formatShare(props.share)}</span>
    </span>
  );
}
