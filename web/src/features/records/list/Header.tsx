import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowDownWideNarrow from 'lucide-react/icons/arrow-down-wide-narrow';
import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import ArrowUp from 'lucide-react/icons/arrow-up';
import ArrowUpNarrowWide from 'lucide-react/icons/arrow-up-narrow-wide';
import EyeOff from 'lucide-react/icons/eye-off';
import Pin from 'lucide-react/icons/pin';
import PinOff from 'lucide-react/icons/pin-off';
import { type PointerEvent, useRef, useState } from 'react';
import type { RecordType } from '@/api/model';
import { labelOf } from '@/features/labels';
import { cx } from '@/lib/classes';
import { t } from '@/lib/i18n/t';
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu';
import { alignsRight, type Column } from './columns';
import styles from './Grid.module.css';

/** What a column's head lets one do with it. */
export type ColumnDeeds = {
  readonly sort: (name: string | null) => void;
  readonly move: (name: string, before: string | null) => void;
  readonly hide: (name: string) => void;
  readonly pin: (name: string, pinned: boolean) => void;
  readonly resize: (name: string, width: number) => void;
};

type Props = {
  readonly type: RecordType;
  readonly columns: readonly Column[];
  readonly lefts: readonly (number | undefined)[];
  readonly sort: string | undefined;
  readonly deeds: ColumnDeeds;
};

export function HeadCells({ type, columns, lefts, sort, deeds }: Props) {
  const [over, setOver] = useState<string | undefined>();
  return columns.map((column, i) => {
    const name = column.field.name;
    const isSorted = sort?.replace('-', '') === name;
    return (
      <div
        key={name}
        role="columnheader"
        aria-colindex={i + 2}
        aria-sort={isSorted ? (sort?.startsWith('-') ? 'descending' : 'ascending') : undefined}
        className={cx(
          styles.cell,
          styles.headCell,
          lefts[i] !== undefined && styles.pinned,
          lefts[i] !== undefined && lefts[i + 1] === undefined && styles.lastPinned,
          over === name && styles.dropBefore,
        )}
        style={lefts[i] === undefined ? undefined : { left: lefts[i] }}
        draggable
        onDragStart={(event) => event.dataTransfer.setData('text/column', name)}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes('text/column')) return;
          event.preventDefault();
          setOver(name);
        }}
        onDragLeave={() => setOver(undefined)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(undefined);
          deeds.move(event.dataTransfer.getData('text/column'), name);
        }}
      >
        <HeadMenu type={type} columns={columns} at={i} sort={isSorted ? sort : undefined} deeds={deeds} />
        <Grip width={column.width} resize={(width) => deeds.resize(name, width)} />
      </div>
    );
  });
}

function HeadMenu({ type, columns, at, sort, deeds }: Omit<Props, 'lefts'> & { readonly at: number }) {
  const column = columns[at];
  if (!column) return null;
  const { field, pinned, width } = column;
  const { name } = field;
  const Arrow = sort?.startsWith('-') ? ArrowDown : ArrowUp;
  return (
    <Menu
      trigger={
        <button type="button" className={cx(styles.headButton, alignsRight(field) && styles.numeric)}>
          <span className={styles.words}>{labelOf(type, field)}</span>
          {sort && <Arrow size={13} aria-hidden />}
        </button>
      }
    >
      {field.sortable && (
        <>
          <MenuItem icon={ArrowUpNarrowWide} run={() => deeds.sort(name)}>
            {t('list.ascending')}
          </MenuItem>
          <MenuItem icon={ArrowDownWideNarrow} run={() => deeds.sort(`-${name}`)}>
            {t('list.descending')}
          </MenuItem>
          {sort && (
            <MenuItem icon={EyeOff} run={() => deeds.sort(null)}>
              {t('list.unsorted')}
            </MenuItem>
          )}
          <MenuSeparator />
        </>
      )}
      <MenuItem icon={ArrowLeft} disabled={at === 0} run={() => deeds.move(name, columns[at - 1]?.field.name ?? null)}>
        {t('list.left')}
      </MenuItem>
      <MenuItem icon={ArrowRight} disabled={at === columns.length - 1} run={() => deeds.move(name, columns[at + 2]?.field.name ?? null)}>
        {t('list.right')}
      </MenuItem>
      <MenuItem icon={ArrowRight} run={() => deeds.resize(name, Math.min(most, width + 40))}>
        {t('list.wider')}
      </MenuItem>
      <MenuItem icon={ArrowLeft} run={() => deeds.resize(name, Math.max(least, width - 40))}>
        {t('list.narrower')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={pinned ? PinOff : Pin} run={() => deeds.pin(name, !pinned)}>
        {pinned ? t('list.unpin') : t('list.pin')}
      </MenuItem>
      <MenuItem icon={EyeOff} disabled={columns.length === 1} run={() => deeds.hide(name)}>
        {t('list.hide')}
      </MenuItem>
    </Menu>
  );
}

const least = 72;
const most = 720;

/** The edge of a column: dragged, it makes it wider; by keyboard the menu does. */
function Grip({ width, resize }: { readonly width: number; readonly resize: (width: number) => void }) {
  const start = useRef<{ x: number; width: number } | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) resize(Math.max(least, Math.min(most, Math.round(start.current.width + event.clientX - start.current.x))));
  };
  const end = () => {
    start.current = undefined;
    setDragging(false);
  };
  return (
    <div
      className={styles.grip}
      aria-hidden
      data-dragging={dragging || undefined}
      draggable={false}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
        setDragging(true);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
    />
  );
}
