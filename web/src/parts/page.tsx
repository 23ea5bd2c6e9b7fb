// The frame of a page: the question it answers, the answer as a sentence, its age, panels on a grid
// of twelve columns.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Base } from '../api/api.gen.ts';
import { say } from '../api/failure.ts';
import { isStale, usePolling, type Resource } from '../api/resource.ts';
import { now } from '../clock.ts';
import { Ago } from './ago.tsx';
import { headline } from './headline.ts';
import { bothZones } from './time.ts';
import { typeset } from './typeset.ts';
import { seeSimulated } from '../simulated.ts';

// A page fed by one resource. `children` gets null until the first answer: it must keep the layout
// meanwhile.
export function Page<T extends Base>(props: {
  question: string;
  what: string; // as in "could not load ...": "the worries"
  title: string;
  from: Resource<T>;
  answer: (value: T) => string;
  below?: (value: T) => ComponentChildren; // what stands below the answer, where it has parts
  tools?: ComponentChildren;
  children: (value: T | null) => ComponentChildren;
}) {
  const { from } = props;
  usePolling(from as Resource<unknown>);
  const value = from.value.value;
  const failure = from.failure.value;
  const stale = isStale(from.asOf.value, now.value, from.everyMs);
  const said = value === null ? null : headline(typeset(props.answer(value)));
  useEffect(() => {
    document.title = `${props.title} · daytwo`;
  }, [props.title]);
  useEffect(() => {
    if (value !== null) seeSimulated(value.simulated);
  }, [value]);
  const trouble = failure === null ? null : say(failure, props.what, value !== null);
  return (
    <div class={`page ${stale ? 'stale' : ''}`} aria-busy={value === null && failure === null}>
      <header class="page-head">
        <p class="question">{props.question}</p>
        <h1>
          {said?.answer ??
            (failure === null ? (
              <span class="skeleton">Loading {props.what} …</span>
            ) : (
              `No answer about ${props.what}`
            ))}
        </h1>
        {said === null || said.rest === '' ? null : <p class="answer-rest">{said.rest}</p>}
        {value === null ? null : props.below?.(value)}
        <div class="page-tools">
          {props.tools}
          <span class={`as-of ${stale ? 'old' : ''}`}>
            {from.asOf.value > 0 ? (
              <>
                {stale ? 'stale: ' : ''}as of <Ago at={from.asOf.value} />
              </>
            ) : failure === null ? (
              'asking the server'
            ) : (
              'no data yet'
            )}
          </span>
        </div>
      </header>
      {trouble === null ? null : (
        <div class="failure" role="alert">
          <p>
            <strong>{trouble.failed}</strong>
          </p>
          <p>{trouble.works}</p>
          {failure?.context.map((line) => (
            <p key={line} class="muted">
              {line}
            </p>
          ))}
          <button type="button" onClick={() => void from.refresh()}>
            Try again now
          </button>
        </div>
      )}
      {value === null && failure !== null ? null : <div class="grid">{props.children(value)}</div>}
    </div>
  );
}

// A panel titled with the question it answers. `span` is 12 or 6 columns; on a phone every panel is
// full width.
export function Panel(props: {
  question: string;
  span?: 12 | 6 | 4 | 8;
  note?: ComponentChildren;
  id?: string;
  children: ComponentChildren;
}) {
  return (
    <section class={`panel span-${props.span ?? 12}`} id={props.id}>
      <div class="panel-head">
        <h2>{props.question}</h2>
        {props.note === undefined ? null : <div class="note">{props.note}</div>}
      </div>
      {props.children}
    </section>
  );
}

// Rows of grey in the place of rows that are still to come.
export function Skeleton(props: { rows: number }) {
  return (
    <div class="skeleton-rows" aria-hidden="true">
      {Array.from({ length: props.rows }, (_, index) => (
        <div key={index} />
      ))}
    </div>
  );
}

// An empty state: what is not there, and the sentence or YAML that fills it.
export function Empty(props: { text: string; teach?: string }) {
  return (
    <div class="empty">
      <p>{props.text}</p>
      {props.teach === undefined || props.teach === '' ? null : <Teach text={props.teach} />}
    </div>
  );
}

// A command, a sentence or YAML to copy.
export function Teach(props: { text: string }) {
  return (
    <pre class="teach" tabIndex={0} aria-label="what to write">
      {props.text}
    </pre>
  );
}

// An instant as a table cell with both zones on hover.
export function Instant(props: { at: number; text: string }) {
  return (
    <time dateTime={new Date(props.at).toISOString()} title={bothZones(props.at)}>
      {props.text}
    </time>
  );
}
