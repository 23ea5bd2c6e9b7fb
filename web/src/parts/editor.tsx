// A plain text editor for PromQL with completion of metrics, labels and values. Enter runs,
// Shift-Enter breaks the line.
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import {
  descriptions,
  labelNames,
  labelValues,
  metricNames,
  type Described,
} from '../api/prometheus.ts';
import { candidates, completed, FUNCTIONS, wantedAt, type Wanted } from './complete.ts';

const LIMIT = 10;
const kept = new Map<string, Promise<string[]>>();

function once(key: string, load: () => Promise<string[]>): Promise<string[]> {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = load().then((names) => {
    if (names.length === 0) kept.delete(key);
    return names;
  });
  kept.set(key, made);
  return made;
}

function namesFor(wanted: NonNullable<Wanted>): Promise<string[]> {
  if (wanted.kind === 'value')
    return once(`value ${wanted.label}`, () => labelValues(wanted.label));
  if (wanted.kind === 'label') return once('labels', labelNames);
  return once('metrics', metricNames).then((names) => [...names, ...FUNCTIONS]);
}

// What a metric is, beside its name; of other names nothing is known.
function Describing(props: { name: string; known: ReadonlyMap<string, Described> }) {
  const known = props.known.get(props.name);
  if (known === undefined) return null;
  return (
    <span class="described muted" title={known.help}>
      {known.type}
      {known.help === '' ? '' : `: ${known.help}`}
    </span>
  );
}

export function Editor(props: { value: string; onInput: (text: string) => void; run: () => void }) {
  const area = useRef<HTMLTextAreaElement>(null);
  const wanted = useSignal<Wanted>(null);
  const options = useSignal<readonly string[]>([]);
  const at = useSignal(-1);
  const asked = useRef(0);
  const described = useSignal<ReadonlyMap<string, Described>>(new Map());
  useEffect(() => {
    void descriptions().then((known) => {
      described.value = known;
    });
  }, []);
  const field = useId();
  const list = useId();
  const close = (): void => {
    asked.current += 1;
    options.value = [];
    at.value = -1;
  };
  const suggest = async (): Promise<void> => {
    const element = area.current;
    if (element === null) return;
    const place = wantedAt(element.value, element.selectionStart);
    asked.current += 1;
    const mine = asked.current;
    const names = place === null ? [] : await namesFor(place);
    if (mine !== asked.current) return;
    wanted.value = place;
    options.value = place === null ? [] : candidates(names, place.prefix, LIMIT);
    at.value = -1;
  };
  const take = (chosen: string): void => {
    const element = area.current;
    if (element === null || wanted.value === null) return;
    const next = completed(element.value, element.selectionStart, wanted.value, chosen);
    element.value = next.text;
    element.setSelectionRange(next.caret, next.caret);
    props.onInput(next.text);
    close();
    element.focus();
  };
  const onKey = (event: KeyboardEvent): void => {
    const open = options.value.length > 0;
    if (open && event.key === 'ArrowDown')
      at.value = Math.min(options.value.length - 1, at.value + 1);
    else if (open && event.key === 'ArrowUp') at.value = Math.max(-1, at.value - 1);
    else if (open && event.key === 'Escape') close();
    else if (open && at.value >= 0 && (event.key === 'Enter' || event.key === 'Tab'))
      take(options.value[at.value] ?? '');
    else if (event.key === 'Enter' && !event.shiftKey) {
      close();
      props.run();
    } else return;
    event.preventDefault();
  };
  const open = options.value.length > 0;
  return (
    <div class="editor">
      <label for={field}>
        PromQL{' '}
        <span class="muted">Enter runs it, Shift-Enter breaks the line, arrows choose a name</span>
      </label>
      <textarea
        ref={area}
        id={field}
        class="mono"
        rows={Math.min(8, Math.max(2, props.value.split('\n').length))}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        value={props.value}
        aria-autocomplete="list"
        aria-controls={list}
        aria-haspopup="listbox"
        aria-activedescendant={open && at.value >= 0 ? `${list}-${at.value}` : undefined}
        onInput={(event) => {
          props.onInput(event.currentTarget.value);
          void suggest();
        }}
        onKeyDown={onKey}
        onBlur={() => setTimeout(close, 150)}
      />
      <div id={list} role="listbox" aria-label="Names" class="names" hidden={!open}>
        {options.value.map((name, index) => (
          <div
            key={name}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at.value}
            class="mono"
            onMouseDown={(event) => {
              event.preventDefault();
              take(name);
            }}
          >
            {name}
            <Describing name={name} known={described.value} />
          </div>
        ))}
      </div>
    </div>
  );
}
