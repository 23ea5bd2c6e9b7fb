// The window of a query in its own words: any length, any end, any step. It lives in the address.
import { useId } from 'preact/hooks';
import { serverNow } from '../clock.ts';
import { place, setParams } from '../router.ts';
import { lengthOf, parseSpan, parseStep, stepSeconds } from '../span.ts';

// An instant as a datetime-local field writes it, in the viewer's zone.
export function fieldTime(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

// `graph`: a range with a step; else one instant.
export function WindowFields(props: { graph: boolean }) {
  const params = place.value.params;
  const span = parseSpan(params);
  const step = parseStep(params);
  const end = useId();
  return (
    <div class="window">
      {props.graph ? (
        <LengthField
          label="range"
          value={span.name}
          placeholder="1h"
          set={(text) => setParams({ range: text })}
        />
      ) : null}
      <span class="labelled">
        <label for={end}>{props.graph ? 'ending' : 'at'}</label>
        <input
          id={end}
          type="datetime-local"
          value={span.endMs === null ? '' : fieldTime(span.endMs)}
          max={fieldTime(serverNow())}
          onChange={(event) => {
            const at = Date.parse(event.currentTarget.value);
            setParams({ end: Number.isNaN(at) ? '' : String(at) });
          }}
        />
      </span>
      {props.graph ? (
        <LengthField
          label="step"
          value={step === null ? '' : (params.get('step') ?? '')}
          placeholder={`${stepSeconds(span.lengthMs, 240)}s`}
          set={(text) => setParams({ step: text })}
        />
      ) : null}
    </div>
  );
}

// A length such as 90m. What is none is marked and changes nothing.
function LengthField(props: {
  label: string;
  value: string;
  placeholder: string;
  set: (text: string) => void;
}) {
  const field = useId();
  return (
    <span class="labelled">
      <label for={field}>{props.label}</label>
      <input
        id={field}
        type="text"
        size={5}
        autocomplete="off"
        value={props.value}
        placeholder={props.placeholder}
        onChange={(event) => {
          const text = event.currentTarget.value.trim();
          const good = text === '' || lengthOf(text) !== null;
          event.currentTarget.setCustomValidity(good ? '' : 'a length such as 90m, 6h or 2d');
          event.currentTarget.reportValidity();
          if (good) props.set(text);
        }}
      />
    </span>
  );
}
