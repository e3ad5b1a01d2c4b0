import { type KeyboardEvent, useCallback, useState } from 'react';
import type { Row } from '@/api/values';
import { nameOf } from '@/lib/keys';
import { rangeOf } from './range';

export type Place = { readonly row: number; readonly column: number };

/** What somebody has entered and not given up, and what they saw before. */
export type Draft = { readonly value: unknown; readonly base: unknown; readonly referred?: Row | null };
export type Move = 'stay' | 'down' | 'next' | 'previous';
/** `ends`: somebody was done before the editor was there. */
export type Editing = Place & { readonly typed?: string; readonly draft?: Draft; readonly ends?: Move };

type Grid = {
  readonly rows: number;
  readonly columns: number;
  readonly page: number;
  readonly canEdit: (place: Place) => boolean;
  readonly open: (row: number) => void;
  readonly peek: (row: number) => void;
  readonly select: (from: number, to: number) => void;
  readonly empty: () => void;
  readonly clear: () => void;
};

/** Where somebody goes who is done with a cell by this key. */
export const endsBy = ({ key, shiftKey }: KeyboardEvent): Move | undefined => {
  if (key === 'Tab') return shiftKey ? 'previous' : 'next';
  return key === 'Enter' && !shiftKey ? 'down' : undefined;
};

const within = (value: number, length: number) => Math.max(0, Math.min(length - 1, value));

/** Where somebody is in a list, and what their keys do there. Column 0 is the first field. */
export function useCells(grid: Grid) {
  // The cell somebody is at, and where the rectangle that reaches to it began.
  const [{ at, from }, setPlaces] = useState<{ at: Place; from?: Place }>({ at: { row: 0, column: 0 } });
  const [editing, setEditing] = useState<Editing | undefined>();
  const { rows, columns } = grid;
  const held = (place: Place): Place => ({ row: within(place.row, rows), column: within(place.column, columns) });
  const active = held(at);
  const range = rangeOf(held(from ?? at), active);
  const isWide = range.top !== range.bottom || range.left !== range.right;

  const go = useCallback(
    (row: number, column: number) => setPlaces({ at: { row: within(row, rows), column: within(column, columns) } }),
    [rows, columns],
  );

  /** Widens or narrows the rectangle, from where it began to here. */
  const reach = useCallback(
    (row: number, column: number) =>
      setPlaces((now) => ({ at: { row: within(row, rows), column: within(column, columns) }, from: now.from ?? now.at })),
    [rows, columns],
  );

  const edit = (place: Place, typed?: string, draft?: Draft) => {
    setPlaces({ at: place });
    if (grid.canEdit(place)) setEditing({ ...place, typed, draft });
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
    if (event.target !== event.currentTarget || rows === 0) return;
    const isSign = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    // What is typed until the editor is there is kept for it, and so is that somebody is done.
    if (editing) {
      const ends = editing.ends ?? endsBy(event);
      if (event.key === 'Escape') setEditing(undefined);
      else if (ends) setEditing({ ...editing, ends });
      else if (isSign && editing.typed !== undefined) setEditing({ ...editing, typed: `${editing.typed}${event.key}` });
      else return;
      event.preventDefault();
      return;
    }
    const { row, column } = active;
    const press = nameOf(event.nativeEvent);
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
      'shift+arrowdown': () => reach(row + 1, column),
      'shift+arrowup': () => reach(row - 1, column),
      'shift+arrowright': () => reach(row, column + 1),
      'shift+arrowleft': () => reach(row, column - 1),
      'shift+pagedown': () => reach(row + grid.page, column),
      'shift+pageup': () => reach(row - grid.page, column),
      'shift+home': () => reach(row, 0),
      'shift+end': () => reach(row, columns - 1),
      enter: () => (grid.canEdit(active) && column > 0 ? edit(active) : grid.open(row)),
      f2: () => edit(active),
      'mod+enter': () => grid.open(row),
      space: () => grid.peek(row),
      delete: grid.empty,
      backspace: grid.empty,
      'shift+space': () => grid.select(range.top, range.bottom),
      escape: () => (isWide ? go(row, column) : grid.clear()),
    };
    const does = keys[press];
    if (does) {
      does();
      event.preventDefault();
      return;
    }
    // A sign typed on a cell begins its value; letters that are somebody's shortcut still do what they do on cells that cannot be edited.
    if (isSign && grid.canEdit(active)) {
      edit(active, event.key);
      event.preventDefault();
    }
  };

  return { active, range, isWide, editing, go, reach, edit, leave, onKeyDown };
}
