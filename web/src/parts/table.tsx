// A dense table: rows of one line, 24 px. On a narrow screen each row of more than three columns
// becomes a small card: short values stand side by side below their heads, the others after them,
// and what matters less opens with the card. The roles are written out because a changed display
// would take them away.
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
  deep?: boolean; // on a card: only after "more"
  sort?: (row: Row) => number | string;
}

// With this many columns or fewer a table stays one on a phone.
const NARROW = 3;

// The classes that place a cell: numbers at the end, one column that grows, the part on a card.
function placed<Row>(column: Column<Row>): string {
  const classes: [boolean | undefined, string][] = [
    [column.end, 'end'],
    [column.grow, 'grow'],
    [column.bare, 'bare'],
    [column.short ?? column.end, 'short'],
    [column.deep, 'deep'],
  ];
  return classes.flatMap(([on, name]) => (on === true ? [name] : [])).join(' ');
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
  return (
    <div class={`table-box ${props.columns.length > NARROW ? 'cards' : ''}`}>
      <table role="table" aria-label={props.caption}>
        <thead role="rowgroup">
          <tr role="row">
            {props.columns.map((column) => (
              <HeadCell key={column.key} column={column} order={order} flip={flip} />
            ))}
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
            />
          ))}
        </tbody>
        {props.foot === undefined || shown.length === 0 ? null : (
          <tfoot role="rowgroup">
            <tr role="row">
              {props.columns.map((column) => (
                <td role="cell" key={column.key} class={column.end === true ? 'end' : ''}>
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
}) {
  const [opened, setOpened] = useState(false);
  const folds = props.columns.some((column) => column.deep === true);
  return (
    <tr
      role="row"
      class={`${props.class} ${folds ? 'folds' : ''} ${opened ? 'opened' : ''}`}
      data-row={props.id}
    >
      {props.columns.map((column) => (
        <td role="cell" key={column.key} data-label={column.label} class={placed(column)}>
          <div class="cell">{column.cell(props.row)}</div>
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
  const place = `${column.end === true ? 'end' : ''} ${column.grow === true ? 'grow' : ''}`;
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
