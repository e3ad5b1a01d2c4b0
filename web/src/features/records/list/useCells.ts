import { type KeyboardEvent, useCallback, useState } from 'react';
import { nameOf } from '@/lib/keys';

export type Place = { readonly row: number; readonly column: number };
export type Editing = Place & { readonly typed?: string };
export type Move = 'stay' | 'down' | 'next' | 'previous';

type Grid = {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
  readonly canEdit: (place: Place) => boolean;
  readonly open: (row: number) => void;
  readonly peek: (row: number) => void;
  readonly select: (row: number, range: boolean) => void;
  readonly empty: (place: Place) => void;
  readonly copy: (place: Place) => void;
  readonly clear: () => void;
};

const within = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));

/** Where somebody is in a list, and what their keys do there. Column 0 is the first field. */
export function useCells(grid: Grid) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing | undefined>();
  const { rows, columns } = grid;
  const active: Place = { row: within(at.row, rows), column: within(at.column, columns) };

  const go = useCallback(
    (row: number, column: number) => setAt({ row: within(row, rows), column: within(column, columns) }),
    [rows, columns],
  );

  const edit = (place: Place, typed?: string) => {
    setAt(place);
    if (grid.canEdit(place)) setEditing({ ...place, typed });
  };

  /** The editor is done: where to go from there. */
  const leave = (move: Move) => {
    const from = editing ?? active;
    setEditing(undefined);
    if (move === 'down') go(from.row + 1, from.column);
    if (move === 'next') from.column + 1 < columns ? go(from.row, from.column + 1) : go(from.row + 1, 0);
    if (move === 'previous') from.column > 0 ? go(from.row, from.column - 1) : go(from.row - 1, columns - 1);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (editing || event.target !== event.currentTarget || rows === 0) return;
    const { row, column } = active;
    const press = nameOf(event.nativeEvent);
    const stretch = (to: number) => {
      grid.select(row, true);
      go(to, column);
    };
    const keys: Record<string, () => void> = {
      arrowdown: () => go(row + 1, column),
      arrowup: () => go(row - 1, column),
      arrowright: () => go(row, column + 1),
      arrowleft: () => go(row, column - 1),
      pagedown: () => go(row + grid.page, column),
      pageup: () => go(row - grid.page, column),
      home: () => go(row, 0),
      end: () => go(row, columns - 1),
      'mod+home': () => go(0, 0),
      'mod+end': () => go(rows - 1, columns - 1),
      'shift+arrowdown': () => stretch(row + 1),
      'shift+arrowup': () => stretch(row - 1),
      enter: () => (grid.canEdit(active) && column > 0 ? edit(active) : grid.open(row)),
      f2: () => edit(active),
      'mod+enter': () => grid.open(row),
      space: () => grid.peek(row),
      'shift+space': () => grid.select(row, false),
      delete: () => grid.canEdit(active) && grid.empty(active),
      backspace: () => grid.canEdit(active) && grid.empty(active),
      'mod+c': () => grid.copy(active),
      escape: grid.clear,
    };
    const does = keys[press];
    if (does) {
      does();
      event.preventDefault();
      return;
    }
    // A sign typed on a cell begins its value; letters that are somebody's shortcut still do what they do on cells that cannot be edited.
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && grid.canEdit(active)) {
      edit(active, event.key);
      event.preventDefault();
    }
  };

  return { active, editing, go, edit, leave, onKeyDown };
}
