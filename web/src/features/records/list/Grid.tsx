import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type MouseEvent, useEffect, useId, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import { isEditable, type RecordType } from '@/api/model';
import type { RecordList, Snapshot } from '@/api/RecordList';
import { isMasked } from '@/api/values';
import { manyOf } from '@/features/labels';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { soon } from '@/lib/part';
import { Checkbox } from '@/ui/Checkbox';
import { useChange } from '../change';
import { fitsCell } from '../fields/FieldValue';
import type { Column } from './columns';
import { Foot, Placeholder } from './Foot';
import styles from './Grid.module.css';
import { GridRow, type RowDeeds } from './GridRow';
import { type ColumnDeeds, HeadCells } from './Header';
import { isWithin } from './range';
import { type Draft, type Place, useCells } from './useCells';
import { useDrag } from './useDrag';
import type { useSelection } from './useSelection';

const Clipboard = soon(() => import('./paste/Clipboard').then((file) => file.Clipboard));

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
  const latest = useRef({ columns, isEditing: false });
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
  const write = async (place: Place, draft: Draft) => {
    const [row, field] = [list.row(place.row), columnAt(place)];
    if (!row || !field) return;
    const outcome = await change({
      row,
      values: { [field.name]: draft.value },
      base: { [field.name]: draft.base },
      shown: draft.referred === undefined ? {} : { [field.name]: draft.referred },
    });
    if (outcome.ok || !['conflict', 'invalid'].includes(outcome.refusal.kind)) return;
    // What was entered is found again where it was, unless its author has gone on to something else.
    await gone('[role=dialog]');
    const { columns: shownNow, isEditing } = latest.current;
    const there = { row: list.indexOf(row.id), column: shownNow.findIndex((column) => column.field.name === field.name) };
    const isHere = !isEditing && (document.activeElement === scroller.current || document.activeElement === document.body);
    if (there.row >= 0 && there.column >= 0 && isHere) cells.edit(there, undefined, draft);
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
  const empty = useRef<(() => void) | undefined>(undefined);
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
    select: (from, to) => {
      const ids = Array.from({ length: to - from + 1 }, (_, i) => list.row(from + i)?.id).filter((one) => one !== undefined);
      chosen.toggle(ids, !ids.every(chosen.has), to);
    },
    empty: () => empty.current?.(),
    clear: chosen.clear,
  });
  const { active, editing, range } = cells;
  latest.current = { columns, isEditing: editing !== undefined };
  const drag = useDrag(scroller, cells);
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
    if (!cell || drag.hasDragged()) return;
    const place = { row, column: Number(cell.dataset.column) };
    if (!event.shiftKey && (event.target as HTMLElement).closest('a,input,button')) return;
    scroller.current?.focus({ preventScroll: true });
    if (event.shiftKey) {
      event.preventDefault();
      cells.reach(place.row, place.column);
    } else if (active.row === place.row && active.column === place.column) cells.edit(place);
    else cells.go(place.row, place.column);
  };

  // Rows are told once what they do, so that those that stay as they are need not be drawn again.
  const does = useRef<RowDeeds>(null as never);
  does.current = {
    click: onClick,
    select,
    commit: (place, draft) => void write(place, draft),
    leave: (move) => {
      cells.leave(move);
      scroller.current?.focus({ preventScroll: true });
      // A list that floats beside an editor gives the focus back to what is gone with it.
      void gone('[role=listbox]').then(() => document.activeElement === document.body && scroller.current?.focus({ preventScroll: true }));
    },
  };

  return (
    <>
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
        {...drag.bound}
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
                    ? chosen.only(Array.from({ length }).flatMap((_, i) => list.row(i)?.id ?? []))
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
              return (
                <GridRow
                  key={item.index}
                  id={id}
                  type={type}
                  row={row}
                  index={item.index}
                  top={item.start}
                  columns={columns}
                  lefts={lefts}
                  isSelected={chosen.has(row.id)}
                  isPeeked={peeked === row.id}
                  active={active.row === item.index ? active.column : undefined}
                  range={cells.isWide && isWithin(range, item.index) ? range : undefined}
                  editing={editing?.row === item.index ? editing : undefined}
                  does={does}
                />
              );
            })}
          </div>
          <Foot columns={columns} lefts={lefts} length={length} total={total} sums={sums} />
        </div>
      </div>
      <Clipboard
        {...{ type, list, columns, range, empty }}
        grid={scroller}
        writeOne={({ row, field, before, value, referred }) => {
          const place = { row: list.indexOf(row.id), column: columns.findIndex((column) => column.field === field) };
          void write(place, { value, base: before, referred });
        }}
      />
    </>
  );
}

/** Until something is there no longer: what goes gives the focus back to what had it. */
async function gone(what: string) {
  const frame = () => new Promise(requestAnimationFrame);
  for (let frames = 0; frames < 60 && document.querySelector(what); frames++) await frame();
  await frame();
}
