import type { Place } from './useCells';

/** A rectangle of cells, both ends within. */
export type Range = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

export const rangeOf = (one: Place, other: Place): Range => ({
  top: Math.min(one.row, other.row),
  left: Math.min(one.column, other.column),
  bottom: Math.max(one.row, other.row),
  right: Math.max(one.column, other.column),
});

export const sizeOf = ({ top, left, bottom, right }: Range) => ({ rows: bottom - top + 1, columns: right - left + 1 });

export const isWithin = (range: Range, row: number): boolean => row >= range.top && row <= range.bottom;

const within = 16;

/**
 * Which edges of a rectangle a cell is at: 1 at the top, 2 right, 4 at the bottom, 8 left, and 16 wherever it is within; nothing where it is outside.
 * A number, so that cells are drawn anew only where it is another.
 */
export function edgesAt(range: Range | undefined, row: number, column: number): number {
  if (!range || row < range.top || row > range.bottom || column < range.left || column > range.right) return 0;
  return (
    within +
    (row === range.top ? 1 : 0) +
    (column === range.right ? 2 : 0) +
    (row === range.bottom ? 4 : 0) +
    (column === range.left ? 8 : 0)
  );
}
