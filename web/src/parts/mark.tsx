// States as word + shape + colour. The shape alone tells them apart; the colour is a help, never
// the sign.
import type { JSX } from 'preact';
import type { Verdict } from '../api/api.gen.ts';

type Shape = 'full' | 'half' | 'ring' | 'dash' | 'triangle' | 'square' | 'dots' | 'cross';
type Tone = 'ink' | 'muted' | 'contrast' | 'act-now' | 'good';

const SHAPES: Record<Shape, JSX.Element> = {
  full: <circle cx="5" cy="5" r="4" class="fill" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.4" class="edge" />
      <path d="M5 1.6a3.4 3.4 0 0 0 0 6.8z" class="fill" />
    </>
  ),
  ring: <circle cx="5" cy="5" r="3.4" class="edge" />,
  dash: <path d="M1.5 5h7" class="edge" />,
  triangle: <path d="M5 1 9.3 8.8H.7z" class="fill" />,
  square: <rect x="1.2" y="1.2" width="7.6" height="7.6" class="fill" />,
  dots: <circle cx="5" cy="5" r="3.4" class="edge dotted" />,
  cross: <path d="M2 2l6 6M8 2l-6 6" class="edge" />,
};

export function Mark(props: { shape: Shape; tone: Tone; word: string; title?: string }) {
  return (
    <span class={`state ${props.tone}`} title={props.title}>
      <svg class="shape" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {SHAPES[props.shape]}
      </svg>
      {props.word}
    </span>
  );
}

const VERDICTS: Record<Verdict, { shape: Shape; tone: Tone; word: string }> = {
  do: { shape: 'full', tone: 'ink', word: 'do it' },
  find_out: { shape: 'half', tone: 'ink', word: 'find out first' },
  leave: { shape: 'ring', tone: 'muted', word: 'leave it' },
  undecided: { shape: 'dash', tone: 'muted', word: 'undecided' },
};

export function verdictWord(verdict: Verdict): string {
  return VERDICTS[verdict].word;
}

export function VerdictMark(props: { verdict: Verdict; title?: string }) {
  return (
    <Mark
      {...VERDICTS[props.verdict]}
      {...(props.title === undefined ? {} : { title: props.title })}
    />
  );
}

// Shape and colour of the other state words that the API sends. An unknown word is shown as it
// came, with a neutral shape.
const STATES: Record<string, { shape: Shape; tone: Tone; word?: string }> = {
  ok: { shape: 'ring', tone: 'good' },
  up: { shape: 'ring', tone: 'good' },
  working: { shape: 'ring', tone: 'good' },
  declared: { shape: 'ring', tone: 'muted' },
  'as declared': { shape: 'ring', tone: 'good' },
  missing: { shape: 'cross', tone: 'contrast' },
  elsewhere: { shape: 'triangle', tone: 'contrast' },
  known: { shape: 'ring', tone: 'muted' },
  armed: { shape: 'ring', tone: 'muted' },
  burning: { shape: 'triangle', tone: 'contrast' },
  spent: { shape: 'square', tone: 'act-now' },
  down: { shape: 'square', tone: 'act-now' },
  paging: { shape: 'square', tone: 'act-now' },
  losing: { shape: 'triangle', tone: 'contrast' },
  lagging: { shape: 'triangle', tone: 'contrast' },
  new: { shape: 'triangle', tone: 'contrast' },
  crossed: { shape: 'triangle', tone: 'contrast' },
  failed: { shape: 'cross', tone: 'contrast' },
  undeliverable: { shape: 'cross', tone: 'act-now' },
  waiting: { shape: 'dots', tone: 'muted' },
  filling: { shape: 'dots', tone: 'muted' },
  unknown: { shape: 'dots', tone: 'muted' },
  pending: { shape: 'dots', tone: 'ink' },
  sending: { shape: 'half', tone: 'ink' },
  sent: { shape: 'full', tone: 'ink' },
  delivered: { shape: 'full', tone: 'ink' },
  cancelled: { shape: 'dash', tone: 'muted' },
  off: { shape: 'dash', tone: 'muted' },
  scored: { shape: 'full', tone: 'ink' },
  void: { shape: 'dash', tone: 'muted' },
  closed: { shape: 'dash', tone: 'muted' },
};

export function StateMark(props: { state: string; title?: string }) {
  const known = STATES[props.state] ?? { shape: 'dots' as const, tone: 'muted' as const };
  const word = props.state === '' ? 'unknown' : props.state;
  return (
    <Mark
      shape={known.shape}
      tone={known.tone}
      word={word}
      {...(props.title === undefined ? {} : { title: props.title })}
    />
  );
}
