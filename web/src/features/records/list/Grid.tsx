import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { isEditable, type RecordType } from '@/api/model';
import type { RecordList, Snapshot } from '@/api/RecordList';
import { isMasked, type Row, titleOf, valueIn } from '@/api/values';
import { manyOf } from '@/features/labels';
import { cx } from '@/lib/classes';
import { formatNumber } from '@/lib/format';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { Checkbox } from '@/ui/Checkbox';
import { Skeleton } from '@/ui/Skeleton';
import { useChange } from '../change';
import { fitsCell, partsText } from '../fields/FieldValue';
import { Cell } from './Cell';
import type { Column } from './columns';
import styles from './Grid.module.css';
import { type ColumnDeeds, HeadCells } from './Header';
import { type Place, useCells } from './useCells';
import type { useSelection } from './useSelection';

const CellEditor = soon(() => import('./CellEditor').then((file) => file.CellEditor));

const checkWidth = 44;

type Props = {
  readonly type: RecordType;
  readonly list: RecordList;
  readonly snapshot: Snapshot;
  readonly columns: readonly Column[];
  readonly sort: string | undefined;
  readonly deeds: ColumnDeeds;
  readonly chosen: ReturnType<typeof useSelection>;
  readonly peeked: string | undefined;
  readonly peek: (id: string) => void;
  readonly rowHeight: number;
};

