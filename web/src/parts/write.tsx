// The two fields a person writes into: a worry in one sentence, and the answer to the one question.
import type { Question, ServicesPage, StakesPage, WorryPage } from '../api/api.gen.ts';
import { post } from '../api/client.ts';
import { own } from '../api/resource.ts';
import { go, hrefTo } from '../router.ts';
import { EchoField } from './echo.tsx';

export function WriteWorry() {
  return (
    <EchoField
      label="Write a worry in one sentence"
      placeholder="30% a year that payments is down, 2h to 8h"
      button="Add"
      understood={async (text) => {
        const answer = await post<WorryPage>('worries', { text, dry_run: true });
        return answer.ok ? { ok: true, fresh: true, value: answer.value.understood } : answer;
      }}
      send={async (text) => {
        const answer = await post<WorryPage>('worries', { text });
        if (!answer.ok) return answer;
        go(hrefTo('worry', answer.value.worry.id));
        return { ok: true, fresh: true, value: `Added: ${answer.value.worry.title}` };
      }}
    />
  );
}

// The question whose answer would change most. Money is never invented: until it is answered,
// worries stay in natural units.
export function AskStakes(props: { question: Question; answered: () => void }) {
  return <StateStake question={props.question} done={props.answered} />;
}

// What something is worth: the open question where there is one, else anything.
export function StateStake(props: { question: Question | null; done: () => void }) {
  const { question } = props;
  return (
    <div class="ask">
      {question === null ? null : <p class="muted">{question.why}</p>}
      <EchoField
        label={question?.sentence ?? 'Say what it costs in one sentence'}
        placeholder={question?.placeholder ?? 'an hour of checkout down costs $2k to $20k'}
        button="Answer"
        offers={question?.offers ?? []}
        understood={async (text) => {
          const answer = await post<StakesPage>('stakes', { text, dry_run: true });
          return answer.ok
            ? { ok: true, fresh: true, value: answer.value.understood ?? [answer.value.sentence] }
            : answer;
        }}
        send={async (text) => {
          const answer = await post<StakesPage>('stakes', { text });
          if (!answer.ok) return answer;
          await own('loop').again();
          props.done();
          return { ok: true, fresh: true, value: answer.value.sentence };
        }}
      />
    </div>
  );
}

// A URL to be probed from now on.
export function WatchUrl(props: { added: () => void }) {
  return (
    <EchoField
      label="Watch a URL from outside"
      placeholder="https://shop.example/health"
      button="Watch"
      understood={async () => ({ ok: true, fresh: true, value: [] })}
      send={async (url) => {
        const answer = await post<ServicesPage>('watch', { url });
        if (!answer.ok) return answer;
        props.added();
        return {
          ok: true,
          fresh: true,
          value: `Probing ${url}; the first result is there in some seconds.`,
        };
      }}
    />
  );
}
