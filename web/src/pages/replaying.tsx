// The store replays its log: the server's own reason and progress instead of empty pages.
import { useEffect } from 'preact/hooks';
import type { Replay } from '../api/ready.ts';

export function Replaying(props: { state: Replay }) {
  const { sentence, share } = props.state;
  useEffect(() => {
    document.title = 'Starting · daytwo';
  }, []);
  return (
    <main id="main" tabIndex={-1} class="replaying">
      <div class="page">
        <header class="page-head">
          <p class="question">Why is there nothing to see yet?</p>
          <h1>{sentence}</h1>
        </header>
        {share === null ? null : (
          <progress value={share} max={1} aria-label="progress of the replay">
            {Math.round(share * 100)} %
          </progress>
        )}
        <p class="muted">
          Nothing that was acknowledged is lost. The page appears by itself when the server is
          ready.
        </p>
      </div>
    </main>
  );
}
