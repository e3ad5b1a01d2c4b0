import { type MouseEvent, memo, type RefObject } from 'react';
import type { RecordType } from '@/api/model';
import { type Row, titleOf } from '@/api/values';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { Checkbox } from '@/ui/Checkbox';
import { Cell } from './Cell';
import type { Column } from './columns';
import styles from './Grid.module.css';
import { edgesAt, type Range } from './range';
import type { Draft, Editing, Move, Place } from './useCells';

const CellEditor = soon(() => import('./CellEditor').then((file) => file.CellEditor));

export type RowDeeds = {
  readonly click: (event: MouseEvent<HTMLElement>, row: number) => void;
  readonly select: (row: number, range: boolean) => void;
  readonly commit: (place: Place, draft: Draft) => void;
  readonly leave: (move: Move) => void;
};

type Props = {
  /** What ids of the grid's cells begin with. */
  readonly id: string;
  readonly type: RecordType;
  readonly row: Row;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly Column[];
  /** Where pinned columns stand. */
  readonly lefts: readonly (number | undefined)[];
  readonly isSelected: boolean;
  readonly isPeeked: boolean;
  /** The column somebody is in, if it is in this row. */
  readonly active: number | undefined;
  /** The rectangle that is chosen, if the row has a part of it. */
  readonly range: Range | undefined;
  readonly editing: Editing | undefined;
  readonly does: RefObject<RowDeeds>;
};

/** A record of a list; drawn again only when something of it is another. */
export const GridRow = memo(function GridRow(props: Props) {
  const { id, type, row, index, top, columns, lefts, isSelected, isPeeked, active, range, editing, does } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys.
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={cx(styles.row, isSelected && styles.selected, isPeeked && styles.peeked)}
      style={{ transform: `translateY(${top}px)` }}
      onClick={(event) => does.current.click(event, index)}
    >
      <div
        role="gridcell"
        aria-colindex={1}
        className={cx(styles.cell, styles.check)}
        onClickCapture={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          event.stopPropagation();
          does.current.select(index, true);
        }}
      >
        <Checkbox
          label={t('list.selectRow', { title: titleOf(type, row) || t('list.untitled') })}
          checked={isSelected}
          set={() => does.current.select(index, false)}
        />
      </div>
      {columns.map((column, i) => {
        const common = {
          id: `${id}-${index}-${i}`,
          type,
          row,
          column,
          index: i,
          left: lefts[i],
          isLastPinned: lefts[i] !== undefined && lefts[i + 1] === undefined,
        };
        const edges = range ? edgesAt(range, index, i) : 0;
        if (editing?.column !== i) return <Cell key={column.field.name} {...common} isActive={active === i} edges={edges} />;
        return (
          <CellEditor
            key={column.field.name}
            {...common}
            waiting={<Cell {...common} isActive edges={edges} />}
            typed={editing.typed}
            draft={editing.draft}
            ends={editing.ends}
            commit={(draft) => does.current.commit(editing, draft)}
            leave={(move) => does.current.leave(move)}
          />
        );
      })}
    </div>
  );
});
