// Why a query failed: the sentence, and below the line of the query a caret where the parser
// stopped.
import { placeOf } from '../api/prometheus.ts';

// The line with the caret below its column; '' when the place is not in the query.
export function caretText(query: string, text: string): string {
  const place = placeOf(text);
  const line = place === null ? undefined : query.split('\n')[place.line - 1];
  if (place === null || line === undefined) return '';
  // Far to the right of a long line only its end is shown.
  const from = place.column > 80 ? place.column - 40 : 0;
  const shown = line.slice(from, from + 100);
  return `${shown}\n${' '.repeat(Math.max(0, place.column - 1 - from))}^ ${place.said}`;
}

export function QueryError(props: { query: string; text: string }) {
  const caret = caretText(props.query, props.text);
  return (
    <div class="refusal" role="alert">
      {caret === '' ? <p>{props.text}</p> : <pre tabIndex={0}>{caret}</pre>}
    </div>
  );
}
