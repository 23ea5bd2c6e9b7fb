// A text field that says what was understood while one types: each pause is a dry run on the
// server. Nothing is interpreted here.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Diagnostic } from '../api/api.gen.ts';
import type { Answer } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { useDryRun } from './dry_run.ts';

export interface Offer {
  text: string;
  source: string;
}

export function EchoField(props: {
  label: string;
  placeholder: string;
  button: string;
  offers?: readonly Offer[];
  understood: (text: string) => Promise<Answer<string[]>>;
  send: (text: string) => Promise<Answer<string>>; // gives the sentence to announce when it is done
}) {
  const text = useSignal('');
  const { answer, failure, drop } = useDryRun(text.value, props.understood);
  const done = useSignal('');
  const busy = useSignal(false);
  const field = useId();
  const echo = useId();

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const wanted = text.value.trim();
    if (wanted === '' || busy.value) return;
    busy.value = true;
    drop(); // sent: nobody waits for an echo
    const sent = await props.send(wanted);
    busy.value = false;
    if (sent.ok) {
      done.value = sent.value;
      text.value = '';
    } else failure.value = sent.failure;
  };

  return (
    <form class="echo" onSubmit={(event) => void submit(event)}>
      <label for={field}>{props.label}</label>
      <div class="echo-line">
        <input
          id={field}
          type="text"
          autocomplete="off"
          spellcheck={false}
          value={text.value}
          placeholder={props.placeholder}
          aria-describedby={echo}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            done.value = '';
          }}
        />
        <button type="submit" disabled={busy.value}>
          {busy.value ? 'Sending …' : props.button}
        </button>
      </div>
      <Offers
        offers={props.offers ?? []}
        take={(offer) => {
          text.value = offer;
        }}
      />
      <div id={echo} class="echo-said" role="status">
        {done.value === '' ? null : <p>{done.value}</p>}
        {answer.value === null || answer.value.length === 0 ? null : (
          <ul class="understood">
            {answer.value.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {failure.value === null ? null : <Refusal failure={failure.value} text={text.value} />}
      </div>
    </form>
  );
}

// Cited defaults. Taking one writes it into the field; it counts only when it is sent.
function Offers(props: { offers: readonly Offer[]; take: (text: string) => void }) {
  if (props.offers.length === 0) return null;
  return (
    <ul class="offers">
      {props.offers.map((offer) => (
        <li key={offer.text}>
          <button type="button" class="quiet" onClick={() => props.take(offer.text)}>
            {offer.text}
          </button>
          <span class="muted">{offer.source}</span>
        </li>
      ))}
    </ul>
  );
}

// Why a sentence was not understood: the place, what was expected, the nearest known word.
export function Refusal(props: { failure: Failure; text: string }) {
  const { failure } = props;
  return (
    <div class="refusal">
      <p>{failure.text}</p>
      {failure.diagnostics.map((diagnostic) => (
        <pre key={`${diagnostic.line} ${diagnostic.column}`}>{pointAt(diagnostic, props.text)}</pre>
      ))}
    </div>
  );
}

// The source line, a caret below the column (1-based), and what was expected.
export function pointAt(diagnostic: Diagnostic, text: string): string {
  const line = diagnostic.source_line === '' ? text : diagnostic.source_line;
  const caret = `${' '.repeat(Math.max(0, diagnostic.column - 1))}^ ${diagnostic.text}`;
  const hints = [
    diagnostic.expected === '' ? '' : `expected: ${diagnostic.expected}`,
    diagnostic.suggestion === '' ? '' : `did you mean: ${diagnostic.suggestion}`,
  ].filter((hint) => hint !== '');
  return [line, caret, ...hints].join('\n');
}
