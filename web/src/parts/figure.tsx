// What stands below every figure: the same as a table, as a query, and how it was computed.
import type { ComponentChildren } from 'preact';
import { hrefTo } from '../router.ts';

export function FigureTools(props: {
  table?: () => ComponentChildren;
  query?: string;
  computed?: ComponentChildren;
  children?: ComponentChildren; // further links
}) {
  return (
    <div class="figure-tools">
      {props.table === undefined ? null : <Fold word="as table">{props.table}</Fold>}
      {props.computed === undefined ? null : (
        <Fold word="how computed">{() => props.computed}</Fold>
      )}
      {props.query === undefined || props.query === '' ? null : (
        <a href={hrefTo('query', '', { q: props.query })}>as PromQL</a>
      )}
      {props.children}
    </div>
  );
}

function Fold(props: { word: string; children: () => ComponentChildren }) {
  return (
    <details>
      <summary>{props.word}</summary>
      <div class="figure-more">{props.children()}</div>
    </details>
  );
}

// A small plain table of words: heads, then rows.
export function PlainTable(props: {
  caption: string;
  heads: readonly string[];
  rows: readonly (readonly ComponentChildren[])[];
}) {
  return (
    <div class="plain-box" tabIndex={0} role="region" aria-label={props.caption}>
      <table class="plain">
        <caption class="hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
