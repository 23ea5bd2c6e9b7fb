// One page (a notice sent to a person): its state, and the three things a person does with it:
// acknowledge, snooze, judge.
import { useSignal } from '@preact/signals';
import type { PageRow, PagesPage, Vote } from '../api/api.gen.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { own } from '../api/resource.ts';
import { announce } from '../announce.ts';
import { hrefTo } from '../router.ts';
import { Ago } from './ago.tsx';

// A page waits while nobody has answered it and it was not called back. A message that only tells
// (resolved, a notice) waits for nothing; a test asks to be answered, but wakes nobody here.
export function waiting(page: PageRow): boolean {
  return page.purpose === 'page' && page.acked === null && page.state !== 'cancelled';
}

const VOTES: readonly { vote: Vote; word: string }[] = [
  { vote: 'useful', word: 'useful' },
  { vote: 'noise', word: 'noise' },
  { vote: 'not_mine', word: 'not mine' },
  { vote: 'no_power', word: 'no power to act' },
];
const SNOOZES = ['15m', '1h', '4h'];

function asks(page: PageRow): boolean {
  return page.purpose === 'page' || page.purpose === 'test';
}

// What was said of a page, in words; '' when nobody has said anything.
export function voteWord(vote: string): string {
  return VOTES.find((known) => known.vote === vote)?.word ?? vote;
}

// The buttons of one page. `a` presses the one marked data-ack.
export function PageActions(props: { page: PageRow; votes: boolean }) {
  const { page } = props;
  const answerable = page.acked === null && page.state !== 'cancelled' && asks(page);
  const failure = useSignal<Failure | null>(null);
  const busy = useSignal('');
  const act = async (verb: string, body: unknown, said: string): Promise<void> => {
    busy.value = verb;
    const answer = await post<PagesPage>(`pages/${encodeURIComponent(page.id)}/${verb}`, body);
    failure.value = answer.ok ? null : answer.failure;
    if (answer.ok) {
      announce(said);
      await own<PagesPage>('pages', 5_000).again();
    }
    busy.value = '';
  };
  return (
    <div class="page-actions">
      {!answerable ? null : (
        <>
          <button
            type="button"
            class="primary"
            data-ack={page.id}
            disabled={busy.value !== ''}
            onClick={() => void act('ack', {}, `Acknowledged: ${page.title}`)}
          >
            {busy.value === 'ack' ? 'Acknowledging …' : 'Acknowledge'}
          </button>
          <label class="snooze">
            <span class="hidden">Snooze {page.title} for</span>
            <select
              value=""
              disabled={busy.value !== ''}
              onChange={(event) => {
                const span = event.currentTarget.value;
                event.currentTarget.value = '';
                if (span !== '')
                  void act('snooze', { for: span }, `Snoozed for ${span}: ${page.title}`);
              }}
            >
              <option value="">Snooze …</option>
              {SNOOZES.map((span) => (
                <option key={span} value={span}>
                  for {span}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      {!props.votes || !asks(page) ? null : (
        <span class="votes" role="group" aria-label={`Was this page useful? ${page.title}`}>
          {VOTES.map(({ vote, word }) => (
            <button
              key={vote}
              type="button"
              class="quiet"
              aria-pressed={page.vote === vote}
              disabled={busy.value !== ''}
              onClick={() => void act('feedback', { vote }, `Noted: ${word}`)}
            >
              {word}
            </button>
          ))}
        </span>
      )}
      {failure.value === null ? null : (
        <p class="refusal" role="alert">
          Not done: {failure.value.text}. The page itself is safe; try again.
        </p>
      )}
    </div>
  );
}

// Unanswered pages at the top of the Loop and of a worry: on a phone the first thing under the
// thumb. `votes`: with the question whether it was useful.
export function PageStrip(props: { pages: readonly PageRow[]; votes?: boolean }) {
  return (
    <section class="page-strip span-12" aria-label="Pages that wait for an answer">
      {props.pages.map((page) => (
        <article key={page.id}>
          <p class="page-title">
            <span class="state act-now">page</span>{' '}
            <a href={page.worry === '' ? hrefTo('pages') : hrefTo('worry', page.worry)} data-open>
              {page.title}
            </a>
          </p>
          <p class="muted">
            to {page.to} by {page.method}, {page.state} <Ago at={page.sent ?? page.created} />
            {page.error === '' ? '' : `: ${page.error}`}
          </p>
          {page.shadow === '' ? null : <p class="muted">{page.shadow}</p>}
          <PageActions page={page} votes={props.votes === true} />
        </article>
      ))}
    </section>
  );
}
