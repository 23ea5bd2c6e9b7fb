// The three verdicts as buttons, with a reason: a decision without a reason cannot be scored later.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { DecideRequest, Verdict, WorryPage, WorryRow } from '../api/api.gen.ts';
import { announce } from '../announce.ts';
import { post } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { verdictWord } from './mark.tsx';

const CHOICES: readonly Verdict[] = ['do', 'find_out', 'leave'];
// "Later" is a decision: when it is looked at again. Without a span the tripwire says it.
const UNTIL: readonly [string, string][] = [
  ['', 'until something changes'],
  ['1d', 'until tomorrow'],
  ['7d', 'for a week'],
  ['30d', 'for a month'],
  ['90d', 'for a quarter'],
];

export function Decide(props: { worry: WorryRow; done: () => void }) {
  const { worry } = props;
  const reason = useSignal('');
  const until = useSignal('');
  const busy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const field = useId();
  const choose = async (verdict: Verdict): Promise<void> => {
    busy.value = true;
    const request: DecideRequest = {
      verdict,
      reason: reason.value.trim(),
      ...(until.value === '' ? {} : { until: until.value }),
    };
    const answer = await post<WorryPage>(`worries/${encodeURIComponent(worry.id)}/decide`, request);
    busy.value = false;
    failure.value = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    reason.value = '';
    until.value = '';
    announce(`Decided: ${verdictWord(verdict)}`);
    props.done();
  };
  return (
    <div class="decide">
      <label for={field}>Decide otherwise, or confirm, and say why</label>
      <div class="echo-line">
        <input
          id={field}
          type="text"
          autocomplete="off"
          value={reason.value}
          placeholder="because …"
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
        <label class="until">
          <span class="hidden">Until when</span>
          <select
            value={until.value}
            onChange={(event) => {
              until.value = event.currentTarget.value;
            }}
          >
            {UNTIL.map(([span, words]) => (
              <option key={span} value={span}>
                {words}
              </option>
            ))}
          </select>
        </label>
        {CHOICES.map((verdict) => (
          <button
            key={verdict}
            type="button"
            disabled={busy.value || reason.value.trim() === ''}
            onClick={() => void choose(verdict)}
          >
            {verdictWord(verdict)}
          </button>
        ))}
      </div>
      {failure.value === null ? null : (
        <p class="refusal" role="alert">
          Not decided: {failure.value.text}. The verdict above still stands.
        </p>
      )}
    </div>
  );
}
