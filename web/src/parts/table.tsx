// A dense table: rows of one line, 24 px. Between a phone and a wide screen a table of many columns
// folds: what matters less stands below its row once that is opened. On a narrow screen each row of
// more than three columns becomes a small card: short values stand side by side below their heads,
// the others after them, and what matters less opens with the card. The roles are written out
// because a changed display would take them away.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export interface Column<Row> {
  key: string;
  head: ComponentChildren;
  label: string; // the head in plain words, for cards and screen readers
  cell: (row: Row) => ComponentChildren;
  end?: boolean; // numbers: aligned right
  grow?: boolean; // takes what is left of the width
  bare?: boolean; // on a card: no label, full width
  short?: boolean; // on a card: three of them share a line; numbers do unless this is false
  deep?: boolean; // on a card and in a folded table: only after "more"
  aside?: boolean; // at every width: only after "more"
  sort?: (row: Row) => number | string;
}

// With this many columns or fewer a table stays one on a phone.
const NARROW = 3;
// With this many columns or more it folds between a phone and a wide screen.
const MANY = 7;

// The classes that place a cell: numbers at the end, one column that grows, the part on a card.
function placed<Row>(column: Column<Row>): string {
  const classes: [boolean | undefined, string][] = [
    [column.end, 'end'],
    [column.grow, 'grow'],
    [column.bare, 'bare'],
    [column.short ?? column.end, 'short'],
    [column.deep ?? column.aside, 'deep'],
    [column.aside, 'aside'],
  ];
  return classes.flatMap(([on, name]) => (on === true ? [name] : [])).join(' ');
}

// Whether rows open, and from which width: always, on what is not wide, or on cards alone.
function foldsOf<Row>(columns: readonly Column<Row>[]): '' | 'opens' | 'opens many' | 'opens all' {
  if (columns.some((column) => column.aside === true)) return 'opens all';
  if (!columns.some((column) => column.deep === true)) return '';
  return columns.length >= MANY ? 'opens many' : 'opens';
}

interface Order {
  key: string;
  down: boolean;
}

function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): readonly Row[] {
  const by = order === null ? undefined : columns.find((column) => column.key === order.key)?.sort;
  if (order === null || by === undefined) return rows;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((left, right) => {
    const a = by(left);
    const b = by(right);
    return a === b ? 0 : a < b ? -sign : sign;
  });
}

// `first` limits the rows shown until "show all" is pressed. `foot` is one more row, for a shared
// axis.
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string;
  foot?: { key: string; cell: ComponentChildren };
  first?: number;
  order?: Order; // until a head is pressed
}) {
  const [order, setOrder] = useState<Order | null>(props.order ?? null);
  const [all, setAll] = useState(false);
  const rows = sorted(props.rows, props.columns, order);
  const shown = all || props.first === undefined ? rows : rows.slice(0, props.first);
  const flip = (key: string): void =>
    setOrder({ key, down: order?.key === key ? !order.down : true });
  const folds = foldsOf(props.columns);
  return (
    <div class={`table-box ${props.columns.length > NARROW ? 'cards' : ''} ${folds}`}>
      <table role="table" aria-label={props.caption}>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <HeadCell key={column.key} column={column} order={order} flip={flip} />
            ))}
            {folds === '' ? null : <td role="cell" class="unfold" />}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {shown.map((row) => (
            <BodyRow
              key={props.rowKey(row)}
              row={row}
              id={props.rowKey(row)}
              class={props.rowClass?.(row) ?? ''}
              columns={props.columns}
              folds={folds !== ''}
            />
          ))}
        </tbody>
        {props.foot === undefined || shown.length === 0 ? null : (
          <tfoot role="rowgroup">
            <tr role="row">
              {props.columns.map((column) => (
                <td role="cell" key={column.key} class={placed(column)}>
                  {column.key === props.foot?.key ? props.foot.cell : null}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {shown.length === rows.length ? null : (
        <button type="button" class="quiet more" onClick={() => setAll(true)}>
          Show all {rows.length}
        </button>
      )}
    </div>
  );
}

function BodyRow<Row>(props: {
  row: Row;
  id: string;
  class: string;
  columns: readonly Column<Row>[];
  folds: boolean;
}) {
  const { row, folds } = props;
  const [opened, setOpened] = useState(false);
  return (
    <>
      <tr
        role="row"
        class={`${props.class} ${folds ? 'folds' : ''} ${opened ? 'opened' : ''}`}
        data-row={props.id}
      >
        {props.columns.map((column) => (
          <td role="cell" key={column.key} data-label={column.label} class={placed(column)}>
            <div class="cell">{column.cell(row)}</div>
          </td>
        ))}
        {folds ? (
          <td role="cell" class="unfold">
            <button
              type="button"
              class="quiet"
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
            >
              {opened ? 'less' : 'more'}
            </button>
          </td>
        ) : null}
      </tr>
      {opened ? <Below row={row} class={props.class} columns={props.columns} /> : null}
    </>
  );
}

// What a folded table leaves out of a row, below it. A card shows it in its own place.
function Below<Row>(props: { row: Row; class: string; columns: readonly Column<Row>[] }) {
  const left = props.columns.filter((column) => column.deep === true || column.aside === true);
  return (
    <tr role="row" class={`below ${props.class}`}>
      <td role="cell" colSpan={props.columns.length + 1}>
        <dl>
          {left.map((column) => (
            <div key={column.key} class={column.aside === true ? 'aside' : 'deep'}>
              <dt>{column.label}</dt>
              <dd>{column.cell(props.row)}</dd>
            </div>
          ))}
        </dl>
      </td>
    </tr>
  );
}

function HeadCell<Row>(props: {
  column: Column<Row>;
  order: Order | null;
  flip: (key: string) => void;
}) {
  const { column, order, flip } = props;
  const by = order?.key === column.key ? (order.down ? 'descending' : 'ascending') : undefined;
  const arrow = by === undefined ? '' : by === 'descending' ? ' ↓' : ' ↑';
  const place = placed(column);
  if (column.sort === undefined)
    return (
      <th role="columnheader" scope="col" class={place}>
        {column.head}
      </th>
    );
  return (
    <th role="columnheader" scope="col" class={place} aria-sort={by ?? 'none'}>
      <button type="button" class="sort" onClick={() => flip(column.key)}>
        {column.head}
        <span aria-hidden="true">{arrow}</span>
      </button>
    </th>
  );
}