/** Rows as they come into sight, cells that are edited where they stand. */
export function Grid({ type, list, snapshot, columns, sort, deeds, chosen, peeked, peek, rowHeight }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [, go] = useLocation();
  const change = useChange(type);
  const { length, total, more, sums } = snapshot;
  // A little of what is still to come has its place already, so that scrolling does not stop at a wall.
  const count = length + (more ? Math.min(20, Math.max(1, (total ?? length + 20) - length)) : 0);
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingStart: 0,
    scrollPaddingStart: 36,
    scrollPaddingEnd: 36,
  });
  const shown = rows.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  useEffect(() => list.show(first, last), [list, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density, other heights.
  useEffect(() => rows.measure(), [rowHeight]);

  const columnAt = (place: Place) => columns[place.column]?.field;
  const canEdit = (place: Place) => {
    const [row, field] = [list.row(place.row), columnAt(place)];
    return Boolean(row && field && isEditable(field) && fitsCell(field) && !isMasked(row, field) && type.graph.update);
  };
  const write = (place: Place, value: unknown, referred?: Row | null) => {
    const [row, field] = [list.row(place.row), columnAt(place)];
    if (!row || !field) return;
    void change({
      row,
      values: { [field.name]: value },
      base: { [field.name]: valueIn(row, field) ?? null },
      shown: referred === undefined ? {} : { [field.name]: referred },
    });
  };
  const select = (row: number, range: boolean) => {
    const at = list.row(row);
    if (!at) return;
    const from = range && chosen.last >= 0 ? chosen.last : row;
    const ids = Array.from({ length: Math.abs(row - from) + 1 }, (_, i) => list.row(Math.min(from, row) + i)?.id).filter(
      (one) => one !== undefined,
    );
    chosen.toggle(ids, range || !chosen.has(at.id), row);
  };
  const cells = useCells({
    rows: length,
    columns: columns.length,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowHeight) - 2),
    canEdit,
    open: (row) => list.row(row) && go(`/${type.plural}/${list.row(row)?.id}`),
    peek: (row) => {
      const at = list.row(row);
      if (at) peek(at.id);
    },
    select,
    empty: (place) => write(place, null),
    clear: chosen.clear,
    copy: (place) => {
      const [row, field] = [list.row(place.row), columnAt(place)];
      if (row && field) void navigator.clipboard?.writeText(partsText(valueIn(row, field)));
    },
  });
  const { active, editing } = cells;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever moves is followed.
  useEffect(() => {
    rows.scrollToIndex(active.row);
  }, [active.row]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever moves is followed.
  useEffect(() => {
    document.getElementById(`${id}-${active.row}-${active.column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active.column]);

  const lefts = useMemo(() => {
    let left = checkWidth;
    return columns.map((column) => {
      const at = left;
      left += column.width;
      return column.pinned ? at : undefined;
    });
  }, [columns]);
  const style = {
    '--columns': `${checkWidth}px ${columns.map((column) => `${column.width}px`).join(' ')} minmax(24px, 1fr)`,
  } as CSSProperties;

  const onClick = (event: MouseEvent<HTMLElement>, row: number) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    if (!cell || (event.target as HTMLElement).closest('a,input,button')) return;
    const place = { row, column: Number(cell.dataset.column) };
    scroller.current?.focus({ preventScroll: true });
    if (active.row === place.row && active.column === place.column) cells.edit(place);
    else cells.go(place.row, place.column);
  };

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={manyOf(type)}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={length ? `${id}-${active.row}-${active.column}` : undefined}
      className={styles.scroller}
      style={style}
      onKeyDown={(event) => cells.onKeyDown(event)}
    >
      <div className={styles.table} role="presentation">
        <div role="row" aria-rowindex={1} className={cx(styles.row, styles.head)}>
          <div role="columnheader" aria-colindex={1} className={cx(styles.cell, styles.check)}>
            <Checkbox
              label={t('list.selectShown')}
              checked={chosen.selection.all}
              some={!chosen.selection.all && chosen.selection.ids.size > 0}
              set={(on) =>
                on && chosen.selection.ids.size === 0
                  ? chosen.only(Array.from({ length }, (_, i) => list.row(i)?.id ?? []).flat())
                  : chosen.clear()
              }
            />
          </div>
          <HeadCells type={type} columns={columns} lefts={lefts} sort={sort} deeds={deeds} />
        </div>
        <div className={styles.body} style={{ height: rows.getTotalSize() }} role="rowgroup">
          {shown.map((item) => {
            const row = list.row(item.index);
            if (!row) return <Placeholder key={`${item.index}`} top={item.start} columns={columns} />;
            const isSelected = chosen.has(row.id);
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys.
              <div
                key={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={isSelected}
                className={cx(styles.row, isSelected && styles.selected, peeked === row.id && styles.peeked)}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={(event) => onClick(event, item.index)}
              >
                <div
                  role="gridcell"
                  aria-colindex={1}
                  className={cx(styles.cell, styles.check)}
                  onClickCapture={(event) => {
                    if (!event.shiftKey) return;
                    event.preventDefault();
                    event.stopPropagation();
                    select(item.index, true);
                  }}
                >
                  <Checkbox
                    label={t('list.selectRow', { title: titleOf(type, row) || t('list.untitled') })}
                    checked={isSelected}
                    set={() => select(item.index, false)}
                  />
                </div>
                {columns.map((column, i) => {
                  const isHere = active.row === item.index && active.column === i;
                  const common = {
                    id: `${id}-${item.index}-${i}`,
                    type,
                    row,
                    column,
                    index: i,
                    left: lefts[i],
                    isLastPinned: lefts[i] !== undefined && lefts[i + 1] === undefined,
                  };
                  if (editing?.row !== item.index || editing.column !== i)
                    return <Cell key={column.field.name} {...common} isActive={isHere} />;
                  return (
                    <CellEditor
                      key={column.field.name}
                      {...common}
                      waiting={<Cell {...common} isActive />}
                      typed={editing.typed}
                      commit={(value, referred) => write(editing, value, referred)}
                      leave={(move) => {
                        cells.leave(move);
                        scroller.current?.focus({ preventScroll: true });
                      }}
                    />
                  );
                })}
              </div>
            );
          })}
        </div>
        <div role="row" aria-rowindex={(total ?? length) + 2} className={cx(styles.row, styles.foot)}>
          <div role="presentation" className={cx(styles.cell, styles.check)} />
          {columns.map((column, i) => {
            const sum = sums[column.field.name];
            return (
              <div
                key={column.field.name}
                role="gridcell"
                aria-colindex={i + 2}
                className={cx(
                  styles.cell,
                  lefts[i] !== undefined && styles.pinned,
                  lefts[i] !== undefined && lefts[i + 1] === undefined && styles.lastPinned,
                  sum && styles.numeric,
                )}
                style={lefts[i] === undefined ? undefined : { left: lefts[i] }}
              >
                {i === 0 && total !== undefined && <span>{t('list.count', { count: total })}</span>}
                {sum && (
                  <span className={styles.sum}>
                    <span className={styles.sumLabel}>{t('list.sum')}</span>
                    {formatNumber(sum)}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const Placeholder = ({ top, columns }: { readonly top: number; readonly columns: readonly Column[] }) => (
  <div className={styles.row} style={{ transform: `translateY(${top}px)` }} role="presentation">
    <span />
    {columns.map((column) => (
      <span key={column.field.name} className={styles.cell}>
        <Skeleton />
      </span>
    ))}
  </div>
);
